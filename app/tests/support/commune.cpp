#include "tests/support/commune.h"

#include <stdlib.h>

#include <algorithm>

#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/fault.h"
#include "loa/base/log.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/deputies.h"
#include "loa/identity/join.h"
#include "loa/identity/people.h"
#include "loa/jobs/runner.h"
#include "loa/storage/testing.h"
#include "program.h"

namespace loa::app {

namespace {

using identity::Role;
using identity::testing::Town;

constexpr std::string_view kPlanFile = "modules/plan/data/demo/ke-hoach-1-hai-co-quan-chu-tri.md";
constexpr std::string_view kNumber = "15";
const char* const kKinds[] = {"legal_basis", "objective", "requirement", "theme",
                              "channel",     "budget",    "reporting",   "recipient"};

std::string plan_text() {
    const auto* file = embedded_file(kPlanFile);
    LOA_CHECK(file != nullptr);
    return std::string(file->bytes);
}

Instant morning() {
    return start_of(*Date::from(2026, 4, 1)).plus_seconds(8 * 3600);
}

std::filesystem::path new_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "loa-routes-XXXXXX").string();
    LOA_CHECK(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

bool sign_in(web::Browser& browser, const std::string& name) {
    return send(browser, "/dang-nhap", {{"sign_in_name", name}, {"password", Commune::password()}}).status ==
           303;
}

/// The id after `before` in "/ke-hoach/12/ra-soat".
Id id_in(const std::string& path, std::string_view before) {
    const auto rest = std::string_view(path).substr(before.size());
    const auto id = parse_id(rest.substr(0, rest.find('/')));
    LOA_CHECK(path.starts_with(before) && id);
    return *id;
}

}  // namespace

bool lacked_token(const web::Browser::Answer& answer) {
    return answer.status == 403 &&
           answer.body.find(i18n::translate(Language::Vietnamese, "web.form_stale")) != std::string::npos;
}

web::Browser::Answer send(web::Browser& browser, const std::string& path, const Form& fields,
                          const std::vector<web::SentFile>& uploads) {
    // Each is a sending of its own: under the id of the last page a second one would get the first one's
    // answer.
    static int sendings = 0;
    Form form = fields;
    form.emplace_back("request_id", "sending-" + std::to_string(++sendings));
    const auto answer = browser.post(path, form, uploads);
    if (!lacked_token(answer)) return answer;
    if (browser.get("/tai-khoan").status != 200) browser.get("/dang-nhap");
    return browser.post(path, form, uploads);
}

web::Browser::Answer sent(web::Browser& browser, const std::string& path, const Form& form,
                          const std::vector<web::SentFile>& uploads) {
    auto answer = send(browser, path, form, uploads);
    if (answer.status != 303)
        throw Fault("POST " + path + ": " + std::to_string(answer.status) + "\n" + answer.body);
    return answer;
}

std::unique_ptr<Commune> Commune::on(storage::Engine engine) {
    auto database = storage::testing::fresh_database(engine);
    if (!database) return nullptr;
    return std::unique_ptr<Commune>(new Commune(std::move(database)));
}

Commune::Commune(std::unique_ptr<storage::Database> database)
    : database_(std::move(database)),
      // The first town is the one whose pages a stranger gets.
      town_(std::make_unique<Town>(*database_, "xã Bình Hòa Trung")),
      elsewhere_(std::make_unique<Town>(*database_, "xã Tân Châu")),
      files_(new_folder()) {
    set_log_level(Level::Error);  // thousands of requests, a line each
    for (auto* town : {town_.get(), elsewhere_.get()}) town->clock().set(morning());
    open_units();
    open_door();
    for (const auto role : identity::kRoles)
        invite(std::string(identity::code(role)), *town_, role == Role::Leader ? town_->root() : culture_,
               role);
    invite("other_unit", *town_, economy_, Role::Clerk);
    invite("other_authority", *elsewhere_, elsewhere_->root(), Role::Clerk);
    invite("former", *town_, culture_, Role::OfficeHead);
    end_memberships("former");
    add_account_nobody_uses();
    visitors_.emplace("stranger", web::Browser(*dispatcher_));
    visitor_names_.emplace_back("stranger");
    // The draft first: what the review of the other one resolves stays open in it.
    draft_ = import_plan(replaced(plan_text(), issued_title(), draft_title()));
    issued_ = import_plan(plan_text());
    issue(issued_);
    report();
    divide_work();
    sent(visitor("administrator"), "/danh-muc/noi-dung", {{"name", "Chuyển đổi số"}});
    const auto brought = sent(visitor("clerk"), "/ke-hoach/nhap", {}, {{"file", "ke-hoach-dang-doc.pdf", "%PDF-1.4\n"}}).location;
    const auto begun = send(visitor("clerk"), "/-/tai-len", {{"name", "phim.mp4"}, {"size", "9000000"}});
    const auto at = begun.body.find("\"id\":\"") + 6;
    upload_ = parse_id(begun.body.substr(at, begun.body.find('"', at) - at)).value();
    waiting_file_ = parse_id(brought.substr(brought.rfind('/') + 1)).value();
    const auto drafted = sent(visitor("clerk"), "/ke-hoach/" + to_string(issued_) + "/nhiem-vu-bo-sung",
                              {{"title", "Phát thanh về chuyển đổi số"}, {"unit", to_string(economy_)}, {"topic", to_string(topic())},
                               {"channel", to_string(channel())}, {"deadline", "trước ngày 30/11"}}).location;
    supplement_ = parse_id(drafted.substr(drafted.rfind('/') + 1)).value();
    give_link();
    const auto table = sent(visitor("other_unit"), "/viec-don-vi/tien-do", {}, {{"file", "ket-qua.csv", "Nội dung;Ghi chú\nViệc khác;Đã làm\n"}}).location;
    progress_import_ = parse_id(table.substr(table.rfind('/') + 1)).value();
}

Commune::~Commune() {
    std::error_code ignored;
    std::filesystem::remove_all(files_, ignored);
}

void Commune::open_units() {
    culture_ = town_->office("Phòng Văn hóa - Xã hội");
    economy_ = town_->office("Phòng Kinh tế");
    office_ = town_->office("Văn phòng HĐND và UBND xã");
    town_->office("Trung tâm Phục vụ hành chính công xã");
    hamlet_ = town_->unit(identity::UnitKind::Hamlet, "Ban Nhân dân ấp Một");
    town_->write(Id{}, [](Work& work) {
        LOA_CHECK(identity::create_group(
            work, {.name = "Ban Nhân dân các ấp", .kinds = {identity::UnitKind::Hamlet}}));
    });
}

void Commune::open_door() {
    Config config;
    config.files = files_.string();
    config.secret = "the secret of the tests";
    config.fetch_allowed = "127.0.0.0/8";  // where the web servers of tests stand
    join_all(registry_, config);
    town_->use_keys(keys_in(registry_));
    dispatcher_ = web::make_dispatcher(registry_, {*database_, town_->clock(), town_->ids()},
                                       identity::web_hooks(registry_), {});
}

web::Browser Commune::add_person(Town& town, const std::string& name, Id unit,
                                 const std::vector<Role>& roles, std::optional<identity::Scope> scope) {
    static const auto hash = identity::testing::weak_hash(password());
    people_[name] = town.write(Id{}, [&](Work& work) {
        const Date since = *Date::from(2026, 1, 1);
        const Id person = identity::create_person(work, {.name = "Người " + name,
                                                         .sign_in_name = name,
                                                         .password = hash,
                                                         .unit = unit,
                                                         .role = roles.front(),
                                                         .valid_from = since,
                                                         .scope = scope})
                              .value();
        for (std::size_t i = 1; i < roles.size(); ++i)
            LOA_CHECK(identity::add_membership(work, {person, unit, roles[i], "", since, std::nullopt}));
        return person;
    });
    web::Browser browser(*dispatcher_);
    if (!sign_in(browser, name)) throw Fault(name + " cannot sign in");
    if (std::find(roles.begin(), roles.end(), Role::Administrator) != roles.end()) town.second_factor(people_.at(name));
    return browser;
}

/// For what administrators do to an account, and for a deputyship that is no visitor's.
void Commune::add_account_nobody_uses() {
    unused_ = town_->person("Người Không Dùng", culture_, Role::OfficeHead);
    const Id deputy = town_->person("Người Làm Thay", culture_, Role::Clerk);
    town_->second_factor(unused_);
    town_->write(Id{}, [&](Work& work) {
        unused_membership_ = identity::memberships_of_person(work, unused_, work.today()).front().id;
        deputyship_ = identity::appoint_deputy(work, {.principal = unused_,
                                                      .deputy = deputy,
                                                      .valid_from = work.today(),
                                                      .last_day = work.today().plus_days(30),
                                                      .reason = "Nghỉ phép"})
                          .value();
    });
}

web::Browser Commune::sign_in_again(const std::string& name) {
    web::Browser browser(*dispatcher_);
    if (name == kHalfSignedIn || !sign_in(browser, name)) return visitor(name);
    // Each code is good once; with the second factor on one is asked for.
    if (browser.get("/dang-nhap/ma").status == 200) {
        pass_time(30);
        if (send(browser, "/dang-nhap/ma", {{"code", town_->code_of(people_.at(name))}}).status != 303)
            throw Fault(name + " cannot sign in by code");
    }
    return browser;
}

void Commune::add_past_membership(const std::string& name, Id unit) {
    town_->write(Id{}, [&](Work& work) {
        LOA_CHECK(identity::add_membership(work, {people_.at(name), unit, Role::Clerk, "",
                                                  *Date::from(2025, 1, 1), *Date::from(2026, 1, 1)}));
    });
}

void Commune::pass_time(std::int64_t seconds) {
    town_->clock().set(town_->clock().now().plus_seconds(seconds));
}

void Commune::invite(const std::string& name, Town& town, Id unit, Role role) {
    visitors_.emplace(name, add_person(town, name, unit, {role}));
    visitor_names_.push_back(name);
}

void Commune::end_memberships(const std::string& name) {
    town_->write(Id{}, [&](Work& work) {
        for (const auto& membership :
             identity::memberships_of_person(work, people_.at(name), work.today()))
            LOA_CHECK(identity::end_membership(work, membership.id, work.today()));
    });
}

Id Commune::import_plan(const std::string& text) {
    auto upload = file("file");
    upload.bytes = text;
    return id_in(sent(visitor("clerk"), "/ke-hoach/nhap", {}, {std::move(upload)}).location, "/ke-hoach/");
}

void Commune::issue(Id plan) {
    review(plan);
    const std::string path = "/ke-hoach/" + to_string(plan);
    const auto version = [&] { return std::to_string(record(plan).revision_version); };
    sent(visitor("clerk"), path + "/chuyen-ra-soat", {{"version", version()}});
    sent(visitor("leader"), path + "/duyet", {{"version", version()}});
    sent(visitor("clerk"), path + "/ban-hanh",
         {{"version", version()}, {"number", std::string(kNumber)}, {"issued_on", "01/04/2026"}});
}

void Commune::review(Id plan) {
    auto& clerk = visitor("clerk");
    const std::string path = "/ke-hoach/" + to_string(plan) + "/ra-soat";
    const auto open_name = [&] {
        return town_->read(Id{}, [&](Work& work) -> std::string {
            const Id revision =
                work.db.one("plan.plan_by_id", {work.authority, plan})->id("draft_revision_id");
            for (const auto& row : work.db.query("plan.parties_by_revision", {work.authority, revision}))
                if (!row.optional_id("unit_id") && !row.optional_id("group_id")) return row.text("name");
            return "";
        });
    };
    for (auto name = open_name(); !name.empty(); name = open_name())
        sent(clerk, path + "/ten", {{"name", name}, {"means", "outside"}});
    sent(clerk, path + "/van-ban",
         {{"version", std::to_string(record(plan).document_version)},
          {"title", issued_title()},
          {"symbol", "KH-UBND"}});
    const auto as_seen = [&] { return Form{{"version", std::to_string(record(plan).revision_version)}}; };
    for (const auto* kind : kKinds) sent(clerk, path + "/muc-xac-nhan/" + kind, as_seen());
    const Id revision = record(plan).revision;
    const auto activities = town_->read(Id{}, [&](Work& work) {
        return work.db.query("plan.activities_by_revision", {work.authority, revision});
    });
    for (const auto& row : activities)
        sent(clerk, path + "/hoat-dong/" + to_string(row.id("activity_id")) + "/xac-nhan",
             {{"version", std::to_string(row.number("version"))}});
    sent(clerk, path + "/nhiem-vu-xac-nhan", as_seen());
}

void Commune::report() {
    const std::string path = "/ke-hoach/" + to_string(issued_) + "/viec/" + to_string(line().assignment);
    sent(visitor("other_unit"), path + "/minh-chung",
         {{"version", std::to_string(line().assignment_version)},
          {"what", "Đã thẩm định dự toán quý I"},
          {"done_on", "01/04/2026"}},
         {file("files")});
}

void Commune::divide_work() {
    auto& officer = visitor("other_unit");
    sent(officer, "/ke-hoach/" + to_string(issued_) + "/viec/" + to_string(line().assignment) + "/cong-viec", {{"title", "Lập bảng dự toán mẫu"}});
    sent(officer, "/cong-viec/" + to_string(task().task) + "/muc", {{"text", "Hỏi định mức chi"}});
}

TaskRecord Commune::task() {
    return town_->read(Id{}, [&](Work& work) {
        TaskRecord record;
        const auto rows = work.db.list("tasks.tasks", {work.authority}, {.filters = {{"unit", economy_}}, .order = "column"});
        record.task = rows.front().id("id");
        record.version = rows.front().number("version");
        const auto items = work.db.query("tasks.items_by_task", {work.authority, record.task});
        if (!items.empty()) record.item = items.front().id("id");
        return record;
    });
}

void Commune::give_link() {
    const auto page = send(visitor("clerk"), "/ke-hoach/" + to_string(issued_) + "/viec/" + to_string(hamlet_line()) + "/lien-ket",
                           {{"holder_name", "Nguyễn Văn Út"}, {"contact", "0912345678"}}).body;
    const auto at = page.find("/tra-loi/");
    if (at == page.npos) throw Fault("no link was given:\n" + page);
    answer_path_ = page.substr(at, page.find_first_of("\n<& ", at) - at);
    personal_link_ = town_->read(Id{}, [&](Work& work) { return work.db.query("plan.personal_links_by_plan", {work.authority, issued_}).front().id("id"); });
}

Id Commune::hamlet_line() {
    return town_->read(Id{}, [&](Work& work) {
        for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, issued_}))
            if (row.id("unit_id") == hamlet_ && row.optional_id("activity_id")) return row.id("id");
        throw Fault("the hamlet has no line");
    });
}

