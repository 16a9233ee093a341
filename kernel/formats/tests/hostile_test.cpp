// Files made to hurt. Each must come back as one problem, under 300 MB and 10 s.
#include <gtest/gtest.h>
#include <zip.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>

#include "archive.h"
#include "loa/formats/docx.h"
#include "loa/formats/process.h"
#include "loa/formats/read_document.h"
#include "tests/support/docx_file.h"
#include "tests/support/measured.h"
#include "xml.h"

namespace loa::formats {
namespace {

using namespace testing;
using namespace std::string_literals;

/// Letters that deflate only to two thirds.
std::string noise(std::size_t length) {
    std::minstd_rand random(7);
    std::string letters(length, ' ');
    for (char& letter : letters) letter = static_cast<char>('a' + random() % 26);
    return letters;
}

/// A million elements in each other, of names that keep the archive from packing them to nothing.
std::string nested_elements() {
    std::string opening, closing;
    std::minstd_rand random(7);
    for (int i = 0; i < 1'000'000; ++i) {
        opening += '<';
        for (int letters = 0; letters < 3; ++letters) opening += static_cast<char>('a' + random() % 26);
        opening += '>';
        closing += "</a>";
    }
    return opening + closing;
}

const std::string kDocumentPart = "word/document.xml";
const std::string kWordNamespace =
    R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")";
std::string document_xml(const std::string& body) {
    return "<w:document " + kWordNamespace + "><w:body>" + body + "</w:body></w:document>";
}

TEST(Hostile, Empty) {
    expect_problem("formats.empty_file", [] { return ""s; });
}

TEST(Hostile, LargerThanAllowed) {
    expect_problem(
        "formats.too_large", [] { return std::string(33U << 20, 'a'); }, "a.txt");
    expect_problem("formats.too_large", [] { return "PK\x03\x04" + std::string(60U << 20, 'a'); });
    const auto result = read_document(std::string(48U << 20, 'a'), "a.txt");
    ASSERT_FALSE(result);
    const std::vector<std::pair<std::string, std::string>> args{{"size", "48 MB"}, {"limit", "32 MB"}};
    EXPECT_EQ(result.failure().problems.front().args, args);
}

TEST(Hostile, CutOffAnywhere) {
    const std::string whole = docx_of(p("Kế hoạch tuyên truyền"));
    ASSERT_TRUE(read_document(whole, "a.docx"));
    for (std::size_t length = 4; length < whole.size(); ++length) {
        const auto result = read_document(whole.substr(0, length), "a.docx");
        ASSERT_FALSE(result) << length;
        ASSERT_EQ(result.failure().problems.size(), 1U);
        EXPECT_EQ(result.failure().problems.front().key, "formats.damaged") << length;
    }
}

TEST(Hostile, BytesChangedAtRandom) {
    const std::string whole =
        docx_of(item(5, 0, "Kế hoạch") + p("tuyên truyền"),
                "<w:abstractNum w:abstractNumId=\"1\">" + level(0, "decimal", "%1.") +
                    R"(</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>)");
    std::mt19937 random(2026);
    for (int i = 0; i < 5000; ++i) {
        std::string bytes = whole;
        for (int n = 0; n < 3; ++n) bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto result = read_document(bytes, "a.docx");
        if (!result) {
            ASSERT_EQ(result.failure().problems.size(), 1U);
        }
    }
}

TEST(Hostile, Encrypted) {
    expect_problem("formats.encrypted", [] {
        return encrypted_zip_of({{kDocumentPart, document_xml(p("Kế hoạch"))}});
    });
    expect_problem("formats.encrypted", [] {
        std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(2000, '\0');
        for (const char c : "EncryptedPackage"s) (ole += c) += '\0';
        return ole + std::string(2000, '\0');
    });
}

TEST(Hostile, ZipBomb) {
    expect_problem("formats.too_large_inside", [] {
        return zip_of({{kDocumentPart, std::string(100U << 20, ' ')}});
    });
    expect_problem("formats.too_large_inside", [] {
        return zip_of(
            {{kDocumentPart, document_xml(p("a"))}, {"word/styles.xml", std::string(70U << 20, ' ')}});
    });
    // Each under the limits of its own, but not together.
    expect_problem("formats.too_large_inside", [] {
        const std::string part = "<w:x>" + repeated(noise(20'000), 2900) + "</w:x>";
        return zip_of({{kDocumentPart, part}, {"word/styles.xml", part}, {"word/numbering.xml", part}});
    });
}

TEST(Hostile, SizesThatLie) {
    // The directory says 100 bytes where there are 5,000, and the other way round.
    const std::string content = document_xml(p(repeated("kế hoạch ", 500)));
    for (const std::uint32_t stated : {100U, 5'000'000U, 0xFFFFFFFFU}) {
        std::string bytes = zip_of({{kDocumentPart, content}});
        const std::size_t directory = bytes.rfind("PK\x01\x02");
        for (std::size_t i = 0; i < 4; ++i) bytes[directory + 24 + i] = static_cast<char>(stated >> (8 * i));
        const auto result = read_document(bytes, "a.docx");
        ASSERT_FALSE(result);
        EXPECT_EQ(result.failure().problems.size(), 1U);
    }
}

TEST(Hostile, TooManyEntries) {
    expect_problem("formats.too_large_inside", [] {
        Parts parts{{kDocumentPart, document_xml(p("a"))}};
        for (int i = 0; i < kMoreEntriesThanAllowed; ++i) parts.emplace_back("word/media/" + std::to_string(i), "");
        return zip_of(parts);
    });
}

TEST(Hostile, NamesThatClimbOut) {
    for (const char* name :
         {"../../etc/cron.d/x", "/etc/passwd", "word/../../x", "word\\..\\..\\x", "C:/x", ".."})
        expect_problem("formats.unsafe_archive", [name] {
            return zip_of({{kDocumentPart, document_xml(p("a"))}, {name, "x"}});
        });
    EXPECT_TRUE(read_document(zip_of({{kDocumentPart, document_xml(p("a"))}, {"word/media/a..b.png", "x"}}),
                              "a.docx"));
}

TEST(Hostile, MillionNestedElements) {
    const std::string nested = nested_elements();
    expect_problem("formats.unsafe_xml", [&] { return zip_of({{kDocumentPart, document_xml(nested)}}); });
    expect_problem("formats.unsafe_xml", [&] {
        return zip_of({{kDocumentPart, document_xml(p("a"))}, {"word/styles.xml", nested}});
    });
    EXPECT_EQ(Xml::parse(nested).failure().problems.front().key, "formats.unsafe_xml");
    EXPECT_EQ(Xml::parse(repeated("<a>", 257) + repeated("</a>", 257)).failure().problems.front().key,
              "formats.unsafe_xml");
    EXPECT_TRUE(Xml::parse(repeated("<a>", 256) + repeated("</a>", 256)));
}

TEST(Hostile, MillionsOfSiblings) {
    expect_problem("formats.too_large_inside", [] {
        return zip_of({{kDocumentPart, document_xml(repeated("<w:p/>", 600'000))}});
    });
    expect_problem("formats.no_text", [] {  // as many as are allowed
        return zip_of({{kDocumentPart, document_xml(repeated("<w:p/>", 500'000))}});
    });
    expect_problem("formats.too_large_inside", [] {
        return zip_of({{kDocumentPart, "<w:document " + [] {
                            std::string attributes;
                            for (int i = 0; i < 1'100'000; ++i) attributes += "a='' ";
                            return attributes;
                        }() + "/>"}});
    });
}

TEST(Hostile, MuchText) {
    const std::string half_a_megabyte = noise(500'000);
    expect_problem("formats.too_large_inside", [&] {
        return zip_of({{kDocumentPart, document_xml(p(repeated(half_a_megabyte, 40)))}});
    });
    expect_problem("formats.too_large_inside", [&] {
        return zip_of({{kDocumentPart, document_xml(repeated(p(half_a_megabyte), 34))}});
    });
    // The most that is allowed, every letter with emphasis of its own.
    expect_problem("", [&] {
        return zip_of({{kDocumentPart, document_xml(repeated(p(half_a_megabyte), 30))}});
    });
    expect_problem("", [] {
        return zip_of({{kDocumentPart,
                        document_xml("<w:p>" + repeated(r("a", "<w:b/>") + r("b"), 60'000) + "</w:p>")}});
    });
}

TEST(Hostile, Entities) {
    expect_problem("formats.unsafe_xml", [] {
        return zip_of({{kDocumentPart,
                        R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>)" +
                            document_xml(p("&a;"))}});
    });
    expect_problem("formats.unsafe_xml", [] {
        std::string laughs = "<!DOCTYPE x [<!ENTITY a0 \"ha\">";
        for (int i = 1; i < 30; ++i)
            laughs += "<!ENTITY a" + std::to_string(i) + " \"" +
                      repeated("&a" + std::to_string(i - 1) + ";", 10) + "\">";
        return zip_of({{kDocumentPart, laughs + "]>" + document_xml(p("&a29;"))}});
    });
    // Without a declaration an unknown entity is only its letters.
    const auto result = read_docx(zip_of({{kDocumentPart, document_xml(p("&xxe; &amp; &#x111;"))}}));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->lines.front(), "&xxe; & đ");
}

TEST(Hostile, XmlThatIsNot) {
    for (const char* xml : {"", " ", "word", "<", "<w:document", "<w:document>", "<a></b></a>", "<a></a></a>",
                            "<a b=\">", "<!-- ", "<![CDATA[", "<?xml", "</a>", "\xFF\xFE<\0a\0/\0>\0",
                            "<w:document/>", "<w:document><w:body></w:body>"})
        expect_problem("formats.damaged", [xml] { return zip_of({{kDocumentPart, xml}}); });
    expect_problem("formats.damaged", [] {
        return zip_of({{kDocumentPart, document_xml(p("\xC3\x28 \xFF"))}});
    });
}

TEST(Hostile, TablesWithinTables) {
    const auto nested = [](int depth) {
        std::string body = p("trong cùng");
        for (int i = 0; i < depth; ++i)
            body = "<w:tbl><w:tr><w:tc>" + body + "</w:tc><w:tc>" + p("bên") + "</w:tc></w:tr></w:tbl>";
        return zip_of({{kDocumentPart, document_xml(body)}});
    };
    expect_problem("", [&] { return nested(12); });
    expect_problem("formats.too_large_inside", [&] { return nested(13); });
    expect_problem("formats.unsafe_xml", [&] { return nested(100); });
}

TEST(Hostile, TablesBeyondMeasure) {
    const auto cell = [](std::string_view properties) {
        return "<w:tc><w:tcPr>" + std::string(properties) + "</w:tcPr>" + p("a") + "</w:tc>";
    };
    expect_problem("", [&] {
        return docx_of("<w:tbl><w:tr>" + cell(R"(<w:gridSpan w:val="2147483647"/>)") +
                       cell(R"(<w:gridSpan w:val="-5"/>)") +
                       "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"99999999\"/></w:trPr>" +
                       cell("<w:vMerge/>") + "</w:tr><w:tr>" + cell("<w:vMerge/>") + "</w:tr></w:tbl>");
    });
    expect_problem("formats.too_large_inside", [] {
        return docx_of("<w:tbl>" + repeated("<w:tr><w:tc/></w:tr>", 150'000) + "</w:tbl>");
    });
    expect_problem("", [] {  // one merged cell over very many rows
        return docx_of(
            "<w:tbl>" +
            repeated("<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc><w:tc><w:p/></w:tc></w:tr>", 50'000) +
            "<w:tr><w:tc>" + p("a") + "</w:tc></w:tr></w:tbl>");
    });
}

TEST(Hostile, FieldsAndStylesThatNeverEnd) {
    expect_problem("formats.no_text", [] {
        return docx_of("<w:p>" + repeated(R"(<w:r><w:fldChar w:fldCharType="begin"/></w:r>)", 60'000) +
                       r("a") + "</w:p>" + repeated("<w:p><w:r><w:t>a</w:t></w:r></w:p>", 20'000));
    });
    expect_problem("", [] {
        std::string styles;
        for (int i = 0; i < 20'000; ++i)
            styles += "<w:style w:type=\"paragraph\" w:styleId=\"s" + std::to_string(i) +
                      "\"><w:basedOn w:val=\"s" + std::to_string((i + 1) % 20'000) + "\"/></w:style>";
        std::string body;
        for (int i = 0; i < 20'000; ++i) body += p("a", "<w:pStyle w:val=\"s" + std::to_string(i) + "\"/>");
        return docx_of(body, "", styles);
    });
}

TEST(Hostile, OtherThanTheNameSays) {
    expect_problem("formats.is_image", [] { return "\x89PNG\r\n\x1a\n" + std::string(100, '\0'); });
    expect_problem(
        "formats.is_image", [] { return "\xFF\xD8\xFF\xE0" + std::string(100, '\0'); }, "a.pdf");
    expect_problem("formats.is_spreadsheet", [] { return zip_of({{"xl/workbook.xml", "<a/>"}}); });
    expect_problem("formats.is_slides", [] { return zip_of({{"ppt/presentation.xml", "<a/>"}}); });
    expect_problem("formats.is_archive", [] { return zip_of({{"anh.jpg", "x"}, {"ke-hoach.txt", "x"}}); });
    expect_problem("formats.is_web_page",
                   [] { return "<!DOCTYPE html><html><body>Kế hoạch</body></html>"s; });
    expect_problem("formats.is_media", [] { return "\0\0\0\x20"s + "ftypisom" + std::string(100, '\0'); });
    expect_problem("formats.unknown_kind", [] { return "\x7F"s + "ELF" + std::string(1000, '\0'); });
    expect_problem(
        "formats.not_utf8",
        [] {
            return "K\xD5 ho\xB9"
                   "ch tuy\xAAn truy\xD2n"s;
        },
        "a.txt");
    expect_problem("formats.other_ending",
                   [] { return "KẾ HOẠCH\n\nTuyên truyền cải cách hành chính.\n"s; });  // a text named .docx
    expect_problem(
        "formats.other_ending", [] { return docx_of(p("KẾ HOẠCH")); }, "ke-hoach.pdf");
    expect_problem(
        "", [] { return docx_of(p("KẾ HOẠCH")); }, "");
}

TEST(Hostile, FilesOfAnySize) {
    TemporaryFolder folder;
    const std::string huge = (folder.path() / "huge.docx").string();
    std::ofstream(huge).put('P');
    std::filesystem::resize_file(huge, std::uintmax_t{5} << 30);  // sparse
    for (const auto& [path, key] : std::vector<std::pair<std::string, std::string>>{
             {huge, "formats.too_large"}, {"/dev/zero", "formats.too_large"}, {folder.path().string(), "formats.no_file"}, {"/no/such/file", "formats.no_file"}}) {
        const auto begin = std::chrono::steady_clock::now();
        const auto document = read_document_file(path);
        ASSERT_FALSE(document) << path;
        EXPECT_EQ(document.failure().problems.front().key, key) << path;
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10)) << path;
    }
}

}  // namespace
}  // namespace loa::formats
