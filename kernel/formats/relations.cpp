#include "relations.h"

#include <utility>

#include "xml.h"

namespace loa::formats {

namespace {
/// "word/document.xml" of "/word/document.xml" seen from "": relationships may be absolute or relative.
std::string resolved_target(std::string_view folder, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    return std::string(folder) + std::string(target);
}
}  // namespace

std::string folder_of(std::string_view part) {
    const std::size_t slash = part.rfind('/');
    return slash == part.npos ? std::string() : std::string(part.substr(0, slash + 1));
}

std::vector<Relation> relations_of(Archive& archive, const std::string& part) {
    std::vector<Relation> relations;
    const std::string folder = folder_of(part);
    const std::string list = folder + "_rels/" + part.substr(folder.size()) + ".rels";
    if (!archive.contains(list)) return relations;
    auto text = archive.read(list);
    if (!text) return relations;
    const auto xml = Xml::parse(*std::move(text));
    if (!xml) return relations;
    for (const pugi::xml_node relation : xml->root().children("Relationship"))
        relations.push_back({relation.attribute("Id").as_string(), relation.attribute("Type").as_string(),
                             resolved_target(folder, relation.attribute("Target").as_string())});
    return relations;
}

}  // namespace loa::formats
