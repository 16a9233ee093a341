#include "dispatcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/base/fault.h"
#include "tests/support/house.h"

namespace loa::web {
namespace {

using testing::HasSubstr;
using testing::Not;

Response page(const char* name) {
    return show({name, "Tiêu đề", {}, {}});
}

struct DispatcherTest : testing::Test {
    House house;
    int runs = 0;

    void form_at(const std::string& path) {
        house.route(Method::Get, path, Access::SignedIn,
                    [](const Request&, Work&) { return page("t/form"); });
    }
    /// Answers with what `answer` says and counts how often it ran.
    void action_at(const std::string& path, std::function<Response(const Request&, Work&)> answer) {
        house.route(Method::Post, path, Access::SignedIn, [this, answer](const Request& request, Work& work) {
            ++runs;
            return answer(request, work);
        });
    }
};

TEST_F(DispatcherTest, ShowsAPageInItsShell) {
    house.registry.add(NavigationEntry{"t.section", 2, "t.plans", "home", "/ke-hoach", ""});
    house.registry.add(NavigationEntry{"", 1, "t.start", "", "/tong-quan", ""});
    house.registry.add(NavigationEntry{"t.section", 3, "t.secret", "", "/mat", "secret.read"});
    form_at("/ke-hoach/{id}");
    auto browser = signed_in(house.open());
    const auto answer = browser.get("/ke-hoach/5");
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr("<officer>Người 7|:t.start (vi)=/tong-quan;t.section (vi):t.plans "
                                       "(vi)=/ke-hoach*<svg/>;|<form>"));
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

TEST_F(DispatcherTest, APageMaySayWhereItStands) {
    house.registry.add(NavigationEntry{"", 1, "t.plans", "", "/ke-hoach", ""});
    house.route(Method::Get, "/viec/{id}", Access::SignedIn, [](const Request&, Work&) {
        Response response = page("t/form");
        response.page->stands_under = "/ke-hoach";
        return response;
    });
    auto browser = signed_in(house.open());
    EXPECT_THAT(browser.get("/viec/5").body, HasSubstr("=/ke-hoach*"));
}

TEST_F(DispatcherTest, SendsStrangersToSignIn) {
    form_at("/ke-hoach/{id}");
    action_at("/ke-hoach", [](const Request&, Work&) { return redirect("/"); });
    Browser browser(house.open());
    const auto answer = browser.get("/ke-hoach/5?trang=2&x=%C4%91");
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.location, "/dang-nhap?ve=%2Fke-hoach%2F5%3Ftrang%3D2%26x%3D%25C4%2591");
    const auto post = browser.post("/ke-hoach");
    EXPECT_EQ(post.status, 403);
    EXPECT_THAT(post.body, HasSubstr("web.session_ended"));
    EXPECT_THAT(post.body, HasSubstr("/dang-nhap"));
    EXPECT_EQ(runs, 0);
}

// A session ends while somebody writes: what she wrote comes back with the refusal.
TEST_F(DispatcherTest, ARefusedFormGivesBackItsWords) {
    action_at("/ke-hoach", [](const Request&, Work&) { return redirect("/"); });
    Browser browser(house.open());
    browser.get("/ke-hoach/5/ra-soat?trang=2");
    const auto answer = browser.post("/ke-hoach", {{"title", "Tổ chức hội thi <b>"}, {"version", "7"}, {"new_password", "mật khẩu dài"}});
    EXPECT_EQ(answer.status, 403);
    EXPECT_THAT(answer.body, HasSubstr("Tổ chức hội thi &lt;b&gt;"));
    EXPECT_THAT(answer.body, Not(HasSubstr("mật khẩu dài")));
    EXPECT_THAT(answer.body, HasSubstr("/dang-nhap?ve=%2Fke-hoach%2F5%2Fra-soat%3Ftrang%3D2"));
    EXPECT_EQ(runs, 0);
}

TEST_F(DispatcherTest, AsksForTheVerb) {
    house.route(
        Method::Get, "/duyet", Access::Granted, [](const Request&, Work&) { return page("t/form"); },
        "plan.approve");
    auto browser = signed_in(house.open());
    EXPECT_EQ(browser.get("/duyet").status, 403);
    EXPECT_THAT(browser.get("/duyet").body, HasSubstr("<officer>Người 7"));
    house.verbs = "plan.approve";
    EXPECT_EQ(browser.get("/duyet").status, 200);
}

TEST_F(DispatcherTest, TellsWhomItRefused) {
    form_at("/f");
    house.route(
        Method::Get, "/duyet", Access::Granted, [](const Request&, Work&) { return page("t/form"); },
        "plan.approve");
    action_at("/cam/{id}", [](const Request&, Work&) { return failed(loa::forbidden("t.not_yours")); });
    Dispatcher& dispatcher = house.open();
    auto browser = signed_in(dispatcher);
    browser.get("/duyet?x=1");
    browser.get("/f");
    browser.post("/cam/5");
    EXPECT_THAT(house.refusals, ::testing::ElementsAre("7 GET /duyet", "7 POST /cam/{id}"));
    browser.post("/cam/5", {{"csrf", "forged"}});  // somebody else's page made her browser send it
    Browser stranger(dispatcher);
    stranger.get("/duyet");
    stranger.post("/cam/5");
    browser.get("/f");
    browser.get("/c");
    EXPECT_EQ(house.refusals.size(), 2U);
}

TEST_F(DispatcherTest, KnowsNoSuchPage) {
    form_at("/a");
    action_at("/b", [](const Request&, Work&) { return redirect("/"); });
    auto browser = signed_in(house.open());
    EXPECT_EQ(browser.get("/c").status, 404);
    EXPECT_EQ(browser.get("/a/../b").status, 400);
    EXPECT_EQ(browser.get("/a?x=%ff").status, 400);
    EXPECT_EQ(browser.get("/b").status, 405);
    EXPECT_EQ(browser.get("/b").header("Allow"), "POST");
    EXPECT_EQ(browser.post("/a").status, 405);
    EXPECT_EQ(browser.get("/a/?x=1").status, 308);
    EXPECT_EQ(browser.get("/a/?x=1").location, "/a?x=1");
    EXPECT_EQ(browser.get("/c/").status, 400);
}

TEST_F(DispatcherTest, CommitsBelow400AndRollsBackElse) {
    form_at("/f");
    int status = 303;
    std::int64_t node = 1;
    action_at("/f", [&](const Request&, Work& work) {
        work.db.run("storage.lease_node", {node++, 1, 1000, 0});
        if (status == 303) return redirect("/f");
        return show({"t/form", "", View().set("problem", "chưa nhập"), {}}, status);
    });
    auto browser = signed_in(house.open());
    browser.get("/f");
    EXPECT_EQ(browser.post("/f").status, 303);
    EXPECT_EQ(house.database.commits, 1);
    status = 422;
    browser.get("/f");
    const auto refused = browser.post("/f");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("chưa nhập"));
    EXPECT_THAT(refused.body, HasSubstr("<officer>Người 7"));
    EXPECT_EQ(house.database.commits, 1);
    EXPECT_EQ(house.database.rollbacks, 1);
    const auto leased = house.database.read(
        [](storage::Transaction& db) { return db.query("storage.leased_nodes", {0}).size(); });
    EXPECT_EQ(leased, 1u);
}

