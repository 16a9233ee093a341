// One JSON object per line on standard error, whatever the fields hold.
#include "loa/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "loa/base/text.h"

namespace loa {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// What `write` logs.
template <class Write>
std::string logged(Write write) {
    testing::internal::CaptureStderr();
    write();
    return testing::internal::GetCapturedStderr();
}

TEST(Log, WritesTimeLevelEventAndFields) {
    const std::string line = logged([] { log(Level::Warning, "web.request", {{"route", "GET /ke-hoach"}, {"ms", "3"}}); });
    EXPECT_THAT(line, StartsWith(R"({"at":"20)"));
    EXPECT_THAT(line, EndsWith("Z\",\"level\":\"warning\",\"event\":\"web.request\",\"route\":\"GET /ke-hoach\",\"ms\":\"3\"}\n"));
}

TEST(Log, KeepsOneLineAndValidJsonWhateverAFieldHolds) {
    const std::string line = logged([] {
        log(Level::Error, "x", {{"text", "a\"b\\c\n\r\t\x01\x1F" "Hồng Ngự"}, {"wrong", "Ng\xE1\xBB"}, {"nul", std::string("a\0b", 3)}});
    });
    EXPECT_THAT(line, HasSubstr(R"("text":"a\"b\\c\u000a\u000d\u0009\u0001\u001fHồng Ngự")"));
    EXPECT_THAT(line, HasSubstr("\"wrong\":\"Ng\uFFFD\uFFFD\""));
    EXPECT_THAT(line, HasSubstr(R"("nul":"a\u0000b")"));
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_TRUE(is_utf8(line));
}

TEST(Log, DropsWhatIsBelowTheLevel) {
    EXPECT_THAT(logged([] { log(Level::Debug, "x"); }), IsEmpty());
    set_log_level(Level::Debug);
    EXPECT_THAT(logged([] { log(Level::Debug, "x"); }), HasSubstr("\"level\":\"debug\""));
    set_log_level(Level::Error);
    EXPECT_THAT(logged([] { log(Level::Warning, "x"); }), IsEmpty());
    EXPECT_THAT(logged([] { log(Level::Error, "x"); }), HasSubstr("\"level\":\"error\""));
    set_log_level(Level::Info);
    EXPECT_THAT(logged([] { log(Level::Info, "x"); }), HasSubstr("\"level\":\"info\""));
}

TEST(Log, LinesOfThreadsDoNotMix) {
    const std::string text = logged([] {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([] {
                for (int line = 0; line < 50; ++line) log(Level::Info, "x", {{"a", std::string(300, 'a')}});
            });
        for (auto& thread : threads) thread.join();
    });
    const auto lines = split(text, '\n');
    ASSERT_EQ(lines.size(), 201u);
    for (std::size_t i = 0; i < 200; ++i) {
        EXPECT_TRUE(lines[i].starts_with("{\"at\"") && lines[i].ends_with("a\"}")) << lines[i];
    }
}

}  // namespace
}  // namespace loa
