// What every answer carries beyond its content: copies and their freshness, compression, language, figures.
#include <brotli/decode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <thread>

#include "answer.h"
#include "loa/base/fault.h"
#include "preferences.h"
#include "tests/support/house.h"

namespace loa::web {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::string gunzipped(const std::string& bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string out(1 << 20, '\0'), in = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

std::string unbrotlied(const std::string& bytes) {
    std::string out(1 << 20, '\0');
    std::size_t size = out.size();
    EXPECT_EQ(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                      &size, reinterpret_cast<std::uint8_t*>(out.data())),
              BROTLI_DECODER_RESULT_SUCCESS);
    out.resize(size);
    return out;
}

struct AnswerTest : testing::Test {
    House house;
    int runs = 0;

    AnswerTest() {
        Route cached;
        cached.method = Method::Get;
        cached.pattern = "/trang";
        cached.access = Access::Public;
        cached.caching = Caching::Public;
        cached.handler = [this](const Request& request, Work&) {
            ++runs;
            View view;
            view.set("n", request.query.has("dai") ? std::string(5000, 'x') : std::to_string(runs));
            return show({"t/public", "Trang", std::move(view), {}});
        };
        house.registry.add(cached);
        cached.pattern = "/mau";
        cached.handler = [this](const Request&, Work&) {
            ++runs;
            return show({"t/public_form", "Mẫu", {}, {}});
        };
        house.registry.add(cached);
        house.route(Method::Post, "/ghi", Access::Public,
                    [](const Request&, Work&) { return redirect("/trang"); });
    }

