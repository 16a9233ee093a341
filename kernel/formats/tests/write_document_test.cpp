// Papers for Word: read back by our own reader, and opened by LibreOffice.
#include "loa/formats/write_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loa/formats/docx.h"
#include "loa/formats/process.h"
#include "loa/formats/reading_limits.h"

namespace loa::formats {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;

Paper paper_of(int rows) {
    Paper paper{"Danh mục <công việc>", "Danh mục công việc, Phòng Kinh tế", {}};
    PaperSides head;
    head.left = {{"ỦY BAN NHÂN DÂN XÃ", PaperParagraph::Align::Centre, true}};
    head.right = {{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", PaperParagraph::Align::Centre, true}};
    paper.blocks.emplace_back(head);
    paper.blocks.emplace_back(PaperParagraph{"Việc & <lời>\x01 \"dài\"\ndòng hai", PaperParagraph::Align::Left});
    PaperTable table;
    table.columns = {{"TT", 12, PaperParagraph::Align::Centre}, {"Nội dung", 120}, {"Tình trạng", 33}};
    for (int i = 1; i <= rows; ++i) table.rows.push_back({std::to_string(i), "Phát thanh về thủ tục số " + std::to_string(i), "Đang làm"});
    table.rows.push_back({"cuối"});
    paper.blocks.emplace_back(table);
    return paper;
}

TEST(WriteDocument, OurOwnReaderReadsItBack) {
    const auto document = read_docx(write_docx(paper_of(3)));
    ASSERT_TRUE(document);
    EXPECT_THAT(document->lines, Contains(HasSubstr("Việc & <lời> \"dài\""))) << "what XML can't hold is left out";
    ASSERT_EQ(document->tables.size(), 2u);
    const Table& table = document->tables.back();
    EXPECT_EQ(table.rows, 5);
    EXPECT_EQ(table.columns, 3);
    EXPECT_TRUE(table.ruled);
    EXPECT_EQ(table.at(0, 1)->text, "Nội dung");
    EXPECT_TRUE(table.at(0, 1)->header);
    EXPECT_EQ(table.at(3, 1)->text, "Phát thanh về thủ tục số 3");
    EXPECT_EQ(table.at(4, 2)->text, "");
    EXPECT_FALSE(document->tables.front().ruled);
}

TEST(WriteDocument, LibreOfficePrintsItsHeadingsOnEachPage) {
    const auto folders = ReadingLimits().program_folders;
    const auto office = find_program("soffice", folders), words = find_program("pdftotext", folders);
    if (!office || !words) GTEST_SKIP() << "needs soffice and pdftotext";
    const TemporaryFolder folder;
    folder.write("viec.docx", write_docx(paper_of(90)));
    Command print{.program = *office};
    print.arguments = {"-env:UserInstallation=file://" + (folder.path() / "profile").string(), "--headless", "--convert-to", "pdf", "viec.docx"};
    print.environment = {{"HOME", folder.path().string()}, {"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
    print.folder = folder.path();
    print.memory_bytes = std::size_t{8} << 30;
    print.time = 60s;
    run(print);
    Command read{.program = *words, .arguments = {"-layout", "-enc", "UTF-8", "viec.pdf", "-"}, .folder = folder.path()};
    const auto text = run(read).output;
    std::size_t pages = 0, headings = 0, heads = 0;
    for (const char c : text) pages += c == '\f';
    for (auto at = text.find("Nội dung"); at != std::string::npos; at = text.find("Nội dung", at + 1)) ++headings;
    for (auto at = text.find("Danh mục công việc, Phòng Kinh tế – "); at != std::string::npos; at = text.find("Danh mục công việc, Phòng Kinh tế – ", at + 1)) ++heads;
    EXPECT_GE(pages, 2u) << text;
    EXPECT_EQ(headings, pages);
    EXPECT_EQ(heads, pages - 1) << "the first page has no running head";
    EXPECT_THAT(text, HasSubstr("Phát thanh về thủ tục số 90"));
}

}  // namespace
}  // namespace loa::formats
