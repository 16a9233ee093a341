#include "loa/formats/read_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "loa/base/text.h"
#include "test_places.h"
#include "tests/support/docx_file.h"

namespace loa::formats {
namespace {

using namespace testing;
using namespace std::string_literals;

std::string file_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string first_line(const Result<TextDocument>& result) {
    return result ? result->lines.front() : result.failure().problems.front().key;
}

TEST(ReadDocument, TheNameSaysWhatTheBytesAre) {
    const std::string docx = docx_of(p("Kế hoạch")), text = "Kế hoạch\n";
    for (const char* name : {"a.docx", "a.DOCX", "a.doc", "a", ""}) EXPECT_EQ(first_line(read_document(docx, name)), "Kế hoạch") << name;
    for (const char* name : {"a.txt", "a.md", "kho.cu/a", "a", ""}) EXPECT_EQ(first_line(read_document(text, name)), "Kế hoạch") << name;
    for (const char* name : {"a.pdf", "a.txt", "a.md", "a.docx.exe"}) EXPECT_EQ(first_line(read_document(docx, name)), "formats.other_ending") << name;
    for (const char* name : {"a.docx", "a.doc", "a.pdf", "a.html"}) EXPECT_EQ(first_line(read_document(text, name)), "formats.other_ending") << name;
}

TEST(ReadDocument, TheSentenceNamesTheEndingThatFits) {
    const auto refused = read_document("Kế hoạch\n", "Kế hoạch.DOCX");
    ASSERT_FALSE(refused);
    ASSERT_EQ(refused.failure().problems.size(), 1u);
    using Args = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(refused.failure().problems.front().args, (Args{{"ending", "docx"}, {"fitting", "txt"}}));
}

TEST(ReadDocument, TheNameTellsMarkdownFromText) {
    const auto kind = [](const char* name) {
        return read_document("# KẾ HOẠCH\n", name)->blocks.front().kind;
    };
    EXPECT_EQ(kind("a.md"), BlockKind::Heading);
    EXPECT_EQ(kind("A.MARKDOWN"), BlockKind::Heading);
    EXPECT_NE(kind("a.txt"), BlockKind::Heading);
}

TEST(ReadDocument, EveryFormOfUnicodeBecomesOne) {
    const std::string composed = "Tuyên truyền";
    EXPECT_EQ(first_line(read_document("Tuye\u0302n truye\u0302\u0300n", "a.txt")), composed);
    EXPECT_EQ(first_line(read_document("\xEF\xBB\xBF" + composed, "a.txt")), composed);
    EXPECT_EQ(first_line(read_document("\xFF\xFEK\0\xBF\x1E"s, "a.txt")), "Kế");
    EXPECT_EQ(first_line(read_document("\xFE\xFF\0K\x1E\xBF"s, "a.txt")), "Kế");
    EXPECT_EQ(first_line(read_document("\xFF\xFE\x3D\xD8\xE2\xDC"s, "a.txt")),
              "\U0001F4E2");  // a loudspeaker, in two units
}

TEST(ReadDocument, BlanksAreNoText) {
    EXPECT_EQ(first_line(read_document(" \n\t\n", "a.txt")), "formats.no_text");
    EXPECT_EQ(first_line(read_document("\xFF\xFE"s, "a.txt")), "formats.no_text");
}

TEST(ReadDocument, LimitsAreTheCallers) {
    ReadingLimits limits;
    limits.bytes = 10;
    EXPECT_EQ(first_line(read_document("0123456789", "a.txt", limits)), "0123456789");
    EXPECT_EQ(first_line(read_document("0123456789a", "a.txt", limits)), "formats.too_large");
}

/// Keys as they stand in the sources: "formats.…" in quotes.
std::set<std::string> keys_in(const std::string& text) {
    std::set<std::string> keys;
    for (std::size_t at = text.find("\"formats."); at != text.npos; at = text.find("\"formats.", at + 1)) {
        const std::string key = text.substr(at + 1, text.find('"', at + 1) - at - 1);
        if (key != "formats.program_failed") keys.insert(key);  // a line of the log
    }
    return keys;
}

TEST(Sentences, EveryKeyHasItsSentenceInBothLanguages) {
    const std::filesystem::path folder = std::filesystem::path(LOA_TEST_DIR).parent_path();
    std::set<std::string> used;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h")
            used.merge(keys_in(file_text(entry.path())));
    EXPECT_GE(used.size(), 20U);
    EXPECT_EQ(keys_in(file_text(folder / "i18n" / "vi.json")), used);
    EXPECT_EQ(keys_in(file_text(folder / "i18n" / "en.json")), used);
}

TEST(Sentences, NameTheSamePlaceholders) {
    const std::filesystem::path folder = std::filesystem::path(LOA_TEST_DIR).parent_path();
    const auto placeholders = [&](const char* language) {
        std::multiset<std::string> all;
        const std::string text = file_text(folder / "i18n" / language);
        for (std::size_t at = text.find('{', 1); at != text.npos; at = text.find('{', at + 1))
            all.insert(text.substr(at, text.find('}', at) - at));
        return all;
    };
    EXPECT_EQ(placeholders("vi.json"), placeholders("en.json"));
}

}  // namespace
}  // namespace loa::formats
