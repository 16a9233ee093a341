#include "tests/support/hostile_files.h"

#include <fmt/format.h>

#include <random>

#include "loa/formats/testing.h"
#include "loa/formats/testing_pdf.h"

namespace loa::app {

namespace {

using namespace std::string_literals;
using formats::testing::encrypted_zip_of;
using formats::testing::Parts;
using formats::testing::zip_of;

std::string word_part(const std::string& body) {
    return R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" + body + "</w:body></w:document>";
}
std::string docx_with(const std::string& document, const Parts& more = {}) {
    Parts parts{{"word/document.xml", document}};
    parts.insert(parts.end(), more.begin(), more.end());
    return zip_of(parts);
}
std::string paragraph(const std::string& text) { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>"; }

/// Elements in each other, of names that keep the archive from packing them to nothing.
std::string nested(std::size_t depth) {
    std::string open, close;
    std::minstd_rand random(7);
    for (std::size_t i = 0; i < depth; ++i) {
        open += '<';
        for (int letters = 0; letters < 3; ++letters) open += static_cast<char>('a' + random() % 26);
        open += '>';
        close += "</a>";
    }
    return open + close;
}

std::string encrypted_office() {
    std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(2000, '\0');
    for (const char c : "EncryptedPackage"s) (bytes += c) += '\0';
    return bytes + std::string(2000, '\0');
}

/// Nobody has the password: what it is checked against was never made from one.
std::string encrypted_pdf() {
    const std::string check(64, 'A');
    return formats::testing::pdf_of({{{85, 100, "Kế hoạch", 14}}}, "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <" + check +
                                                                     "> /U <" + check + "> /P -4 >>");
}

/// A .doc of which the first half arrived: what names its parts stands at the end.
std::string half_a_doc() { return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(3000, '\1'); }

std::string half_an_odt() {
    const std::string whole = zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", nested(1000)}});
    return whole.substr(0, whole.size() / 2);
}

/// As Word writes it, cut off within a sentence.
std::string half_an_rtf() {
    return "{\\rtf1\\ansi\\ansicpg1258{\\fonttbl{\\f0 Times New Roman;}}\\pard\\qc K\\u7870? HO\\u7840?CH\\par\n"
           "\\pard I. M\\u7908?C \\u272?\\u205?CH\\par\n"
           "1. N\\u226?ng cao nh\\u7853?n th\\u7913?c c\\u7911?a ng\\u432?\\u7901?i d";
}

std::string pdf_of_pages(int pages) {
    std::string body = "%PDF-1.4\n";
    std::vector<std::size_t> offsets;
    const auto add = [&](const std::string& object) {
        offsets.push_back(body.size());
        body += fmt::format("{} 0 obj\n{}\nendobj\n", offsets.size(), object);
    };
    std::string kids;
    for (int i = 0; i < pages; ++i) kids += fmt::format("{} 0 R ", i + 3);
    add("<< /Type /Catalog /Pages 2 0 R >>");
    add(fmt::format("<< /Type /Pages /Count {} /Kids [{}] /MediaBox [0 0 595 842] >>", pages, kids));
    for (int i = 0; i < pages; ++i) add("<< /Type /Page /Parent 2 0 R >>");
    const std::size_t table = body.size();
    body += fmt::format("xref\n0 {}\n0000000000 65535 f \n", offsets.size() + 1);
    for (const std::size_t offset : offsets) body += fmt::format("{:010} 00000 n \n", offset);
    return body + fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", offsets.size() + 1, table);
}

}  // namespace

std::vector<HostileFile> hostile_files() {
    const std::string sound = docx_with(word_part(paragraph("Kế hoạch")));
    return {
        {"trong.docx", "", "formats.empty_file", {}},
        {"lon.txt", std::string((32U << 20) + 1, 'a'), "formats.too_large", {{"size", "32 MB"}, {"limit", "32 MB"}}},
        {"dut.docx", sound.substr(0, sound.size() / 2), "formats.damaged", {}},
        {"mat-khau.docx", encrypted_office(), "formats.encrypted", {}},
        {"van-ban.docx", "KẾ HOẠCH\n\nTuyên truyền cải cách hành chính.\n", "formats.other_ending", {{"ending", "docx"}, {"fitting", "txt"}}},
        {"ke-hoach.pdf", sound, "formats.other_ending", {{"ending", "pdf"}, {"fitting", "docx"}}},
        {"anh.docx", "\x89PNG\r\n\x1a\n" + std::string(100, '\0'), "formats.is_image", {}},
        {"bom.docx", docx_with(std::string(100U << 20, ' ')), "formats.too_large_inside", {}},
        {"long.docx", docx_with(word_part(nested(1'000'000))), "formats.unsafe_xml", {}},
        {"thuc-the.docx",
         docx_with(R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>)" + word_part(paragraph("&a;"))),
         "formats.unsafe_xml",
         {}},
        {"leo.docx", docx_with(word_part(paragraph("a")), {{"../../etc/cron.d/x", "x"}}), "formats.unsafe_archive", {}},
        {"nhieu-trang.pdf", pdf_of_pages(10'000), "formats.too_many_pages", {{"pages", "10000"}, {"limit", "300"}}},
        {"vo.pdf", "%PDF-1.4\n" + std::string(2000, 'x'), "formats.damaged", {}},
        {"mat-khau.pdf", encrypted_pdf(), "formats.encrypted", {}},
        {"mat-khau-zip.docx", encrypted_zip_of({{"word/document.xml", word_part(paragraph("Kế hoạch"))}}), "formats.encrypted", {}},
        {"mat-khau.odt", zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"META-INF/manifest.xml", "<manifest:encryption-data/>"}}),
         "formats.encrypted", {}},
        {"mat-khau.zip", encrypted_zip_of({{"ke-hoach.txt", "Kế hoạch"}}), "formats.is_archive", {}},
        {"dut.pdf", formats::testing::pdf_of({{{85, 100, "Kế hoạch", 14}}}).substr(0, 300), "formats.damaged", {}},
        {"dut.doc", half_a_doc(), "formats.damaged", {}},
        {"dut.odt", half_an_odt(), "formats.damaged", {}},
        {"dut.rtf", half_an_rtf(), "formats.damaged", {}},
        {"long.rtf", "{\\rtf1 " + std::string(1'000'000, '{') + "a" + std::string(1'000'001, '}'), "formats.damaged", {}},
        {"bang-ma-cu.txt", "K\xD5 ho\xB9" "ch tuy\xAAn truy\xD2n", "formats.not_utf8", {}},
        {"la.docx", "\x7F" "ELF"s + std::string(1000, '\0'), "formats.unknown_kind", {}},
        // A text of a size that no plan has: read, and refused in front of the transaction.
        {"dai.txt", std::string((1U << 20) + 1, 'a'), "plan.text_too_long", {}},
    };
}

}  // namespace loa::app
