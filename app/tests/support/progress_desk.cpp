#include "tests/support/progress_desk.h"

#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "tests/support/page_text.h"

namespace loa::app {

std::string inside(const std::string& text, const std::string& begin, const std::string& end) {
    const auto found = between(text, begin, end);
    return found.empty() ? found : found.substr(begin.size());
}

std::unique_ptr<ProgressDesk> ProgressDesk::on(storage::Engine engine) {
    auto commune = Commune::on(engine);
    return commune ? std::unique_ptr<ProgressDesk>(new ProgressDesk(std::move(commune))) : nullptr;
}

ProgressDesk::ProgressDesk(std::unique_ptr<Commune> commune) : commune_(std::move(commune)) {
    own_line_ = line_of(commune_->drafting_unit(), own_title());
    auto clerk = commune_->sign_in_again("clerk");
    sent(clerk, "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(own_line_) + "/chi-tieu", {{"version", "1"}, {"targets", "ít nhất 18 bài"}});
}

std::string ProgressDesk::own_title() { return "Làm chuyên mục hướng dẫn nộp hồ sơ trên truyền thanh và mạng xã hội"; }

Id ProgressDesk::line_of(Id unit, std::string_view title_begins) {
    return commune_->town().read(Id{}, [&](Work& work) {
        for (const auto& row : work.db.query("plan.lines_in_force", {work.authority}))
            if (row.id("unit_id") == unit && row.text("text").starts_with(title_begins)) return row.id("id");
        throw Fault("no such line: " + std::string(title_begins));
    });
}

web::Browser::Answer ProgressDesk::bring(const std::string& visitor, const std::string& file_name, const std::string& bytes) {
    auto browser = commune_->sign_in_again(visitor);
    return send(browser, "/viec-don-vi/tien-do", {}, {{"file", file_name, bytes}});
}

std::string ProgressDesk::brought(const std::string& visitor, const std::string& file_name, const std::string& bytes) {
    const auto answer = bring(visitor, file_name, bytes);
    if (answer.status != 303) throw Fault("refused: " + words_of(answer.body));
    return answer.location;
}

web::Browser::Answer ProgressDesk::shown(const std::string& visitor, const std::string& path) { return commune_->sign_in_again(visitor).get(path); }

web::Browser::Answer ProgressDesk::say(const std::string& visitor, const std::string& path, const std::string& act, Form form) {
    auto browser = commune_->sign_in_again(visitor);
    const auto page = browser.get(path).body;
    form.emplace_back("version", inside(page, "name=\"version\" value=\"", "\""));
    form.emplace_back("digest", inside(page, "name=\"digest\" value=\"", "\""));
    return send(browser, path + act, form);
}

std::string ProgressDesk::part(const std::string& visitor, const std::string& path, const std::string& id) {
    return words_of(inside(shown(visitor, path).body, "aria-labelledby=\"" + id + "\">", "</section>"));
}

web::Browser::Answer ProgressDesk::record(const std::string& visitor, const std::string& path) { return say(visitor, path, "/ghi"); }

std::size_t ProgressDesk::pieces(Id line) {
    return commune_->town().read(Id{}, [&](Work& work) { return work.db.query("plan.evidence_by_assignment", {work.authority, line}).size(); });
}

std::int64_t ProgressDesk::waiting(Id line) {
    return commune_->town().read(Id{}, [&](Work& work) { return work.db.query("plan.targets_by_assignment", {work.authority, line}).front().number("waiting_thousandths"); });
}

}  // namespace loa::app
