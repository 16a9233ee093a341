#include "tests/support/docx_file.h"

#include <fmt/format.h>

namespace loa::formats::testing {

namespace {

constexpr std::string_view kNamespaces =
    R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" )"
    R"(xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006")";

std::string root(std::string_view name, std::string_view content) {
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?><w:{0} {1}>{2}</w:{0}>)", name, kNamespaces,
                       content);
}

}  // namespace

std::string docx_of(std::string_view body, std::string_view numbering, std::string_view styles) {
    Parts parts{
        {"[Content_Types].xml",
         R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)"},
        {"_rels/.rels",
         R"(<Relationships><Relationship Id="r1" Target="word/document.xml" )"
         R"(Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>)"
         R"(</Relationships>)"},
        {"word/document.xml", root("document", fmt::format("<w:body>{}</w:body>", body))},
    };
    if (!numbering.empty()) parts.emplace_back("word/numbering.xml", root("numbering", numbering));
    if (!styles.empty()) parts.emplace_back("word/styles.xml", root("styles", styles));
    return zip_of(parts);
}

std::string repeated(std::string_view part, std::size_t times) {
    std::string out;
    out.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += part;
    return out;
}

std::string p(std::string_view text, std::string_view paragraph_properties, std::string_view run_properties) {
    return fmt::format("<w:p><w:pPr>{}</w:pPr>{}</w:p>", paragraph_properties, r(text, run_properties));
}

std::string r(std::string_view text, std::string_view run_properties) {
    return fmt::format(R"(<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>)", run_properties,
                       text);
}

std::string item(int list, int level, std::string_view text) {
    return p(text,
             fmt::format(R"(<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>)", level, list));
}

std::string level(int level, std::string_view format, std::string_view text, std::string_view more) {
    return fmt::format(
        R"(<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/>{}</w:lvl>)",
        level, format, text, more);
}

}  // namespace loa::formats::testing
