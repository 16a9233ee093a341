#include "loa/formats/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>

#include "loa/base/text.h"
#include "loa/formats/process.h"
#include "loa/formats/read_document.h"
#include "office.h"
#include "loa/formats/testing_pdf.h"
#include "test_places.h"

namespace loa::formats {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

bool is_installed(std::string_view program) {
    return find_program(program, ReadingLimits().program_folders).has_value();
}

#define NEEDS(program) \
    if (!is_installed(program)) GTEST_SKIP() << "needs " << program

TextDocument read(const std::vector<PdfPage>& pages) {
    auto document = read_pdf(pdf_of(pages));
    if (!document) {
        ADD_FAILURE() << document.failure().problems.front().key;
        return {};
    }
    return *std::move(document);
}

std::string key_of(const Result<TextDocument>& result) {
    if (result) return "";
    EXPECT_EQ(result.failure().problems.size(), 1U);
    return result.failure().problems.front().key;
}

/// Lines under each other from `y`, the first of them indented; 64 letters make a full line.
void add_paragraph(PdfPage& page, double& y, const std::vector<std::string>& lines, double indent = 36) {
    for (std::size_t i = 0; i < lines.size(); ++i, y += 18)
        page.push_back({85 + (i == 0 ? indent : 0), y, lines[i], 14});
    y += 6;
}

const std::string kFull = "một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm chín";  // 64 letters
/// So much of it that it ends at the same margin when it begins further right: by whole words of 3 or 4
/// letters.
const std::string kFullIndented = "một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm";
const std::string kFullItem = "một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn";
/// Left edge of a line in the middle between the margins.
double centred(const std::string& text, double size = 14) {
    return 85 + (static_cast<double>(length(kFull) * 7) - static_cast<double>(length(text)) * size / 2) / 2;
}

TEST(Pdf, JoinsTheLinesOfAParagraph) {
    NEEDS("pdftotext");
    PdfPage page;
    double y = 100;
    add_paragraph(page, y, {kFullIndented, kFull, "hết đoạn."});
    add_paragraph(page, y, {"Đoạn ngắn."});
    add_paragraph(page, y, {kFullIndented, kFull});
    add_paragraph(page, y, {"Đoạn cuối."});
    EXPECT_THAT(read({page}).lines, ElementsAre(kFullIndented + " " + kFull + " hết đoạn.", "Đoạn ngắn.",
                                                kFullIndented + " " + kFull, "Đoạn cuối."));
}

TEST(Pdf, JoinsAcrossPagesAndDropsPageNumbers) {
    NEEDS("pdftotext");
    PdfPage first, second;
    double y = 100;
    add_paragraph(first, y, {kFullIndented, kFull});
    second.push_back({290, 40, "2", 13});
    y = 80;
    add_paragraph(second, y, {"nối tiếp trang trước."}, 0);
    add_paragraph(second, y, {kFullIndented, kFull});
    EXPECT_THAT(
        read({first, second}).lines,
        ElementsAre(kFullIndented + " " + kFull + " nối tiếp trang trước.", kFullIndented + " " + kFull));
}

TEST(Pdf, DropsWhatStandsOnEveryPage) {
    NEEDS("pdftotext");
    std::vector<PdfPage> pages;
    for (int i = 1; i <= 4; ++i) {
        PdfPage page{{85, 40, "Cổng thông tin điện tử xã, bản in lần " + std::to_string(i), 10}};
        double y = 100;
        add_paragraph(page, y,
                      {kFullIndented, kFull, "trang " + std::string(static_cast<std::size_t>(i), 'x') + "."});
        pages.push_back(page);
    }
    const TextDocument document = read(pages);
    EXPECT_EQ(document.lines.size(), 4U);
    for (const std::string& line : document.lines) EXPECT_EQ(line.find("Cổng"), std::string::npos);
}

TEST(Pdf, ItemsAndHangingLines) {
    NEEDS("pdftotext");
    PdfPage page;
    double y = 100;
    add_paragraph(page, y, {"I. MỤC ĐÍCH"});
    page.push_back({121, y, "-", 14});
    page.push_back({139, y, kFullItem, 14});
    page.push_back({139, y + 18, "nối dưới chữ.", 14});
    y += 42;
    page.push_back({121, y, "a) " + kFullItem, 14});
    page.push_back({85, y + 18, "nối ở lề.", 14});
    y += 42;
    add_paragraph(page, y, {kFullIndented, kFull, kFull, kFull});
    const TextDocument document = read({page});
    ASSERT_EQ(document.blocks.size(), 4U);
    EXPECT_EQ(document.blocks[0].marker, "I.");
    EXPECT_EQ(document.blocks[1].marker, "-");
    EXPECT_EQ(document.blocks[1].kind, BlockKind::ListItem);
    EXPECT_THAT(document.blocks[1].text, HasSubstr("nối dưới chữ."));
    EXPECT_EQ(document.blocks[2].marker, "a)");
    EXPECT_THAT(document.blocks[2].text, HasSubstr("nối ở lề."));
}

PdfPage page_with_heading() {
    return {{100, 60, "UBND TỈNH LONG SƠN", 13},
            {300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13},
            {110, 78, "SỞ NỘI VỤ", 13},
            {320, 78, "Độc lập - Tự do - Hạnh phúc", 13},
            {105, 100, "Số: 12/KH-SNV", 13},
            {300, 100, "Long Sơn, ngày 5 tháng 3 năm 2026", 13},
            {centred("KẾ HOẠCH"), 140, "KẾ HOẠCH", 14},
            {centred("Tuyên truyền cải cách hành chính năm 2026"), 158,
             "Tuyên truyền cải cách hành chính năm 2026", 14}};
}

TEST(Pdf, HeadingInTwoColumnsAndCentredTitle) {
    NEEDS("pdftotext");
    PdfPage page = page_with_heading();
    double y = 200;
    for (int i = 0; i < 3; ++i) add_paragraph(page, y, {kFullIndented, kFull, "hết."});
    const TextDocument document = read({page});
    ASSERT_EQ(document.tables.size(), 1U);
    const Table& heading = document.tables.front();
    EXPECT_FALSE(heading.ruled);
    EXPECT_EQ(heading.at(0, 0)->text, "UBND TỈNH LONG SƠN\nSỞ NỘI VỤ\nSố: 12/KH-SNV");
    EXPECT_EQ(
        heading.at(0, 1)->text,
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLong Sơn, ngày 5 tháng 3 năm 2026");
    EXPECT_EQ(heading.at(0, 0)->lines, (LineRange{1, 1}));
    EXPECT_EQ(document.blocks[1].text, "KẾ HOẠCH");
    EXPECT_TRUE(document.blocks[1].centred);
    EXPECT_EQ(document.blocks[2].text, "Tuyên truyền cải cách hành chính năm 2026");
    EXPECT_TRUE(document.blocks[2].centred);
    EXPECT_FALSE(document.blocks[3].centred);
}

TEST(Pdf, TablesOfSeveralColumns) {
    NEEDS("pdftotext");
    PdfPage page;
    double y = 100;
    add_paragraph(page, y, {kFullIndented, kFull, "theo bảng sau:"});
    const auto row = [&](const std::vector<std::string>& cells) {
        const double at[] = {90, 130, 300, 430};
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!cells[i].empty()) page.push_back({at[i], y, cells[i], 12});
        y += 15;
    };
    row({"STT", "Nhiệm vụ", "Chủ trì", "Thời gian"});
    row({"1", "Treo băng rôn ở các", "Phòng Văn hóa", "Quý I"});
    row({"", "tuyến đường chính", "- Xã hội", ""});
    row({"2", "Phát tờ rơi", "Các ấp", "Quý II"});
    page.push_back({90, y, "B", 12});
    page.push_back({130, y, "Nhóm việc thứ hai của toàn bộ kế hoạch năm này", 12});
    y += 15;
    row({"3", "Tập huấn", "Văn phòng", "Tháng 4"});
    row({"4", "Hội thi", "Đoàn xã", "Tháng 5"});
    y += 12;
    add_paragraph(page, y, {kFullIndented, kFull, "hết."});
    const TextDocument document = read({page});
    ASSERT_EQ(document.tables.size(), 1U);
    const Table& table = document.tables.front();
    EXPECT_EQ(table.columns, 4);
    ASSERT_EQ(table.rows, 6);
    EXPECT_TRUE(table.at(0, 1)->header);
    EXPECT_EQ(table.at(1, 1)->text, "Treo băng rôn ở các tuyến đường chính");
    EXPECT_EQ(table.at(1, 2)->text, "Phòng Văn hóa - Xã hội");
    EXPECT_EQ(table.at(2, 3)->text, "Quý II");
    EXPECT_EQ(table.at(3, 1)->columns, 3);
    EXPECT_EQ(table.at(3, 2)->text, "Nhóm việc thứ hai của toàn bộ kế hoạch năm này");
    EXPECT_EQ(table.at(5, 1)->text, "Hội thi");
    EXPECT_EQ(document.lines[static_cast<std::size_t>(table.lines.first)],
              "1 | Treo băng rôn ở các tuyến đường chính | Phòng Văn hóa - Xã hội | Quý I");
}

TEST(Pdf, JoinsWordsThatWereTorn) {
    NEEDS("pdftotext");
    PdfPage page;
    double y = 100;
    add_paragraph(page, y, {kFullIndented, kFull, "hết."});
    // One point between the pieces, where a blank would take seven.
    page.push_back({121, y, "giai đo", 14});
    page.push_back({121 + 7 * 7 + 1, y, "ạn một", 14});
    EXPECT_EQ(read({page}).lines.back(), "giai đoạn một");
}

TEST(Pdf, TenThousandPagesAreRefusedAtOnce) {
    NEEDS("pdfinfo");
    const std::string bytes = pdf_of(std::vector<PdfPage>(10'000, PdfPage{{85, 100, "trang", 14}}));
    const auto begin = std::chrono::steady_clock::now();
    const auto result = read_document(bytes, "a.pdf");
    EXPECT_EQ(key_of(result), "formats.too_many_pages");
    const std::vector<std::pair<std::string, std::string>> args{{"pages", "10000"}, {"limit", "300"}};
    EXPECT_EQ(result.failure().problems.front().args, args);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(Pdf, DamagedAndEncrypted) {
    NEEDS("pdfinfo");
    EXPECT_EQ(key_of(read_document("%PDF-1.4\n", "a.pdf")), "formats.damaged");
    EXPECT_EQ(key_of(read_document("%PDF-1.7\n" + std::string(5000, 'x'), "a.pdf")), "formats.damaged");
    const std::string mark(64, 'A');
    const std::string encrypted =
        pdf_of({{{85, 100, "bí mật", 14}}}, "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <" +
                                                mark + "> /U <" + mark + "> /P -4 >>");
    EXPECT_EQ(key_of(read_document(encrypted, "a.pdf")), "formats.encrypted");
}

TEST(Pdf, SaysWhichPackageIsMissing) {
    ReadingLimits limits;
    limits.program_folders = {"/nonexistent"};
    const auto result = read_document(pdf_of({{{85, 100, "chữ", 14}}}), "a.pdf", limits);
    EXPECT_EQ(key_of(result), "formats.needs_program");
    EXPECT_EQ(result.failure().reason, Reason::Unavailable);
    EXPECT_EQ(result.failure().problems.front().args.front().second, "poppler-utils");
    const auto office = read_document("{\\rtf1 x}", "a.rtf", limits);
    EXPECT_EQ(key_of(office), "formats.needs_program");
    EXPECT_EQ(office.failure().problems.front().args.front().second, "libreoffice-writer-nogui");
}

TEST(Pdf, TooManyScannedPages) {
    NEEDS("pdftotext");
    EXPECT_EQ(key_of(read_document(pdf_of(std::vector<PdfPage>(60)), "a.pdf")), "formats.too_many_pages");
}

TEST(Pdf, ABlankScanHasNoText) {
    NEEDS("tesseract");
    NEEDS("pdftoppm");
    EXPECT_EQ(key_of(read_document(pdf_of({PdfPage{}}), "a.pdf")), "formats.no_text");
}

std::string demonstration_plan() {
    std::ifstream file(LOA_SOURCE_DIR "/modules/plan/data/demo/ke-hoach-4-docx.docx", std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

/// What LibreOffice makes of the demonstration plan.
std::string converted(const std::string& filter, const std::string& file) {
    const TemporaryFolder folder;
    folder.write("plan.docx", demonstration_plan());
    Command command{.program = find_program("soffice", ReadingLimits().program_folders).value()};
    command.arguments = {"-env:UserInstallation=file://" + (folder.path() / "profile").string(), "--headless",
                         "--convert-to", filter, "plan.docx"};
    command.environment = {{"HOME", folder.path().string()}, {"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
    command.folder = folder.path();
    command.memory_bytes = std::size_t{8} << 30;
    command.time = 60s;
    run(command);
    return folder.read(file, 50U << 20).value_or("");
}

TEST(Office, OtherWordProcessorsGiveTheSamePlan) {
    NEEDS("soffice");
    const std::string plan = demonstration_plan();
    if (plan.empty()) GTEST_SKIP() << "no demonstration plan";
    const auto original = read_document(plan, "a.docx");
    ASSERT_TRUE(original);
    for (const std::string extension : {"odt", "rtf", "doc"}) {
        const std::string bytes = converted(extension, "plan." + extension);
        const auto document = read_document(bytes, "ke-hoach." + extension);
        ASSERT_TRUE(document) << extension << " " << key_of(document);
        EXPECT_EQ(document->lines, original->lines) << extension;
        EXPECT_EQ(document->tables.size(), original->tables.size()) << extension;
        // What did not arrive whole is not read in part.
        for (const std::size_t length : {bytes.size() / 2, bytes.size() * 99 / 100})
            EXPECT_EQ(key_of(read_document(std::string_view(bytes).substr(0, length), "ke-hoach." + extension)), "formats.damaged")
                << length << " bytes of a ." << extension;
    }
}

TEST(Office, WhatIsNotADocumentIsDamaged) {
    NEEDS("soffice");
    std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(3000, '\1');
    for (const char c : std::string("WordDocument")) (ole += c) += '\0';
    const std::string key = key_of(read_document(ole, "a.doc"));
    EXPECT_TRUE(key == "formats.damaged" || key == "formats.no_text") << key;
}

TEST(Pdf, APlanPrintedByLibreOfficeComesBack) {
    NEEDS("soffice");
    NEEDS("pdftotext");
    const auto document = read_document(converted("pdf", "plan.pdf"), "ke-hoach.pdf");
    ASSERT_TRUE(document) << key_of(document);
    const auto original = read_document(demonstration_plan(), "a.docx");
    std::size_t found = 0;
    for (const std::string& line : original->lines)
        found += std::find(document->lines.begin(), document->lines.end(), line) != document->lines.end();
    EXPECT_GE(found * 10, original->lines.size() * 8) << found << " of " << original->lines.size();
}

TEST(Pdf, AScanIsRecognised) {
    NEEDS("tesseract");
    NEEDS("soffice");
    NEEDS("pdftoppm");
    const TemporaryFolder folder;
    folder.write("plan.pdf", converted("pdf", "plan.pdf"));
    Command command{.program = find_program("pdftoppm", ReadingLimits().program_folders).value()};
    command.arguments = {"-gray", "-r", "200", "-singlefile", "plan.pdf", "scan"};
    command.folder = folder.path();
    ASSERT_TRUE(run(command).succeeded());
    const auto document =
        read_document(pdf_of_picture(folder.read("scan.pgm", 50U << 20).value()), "scan.pdf");
    ASSERT_TRUE(document) << key_of(document);
    std::string all;
    for (const std::string& line : document->lines) all += line + "\n";
    EXPECT_THAT(all, HasSubstr("Độc lập - Tự do - Hạnh phúc"));
    EXPECT_THAT(all, HasSubstr("Trung tâm Phục vụ hành chính công xã"));
}

}  // namespace
}  // namespace loa::formats