PlanRecord Commune::record(Id plan) {
    return town_->read(Id{}, [&](Work& work) {
        const auto row = work.db.one("plan.plan_by_id", {work.authority, plan});
        PlanRecord record;
        record.plan = plan;
        record.plan_version = row->number("version");
        const auto draft = row->optional_id("draft_revision_id");
        record.revision = draft ? *draft : row->id("issued_revision_id");
        const auto revision = work.db.one("plan.revision_by_id", {work.authority, record.revision});
        record.revision_version = revision->number("version");
        record.document_version = revision->number("document_version");
        record.file = revision->id("file_id");
        const auto first = [&](std::string_view statement, std::string_view column, Id& id,
                               std::int64_t& version) {
            const auto item = work.db.query(statement, {work.authority, record.revision}).front();
            id = item.id(column);
            version = item.number("version");
        };
        first("plan.clauses_by_revision", "id", record.clause, record.clause_version);
        first("plan.activities_by_revision", "activity_id", record.activity, record.activity_version);
        first("plan.duties_by_revision", "duty_id", record.duty, record.duty_version);
        record.kind_version =
            work.db.one("plan.activity_by_id", {work.authority, record.activity})->number("version");
        return record;
    });
}

LineRecord Commune::line() {
    return town_->read(Id{}, [&](Work& work) {
        LineRecord line;
        for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, issued_})) {
            if (row.id("unit_id") != economy_) continue;
            line.assignment = row.id("id");
            line.assignment_version = row.number("version");
        }
        const auto occurrence = work.db.query("plan.occurrences_by_assignment", {work.authority, line.assignment}).front();
        line.occurrence = occurrence.id("id");
        line.occurrence_version = occurrence.number("version");
        for (const auto& row :
             work.db.query("plan.evidence_by_assignment", {work.authority, line.assignment})) {
            line.evidence = row.id("id");
            line.evidence_version = row.number("version");
            line.file =
                work.db.query("media.files_of_owner", {work.authority, "plan.evidence", line.evidence})
                    .front()
                    .id("id");
        }
        return line;
    });
}

Id Commune::topic() {
    return town_->read(
        Id{}, [](Work& work) { return work.db.query("plan.all_topics", {work.authority}).front().id("id"); });
}

Id Commune::channel() {
    return town_->read(
        Id{}, [](Work& work) { return work.db.query("plan.all_channels", {work.authority}).front().id("id"); });
}

Id Commune::notice() {
    return town_->read(Id{}, [&](Work& work) {
        return work.db.query("jobs.notices", {work.authority, people_.at("clerk"), 1, 0}).front().id("id");
    });
}

void Commune::run_jobs() { jobs::run_due_jobs(registry_, {*database_, town_->clock(), town_->ids()}); }

std::string Commune::draft_title() {
    return "Phổ biến pháp luật phòng ngừa lừa đảo qua mạng trên địa bàn xã Bình Hòa Trung năm 2026";
}

std::string Commune::issued_title() {
    return "Tuyên truyền thủ tục hành chính và dịch vụ công trực tuyến trên địa bàn xã Bình Hòa Trung năm "
           "2026";
}

web::SentFile Commune::file(const std::string& field) {
    return {field, "ke-hoach.md", plan_text()};
}

std::string Commune::password() {
    return "một câu dễ nhớ 2026";
}

}  // namespace loa::app