    static Response ask(Dispatcher& dispatcher, const std::string& target,
                        std::vector<std::pair<std::string, std::string>> headers = {}) {
        Request request;
        request.target = target;
        request.remote_address = "127.0.0.1";
        for (auto& [name, value] : headers) request.headers.add(name, value);
        return dispatcher.handle(std::move(request));
    }
};

TEST_F(AnswerTest, CompressesWhatTheBrowserTakes) {
    Dispatcher& dispatcher = house.open();
    const std::string plain = *ask(dispatcher, "/trang?dai").body;
    const auto gzip = ask(dispatcher, "/trang?dai", {{"accept-encoding", "gzip, deflate"}});
    EXPECT_EQ(*header(gzip, "Content-Encoding"), "gzip");
    EXPECT_EQ(gunzipped(*gzip.body), plain);
    // While a person waits gzip is the quicker one; what was compressed once is smaller in Brotli.
    EXPECT_EQ(best_coding("br, gzip;q=0.5", Effort::Each), Coding::Gzip);
    EXPECT_EQ(best_coding("gzip;q=1.0, br;q=0.5", Effort::Once), Coding::Brotli);
    const auto brotli = ask(dispatcher, "/trang?dai", {{"accept-encoding", "gzip;q=0, br;q=0.5"}});
    EXPECT_EQ(*header(brotli, "Content-Encoding"), "br");
    EXPECT_EQ(unbrotlied(*brotli.body), plain);
    EXPECT_THAT(*header(brotli, "Vary"), HasSubstr("Accept-Encoding"));
    EXPECT_FALSE(
        header(ask(dispatcher, "/trang?dai", {{"accept-encoding", "br;q=0, gzip;q=0.000, identity"}}),
               "Content-Encoding"));
    EXPECT_FALSE(
        header(ask(dispatcher, "/trang", {{"accept-encoding", "br"}}), "Content-Encoding"));  // too short
    EXPECT_FALSE(is_compressible("image/png"));
    EXPECT_FALSE(is_compressible("font/woff2"));
    EXPECT_TRUE(is_compressible("image/svg+xml"));
}

TEST_F(AnswerTest, PublicPagesHaveAnETag) {
    Dispatcher& dispatcher = house.open();
    const auto first = ask(dispatcher, "/trang?dai", {{"accept-encoding", "br"}});
    EXPECT_EQ(*header(first, "Cache-Control"), "no-cache");
    const std::string etag = *header(first, "ETag");
    EXPECT_THAT(etag, testing::MatchesRegex("W/\"[0-9a-f]{20}\""));
    const auto same =
        ask(dispatcher, "/trang?dai", {{"if-none-match", "\"x\", " + etag}, {"accept-encoding", "gzip"}});
    EXPECT_EQ(same.status, 304);
    EXPECT_FALSE(same.body);
    EXPECT_EQ(*header(same, "ETag"), etag);
    EXPECT_EQ(ask(dispatcher, "/trang?dai", {{"if-none-match", "W/\"x\""}}).status, 200);
    EXPECT_EQ(ask(dispatcher, "/trang?dai", {{"if-none-match", "*"}}).status, 304);
    EXPECT_THAT(ready(same)->head, Not(HasSubstr("Content-Length")));
}

TEST_F(AnswerTest, HotPagesAreReadyBytes) {
    Dispatcher& dispatcher = house.open();
    const Glance glance{Method::Get, "/trang", "loa.vn", "", "", "", ""};
    const std::vector<std::pair<std::string, std::string>> headers{{"host", "loa.vn"}};
    EXPECT_EQ(dispatcher.at_once(glance), nullptr);
    const auto first = ask(dispatcher, "/trang", headers);
    const auto again = dispatcher.at_once(glance);
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(*again->body, *first.body);
    EXPECT_THAT(again->head, HasSubstr("Content-Security-Policy: "));
    EXPECT_THAT(again->head, Not(HasSubstr("X-Request-Id")));

    Glance conditional = glance;
    conditional.if_none_match = *header(first, "ETag");
    EXPECT_EQ(dispatcher.at_once(conditional)->status, 304);

    // Whatever tells two pages apart.
    for (const auto& other : {Glance{Method::Get, "/trang?x", "loa.vn", "", "", "", ""},
                              Glance{Method::Get, "/trang", "b.vn", "", "", "", ""},
                              Glance{Method::Get, "/trang", "loa.vn", "loa_language=en", "", "", ""},
                              Glance{Method::Get, "/trang", "loa.vn", "", "en", "", ""},
                              Glance{Method::Get, "/trang", "loa.vn", "a=1; loa_theme=dark", "", "", ""},
                              Glance{Method::Get, "/trang", "loa.vn", "loa_contrast=more", "", "", ""},
                              Glance{Method::Get, "/trang", "loa.vn", "loa_session=person=7", "", "", ""},
                              Glance{Method::Post, "/trang", "loa.vn", "", "", "", ""}})
        EXPECT_EQ(dispatcher.at_once(other), nullptr)
            << other.target << other.host << other.cookies << other.accept_language;
    // What does not.
    EXPECT_NE(dispatcher.at_once({Method::Head, "/trang", "loa.vn", "khac=1", "vi,en", "", ""}), nullptr);
}

TEST_F(AnswerTest, AHotPageIsCompressedWhenItIsFirstAskedForSo) {
    Dispatcher& dispatcher = house.open();
    const auto at_once = [&](std::string_view encodings) {
        return dispatcher.at_once({Method::Get, "/trang?dai", "loa.vn", "", "", encodings, ""});
    };
    const std::string plain = *ask(dispatcher, "/trang?dai", {{"host", "loa.vn"}}).body;
    EXPECT_NE(at_once(""), nullptr);
    EXPECT_EQ(at_once("gzip"), nullptr);
    const auto answered = ask(dispatcher, "/trang?dai", {{"host", "loa.vn"}, {"accept-encoding", "gzip, br"}});
    EXPECT_EQ(runs, 1) << "not rendered again";
    const auto ready = at_once("br, gzip");
    ASSERT_NE(ready, nullptr);
    EXPECT_EQ(ready->body, answered.body) << "nor compressed again";
    EXPECT_THAT(ready->head, HasSubstr("Content-Encoding: gzip\r\n"));
    EXPECT_THAT(ready->head, Not(HasSubstr("X-Request-Id")));
    EXPECT_EQ(gunzipped(*ready->body), plain);
    EXPECT_EQ(at_once("br"), nullptr);
    // A short page is the same in every coding, and a 304 says nothing about any.
    const std::string etag = *header(ask(dispatcher, "/trang", {{"host", "loa.vn"}}), "ETag");
    ask(dispatcher, "/trang", {{"host", "loa.vn"}, {"accept-encoding", "br"}, {"if-none-match", etag}});
    const Glance small{Method::Get, "/trang", "loa.vn", "", "", "br", ""};
    EXPECT_EQ(dispatcher.at_once(small), nullptr);
    ask(dispatcher, "/trang", {{"host", "loa.vn"}, {"accept-encoding", "br"}});
    EXPECT_THAT(dispatcher.at_once(small)->head, Not(HasSubstr("Content-Encoding")));
}

TEST_F(AnswerTest, AWriteEmptiesTheCacheAndSoDoesASecond) {
    Dispatcher& dispatcher = house.open();
    Browser browser(dispatcher);
    const Glance glance{Method::Get, "/trang", "localhost", "", "", "", ""};
    browser.get("/mau");  // for a token
    browser.get("/trang");
    EXPECT_NE(dispatcher.at_once(glance), nullptr);
    EXPECT_EQ(browser.post("/ghi").status, 303);
    EXPECT_EQ(dispatcher.at_once(glance), nullptr);
    browser.get("/trang");
    EXPECT_NE(dispatcher.at_once(glance), nullptr);
    dispatcher.forget_pages();
    EXPECT_EQ(dispatcher.at_once(glance), nullptr);
    browser.get("/trang");
    std::this_thread::sleep_for(std::chrono::milliseconds(1050));
    EXPECT_EQ(dispatcher.at_once(glance), nullptr);
}

TEST_F(AnswerTest, APageReadBeforeAWriteIsNotKept) {
    PageCache cache;
    Response page = bytes("x", "text/html");
    add_headers(page, Keeping::AskFirst);
    const auto before = cache.generation();
    cache.clear();
    cache.put("k", page, before);
    EXPECT_EQ(cache.find("k"), nullptr);
    cache.put("k", page, cache.generation());
    EXPECT_NE(cache.find("k"), nullptr);
}

TEST_F(AnswerTest, PersonalPagesAreNeverKept) {
    Dispatcher& dispatcher = house.open();
    Browser stranger(dispatcher);
    EXPECT_EQ(stranger.get("/mau").header("Cache-Control"), "no-store");
    EXPECT_EQ(stranger.get("/mau").header("ETag"), "");
    EXPECT_EQ(dispatcher.at_once({Method::Get, "/mau", "localhost", "", "", "", ""}), nullptr);
    auto person = signed_in(dispatcher);
    EXPECT_EQ(person.get("/trang").header("Cache-Control"), "no-store");
    EXPECT_EQ(dispatcher.at_once({Method::Get, "/trang", "localhost", "", "", "", ""}), nullptr);
}

TEST_F(AnswerTest, ATokenDiffersEachTime) {
    Dispatcher& dispatcher = house.open();
    Browser browser(dispatcher);
    EXPECT_NE(browser.get("/mau").body, browser.get("/mau").body);
}

TEST_F(AnswerTest, SpeaksTheLanguageAsked) {
    Dispatcher& dispatcher = house.open();
    EXPECT_THAT(*ask(dispatcher, "/trang").body, HasSubstr("Xin chào"));
    EXPECT_THAT(*ask(dispatcher, "/trang", {{"accept-language", "en-GB,en;q=0.9"}}).body, HasSubstr("Hello"));
    EXPECT_THAT(*ask(dispatcher, "/trang", {{"accept-language", "en,vi;q=0.1"}}).body, HasSubstr("Xin chào"));
    EXPECT_THAT(*ask(dispatcher, "/trang", {{"accept-language", "fr"}}).body, HasSubstr("Xin chào"));
    EXPECT_THAT(*ask(dispatcher, "/trang", {{"cookie", "loa_language=en"}, {"accept-language", "vi"}}).body,
                HasSubstr("<html lang=\"en\" data-theme=\"\">"));
    EXPECT_THAT(*ask(dispatcher, "/trang", {{"cookie", "loa_theme=dark"}}).body,
                HasSubstr("data-theme=\"dark\""));
    EXPECT_THAT(*ask(dispatcher, "/trang", {{"cookie", "loa_theme=\"><script>"}}).body,
                HasSubstr("data-theme=\"\""));
}

TEST_F(AnswerTest, KeepsPreferencesInCookies) {
    Browser browser(house.open());
    auto answer = browser.post("/-/giao-dien", {{"theme", "dark"}, {"language", "en"}, {"ve", "/trang?dai"}});
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.location, "/trang?dai");
    EXPECT_EQ(browser.cookies().at("loa_theme"), "dark");
    EXPECT_EQ(browser.cookies().at("loa_language"), "en");
    EXPECT_FALSE(browser.cookies().contains("loa_contrast"));
    EXPECT_THAT(answer.header("Set-Cookie"), HasSubstr("; Path=/; HttpOnly; SameSite=Lax"));
    answer = browser.post("/-/giao-dien", {{"theme", "auto"}, {"ve", "//evil.vn"}});
    EXPECT_EQ(answer.location, "/");
    EXPECT_FALSE(browser.cookies().contains("loa_theme"));
    browser.post("/-/giao-dien", {{"keys", "off"}});
    EXPECT_EQ(browser.cookies().at("loa_keys"), "off");
    browser.post("/-/giao-dien", {{"keys", "on"}});
    EXPECT_FALSE(browser.cookies().contains("loa_keys"));
    browser.post("/-/giao-dien", {{"contrast", "x\r\nSet-Cookie: a=b"}});
    EXPECT_FALSE(browser.cookies().contains("a"));

