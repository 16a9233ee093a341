// A commune of its own whose time passes, and a line in it that falls due on a known day: for tests of what is late and urged.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "loa/jobs/queue.h"
#include "loa/storage/testing.h"
#include "tests/support/commune.h"
#include "tests/support/page_text.h"

namespace loa::app {

inline constexpr std::int64_t kDay = 24 * 3600;

class OwnCommune : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }

    web::Browser::Answer page(const std::string& visitor, const std::string& path) { return commune_->sign_in_again(visitor).get(path); }
    /// Of the page's first table.
    static std::size_t rows(const std::string& page) {
        const auto body = between(page, "<tbody>", "</tbody>");
        std::size_t count = 0;
        for (auto at = body.find("<tr>"); at != std::string::npos; at = body.find("<tr>", at + 1)) ++count;
        return count;
    }

    std::unique_ptr<Commune> commune_;
};

/// How many items of the page's lists say so.
inline std::size_t times(const std::string& page, const std::string& words) {
    std::size_t count = 0;
    for (auto at = page.find("<li"); at != std::string::npos;) {
        const auto next = page.find("<li", at + 1);
        count += page.substr(at, next == std::string::npos ? next : next - at).find(words) != std::string::npos;
        at = next;
    }
    return count;
}

/// Where the page's first link leads that begins so, as the page writes it; "" without one. The page names its own address too.
inline std::string link_to(const std::string& page, const std::string& beginning) {
    const auto link = between(page, "href=\"" + beginning, "\"");
    return link.empty() ? "" : replaced(link.substr(6), "&amp;", "&");
}

/// A line of the other unit with a day of its own: amended plans give it one.
class UrgingTest : public OwnCommune {
  protected:
    void SetUp() override {
        OwnCommune::SetUp();
        if (!commune_) return;
        line_ = commune_->line().assignment;
        give_day(line_, due_);
    }
    /// The first time that a line of the issued plan falls due does so on that day.
    void give_day(Id line, Date day) {
        commune_->town().write(Id{}, [&](Work& work) {
            const auto row = work.db.query("plan.occurrences_by_assignment", {work.authority, line}).front();
            work.db.run("plan.set_occurrence_days", {work.authority, row.id("id"), day, day, "open"});
        });
    }
    void set_day(int days_after_due) {
        const Date today = commune_->town().clock().now().date();
        commune_->pass_time(std::int64_t{due_.plus_days(days_after_due).days_since(today)} * kDay);
    }
    void run(const std::string& kind) {
        commune_->town().write(Id{}, [&](Work& work) { jobs::enqueue(work, kind, "{}"); });
        commune_->run_jobs();
    }
    void run_ladder() { run("monitoring.urge"); }
    std::string notices() { return page("other_unit", "/thong-bao").body; }
    std::string occurrence() { return to_string(commune_->line().occurrence); }
    std::string line_path() { return "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(line_); }
    web::Browser::Answer urge(const std::string& visitor) {
        auto browser = commune_->sign_in_again(visitor);
        return send(browser, "/don-doc/" + occurrence(), {});
    }
    /// Does that with the time that falls due, as the visitor sees it now.
    void act(const std::string& visitor, const std::string& what, const std::string& reason = "") {
        auto browser = commune_->sign_in_again(visitor);
        sent(browser, line_path() + what, {{"occurrence", occurrence()}, {"version", std::to_string(commune_->line().occurrence_version)}, {"reason", reason}});
    }
    void report() { act("other_unit", "/bao-xong"); }
    /// The unit says no to the line, and the aggregating office keeps it there.
    void answer(const std::string& visitor, const std::string& what, const std::string& reason) {
        auto browser = commune_->sign_in_again(visitor);
        sent(browser, line_path() + what, {{"version", std::to_string(commune_->line().assignment_version)}, {"reason", reason}});
    }
    /// Of the first letter in the clerk's list; "" where there is none.
    std::string letter_path() {
        const auto link = between(page("clerk", "/don-doc/cong-van").body, "<a href=\"/don-doc/cong-van/", "\"");
        return link.empty() ? "" : link.substr(9);
    }
    void issue(const std::string& path, const std::string& number, Date day, Date reply_by) {
        auto clerk = commune_->sign_in_again("clerk");
        const auto version = between(clerk.get(path).body, "name=\"version\" value=\"", "\"");
        sent(clerk, path + "/ban-hanh", {{"version", version.substr(version.rfind('"') + 1)}, {"number", number}, {"issued_on", day.vietnamese()}, {"reply_by", reply_by.vietnamese()}});
    }

    /// A line of the issued plan that is the unit's.
    Id line_of(Id unit) {
        return commune_->town().read(Id{}, [&](Work& work) {
            for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, commune_->issued()}))
                if (row.id("unit_id") == unit) return row.id("id");
            throw Fault("the unit has no line");
        });
    }

    Id line_;
    Date due_ = *Date::from(2026, 7, 15);
};

}  // namespace loa::app