TEST_F(DispatcherTest, AGetCannotWrite) {
    house.route(Method::Get, "/w", Access::Public, [](const Request&, Work& work) {
        work.db.run("storage.lease_node", {1, 1, 1000, 0});
        return page("t/public");
    });
    Browser browser(house.open());
    EXPECT_EQ(browser.get("/w").status, 500);
}

TEST_F(DispatcherTest, GivesEachRepetitionAFreshStart) {
    form_at("/f");
    std::vector<std::string> seen;
    action_at("/f", [&](const Request& request, Work& work) {
        seen.push_back(request.form.text("a") + to_string(work.actor.person) +
                       std::string(code(work.language)));
        work.actor = {};
        work.language = Language::English;
        return redirect("/f");
    });
    auto browser = signed_in(house.open());
    browser.get("/f");
    house.database.repeats = 2;
    house.answers.clear();
    EXPECT_EQ(browser.post("/f", {{"a", "x"}, {"request_id", ""}}).status, 303);
    EXPECT_EQ(seen, (std::vector<std::string>{"x7vi", "x7vi", "x7vi"}));
}

TEST_F(DispatcherTest, AnswersADoubleSubmitOnce) {
    form_at("/f");
    form_at("/g");
    action_at("/f", [&](const Request&, Work&) { return redirect("/f/" + std::to_string(runs)); });
    action_at("/g", [&](const Request&, Work&) { return redirect("/g"); });
    auto browser = signed_in(house.open());
    browser.get("/f");
    EXPECT_EQ(browser.post("/f", {{"a", "1"}}).location, "/f/1");
    EXPECT_EQ(browser.post("/f", {{"a", "1"}}).location, "/f/1");
    EXPECT_EQ(runs, 1);
    // The other form of the same page carries the same field and is another sending.
    EXPECT_EQ(browser.post("/g").location, "/g");
    EXPECT_EQ(runs, 2);
    // Who goes back and writes something else is not told that it is done.
    EXPECT_EQ(browser.post("/f", {{"a", "2"}}).location, "/f/3");
    browser.get("/f");
    EXPECT_EQ(browser.post("/f", {{"a", "1"}}).location, "/f/4");
}

