// Pages of the web, fetched from a real server that misbehaves; and which addresses are asked at all.
#include "loa/jobs/fetch.h"

#include <gtest/gtest.h>

#include "test_places.h"
#include "loa/jobs/testing.h"

namespace loa::jobs {
namespace {

using testing::Program;

TEST(FetchTest, OnlyPublicAddressesAreAsked) {
    for (const char* text : {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
                             "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1",
                             "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1", "fec0::1"})
        EXPECT_FALSE(is_public(ip_address(text).value())) << text;
    for (const char* text : {"8.8.8.8", "172.15.0.1", "172.32.0.1", "192.167.1.1", "223.255.255.1", "2400:cb00::1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"})
        EXPECT_TRUE(is_public(ip_address(text).value())) << text;
}

class FetchFromServerTest : public ::testing::Test {
  protected:
    FetchFromServerTest() : server_({"python3", LOA_TEST_DIR "/support/web_server.py"}), port_(server_.line()) {}

    std::string at(const std::string& path, const std::string& host = "127.0.0.1") const { return "http://" + host + ":" + port_ + path; }
    static FetchLimits limits(const std::string& also = "127.0.0.0/8") {
        FetchLimits limits;
        limits.also = Networks::parse(also, "a test");
        limits.most_bytes = 1 << 20;
        limits.whole = std::chrono::milliseconds(3'000);
        return limits;
    }
    static std::string refused(const std::string& url, const FetchLimits& limits) {
        const auto page = fetch(url, limits);
        return page ? "fetched " + std::to_string(page->bytes.size()) : page.failure().problems.front().key;
    }

    Program server_;
    std::string port_;
};

TEST_F(FetchFromServerTest, APageAndWhereItLay) {
    const auto page = fetch(at("/to//page"), limits());
    ASSERT_TRUE(page) << page.failure().problems.front().key;
    EXPECT_EQ(page->url, at("/page"));
    EXPECT_NE(page->bytes.find("Nội dung"), std::string::npos);
    EXPECT_EQ(page->bytes.find("elsewhere"), std::string::npos) << "what a redirect says is no part of the page";
}

TEST_F(FetchFromServerTest, NothingOfTheOwnNetworkUnlessItIsAllowed) {
    EXPECT_EQ(refused(at("/page"), limits("")), "jobs.fetch_internal");
    EXPECT_EQ(refused(at("/page", "localhost"), limits("")), "jobs.fetch_internal") << "a name that means this machine";
    EXPECT_EQ(refused(at("/page", "[::1]"), limits()), "jobs.fetch_internal");
    EXPECT_EQ(refused(at("/page", "0x7f.1"), limits("")), "jobs.fetch_internal") << "written otherwise";
    EXPECT_EQ(refused(at("/to/" + at("/page", "127.0.0.2")), limits("127.0.0.1")), "jobs.fetch_internal") << "a redirect to another one";
}

TEST_F(FetchFromServerTest, WhatIsNoAddressOfTheWeb) {
    for (const char* url : {"", "file:///etc/passwd", "ftp://example.vn/", "gopher://127.0.0.1:25/", "javascript:alert(1)", "http://", "http:// a", "example.vn"})
        EXPECT_EQ(refused(url, limits()), "jobs.fetch_not_web") << url;
    EXPECT_EQ(refused("http://user:secret@127.0.0.1:" + port_ + "/page", limits()), "jobs.fetch_not_web");
    EXPECT_EQ(refused(at("/to/file:///etc/passwd"), limits()), "jobs.fetch_not_web");
}

TEST_F(FetchFromServerTest, NothingHugeAndNothingForEver) {
    EXPECT_EQ(refused(at("/endless"), limits()), "jobs.fetch_too_large");
    EXPECT_EQ(refused(at("/bomb"), limits()), "jobs.fetch_too_large") << "as it unfolds";
    EXPECT_EQ(refused(at("/slow"), limits()), "jobs.fetch_took_too_long");
    EXPECT_EQ(refused(at("/round"), limits()), "jobs.fetch_too_many_redirects");
    EXPECT_EQ(refused(at("/empty"), limits()), "jobs.fetch_empty");
}

TEST_F(FetchFromServerTest, WhatTheServerRefusesOrCanNotDo) {
    EXPECT_EQ(refused(at("/status/404"), limits()), "jobs.fetch_refused");
    EXPECT_EQ(refused(at("/status/401"), limits()), "jobs.fetch_refused");
    const auto failed = fetch(at("/status/503"), limits());
    EXPECT_EQ(failed.failure().problems.front().key, "jobs.fetch_server_failed");
    EXPECT_EQ(failed.failure().reason, Reason::Unavailable);
    EXPECT_EQ(refused("http://127.0.0.1:1/", limits()), "jobs.fetch_unreachable");
}

}  // namespace
}  // namespace loa::jobs
