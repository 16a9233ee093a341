#include "router.h"

#include <gtest/gtest.h>

#include "loa/base/fault.h"
#include "path.h"

namespace loa::web {
namespace {

std::string matched(const Router& router, Method method, std::string_view path) {
    const auto match = router.match(method, parse_target(path)->segments);
    if (!match.route) return match.other_method ? "405" : "404";
    std::string text = std::to_string(*match.route);
    for (const auto& [name, value] : match.parameters.items()) text += " " + name + "=" + value;
    return text;
}

TEST(Router, LiteralBeforeParameterWithWayBack) {
    Router router;
    router.add(Method::Get, "/", 0);
    router.add(Method::Get, "/ke-hoach", 1);
    router.add(Method::Get, "/ke-hoach/{id}", 2);
    router.add(Method::Get, "/ke-hoach/moi", 3);
    router.add(Method::Get, "/ke-hoach/{plan}/sua", 4);
    router.add(Method::Post, "/ke-hoach/{id}/duyet", 5);
    router.add(Method::Get, "/tin/{slug:text}/{id}", 6);
    router.add(Method::Get, "/tin/moi", 7);

    EXPECT_EQ(matched(router, Method::Get, "/"), "0");
    EXPECT_EQ(matched(router, Method::Head, "/ke-hoach"), "1");
    EXPECT_EQ(matched(router, Method::Get, "/ke-hoach/17"), "2 id=17");
    EXPECT_EQ(matched(router, Method::Get, "/ke-hoach/moi"), "3");
    EXPECT_EQ(matched(router, Method::Get, "/ke-hoach/17/sua"), "4 plan=17");
    EXPECT_EQ(matched(router, Method::Post, "/ke-hoach/17/duyet"), "5 id=17");
    EXPECT_EQ(matched(router, Method::Get, "/ke-hoach/17/duyet"), "405");
    EXPECT_EQ(matched(router, Method::Post, "/ke-hoach"), "405");
    // The literal "moi" leads nowhere here, the parameter does.
    EXPECT_EQ(matched(router, Method::Get, "/tin/moi/5"), "6 slug=moi id=5");
    EXPECT_EQ(matched(router, Method::Get, "/tin/c%E1%BA%A3i/5"), "6 slug=cải id=5");
}

TEST(Router, AnIdIsAnId) {
    Router router;
    router.add(Method::Get, "/a/{id}", 1);
    EXPECT_EQ(matched(router, Method::Get, "/a/9223372036854775807"), "1 id=9223372036854775807");
    for (const auto* path :
         {"/a/0", "/a/-1", "/a/+1", "/a/1x", "/a/9223372036854775808", "/a/%201", "/a/abc"})
        EXPECT_EQ(matched(router, Method::Get, path), "404") << path;
}

TEST(Router, FindsConflictsAtStart) {
    Router router;
    router.add(Method::Get, "/a/{id}", 1);
    EXPECT_THROW(router.add(Method::Get, "/a/{plan}", 2), Fault);
    EXPECT_THROW(router.add(Method::Get, "/a/{name:text}/b", 2), Fault);
    EXPECT_THROW(router.add(Method::Head, "/a/{id}", 2), Fault);
    EXPECT_NO_THROW(router.add(Method::Post, "/a/{id}", 2));
    for (const auto* pattern : {"a", "/a//b", "/a/{}", "/a/{id", "/b/{x:number}", "/a/"})
        EXPECT_THROW(router.add(Method::Get, pattern, 3), Fault) << pattern;
}

}  // namespace
}  // namespace loa::web
