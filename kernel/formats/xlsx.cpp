#include "xlsx.h"

#include <utility>

#include "archive.h"
#include "relations.h"

namespace loa::formats {

namespace {

constexpr std::size_t kLongestPart = 4U << 20;  // of one shared text or row: longer ones are made to hurt

/// 100,000 rows of ten cells take 40 MiB as XML; a table packs to a fiftieth.
constexpr ArchiveLimits kLimits{.entry_bytes = 96U << 20, .total_bytes = 160U << 20};

/// The part of that type, by what the package says or by its usual name; "" when it is not there.
std::string part_of(Archive& archive, const std::vector<Relation>& relations, std::string_view type, const std::string& usual) {
    for (const Relation& relation : relations)
        if (relation.type.ends_with(type) && archive.contains(relation.target)) return relation.target;
    return archive.contains(usual) ? usual : std::string();
}

Result<std::vector<std::string>> shared_texts(Archive& archive, const std::string& part, const SheetLimits& limits) {
    std::vector<std::string> texts;
    if (part.empty()) return texts;
    const auto xml = archive.read(part);
    if (!xml) return xml.failure();
    std::size_t size = 0;
    const auto done = each_xml_part(*xml, 1, [&](const XmlPart& each) -> Result<> {
        if (each.name != "si") return Done{};
        if (each.text.size() > kLongestPart || texts.size() >= limits.cells) return too_large_inside();
        pugi::xml_document tree;
        const pugi::xml_node node = parsed_part(each.text, tree);
        if (!node) return damaged();
        texts.push_back(xlsx_text(node));
        size += texts.back().size();
        return size > limits.text ? Result<>(too_large_inside()) : Result<>(Done{});
    });
    if (!done) return done.failure();
    return texts;
}

pugi::xml_node child_called(pugi::xml_node parent, std::string_view name) {
    for (const pugi::xml_node child : parent.children())
        if (local_name_of(child) == name) return child;
    return {};
}

/// r:id, whatever the prefix of its namespace.
std::string_view relation_id_of(pugi::xml_node node) {
    for (const pugi::xml_attribute attribute : node.attributes())
        if (std::string_view(attribute.name()).ends_with(":id")) return attribute.value();
    return {};
}

struct SheetPart {
    Sheet sheet;
    std::string part;
};
/// Worksheets in their order; charts and macro sheets are left out.
std::vector<SheetPart> sheet_parts(pugi::xml_node workbook, const std::vector<Relation>& relations) {
    std::vector<SheetPart> parts;
    for (const pugi::xml_node node : child_called(workbook, "sheets").children()) {
        const std::string_view id = relation_id_of(node);
        const std::string_view state = node.attribute("state").as_string("visible");
        for (const Relation& relation : relations)
            if (relation.id == id && relation.type.ends_with("/worksheet"))
                parts.push_back({{node.attribute("name").as_string(), state != "visible", {}}, relation.target});
    }
    return parts;
}

bool since_1904(pugi::xml_node workbook) {
    const std::string_view value = child_called(workbook, "workbookPr").attribute("date1904").as_string();
    return value == "1" || value == "true";
}

}  // namespace

Result<std::vector<Sheet>> read_xlsx(std::string_view bytes, SheetBudget& budget) {
    auto archive = Archive::open(bytes, kLimits);
    if (!archive) return archive.failure();
    const std::string part = part_of(*archive, relations_of(*archive, ""), "/officeDocument", "xl/workbook.xml");
    if (part.empty()) return damaged();
    auto text = archive->read(part);
    if (!text) return text.failure();
    const auto workbook = Xml::parse(*std::move(text));
    if (!workbook) return workbook.failure();
    const auto relations = relations_of(*archive, part);

    std::optional<Xml> styles;
    if (const auto name = part_of(*archive, relations, "/styles", folder_of(part) + "styles.xml"); !name.empty()) {
        auto style_text = archive->read(name);
        if (!style_text) return style_text.failure();
        auto parsed = Xml::parse(*std::move(style_text));
        if (!parsed) return parsed.failure();
        styles = *std::move(parsed);
    }
    const XlsxDays days(styles ? styles->root() : pugi::xml_node(), since_1904(workbook->root()));
    const auto shared = shared_texts(*archive, part_of(*archive, relations, "/sharedStrings", folder_of(part) + "sharedStrings.xml"), budget.limits());
    if (!shared) return shared.failure();

    std::vector<Sheet> sheets;
    for (auto& [sheet, name] : sheet_parts(workbook->root(), relations)) {
        if (sheets.size() == budget.limits().sheets) return too_large_inside();
        const auto xml = archive->read(name);
        if (!xml) return xml.failure();
        auto rows = XlsxSheet(*shared, days, budget).read(*xml);
        if (!rows) return rows.failure();
        sheet.rows = *std::move(rows);
        sheets.push_back(std::move(sheet));
    }
    if (sheets.empty()) return damaged();
    return sheets;
}

}  // namespace loa::formats
