#include "tests/support/routes.h"

#include <fstream>
#include <optional>

#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "test_places.h"

namespace loa::app {

namespace {

using web::Method;

bool has(const RouteLine& line, std::string_view part) {
    return line.pattern.find(part) != std::string::npos;
}

const PlanRecord& plan_of(const Records& records, const RouteLine& line) {
    return line.record == "draft" ? records.draft : records.issued;
}

Id item_of(const Records& records, const RouteLine& line) {
    const auto& record = plan_of(records, line);
    if (has(line, "/danh-muc/")) return records.topic;
    if (has(line, "/nhiem-vu-bo-sung/")) return records.supplement;
    if (has(line, "/lien-ket/")) return records.personal_link;
    if (has(line, "/chuyen-giao/")) return records.unit;
    if (has(line, "/viec/")) return records.line.assignment;
    if (has(line, "/ban/")) return record.revision;
    if (has(line, "/ra-soat/muc/")) return record.clause;
    if (has(line, "/ra-soat/nhiem-vu/")) return record.duty;
    return record.activity;
}

std::int64_t version(const Records& records, const RouteLine& line) {
    if (line.pattern.starts_with("/cong-viec/{id}")) return records.task.version;
    if (line.record == "-") return 0;
    if (has(line, "/nhiem-vu-bo-sung") || has(line, "/lien-ket/")) return 1;
    if (has(line, "/minh-chung/")) return records.line.evidence_version;
    for (const auto* act : {"/bao-xong", "/khep", "{item}/tra-lai"})
        if (has(line, act)) return records.line.occurrence_version;
    if (has(line, "/viec/")) return records.line.assignment_version;
    const auto& record = plan_of(records, line);
    if (has(line, "/ra-soat/muc/")) return record.clause_version;
    if (has(line, "/ra-soat/nhiem-vu/")) return record.duty_version;
    if (has(line, "/ra-soat/hoat-dong/") || has(line, "/bo-sung/")) return record.activity_version;
    if (has(line, "/ra-soat/van-ban")) return record.document_version;
    if (has(line, "/loai")) return record.kind_version;
    for (const auto* step : {"/ket-thuc", "/rut", "/dieu-chinh", "{id}/dinh-chinh", "/co-quan-tong-hop"})
        if (has(line, step)) return record.plan_version;
    return record.revision_version;
}

bool tells_session_ended(const web::Browser::Answer& answer) {
    return answer.body.find(i18n::translate(Language::Vietnamese, "web.session_ended")) != std::string::npos;
}

std::vector<RouteLine> read_lines() {
    std::vector<RouteLine> lines;
    std::vector<std::string> visitors;
    std::ifstream file(LOA_TEST_DIR "/routes.tsv");
    for (std::string text; std::getline(file, text);) {
        if (text.empty() || text.front() == '#') continue;
        const auto cells = split(text, '\t');
        if (visitors.empty()) {
            visitors.assign(cells.begin() + 3, cells.end());
            continue;
        }
        RouteLine line{cells.at(0) == "POST" ? Method::Post : Method::Get, std::string(cells.at(1)),
                       std::string(cells.at(2))};
        for (std::size_t i = 0; i < visitors.size(); ++i) line.outcomes[visitors[i]] = cells.at(i + 3);
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace

Records::Records(Commune& commune)
    : draft(commune.record(commune.draft())),
      issued(commune.record(commune.issued())),
      line(commune.line()),
      task(commune.task()),
      topic(commune.topic()),
      notice(commune.notice()),
      unit(commune.drafting_unit()),
      authority(commune.town().authority()),
      waiting_file(commune.waiting_file()),
      person(commune.unused_person()),
      membership(commune.unused_membership()),
      deputyship(commune.deputyship()),
      upload(commune.upload()),
      supplement(commune.supplement()),
      progress_import(commune.progress_import()),
      personal_link(commune.personal_link()) {}

bool RouteLine::lets_in(const std::string& visitor) const {
    const auto& outcome = outcomes.at(visitor);
    return outcome == "page" || outcome == "form" || outcome == "onward";
}

const std::vector<RouteLine>& route_lines() {
    static const auto lines = read_lines();
    return lines;
}

std::string outcome_of(Method method, const web::Browser::Answer& answer) {
    const bool form = method == Method::Post;
    // The page of the second step, /dang-nhap/ma, is sent to by a password that was right.
    const auto& onto = answer.location;
    if (answer.status == 303 && (onto == "/dang-nhap" || onto.starts_with("/dang-nhap?"))) return "sign_in";
    if (answer.status == 303) return form ? "form" : "onward";
    if (answer.status == 200) return form ? "form" : "page";
    if (form && (answer.status == 409 || answer.status == 422)) return "form";
    if (answer.status == 404) return "not_found";
    if (answer.status != 403) return "status " + std::to_string(answer.status);
    if (lacked_token(answer)) return "no token";
    return tells_session_ended(answer) ? "sign_in" : "forbidden";
}

std::string address(const Records& records, const RouteLine& line) {
    const auto& pattern = line.pattern;
    // Whose id stands in the pattern, by how it begins; a plan's otherwise.
    const std::pair<std::string_view, Id> owners[] = {{"/don-vi/", records.unit},
                                                      {"/thong-bao/", records.notice},
                                                      {"/don-doc/", records.line.occurrence},
                                                      {"/don-doc/cong-van/", records.notice},  // nobody is late: there is no letter
                                                      {"/quan-tri/hop-thu-di/", records.notice},  // no mail: the outbox is empty
                                                      {"/quan-tri/viec-nen/", records.notice},    // no job either
                                                      {"/quan-tri/sao-luu/", records.notice},     // no backup was made
                                                      {"/viec-nen/", records.notice},
                                                      {"/nhat-ky/", records.notice},              // no line
                                                      {"/thung-rac/", records.notice},  // nothing was deleted
                                                      {"/nguoi-dung/", records.person},
                                                      {"/tai-khoan/thay-mat/", records.deputyship},
                                                      {"/-/tai-len/", records.upload},
                                                      {"/ke-hoach/nhap/", records.waiting_file},
                                                      {"/theo-doi/cach-xem/", records.notice},  // no view
                                                      {"/viec-don-vi/tien-do/", records.progress_import},
                                                      {"/cong-viec/", records.task.task},
                                                      {"/cong-viec/mau/", records.notice}};  // no template is kept
    std::optional<Id> id;
    for (const auto& [beginning, owner] : owners)
        if (pattern.starts_with(beginning)) id = owner;
    if (!id && line.record != "-") id = plan_of(records, line).plan;
    if (pattern.starts_with("/tep/"))
        id = line.record == "evidence" ? records.line.file : plan_of(records, line).file;
    auto path = replaced(pattern, "{kind:text}", "objective");
    path = replaced(path, "{rendition:text}", "anh-nho");
    path = replaced(path, "{catalogue:text}", "noi-dung");
    path = replaced(path, "{token:text}", "0123456789abcdef");
    path = replaced(path, "{session:text}", "0123456789abcdef");
    path = replaced(path, "{membership}", to_string(records.membership));
    path = replaced(path, "{authority}", to_string(records.authority));
    path = replaced(path, "{evidence}", to_string(records.line.evidence));
    path = replaced(path, "{entry}", to_string(records.task.item));
    path = replaced(path, "{file}", to_string(records.line.file));  // of another record than the task
    path = replaced(path, "{item}", to_string(item_of(records, line)));
    if (id) path = replaced(path, "{id}", to_string(*id));
    if (path.find('{') != std::string::npos)
        throw Fault(pattern + ": support/routes.cpp does not say what stands here");
    return path;
}

Form whole_form(const Records& records, const RouteLine& line, const std::string& visitor) {
    return {{"version", std::to_string(version(records, line))},
            {"title", "Niêm yết thủ tục\nCập nhật thủ tục"},
            {"text", "Mỗi tài liệu nói một việc\nCó ví dụ thật"},
            {"leads", "Phòng Kinh tế"},
            {"units", "Phòng Kinh tế"},
            {"name", "Bưu điện khu vực"},
            {"means", "outside"},
            {"reason", "Cần xem lại"},
            {"what", "Đã phát 500 tờ gấp"},
            {"done_on", "01/04/2026"},
            {"targets", "ít nhất 10 buổi"},
            {"kind", "conference"},
            {"number", "21"},
            {"issued_on", "01/04/2026"},
            {"unit", to_string(records.unit)},
            {"state", "doing"},
            {"neighbour", to_string(records.task.task)},
            {"template", "bulletin"},
            {"act", "chua"},
            {"authority", to_string(records.authority)},
            {"sign_in_name", visitor},
            {"password", Commune::password()},
            {"current_password", "không phải mật khẩu"}};
}

Form idle_form(const Records& records, const RouteLine& line, const std::string& visitor) {
    auto form = whole_form(records, line, visitor);
    for (auto& [name, text] : form) {
        if (name == "version") text = "-1";
        for (const auto* typed : {"title", "text", "name", "reason", "what", "template"})
            if (name == typed) text.clear();
    }
    return form;
}

web::Browser::Answer visit(const Records& records, web::Browser& browser, const RouteLine& line,
                           const std::string& visitor) {
    const auto path = address(records, line);
    if (line.method == Method::Get) return browser.get(path);
    return send(browser, path, whole_form(records, line, visitor),
                {Commune::file("file"), Commune::file("files")});
}

}  // namespace loa::app
