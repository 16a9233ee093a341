// Files made to hurt that other programs read: what those may take of the machine, and what we take with them.
#include <gtest/gtest.h>

#include "loa/formats/read_document.h"
#include "loa/formats/testing_pdf.h"
#include "tests/support/docx_file.h"
#include "tests/support/measured.h"

namespace loa::formats {
namespace {

using namespace testing;

constexpr long kMostOfPoppler = 300;
constexpr long kMostOfLibreOffice = 350;

void expect_of_pdf(const std::string& key, const std::function<std::vector<PdfPage>()>& pages) {
    const Measured measured = expect_problem(key, [&] { return pdf_of(pages()); }, "ke-hoach.pdf");
    EXPECT_GT(measured.programs_mb, 0) << "a program of poppler took part";
    EXPECT_LT(measured.programs_mb, kMostOfPoppler);
}

void expect_of_office(const std::string& file_name, const std::function<std::string()>& make) {
    const Measured measured = expect_problem("formats.damaged", make, file_name);
    EXPECT_GT(measured.programs_mb, 0) << "LibreOffice took part";
    EXPECT_LT(measured.programs_mb, kMostOfLibreOffice);
}

std::string odt_of(const std::string& body) {
    return zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"},
                   {"META-INF/manifest.xml",
                    R"(<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">)"
                    R"(<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>)"
                    R"(<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>)"},
                   {"content.xml",
                    R"(<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" )"
                    R"(xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text>)" +
                        body + "</office:text></office:body></office:document-content>"}});
}

TEST(HostilePrograms, TenThousandPages) {
    expect_of_pdf("formats.too_many_pages", [] { return std::vector<PdfPage>(10'000, PdfPage{{85, 100, "trang", 14}}); });
}

TEST(HostilePrograms, AsManyFullPagesAsAreRead) {
    expect_of_pdf("", [] {
        PdfPage page;
        for (int line = 0; line < 45; ++line) page.push_back({85, 60.0 + line * 17, repeated("tuyên truyền ", 5)});
        return std::vector<PdfPage>(300, page);
    });
}

TEST(HostilePrograms, MoreWordsThanAnyPlanHas) {
    expect_of_pdf("formats.too_large_inside", [] {
        PdfPage page;
        for (int line = 0; line < 250; ++line) page.push_back({85, 60.0 + line * 3, repeated("a ", 12), 8});
        return std::vector<PdfPage>(300, page);
    });
}

TEST(HostilePrograms, AnOdtOfMoreWordsThanAnyPlanHas) {
    EXPECT_EQ(read_in_child([] { return odt_of("<text:p>Kế hoạch</text:p>"); }, "a.odt").key, "");
    expect_of_office("doan.odt", [] {
        std::string body;
        for (long i = 0; i < 1'000'000; ++i) body += "<text:p>" + std::to_string(i * 7919 % 1'000'003) + "</text:p>";
        return odt_of(body);
    });
}

TEST(HostilePrograms, AnRtfOfMoreWordsThanAnyPlanHas) {
    expect_of_office("dai.rtf", [] { return "{\\rtf1 " + repeated(std::string(100, 'a') + "\\par\n", 280'000) + "}"; });
}

/// Refused before LibreOffice is asked.
void expect_unasked(const std::string& key, const std::string& file_name, const std::function<std::string()>& make) {
    EXPECT_EQ(expect_problem(key, make, file_name).programs_mb, 0) << file_name;
}

TEST(HostilePrograms, WhatIsKnownWithoutThem) {
    expect_unasked("formats.too_large_inside", "bom.odt", [] { return odt_of("<text:p>" + std::string(200U << 20, ' ') + "</text:p>"); });
    expect_unasked("formats.damaged", "nua.odt", [] {
        const std::string whole = odt_of("<text:p>Kế hoạch</text:p>");
        return whole.substr(0, whole.size() * 9 / 10);
    });
    expect_unasked("formats.unsafe_xml", "sau.odt", [] { return odt_of(repeated("<text:span>", 1000) + repeated("</text:span>", 1000)); });
    expect_unasked("formats.damaged", "long.rtf", [] { return "{\\rtf1 " + std::string(1'000'000, '{') + "a" + std::string(1'000'001, '}'); });
    expect_unasked("formats.damaged", "nua.rtf", [] { return std::string("{\\rtf1 {\\b a} \\}"); });
}

TEST(HostilePrograms, BytesInAnRtfThatAreNoText) {
    const auto document = read_document("{\\rtf1 {\\*\\x\\bin4 }}}}}Ho\\{\\}a\\par}\n", "a.rtf");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->lines, std::vector<std::string>{"Ho{}a"});
}

}  // namespace
}  // namespace loa::formats
