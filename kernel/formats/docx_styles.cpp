#include "docx_styles.h"

#include <vector>

#include "loa/base/text.h"
#include "xml.h"

namespace loa::formats {

namespace {

template <class T>
void take(std::optional<T>& value, const std::optional<T>& over) {
    if (over) value = over;
}

/// "heading 3" names a rank even where a style forgets its w:outlineLvl.
std::optional<int> outline_by_name(pugi::xml_node style) {
    const std::string name = fold(val_of(style.child("w:name")));
    if (name.size() != 9 || !name.starts_with("heading ") || name[8] < '1' || name[8] > '9')
        return std::nullopt;
    return name[8] - '1';
}

bool toggled(std::optional<bool> paragraph, std::optional<bool> character, std::optional<bool> direct) {
    return direct.value_or(paragraph.value_or(false) != character.value_or(false));
}

}  // namespace

RunFormat RunFormat::of(pugi::xml_node run_properties) {
    RunFormat format;
    for (const pugi::xml_node child : run_properties) {
        const std::string_view name = name_of(child);
        if (name == "w:b")
            format.bold = is_on(child);
        else if (name == "w:i")
            format.italic = is_on(child);
        else if (name == "w:caps")
            format.capitals = is_on(child);
        else if (name == "w:vanish")
            format.hidden = is_on(child);
        else if (name == "w:rFonts")
            format.font = child.attribute("w:hAnsi").as_string(child.attribute("w:ascii").as_string());
    }
    return format;
}

void RunFormat::lay(const RunFormat& over) {
    take(bold, over.bold);
    take(italic, over.italic);
    take(capitals, over.capitals);
    take(hidden, over.hidden);
    if (!over.font.empty()) font = over.font;
}

ParagraphFormat ParagraphFormat::of(pugi::xml_node paragraph_properties) {
    ParagraphFormat format;
    for (const pugi::xml_node child : paragraph_properties) {
        const std::string_view name = name_of(child);
        if (name == "w:jc") {
            format.centred = val_of(child) == "center";
        } else if (name == "w:outlineLvl") {
            format.outline = child.attribute("w:val").as_int(9);
        } else if (name == "w:numPr") {
            if (const auto list = child.child("w:numId")) format.list = list.attribute("w:val").as_int();
            if (const auto level = child.child("w:ilvl"))
                format.list_level = level.attribute("w:val").as_int();
        }
    }
    return format;
}

void ParagraphFormat::lay(const ParagraphFormat& over) {
    take(centred, over.centred);
    take(outline, over.outline);
    take(list, over.list);
    take(list_level, over.list_level);
}

DocxStyles::DocxStyles(pugi::xml_node styles) {
    const pugi::xml_node defaults = styles.child("w:docDefaults");
    plain_.run = RunFormat::of(defaults.child("w:rPrDefault").child("w:rPr"));
    plain_.paragraph = ParagraphFormat::of(defaults.child("w:pPrDefault").child("w:pPr"));
    plain_.resolved = true;
    for (const pugi::xml_node node : styles.children("w:style")) {
        const std::string id = node.attribute("w:styleId").as_string();
        styles_[id].node = node;
        if (!node.attribute("w:default").as_bool()) continue;
        const std::string_view type = node.attribute("w:type").as_string();
        if (type == "paragraph") default_paragraph_ = id;
        if (type == "table") default_table_ = id;
    }
}

const Style& DocxStyles::resolved(std::string_view id, const std::string& otherwise) {
    auto found = styles_.find(std::string(id));
    if (found == styles_.end()) found = styles_.find(otherwise);
    if (found == styles_.end()) return plain_;
    if (found->second.resolved) return found->second;

    // From the style down to its root; a chain that bites its tail or never ends is cut.
    constexpr std::size_t kLongestChain = 64;
    std::vector<Style*> chain;
    for (auto style = found; style != styles_.end() && chain.size() < kLongestChain;) {
        chain.push_back(&style->second);
        if (style->second.resolved) break;
        style = styles_.find(std::string(val_of(style->second.node.child("w:basedOn"))));
    }
    Style whole;
    const bool of_characters =
        found->second.node.attribute("w:type").as_string() == std::string_view("character");
    if (!of_characters) whole = plain_;
    for (auto style = chain.rbegin(); style != chain.rend(); ++style) {
        if ((*style)->resolved) {
            whole = **style;
            continue;
        }
        const pugi::xml_node node = (*style)->node;
        whole.run.lay(RunFormat::of(node.child("w:rPr")));
        ParagraphFormat own = ParagraphFormat::of(node.child("w:pPr"));
        if (!own.outline) own.outline = outline_by_name(node);
        whole.paragraph.lay(own);
        if (const auto borders = node.child("w:tblPr").child("w:tblBorders"))
            whole.ruled = drawn_borders(borders) > 0;
    }
    whole.resolved = true;
    whole.node = found->second.node;
    found->second = whole;
    return found->second;
}

int drawn_borders(pugi::xml_node borders) {
    int drawn = 0;
    for (const pugi::xml_node border : borders) {
        const std::string_view kind = val_of(border, "nil");
        drawn += kind != "nil" && kind != "none";
    }
    return drawn;
}

RunLook look_of(const RunFormat& paragraph_style, const RunFormat& character_style, const RunFormat& direct) {
    RunLook look;
    look.bold = toggled(paragraph_style.bold, character_style.bold, direct.bold);
    look.italic = toggled(paragraph_style.italic, character_style.italic, direct.italic);
    look.capitals = toggled(paragraph_style.capitals, character_style.capitals, direct.capitals);
    look.hidden = toggled(paragraph_style.hidden, character_style.hidden, direct.hidden);
    look.font = !direct.font.empty()            ? std::string_view(direct.font)
                : !character_style.font.empty() ? std::string_view(character_style.font)
                                                : std::string_view(paragraph_style.font);
    return look;
}

}  // namespace loa::formats