TEST_F(DispatcherTest, ARefusedFormMayBeSentAgain) {
    form_at("/f");
    action_at("/f", [&](const Request&, Work&) {
        return runs == 1 ? failed(invalid("a", "t.bad")) : redirect("/ok");
    });
    auto browser = signed_in(house.open());
    browser.get("/f");
    EXPECT_EQ(browser.post("/f").status, 422);
    EXPECT_EQ(browser.post("/f").status, 303);
}

TEST_F(DispatcherTest, RefusesFormsThatAreNotOurs) {
    form_at("/f");
    house.route(Method::Get, "/cong-khai", Access::Public,
                [](const Request&, Work&) { return page("t/public_form"); });
    house.route(Method::Post, "/cong-khai", Access::Public, [this](const Request&, Work&) {
        ++runs;
        return redirect("/cong-khai");
    });
    action_at("/f", [](const Request&, Work&) { return redirect("/f"); });
    Dispatcher& dispatcher = house.open();
    auto browser = signed_in(dispatcher);
    EXPECT_EQ(browser.post("/f").status, 403);                   // no token
    EXPECT_EQ(browser.post("/f", {{"csrf", "x"}}).status, 403);  // no token of ours
    Browser other(dispatcher);
    other.set_cookie(std::string(kSessionCookie), "person=8");
    other.get("/f");
    // Another person's token, another visit's token, and a stranger's token for a session.
    browser.get("/f");
    auto mine = browser;
    mine.set_cookie(std::string(kSessionCookie), "person=8");
    EXPECT_EQ(mine.post("/f").status, 403);
    Browser stranger(dispatcher);
    EXPECT_EQ(stranger.post("/cong-khai").status, 403);
    stranger.get("/cong-khai");
    auto moved = stranger;
    moved.set_cookie("loa_visit", "");
    EXPECT_EQ(moved.post("/cong-khai").status, 403);
    moved.set_cookie("loa_visit", std::string(96, 'a'));
    EXPECT_EQ(moved.post("/cong-khai").status, 403);
    moved = stranger;
    moved.set_cookie(std::string(kSessionCookie), "person=7");
    EXPECT_EQ(moved.post("/cong-khai").status, 403);
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(stranger.post("/cong-khai").status, 303);
    EXPECT_EQ(browser.post("/f").status, 303);
    EXPECT_EQ(runs, 2);
}

TEST_F(DispatcherTest, BelievesTheBrowserAboutOtherSites) {
    house.route(Method::Get, "/p", Access::Public,
                [](const Request&, Work&) { return page("t/public_form"); });
    house.route(Method::Post, "/p", Access::Public, [this](const Request&, Work&) {
        ++runs;
        return redirect("/p");
    });
    Dispatcher& dispatcher = house.open();
    Browser browser(dispatcher);
    const auto answer = browser.get("/p");
    const auto token_at = answer.body.find("value=\"") + 7;
    const std::string token = answer.body.substr(token_at, answer.body.find('"', token_at) - token_at);
    const auto send = [&](const std::string& header, const std::string& value) {
        Request request;
        request.method = Method::Post;
        request.target = "/p";
        request.headers.add("host", "loa.vn");
        request.headers.add("cookie", "loa_visit=" + browser.cookies().at("loa_visit"));
        request.headers.add(header, value);
        request.form.add("csrf", token);
        return dispatcher.handle(std::move(request)).status;
    };
    EXPECT_EQ(send("origin", "https://evil.vn"), 403);
    EXPECT_EQ(send("origin", "https://loa.vn.evil.vn"), 403);
    EXPECT_EQ(send("origin", "null"), 403);
    EXPECT_EQ(send("sec-fetch-site", "cross-site"), 403);
    EXPECT_EQ(send("sec-fetch-site", "same-site"), 403);
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(send("origin", "https://loa.vn"), 303);
    EXPECT_EQ(send("sec-fetch-site", "same-origin"), 303);
}

