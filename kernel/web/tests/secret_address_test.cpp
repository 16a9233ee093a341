// A secret in an address is no part of what is kept of an answer.
#include <gtest/gtest.h>

#include "tests/support/house.h"

namespace loa::web {
namespace {

TEST(SecretAddressTest, StaysOutOfTheAnswerThatIsKeptForASecondSending) {
    House house;
    int runs = 0;
    house.route(Method::Get, "/f", Access::SignedIn, [](const Request&, Work&) { return show({"t/form", "Tiêu đề", {}, {}}); });
    Route route{.method = Method::Post, .pattern = "/l/{token:text}", .access = Access::Public};
    route.handler = [&runs](const Request& request, Work&) { return redirect("/l/" + request.parameters.text("token") + "?da=" + std::to_string(++runs)); };
    route.secret = "token";
    house.registry.add(std::move(route));
    auto browser = signed_in(house.open());
    browser.get("/f");
    EXPECT_EQ(browser.post("/l/0123abc").location, "/l/0123abc?da=1");
    ASSERT_EQ(house.answers.size(), 1u);
    EXPECT_EQ(house.answers.begin()->second, "/l/{token}?da=1");
    EXPECT_EQ(browser.post("/l/0123abc").location, "/l/0123abc?da=1") << "the second sending is told the same";
    EXPECT_EQ(browser.post("/l/4567def").location, "/l/4567def?da=2") << "to another address it is another sending";
}

}  // namespace
}  // namespace loa::web
