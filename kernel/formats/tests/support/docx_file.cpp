#include "tests/support/docx_file.h"

#include <fmt/format.h>
#include <zip.h>

#include <stdexcept>

namespace loa::formats::testing {

namespace {

constexpr std::string_view kNamespaces =
    R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" )"
    R"(xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006")";

std::string root(std::string_view name, std::string_view content) {
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?><w:{0} {1}>{2}</w:{0}>)", name, kNamespaces,
                       content);
}

enum class Protection { None, Password };

std::string zipped(const Parts& parts, Protection protection) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (zip == nullptr) throw std::runtime_error("zip_open_from_source");
    zip_source_keep(target);
    for (const auto& [name, content] : parts) {
        zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
        const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) throw std::runtime_error("zip_file_add");
        zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, 1);
        if (protection == Protection::Password &&
            zip_file_set_encryption(zip, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "mật khẩu") != 0)
            throw std::runtime_error("zip_file_set_encryption");
    }
    if (zip_close(zip) != 0) throw std::runtime_error("zip_close");
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

}  // namespace

std::string zip_of(const Parts& parts) {
    return zipped(parts, Protection::None);
}
std::string encrypted_zip_of(const Parts& parts) {
    return zipped(parts, Protection::Password);
}

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