TEST_F(DispatcherTest, SaysWhatAFailureSays) {
    house.route(Method::Get, "/x", Access::Public, [](const Request&, Work&) {
        return failed(conflict("t.moved", {{"by", "<Bà Diễm>"}}));
    });
    house.route(Method::Get, "/y", Access::Public, [](const Request&, Work&) { return not_found(); });
    Browser browser(house.open());
    const auto answer = browser.get("/x");
    EXPECT_EQ(answer.status, 409);
    EXPECT_THAT(answer.body,
                HasSubstr("<public><h1>409 web.conflict (vi)</h1><p>t.moved (vi) by=&lt;Bà Diễm&gt;</p>"));
    EXPECT_EQ(browser.get("/y").status, 404);
}

TEST_F(DispatcherTest, AFaultShowsANumberAndNoSecrets) {
    form_at("/f");
    action_at("/f", [](const Request&, Work&) -> Response { throw Fault("secret column password_hash"); });
    house.route(Method::Get, "/x", Access::Public, [](const Request&, Work&) -> Response { throw 7; });
    house.route(Method::Get, "/z", Access::Public, [](const Request&, Work&) { return page("t/none"); });
    auto browser = signed_in(house.open());
    browser.get("/f");
    testing::internal::CaptureStderr();
    const auto answer = browser.post("/f", {{"mat_khau", "sesame"}});
    const std::string lines = testing::internal::GetCapturedStderr();
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(house.database.rollbacks, 1);
    EXPECT_THAT(answer.body, Not(HasSubstr("password_hash")));
    const std::string number = answer.header("X-Request-Id");
    ASSERT_EQ(number.size(), 9u);
    EXPECT_THAT(answer.body, HasSubstr("<b>" + number + "</b>"));
    EXPECT_THAT(lines, HasSubstr("\"request\":\"" + number + "\""));
    EXPECT_THAT(lines, HasSubstr("password_hash"));
    EXPECT_THAT(lines, HasSubstr("\"route\":\"POST /f\",\"person\":\"7\",\"status\":\"500\""));
    EXPECT_THAT(lines, Not(HasSubstr("sesame")));
    EXPECT_EQ(browser.get("/x").status, 500);
    EXPECT_EQ(browser.get("/z").status, 500);
}

TEST_F(DispatcherTest, PreparesBeforeTheTransaction) {
    Route route;
    route.method = Method::Post;
    route.pattern = "/tep";
    route.access = Access::Public;
    route.prepare = [this](const Request& request) -> std::any {
        EXPECT_EQ(house.database.commits + house.database.rollbacks, 0);
        return request.upload("tep")->bytes().size();
    };
    route.handler = [](const Request& request, Work&) {
        return bytes(std::to_string(std::any_cast<std::size_t>(request.prepared)), "text/plain");
    };
    house.registry.add(route);
    house.route(Method::Get, "/tep", Access::Public,
                [](const Request&, Work&) { return page("t/public_form"); });
    Browser browser(house.open());
    browser.get("/tep");
    EXPECT_EQ(browser.post("/tep", {}, {{"tep", "a.txt", "12345"}}).body, "5");
}

TEST_F(DispatcherTest, PreparesOnlyForThoseWhoMayComeIn) {
    int prepared = 0;
    Route route;
    route.method = Method::Post;
    route.pattern = "/tep";
    route.access = Access::Granted;
    route.verb = "plan.draft";
    route.prepare = [&](const Request&) -> std::any { return ++prepared; };
    route.handler = [](const Request&, Work&) { return redirect("/f"); };
    house.registry.add(route);
    form_at("/f");
    Dispatcher& dispatcher = house.open();
    Browser stranger(dispatcher);
    EXPECT_EQ(stranger.post("/tep").status, 403);
    auto browser = signed_in(dispatcher);
    browser.get("/f");
    const auto without_verb = browser.post("/tep");
    EXPECT_EQ(without_verb.status, 403);
    EXPECT_THAT(without_verb.body, HasSubstr("<officer>Người 7"));
    house.verbs = "plan.draft";
    EXPECT_EQ(browser.post("/tep", {{"csrf", "x"}}).status, 403);
    EXPECT_EQ(prepared, 0);
    EXPECT_EQ(browser.post("/tep").status, 303);
    EXPECT_EQ(prepared, 1);
}

