// The steps of a route before its handler.
#include <gtest/gtest.h>

#include "tests/support/house.h"

namespace loa::web {
namespace {

struct StepsTest : testing::Test {
    House house;
    static Response page(std::string name) { return show({std::move(name), "Tiêu đề", {}}); }
};

TEST_F(StepsTest, LooksBeforeItPrepares) {
    Route route;
    route.method = Method::Post;
    route.pattern = "/tep";
    route.access = Access::Public;
    route.look = [](Request& request, Work& work) {
        EXPECT_EQ(work.db.mode(), storage::Mode::Read);
        request.prepared = std::string("seen");
    };
    route.prepare = [](const Request& request) -> std::any {
        return std::any_cast<const std::string&>(request.prepared) + ", prepared";
    };
    route.handler = [](const Request& request, Work&) {
        return bytes(std::any_cast<const std::string&>(request.prepared), "text/plain");
    };
    house.registry.add(route);
    house.route(Method::Get, "/tep", Access::Public,
                [](const Request&, Work&) { return page("t/public_form"); });
    Browser browser(house.open());
    browser.get("/tep");
    EXPECT_EQ(browser.post("/tep").body, "seen, prepared");
}

TEST_F(StepsTest, ABodyThatIsNoFormHasItsTokenInItsHead) {
    Route route;
    route.method = Method::Post;
    route.pattern = "/khuc";
    route.access = Access::Public;
    route.handler = [](const Request& request, Work&) { return bytes(request.body, "text/plain"); };
    house.registry.add(route);
    house.route(Method::Get, "/tep", Access::Public,
                [](const Request&, Work&) { return page("t/public_form"); });
    Browser browser(house.open());
    EXPECT_EQ(browser.post_bytes("/khuc", "abc").status, 403);
    browser.get("/tep");
    EXPECT_EQ(browser.post_bytes("/khuc", "abc").body, "abc");
}

}  // namespace
}  // namespace loa::web
