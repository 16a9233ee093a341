#include "loa/base/networks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/base/fault.h"
#include "origin.h"
#include "tests/support/house.h"
#include "tests/support/wire.h"

namespace loa::web {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

bool trusts(const std::string& list, const std::string& address) {
    return Networks::parse(list, "the trusted proxies").hold(ip_address(address).value());
}

TEST(TrustedProxies, AreAddressesAndNetworks) {
    EXPECT_TRUE(Networks::parse(" ", "the trusted proxies").is_empty());
    EXPECT_TRUE(trusts("127.0.0.1", "127.0.0.1"));
    EXPECT_FALSE(trusts("127.0.0.1", "127.0.0.2"));
    EXPECT_TRUE(trusts("::1, 10.0.0.0/8", "10.255.0.3"));
    EXPECT_FALSE(trusts("::1, 10.0.0.0/8", "11.0.0.0"));
    EXPECT_TRUE(trusts("192.168.128.0/17", "192.168.200.1"));
    EXPECT_FALSE(trusts("192.168.128.0/17", "192.168.127.255"));
    EXPECT_TRUE(trusts("10.1.2.3/32", "::ffff:10.1.2.3")) << "as a socket for both kinds says it";
    EXPECT_TRUE(trusts("2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(trusts("2001:db8::/33", "2001:db8:8000::1"));
    EXPECT_FALSE(trusts("fd00::/8", "10.0.0.1"));
}

TEST(TrustedProxies, RefuseWhatIsNoList) {
    for (const auto* list : {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "10.0.0/8", "10.0.0.1/8", "0.0.0.0/0",
                             "::/0", "fd00::/129", "127.0.0.1,", "127.0.0.1;::1", "127.0.0.1 ::1", "fe80::1%eth0", "010.0.0.1"})
        EXPECT_THROW(Networks::parse(list, "the trusted proxies"), Fault) << list;
    try {
        Networks::parse("::1, proxy.local", "the trusted proxies");
    } catch (const Fault& fault) {
        EXPECT_STREQ(fault.what(), "\"proxy.local\" among the trusted proxies is no address and no network; write them as in "
                                   "127.0.0.1,10.0.0.0/8,fd00::/8");
    }
}

TEST(TrustedProxies, AreBelievedAndNobodyElse) {
    const auto proxies = Networks::parse("127.0.0.1,10.0.0.0/8,fd00::/8", "the trusted proxies");
    const struct {
        std::string peer, forwarded_for, address;
    } cases[] = {
        {"203.0.113.7", "198.51.100.1", "203.0.113.7"},  // not trusted: it may write what it likes
        {"203.0.113.7", "127.0.0.1", "203.0.113.7"},
        {"127.0.0.1", "", "127.0.0.1"},
        {"127.0.0.1", "203.0.113.7", "203.0.113.7"},
        {"127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"},  // the left one is what the browser wrote
        {"127.0.0.1", "198.51.100.1, 203.0.113.7 , 10.0.0.5,10.9.9.9", "203.0.113.7"},
        {"::ffff:10.0.0.1", "203.0.113.7", "203.0.113.7"},
        {"fd00::1", "2001:DB8:0::1", "2001:db8::1"},
        {"127.0.0.1", "10.0.0.7, 10.0.0.5", "10.0.0.7"},  // trusted to the end: the farthest
        {"127.0.0.1", "203.0.113.7:4711", "203.0.113.7"},
        {"127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"},
        {"127.0.0.1", "[2001:db8::1]", "2001:db8::1"},
        {"127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"},
        // What is no address ends the walk, at the last one that was told well.
        {"127.0.0.1", "203.0.113.7, unknown", "127.0.0.1"},
        {"127.0.0.1", "203.0.113.7, ", "127.0.0.1"},
        {"127.0.0.1", "203.0.113.7, x, 10.0.0.5", "10.0.0.5"},
        {"127.0.0.1", "203.0.113.7, 1.2.3, 10.0.0.5", "10.0.0.5"},
        {"127.0.0.1", "203.0.113.7:, 10.0.0.5", "10.0.0.5"},
        {"127.0.0.1", "[2001:db8::1]x", "127.0.0.1"},
        {"127.0.0.1", "[2001:db8::1", "127.0.0.1"},
        {"127.0.0.1", "10.0.0.5\"", "127.0.0.1"},
        {"127.0.0.1", std::string("203.0.113.7\0", 12), "127.0.0.1"},
        {"127.0.0.1", std::string(8000, ','), "127.0.0.1"},
    };
    for (const auto& [peer, forwarded_for, address] : cases)
        EXPECT_EQ(origin_behind(proxies, {peer, false}, forwarded_for, "").address, address) << peer << " | " << forwarded_for;
}

TEST(TrustedProxies, SayWhoSpeaksTls) {
    const auto proxies = Networks::parse("127.0.0.1", "the trusted proxies");
    const auto by_tls = [&](const std::string& peer, bool itself, const std::string& proto) {
        return origin_behind(proxies, {peer, itself}, "203.0.113.7", proto).by_tls;
    };
    EXPECT_TRUE(by_tls("127.0.0.1", false, "https"));
    EXPECT_TRUE(by_tls("127.0.0.1", false, "http, HTTPS"));
    EXPECT_FALSE(by_tls("127.0.0.1", false, "https, http")) << "the left one may be the browser's own words";
    EXPECT_FALSE(by_tls("127.0.0.1", false, ""));
    EXPECT_FALSE(by_tls("127.0.0.1", false, "httpsx"));
    EXPECT_FALSE(by_tls("203.0.113.7", false, "https"));
    EXPECT_TRUE(by_tls("127.0.0.1", true, "http")) << "what is known otherwise nobody takes back";
}

struct BehindAProxy : testing::Test {
    House house;
    ServerSettings settings;
    std::unique_ptr<Server> server;

    BehindAProxy() {
        settings.port = 0;
        house.route(Method::Get, "/ai", Access::Public, [](const Request& request, Work&) {
            return bytes(request.remote_address + (request.by_tls ? " kín" : " ngỏ"), "text/plain; charset=utf-8");
        });
        house.route(Method::Get, "/mau", Access::Public, [](const Request&, Work&) { return show({"t/public_form", "Mẫu", {}}); });
    }
    ~BehindAProxy() override {
        if (server) server->stop();
    }
    std::string get(const std::string& target, const std::string& headers = {}) {
        if (!server) server = Server::start(house.open(settings), settings);
        Wire wire(server->port());
        wire.send("GET " + target + " HTTP/1.1\r\nHost: loa\r\n" + headers + "\r\n");
        return wire.answer();
    }
};

TEST_F(BehindAProxy, ThatIsTrustedABrowserIsWhoItSays) {
    settings.trusted_proxies = Networks::parse("127.0.0.0/8", "the trusted proxies");
    EXPECT_THAT(get("/ai"), EndsWith("\r\n\r\n127.0.0.1 ngỏ"));
    const auto told = get("/ai", "X-Forwarded-For: 198.51.100.1\r\nx-forwarded-for: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n");
    EXPECT_THAT(told, EndsWith("\r\n\r\n203.0.113.7 kín")) << "several headers are one list";
    EXPECT_THAT(told, HasSubstr("\r\nStrict-Transport-Security: max-age=31536000\r\n"));
    EXPECT_THAT(get("/mau", "X-Forwarded-Proto: https\r\n"), HasSubstr("; Secure\r\n"));
    EXPECT_THAT(get("/mau"), Not(HasSubstr("; Secure")));
    EXPECT_THAT(get("/ai", "Forwarded: for=203.0.113.7;proto=https\r\n"), EndsWith("\r\n\r\n127.0.0.1 ngỏ"))
        << "a proxy that does not know this header passes on what a browser wrote";
}

TEST_F(BehindAProxy, OneConnectionServesManyBrowsers) {
    settings.trusted_proxies = Networks::parse("127.0.0.1", "the trusted proxies");
    get("/ai");
    Wire wire(server->port());
    for (const std::string browser : {"203.0.113.7", "203.0.113.8"}) {
        wire.send("GET /ai HTTP/1.1\r\nHost: loa\r\nX-Forwarded-For: " + browser + "\r\nX-Forwarded-Proto: https\r\n\r\n");
        EXPECT_THAT(wire.answer(), EndsWith("\r\n\r\n" + browser + " kín"));
    }
    wire.send("GET /ai HTTP/1.1\r\nHost: loa\r\n\r\n");
    const auto own = wire.answer();
    EXPECT_THAT(own, EndsWith("\r\n\r\n127.0.0.1 ngỏ")) << "nothing stays from the browser before";
    EXPECT_THAT(own, Not(HasSubstr("Strict-Transport-Security")));
}

TEST_F(BehindAProxy, ThatIsNotTrustedNothingIsBelieved) {
    settings.trusted_proxies = Networks::parse("10.0.0.0/8", "the trusted proxies");
    const auto told = get("/ai", "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n");
    EXPECT_THAT(told, EndsWith("\r\n\r\n127.0.0.1 ngỏ"));
    EXPECT_THAT(told, Not(HasSubstr("Strict-Transport-Security")));
}

TEST_F(BehindAProxy, FiguresAreForThisMachineOnly) {
    settings.trusted_proxies = Networks::parse("127.0.0.1", "the trusted proxies");
    EXPECT_THAT(get("/metrics"), StartsWith("HTTP/1.1 200"));
    for (const auto* headers : {"X-Forwarded-For: 203.0.113.7\r\n", "X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-For: x\r\n",
                                "X-Forwarded-Proto: http\r\n", "Forwarded: for=127.0.0.1\r\n", "Via: 1.1 proxy\r\n"})
        EXPECT_THAT(get("/metrics", headers), StartsWith("HTTP/1.1 404")) << headers;
}

}  // namespace
}  // namespace loa::web