    Request foreign;
    foreign.method = Method::Post;
    foreign.target = "/-/giao-dien";
    foreign.headers.add("sec-fetch-site", "cross-site");
    EXPECT_EQ(house.dispatcher->handle(foreign).status, 403);
}

TEST_F(AnswerTest, SecureCookiesWhereTheBrowserSpeaksTls) {
    ServerSettings settings;
    settings.secure_cookies = true;
    Browser browser(house.open(settings));
    const auto answer = browser.get("/mau");
    EXPECT_THAT(answer.header("Set-Cookie"), EndsWith("; Path=/; HttpOnly; SameSite=Lax; Secure"));
    Browser plain(house.open());
    EXPECT_THAT(plain.get("/mau").header("Set-Cookie"), Not(HasSubstr("Secure"))) << "only where there is TLS";
}

TEST_F(AnswerTest, ASharedSecretServesManyNodes) {
    ServerSettings settings;
    settings.secret = "the same on every node";
    Browser browser(house.open(settings));
    browser.get("/mau");
    const auto answer = browser.get("/mau");
    House other;
    other.route(Method::Post, "/ghi", Access::Public, [](const Request&, Work&) { return redirect("/"); });
    Browser there(other.open(settings));
    there.set_cookie("loa_visit", browser.cookies().at("loa_visit"));
    const auto at = answer.body.find("value=\"") + 7;
    EXPECT_EQ(there.post("/ghi", {{"csrf", answer.body.substr(at, answer.body.find('"', at) - at)}}).status,
              303);
}

