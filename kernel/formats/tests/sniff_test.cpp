#include "loa/formats/sniff.h"

#include <gtest/gtest.h>

#include "tests/support/docx_file.h"
#include "loa/formats/testing_pdf.h"

namespace loa::formats {
namespace {

using namespace testing;
using namespace std::string_literals;

std::string ole_with(std::string_view stream) {
    std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(1000, '\0');
    for (const char c : stream) (bytes += c) += '\0';
    return bytes;
}

/// The least of a .doc: header, one sector of directory, the sector in which the document begins.
std::string doc_with(char flags) {
    std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(3 * 512 - 8, '\0');
    bytes[0x1E] = 9;
    std::size_t entry = 512;
    for (const char c : std::string_view("WordDocument")) bytes[entry] = c, entry += 2;
    bytes[512 + 0x74] = 1;
    bytes.replace(1024, 2, "\xEC\xA5");
    bytes[1024 + 0x0B] = flags;
    return bytes;
}

TEST(Sniff, TellsWhatNeedsAPassword) {
    EXPECT_EQ(sniff(doc_with(0)), FileKind::Doc);
    EXPECT_EQ(sniff(doc_with(1)), FileKind::EncryptedOffice);
    std::string far = doc_with(1);
    far.replace(512 + 0x74, 4, "\xFF\xFF\xFF\xFF");
    EXPECT_EQ(sniff(far), FileKind::Doc) << "begins nowhere in the file";
    const auto odt = [](const std::string& list) {
        return zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"META-INF/manifest.xml", list}});
    };
    EXPECT_EQ(sniff(odt("<manifest:file-entry/>")), FileKind::Odt);
    EXPECT_EQ(sniff(odt("<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")), FileKind::EncryptedOffice);
}

TEST(Sniff, KnowsEachKind) {
    EXPECT_EQ(sniff(""), FileKind::Empty);
    EXPECT_EQ(sniff(docx_of(p("a"))), FileKind::Docx);
    EXPECT_EQ(sniff(zip_of({{"word/document2.xml", "x"}})), FileKind::Docx);
    EXPECT_EQ(sniff(zip_of({{"xl/workbook.xml", "x"}})), FileKind::Xlsx);
    EXPECT_EQ(sniff(zip_of({{"ppt/presentation.xml", "x"}})), FileKind::Pptx);
    EXPECT_EQ(sniff(zip_of({{"a", "x"}})), FileKind::Zip);
    EXPECT_EQ(sniff("PK\x03\x04"), FileKind::Zip);
    EXPECT_EQ(sniff("PK\x03\x04" + std::string(26, '\0') + "mimetypeapplication/vnd.oasis.opendocument.text"),
              FileKind::Odt);
    EXPECT_EQ(sniff("PK\x03\x04" + std::string(26, '\0') +
                    "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
              FileKind::Ods);
    EXPECT_EQ(sniff(ole_with("WordDocument")), FileKind::Doc);
    EXPECT_EQ(sniff(ole_with("Workbook")), FileKind::Xls);
    EXPECT_EQ(sniff(ole_with("EncryptedPackage")), FileKind::EncryptedOffice);
    EXPECT_EQ(sniff(ole_with("Khac")), FileKind::Ole);
    EXPECT_EQ(sniff(pdf_of({{{85, 100, "a"}}})), FileKind::Pdf);
    EXPECT_EQ(sniff(std::string(500, ' ') + "%PDF-1.4"), FileKind::Pdf);
    EXPECT_EQ(sniff("{\\rtf1\\ansi"), FileKind::Rtf);
    EXPECT_EQ(sniff("\xFF\xD8\xFF\xE0"s + "JFIF"), FileKind::Image);
    EXPECT_EQ(sniff("GIF89a"), FileKind::Image);
    EXPECT_EQ(sniff("RIFF\1\2\3\4WEBPVP8 "), FileKind::Image);
    EXPECT_EQ(sniff("RIFF\1\2\3\4WAVEfmt "), FileKind::Media);
    EXPECT_EQ(sniff("\0\0\0\x18"s + "ftypheic"), FileKind::Image);
    EXPECT_EQ(sniff("\0\0\0\x18"s + "ftypmp42"), FileKind::Media);
    EXPECT_EQ(sniff("\n <!DOCTYPE HTML><html>"), FileKind::Html);
    EXPECT_EQ(sniff("<?xml version=\"1.0\"?><html>"), FileKind::Html);
    EXPECT_EQ(sniff("<?xml version=\"1.0\"?><a/>"), FileKind::Xml);
    EXPECT_EQ(sniff("\x7F"s + "ELF\1\1\1\0\0\0\0\0\0"s), FileKind::Unknown);
}

TEST(Sniff, EndingsOfNames) {
    EXPECT_EQ(ending_of("a.PDF"), "pdf");
    EXPECT_EQ(ending_of("a.tar.gz"), "gz");
    EXPECT_EQ(ending_of("a"), "");
    EXPECT_EQ(ending_of("/kho.cu/ke-hoach"), "");
    EXPECT_EQ(ending_of("C:\\kho.cu\\Kế hoạch.Docx"), "docx");
    EXPECT_EQ(ending_of(".txt"), "");
    EXPECT_EQ(ending_of("Số 15.2024 của UBND thành phố"), "");
}

TEST(Sniff, TellsTextsApart) {
    EXPECT_EQ(sniff("Kế hoạch"), FileKind::Text);
    EXPECT_EQ(sniff("\xEF\xBB\xBFKế hoạch"), FileKind::Text);
    EXPECT_EQ(sniff("\xFF\xFEK\0\xBF\x1E"s), FileKind::Text);
    EXPECT_EQ(sniff("K\xD5 ho\xB9"
                    "ch"),
              FileKind::LegacyText);
    EXPECT_EQ(sniff("<table><tr><td>UBND</td></tr></table>\n# KẾ HOẠCH"),
              FileKind::Text);  // Markdown with a table
    EXPECT_EQ(sniff("PKI là gì?"), FileKind::Text);
    EXPECT_EQ(sniff("a\0b"s), FileKind::Unknown);
}

}  // namespace
}  // namespace loa::formats
