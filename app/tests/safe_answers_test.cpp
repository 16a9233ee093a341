// What every answer forbids the browser, by its Content-Security-Policy: frames around it, foreign addresses for its
// forms, another base, plug-ins, scripts and styles that are not files of ours.
#include <algorithm>
#include <map>

#include "loa/base/text.h"
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

/// "form-action 'self'; …" → what each directive says.
std::map<std::string, std::string> directives(const std::string& policy) {
    std::map<std::string, std::string> all;
    for (const auto part : split(policy, ';')) {
        const auto words = trimmed(part);
        const auto blank = std::min(words.find(' '), words.size());
        all.emplace(words.substr(0, blank), trimmed(words.substr(blank)));
    }
    return all;
}

class SafeAnswersTest : public OnBoth {
  protected:
    void expect_safe(const std::string& policy, const std::string& what) {
        SCOPED_TRACE(what + ": " + policy);
        const auto said = directives(policy);
        EXPECT_THAT(said, Contains(Pair("default-src", "'none'")));
        EXPECT_THAT(said, Contains(Pair("frame-ancestors", "'none'")));
        EXPECT_THAT(said, Contains(Pair("form-action", "'self'")));
        EXPECT_THAT(said, Contains(Pair("base-uri", "'none'")));
        EXPECT_THAT(said, Contains(Pair("script-src", "'self'")));
        EXPECT_THAT(said, Contains(Pair("style-src", "'self'")));
        EXPECT_THAT(said, Not(Contains(Key("object-src")))) << "default-src speaks for it";
    }
    void expect_safe(const web::Browser::Answer& answer, int status, const std::string& what) {
        EXPECT_EQ(answer.status, status) << what;
        expect_safe(answer.header("Content-Security-Policy"), what);
    }
    std::string stylesheet() {
        const auto page = commune().visitor("stranger").get("/").body;
        const auto begin = page.find("/assets/");
        return page.substr(begin, page.find('"', begin) - begin);
    }
};

TEST_P(SafeAnswersTest, PagesErrorsAndRedirects) {
    auto &stranger = commune().visitor("stranger"), &clerk = commune().visitor("clerk");
    expect_safe(stranger.get("/"), 200, "a public page");
    expect_safe(stranger.get("/dang-nhap"), 200, "a plain page");
    expect_safe(clerk.get("/tong-quan"), 200, "an officer's page");
    expect_safe(stranger.get("/healthz"), 200, "plain text");
    expect_safe(stranger.get("/tong-quan"), 303, "a redirect of a page");
    expect_safe(send(clerk, "/thong-bao/doc-het", {}), 303, "a redirect of a form");
    expect_safe(send(clerk, "/ke-hoach/nhap", {}), 422, "a refused form");
    expect_safe(clerk.post("/thong-bao/doc-het", {{"csrf", "x"}, {"request_id", "x"}}), 403, "a form without its token");
    expect_safe(clerk.get("/nguoi-dung"), 403, "a page that is not hers");
    expect_safe(clerk.get("/khong-co"), 404, "no page");
    expect_safe(clerk.get("/assets/khong-co.css"), 404, "no asset");
    expect_safe(clerk.get("/dang-xuat"), 405, "a form's address");
    expect_safe(stranger.get("/a/../b"), 400, "no address");
}

TEST_P(SafeAnswersTest, Assets) {
    const auto address = stylesheet();
    expect_safe(commune().visitor("stranger").get(address), 200, address);
    for (const auto* encoding : {"", "gzip", "br"}) {
        const auto ready = commune().dispatcher().at_once({.target = address, .accept_encoding = encoding});
        ASSERT_NE(ready, nullptr) << address;
        const auto begin = ready->head.find("Content-Security-Policy: ") + 25;
        expect_safe(ready->head.substr(begin, ready->head.find("\r\n", begin) - begin), std::string("ready, ") + encoding);
    }
}

/// A file that somebody brought is shut in still tighter: it runs nothing and stands in no frame of others.
TEST_P(SafeAnswersTest, FilesOfOthers) {
    const auto answer = commune().visitor("clerk").get("/tep/" + to_string(commune().line().file));
    EXPECT_EQ(answer.status, 200);
    const auto said = directives(answer.header("Content-Security-Policy"));
    EXPECT_THAT(said, Contains(Key("sandbox")));
    EXPECT_THAT(said, Contains(Pair("default-src", "'none'")));
    EXPECT_THAT(said, Contains(Pair("frame-ancestors", "'none'")));
    EXPECT_THAT(said, Not(Contains(Key("script-src"))));
}

LOA_ON_BOTH_ENGINES(SafeAnswersTest);

}  // namespace
}  // namespace loa::app