TEST_F(AnswerTest, SaysWhetherItIsReady) {
    std::optional<std::string> failure;
    house.registry.add(ReadyCheck{"storage.schema", [&](Services&) { return failure; }});
    Dispatcher& dispatcher = house.open();
    EXPECT_EQ(*ask(dispatcher, "/healthz").body, "ok\n");
    EXPECT_EQ(ask(dispatcher, "/readyz").status, 200);
    failure = "2 migrations wait";
    EXPECT_EQ(ask(dispatcher, "/readyz").status, 503);
    EXPECT_EQ(*ask(dispatcher, "/readyz").body, "storage.schema: 2 migrations wait\n");
    house.database.broken = true;
    EXPECT_THAT(*ask(dispatcher, "/readyz").body, HasSubstr("the disk is gone"));
    EXPECT_EQ(ask(dispatcher, "/healthz").status, 200);
}

TEST_F(AnswerTest, CountsByRouteForThisMachineOnly) {
    Dispatcher& dispatcher = house.open();
    ask(dispatcher, "/trang");
    ask(dispatcher, "/none");
    dispatcher.at_once({Method::Get, "/healthz", "", "", "", "", ""});
    const std::string text = *ask(dispatcher, "/metrics").body;
    EXPECT_THAT(text, HasSubstr("loa_web_requests_total{route=\"GET /trang\",status=\"2xx\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("loa_web_requests_total{route=\"unmatched\",status=\"4xx\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("loa_web_requests_total{route=\"at once\",status=\"2xx\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("loa_web_request_seconds_count{route=\"GET /trang\"} 1\n"));
    EXPECT_EQ(ask(dispatcher, "/metrics", {{"x-forwarded-for", "203.0.113.7"}}).status, 404);
    Request remote;
    remote.target = "/metrics";
    remote.remote_address = "203.0.113.7";
    EXPECT_EQ(dispatcher.handle(remote).status, 404);
}

TEST(Redirect, StaysHere) {
    EXPECT_EQ(*header(redirect("/tin/cải cách"), "Location"), "/tin/c%E1%BA%A3i%20c%C3%A1ch");
    for (const auto* path : {"https://evil.vn/", "//evil.vn", "/\\evil.vn", "/a\r\nX: y", ""})
        EXPECT_THROW(redirect(path), Fault) << path;
}

TEST_F(AnswerTest, NeverSplitsAHeader) {
    house.route(Method::Get, "/tep", Access::Public, [](const Request& request, Work&) {
        auto response = bytes("x", "text/plain" + request.query.raw("loai"));
        response.headers.emplace_back("Content-Disposition",
                                      "attachment; filename=" + request.query.raw("ten"));
        return response;
    });
    Dispatcher& dispatcher = house.open();
    EXPECT_EQ(ask(dispatcher, "/tep?ten=a.txt").status, 200);
    for (const auto* query : {"ten=a%0d%0aSet-Cookie:%20b=c", "ten=a%0ab", "loai=%0d%0a%0d%0a<script>"}) {
        const auto answer = ask(dispatcher, std::string("/tep?") + query);
        EXPECT_EQ(answer.status, 500) << query;
        EXPECT_THAT(ready(answer)->head, Not(HasSubstr("Set-Cookie:")));
    }
}

TEST_F(AnswerTest, SmallBodiesAreReadWhereNobodyAnswers) {
    EXPECT_EQ(house.open().body_limits(Method::Post, "/none").in_memory, 64u << 10);
}

}  // namespace
}  // namespace loa::web
