#include "loa/formats/docx.h"

#include <optional>
#include <string>
#include <utility>

#include "archive.h"
#include "docx_body.h"
#include "docx_numbering.h"
#include "docx_styles.h"
#include "file_problems.h"
#include "relations.h"
#include "xml.h"

namespace loa::formats {

namespace {

std::optional<std::string> related(Archive& archive, const std::string& part, std::string_view type) {
    for (const Relation& relation : relations_of(archive, part))
        if (relation.type.ends_with(type)) return relation.target;
    return std::nullopt;
}

std::string document_part(Archive& archive) {
    const auto stated = related(archive, "", "/officeDocument");
    return stated && archive.contains(*stated) ? *stated : "word/document.xml";
}

/// A part that the document may do without: absent gives an empty Xml, present must be sound.
Result<std::optional<Xml>> optional_part(Archive& archive, const std::string& document, std::string_view type,
                                         std::string_view usual_name) {
    std::string part =
        related(archive, document, type).value_or(folder_of(document) + std::string(usual_name));
    if (!archive.contains(part)) return std::optional<Xml>();
    auto text = archive.read(part);
    if (!text) return text.failure();
    auto xml = Xml::parse(*std::move(text));
    if (!xml) return xml.failure();
    return std::optional<Xml>(*std::move(xml));
}

pugi::xml_node root_of(const std::optional<Xml>& xml) {
    return xml ? xml->root() : pugi::xml_node();
}

}  // namespace

Result<TextDocument> read_docx(std::string_view bytes) {
    auto archive = Archive::open(bytes);
    if (!archive) return archive.failure();
    const std::string part = document_part(*archive);
    if (!archive->contains(part)) return file_problem("formats.not_word");
    const auto styles = optional_part(*archive, part, "/styles", "styles.xml");
    if (!styles) return styles.failure();
    const auto numbering = optional_part(*archive, part, "/numbering", "numbering.xml");
    if (!numbering) return numbering.failure();
    auto text = archive->read(part);
    if (!text) return text.failure();
    const auto document = Xml::parse(*std::move(text));
    if (!document) return document.failure();
    const pugi::xml_node body = document->root().child("w:body");
    if (!body) return damaged();

    DocxStyles known_styles(root_of(*styles));
    DocxNumbering known_lists(root_of(*numbering));
    return DocxBody(known_styles, known_lists).read(body);
}

}  // namespace loa::formats