TEST_F(DispatcherTest, ParsesBodiesAndTheirLimits) {
    Route route;
    route.method = Method::Post;
    route.pattern = "/p";
    route.access = Access::Public;
    route.body_limit = 100;
    route.handler = [](const Request& request, Work&) {
        return bytes(request.form.text("a") + request.body, "text/plain");
    };
    house.registry.add(route);
    Dispatcher& dispatcher = house.open();
    const auto send = [&](const std::string& type, const std::string& body) {
        Request request;
        request.method = Method::Post;
        request.target = "/p";
        request.headers.add("content-type", type);
        request.body = body;
        return dispatcher.handle(std::move(request)).status;
    };
    // 403: it was read, and has no token.
    EXPECT_EQ(send("application/x-www-form-urlencoded", "a=1"), 403);
    EXPECT_EQ(send("application/x-www-form-urlencoded", "a=%ff"), 400);
    EXPECT_EQ(send("application/x-www-form-urlencoded", "a=" + std::string(99, 'x')), 413);
    EXPECT_EQ(send("multipart/form-data; boundary=x", "nonsense"), 400);
    EXPECT_EQ(send("multipart/form-data", "x"), 400);
    EXPECT_EQ(send("application/json", "{}"), 403);
    EXPECT_EQ(dispatcher.body_limits(Method::Post, "/p").in_memory, 100u);
    EXPECT_EQ(dispatcher.body_limits(Method::Post, "/p").with_files, 0u);
}

TEST_F(DispatcherTest, EndpointsAreCheckedLikeRoutes) {
    house.registry.add(
        Endpoint{Method::Get, "/dang-nhap", [](const Request&, Services&) { return page("t/public_form"); }});
    house.registry.add(Endpoint{Method::Post, "/dang-nhap", [this](const Request&, Services&) {
                                    ++runs;
                                    return redirect("/");
                                }});
    form_at("/f");
    Dispatcher& dispatcher = house.open();
    Browser stranger(dispatcher);
    EXPECT_EQ(stranger.post("/dang-nhap").status, 403);
    stranger.get("/dang-nhap");
    EXPECT_EQ(stranger.post("/dang-nhap").status, 303);
    // A form in the frame of a signed-in page ("Đăng xuất") carries the session's token.
    auto officer = signed_in(dispatcher);
    officer.get("/f");
    EXPECT_EQ(officer.post("/dang-nhap").status, 303);
    officer.set_cookie(std::string(kSessionCookie), "person=8");
    EXPECT_EQ(officer.post("/dang-nhap").status, 403);
    EXPECT_EQ(runs, 2);
}

TEST_F(DispatcherTest, FindsMistakesAtStart) {
    house.route(Method::Get, "/a", Access::Granted, [](const Request&, Work&) { return not_found(); });
    EXPECT_THROW(house.open(), Fault);
}

TEST_F(DispatcherTest, EveryAnswerIsSafe) {
    form_at("/f");
    house.route(Method::Get, "/p", Access::Public, [](const Request&, Work&) { return page("t/public"); });
    house.registry.add(Endpoint{Method::Get, "/e", [](const Request&, Services&) { return json("{}"); }});
    auto browser = signed_in(house.open());
    for (const auto* path : {"/f", "/p", "/e", "/none", "/healthz", "/a/../b"}) {
        const auto answer = browser.get(path);
        EXPECT_THAT(answer.header("Content-Security-Policy"),
                    HasSubstr("default-src 'none'; script-src 'self'"))
            << path;
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << path;
        EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin") << path;
        EXPECT_FALSE(answer.header("Permissions-Policy").empty()) << path;
        EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin") << path;
        EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin") << path;
        EXPECT_EQ(answer.header("Cache-Control"), "no-store") << path;
    }
}

}  // namespace
}  // namespace loa::web
