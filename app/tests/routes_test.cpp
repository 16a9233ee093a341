// Every route of the program as every visitor: routes.tsv says what each meets.
#include <algorithm>
#include <iterator>
#include <set>

#include "loa/base/text.h"
#include "tests/support/on_both.h"
#include "tests/support/routes.h"

namespace loa::app {
namespace {

using web::Method;

/// The only form that needs no token: it chooses colours, and changes this browser's cookies alone.
constexpr std::string_view kPreferences = "/-/giao-dien";
/// After each of these forms a deputy is herself again, or nobody: each visitor sends them last, from another session.
constexpr std::string_view kOfTheSession[] = {"/dang-nhap", "/-/co-quan", "/tai-khoan/thay-mat/thoi", "/dang-xuat"};
bool of_the_session(const RouteLine& line) {
    return line.method == Method::Post && std::find(std::begin(kOfTheSession), std::end(kOfTheSession), line.pattern) != std::end(kOfTheSession);
}

class RoutesTest : public OnBoth {
  protected:
    void SetUp() override {
        OnBoth::SetUp();
        if (!IsSkipped()) commune().invite_those_between();
    }
    void expect_outcome(const RouteLine& line, const std::string& visitor,
                        const web::Browser::Answer& answer) {
        EXPECT_EQ(outcome_of(line.method, answer), line.outcomes.at(visitor))
            << line.name() << " (" << line.record << ") as " << visitor << "\n"
            << answer.location << shortened(answer.body, 2000);
    }

    /// Every page, and every form that the visitor must be refused: whole forms, that would go through.
    void visit_pages_and_shut_doors(const std::string& visitor) {
        const Records records(commune());
        for (const auto& line : route_lines())
            if (line.method == Method::Get || !line.lets_in(visitor))
                expect_outcome(line, visitor, visit(records, commune().visitor(visitor), line, visitor));
    }

    /// Every form that takes the visitor in, with nothing in it: the plans stay as they are for the others.
    void visit_open_doors(const std::string& visitor) {
        const Records records(commune());
        auto& browser = commune().visitor(visitor);
        for (const auto& line : route_lines()) {
            if (line.method == Method::Get || !line.lets_in(visitor) || of_the_session(line)) continue;
            const auto answer = send(browser, address(records, line), idle_form(records, line, visitor));
            expect_outcome(line, visitor, answer);
        }
    }

    void sign_out(const std::string& visitor) {
        const Records records(commune());
        auto browser = commune().sign_in_again(visitor);
        for (const auto pattern : kOfTheSession)
            for (const auto& line : route_lines())
                if (line.method == Method::Post && line.pattern == pattern)
                    expect_outcome(line, visitor, visit(records, browser, line, visitor));
    }
};

/// "GET /healthz" …, from the lines of /metrics: what the dispatcher itself says that it answers.
std::set<std::string> answered_routes(web::Browser& browser) {
    constexpr std::string_view mark = "loa_web_requests_total{route=\"";
    std::set<std::string> names;
    const auto body = browser.get("/metrics").body;
    for (const auto text : split(body, '\n')) {
        if (!text.starts_with(mark)) continue;
        const auto rest = text.substr(mark.size());
        names.emplace(rest.substr(0, rest.find('"')));
    }
    names.erase("unmatched");
    names.erase("at once");
    return names;
}

TEST_P(RoutesTest, TheTableHasEveryRouteAndNoOther) {
    std::set<std::string> listed;
    for (const auto& line : route_lines()) listed.insert(line.name());
    EXPECT_EQ(listed, answered_routes(commune().visitor("stranger")))
        << "write into routes.tsv who may come in";
    const auto expect_listed = [&](const auto& routes) {
        for (const auto& route : routes) {
            const RouteLine line{route.method, route.pattern};
            EXPECT_TRUE(listed.contains(line.name()))
                << line.name() << ": write into routes.tsv who may come in";
        }
    };
    expect_listed(commune().registry().all<web::Route>());
    expect_listed(commune().registry().all<web::Endpoint>());
}

TEST_P(RoutesTest, TheTableKnowsBothPlansAndEveryVisitor) {
    std::set<std::string> seen;
    for (const auto& line : route_lines()) {
        EXPECT_TRUE(seen.insert(line.name() + line.record).second) << line.name() << " stands there twice";
        EXPECT_EQ(line.outcomes.size(), commune().visitor_names().size());
        for (const auto& visitor : commune().visitor_names())
            EXPECT_TRUE(line.outcomes.contains(visitor)) << visitor;
        const bool of_plan = line.pattern.starts_with("/ke-hoach/{id}") || line.pattern.starts_with("/tep/");
        EXPECT_EQ(of_plan, line.record != "-") << line.name();
    }
    for (const auto& line : route_lines()) {
        if (line.record != "draft" && line.record != "issued") continue;
        EXPECT_TRUE(seen.contains(line.name() + (line.record == "draft" ? "issued" : "draft")))
            << line.name();
    }
}

/// The password alone opens the page that asks for the code.
TEST_P(RoutesTest, WhoOwesTheCodeMeetsWhatAStrangerDoes) {
    for (const auto& line : route_lines())
        if (line.name() != "GET /dang-nhap/ma") {
            EXPECT_EQ(line.outcomes.at("half_signed_in"), line.outcomes.at("stranger")) << line.name();
        }
}

TEST_P(RoutesTest, EveryVisitorMeetsWhatTheTableSays) {
    for (const auto& visitor : commune().visitor_names()) {
        const auto before = commune().state();
        visit_pages_and_shut_doors(visitor);
        EXPECT_EQ(commune().changes_since(before), "")
            << "a form that was refused to " << visitor << " did something";
        visit_open_doors(visitor);
        sign_out(visitor);
    }
}

TEST_P(RoutesTest, NoFormIsTakenWithoutItsToken) {
    const Records records(commune());
    const auto before = commune().state();
    for (const auto& line : route_lines()) {
        if (line.method == Method::Get || line.pattern == kPreferences) continue;
        const auto path = address(records, line);
        for (const auto& visitor : commune().visitor_names()) {
            auto form = whole_form(records, line, visitor);
            form.emplace_back("csrf", visitor == "clerk" ? "0123456789abcdef" : "");
            const auto answer = commune().visitor(visitor).post(path, form, {Commune::file("file")});
            EXPECT_EQ(answer.status, 403) << line.name() << " as " << visitor;
            if (!line.lets_in(visitor)) continue;
            EXPECT_EQ(outcome_of(line.method, answer), "no token") << line.name() << " as " << visitor;
        }
    }
    EXPECT_EQ(commune().changes_since(before), "");
}

LOA_ON_BOTH_ENGINES(RoutesTest);

}  // namespace
}  // namespace loa::app
