#include "loa/formats/write_document.h"

#include <fmt/format.h>

#include "loa/base/text.h"
#include "zip_writer.h"

namespace loa::formats {

namespace {

constexpr std::string_view kWord = R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")";
constexpr std::string_view kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kDeclaration = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr int kTableText = 12;  // points

using Align = PaperParagraph::Align;

/// Twentieths of a point.
constexpr int twips(int millimetres) { return millimetres * 1440 * 10 / 254; }

/// What XML can't hold is left out.
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t letter = next_code_point(text, at);
        if (letter == U'&') out += "&amp;";
        else if (letter == U'<') out += "&lt;";
        else if (letter == U'>') out += "&gt;";
        else if (letter == U'"') out += "&quot;";
        else if (letter >= 0x20 || letter == U'\t' || letter == U'\n') append_code_point(out, letter);
    }
    return out;
}

std::string_view code(Align align) {
    switch (align) {
        case Align::Left: return "left";
        case Align::Centre: return "center";
        case Align::Right: return "right";
        case Align::Justified: break;
    }
    return "both";
}

/// `space`: twentieths of a point below it.
std::string xml_of(const PaperParagraph& paragraph, int space) {
    std::string runs;
    const std::string_view text = paragraph.text;
    bool first = true;
    for (const auto line : split(text, '\n')) {
        if (!first) runs += "<w:br/>";
        first = false;
        runs += R"(<w:t xml:space="preserve">)" + escaped(line) + "</w:t>";
    }
    return fmt::format(R"(<w:p><w:pPr>{}<w:spacing w:before="0" w:after="{}"/><w:jc w:val="{}"/></w:pPr><w:r><w:rPr>{}{}<w:sz w:val="{}"/><w:szCs w:val="{}"/></w:rPr>{}</w:r></w:p>)",
                       paragraph.with_next ? "<w:keepNext/>" : "", space, code(paragraph.align), paragraph.bold ? "<w:b/>" : "", paragraph.italic ? "<w:i/>" : "", paragraph.points * 2, paragraph.points * 2, runs);
}

std::string cell_of(const std::string& content, int width) { return fmt::format(R"(<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>{}</w:tc>)", width, content); }

std::string table_of(std::string_view borders, const std::vector<int>& widths, const std::string& rows) {
    std::string grid;
    for (const int width : widths) grid += fmt::format(R"(<w:gridCol w:w="{}"/>)", width);
    return fmt::format(R"(<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{}</w:tblGrid>{}</w:tbl>)", borders, grid, rows);
}

std::string ruled() {
    std::string sides;
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"}) sides += fmt::format(R"(<w:{} w:val="single" w:sz="4" w:space="0" w:color="auto"/>)", side);
    return "<w:tblBorders>" + sides + "</w:tblBorders>";
}

std::string xml_of(const PaperTable& table) {
    std::vector<int> widths;
    std::string heading;
    for (const auto& column : table.columns) {
        widths.push_back(twips(column.millimetres));
        heading += cell_of(xml_of(PaperParagraph{column.heading, Align::Centre, true, false, kTableText, false}, 0), widths.back());
    }
    std::string rows = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" + heading + "</w:tr>";
    for (const auto& row : table.rows) {
        rows += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            rows += cell_of(xml_of(PaperParagraph{i < row.size() ? row[i] : std::string(), table.columns[i].align, false, false, kTableText, false}, 0), widths[i]);
        rows += "</w:tr>";
    }
    // A paragraph parts it from a table that follows.
    return table_of(ruled(), widths, rows) + xml_of(PaperParagraph{}, 60);
}

std::string xml_of(const PaperSides& sides) {
    const std::vector<int> widths{twips(kPaperWidth * 2 / 5), twips(kPaperWidth * 3 / 5)};
    const auto side = [&](const std::vector<PaperParagraph>& paragraphs, int width) {
        std::string content;
        for (const auto& paragraph : paragraphs) content += xml_of(paragraph, 0);
        return cell_of(content.empty() ? xml_of(PaperParagraph{}, 0) : content, width);
    };
    return table_of("", widths, "<w:tr><w:trPr><w:cantSplit/></w:trPr>" + side(sides.left, widths[0]) + side(sides.right, widths[1]) + "</w:tr>") + xml_of(PaperParagraph{}, 60);
}

struct BlockWriter {
    std::string operator()(const PaperParagraph& paragraph) const { return xml_of(paragraph, 120); }
    std::string operator()(const PaperTable& table) const { return xml_of(table); }
    std::string operator()(const PaperSides& sides) const { return xml_of(sides); }
};

std::string document_xml(const Paper& paper) {
    std::string body;
    for (const auto& block : paper.blocks) body += std::visit(BlockWriter(), block);
    // Decree 30, Annex I: A4, 20 mm above and below, 30 mm left, 15 mm right; the first page has no number.
    return fmt::format(R"({}<w:document {} xmlns:r="{}"><w:body>{}<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>)",
                       kDeclaration, kWord, kRelations, body, twips(20), twips(15), twips(20), twips(30));
}

std::string header_xml(const Paper& paper) {
    const std::string head = paper.running_head.empty() ? std::string() : escaped(paper.running_head) + " – ";
    return fmt::format(R"({}<w:hdr {}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r><w:r><w:rPr><w:sz w:val="22"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>)",
                       kDeclaration, kWord, head);
}

std::string styles_xml() {
    return fmt::format(R"({}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>)",
                       kDeclaration, kWord);
}

std::string relations_xml(const std::vector<std::pair<std::string, std::string>>& typed_targets) {
    std::string all;
    for (std::size_t i = 0; i < typed_targets.size(); ++i)
        all += fmt::format(R"(<Relationship Id="rId{}" Type="{}" Target="{}"/>)", i + 1, typed_targets[i].first, typed_targets[i].second);
    return fmt::format(R"({}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>)", kDeclaration, all);
}

std::string content_types_xml() {
    constexpr std::string_view kType = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    return fmt::format(R"({}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{}document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{}styles+xml"/><Override PartName="/word/header1.xml" ContentType="{}header+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>)",
                       kDeclaration, kType, kType, kType);
}

std::string core_xml(const Paper& paper) {
    return fmt::format(R"({}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>)", kDeclaration, escaped(paper.title));
}

}  // namespace

std::string write_docx(const Paper& paper) {
    const std::string office(kRelations);
    return zipped({{"[Content_Types].xml", content_types_xml()},
                   {"_rels/.rels", relations_xml({{office + "/officeDocument", "word/document.xml"},
                                                  {"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"}})},
                   {"docProps/core.xml", core_xml(paper)},
                   {"word/document.xml", document_xml(paper)},
                   {"word/_rels/document.xml.rels", relations_xml({{office + "/styles", "styles.xml"}, {office + "/header", "header1.xml"}})},
                   {"word/styles.xml", styles_xml()},
                   {"word/header1.xml", header_xml(paper)}});
}

}  // namespace loa::formats
