#include "docx_text.h"

#include <cstdlib>
#include <utility>

#include "legacy_fonts.h"
#include "loa/base/text.h"
#include "xml.h"

namespace loa::formats {

pugi::xml_node chosen_branch(pugi::xml_node alternate_content) {
    const pugi::xml_node choice = alternate_content.child("mc:Choice");
    return choice && choice.first_child() ? choice : alternate_content.child("mc:Fallback");
}

DocxText::Paragraph DocxText::read(pugi::xml_node paragraph, const Style& style) {
    paragraph_ = {};
    style_ = &style;
    read_inline(paragraph);
    return std::move(paragraph_);
}

void DocxText::read_inline(pugi::xml_node node) {
    for_each_in_text(node, [this](pugi::xml_node child) {
        if (name_of(child) == "w:r") read_run(child);
    });
}

void DocxText::read_run(pugi::xml_node run) {
    const pugi::xml_node properties = run.child("w:rPr");
    static const RunFormat kNothing;
    const std::string_view character_style = val_of(properties.child("w:rStyle"));
    const RunFormat& by_style = character_style.empty() ? kNothing : styles_.character(character_style).run;
    const RunFormat direct = RunFormat::of(properties);
    const RunLook look = look_of(style_->run, by_style, direct);
    for_each_in_text(run, [&](pugi::xml_node part) { read_run_part(part, look); });
}

void DocxText::read_run_part(pugi::xml_node part, const RunLook& look) {
    const std::string_view name = name_of(part);
    if (name == "w:fldChar") return read_field_sign(part);
    if (name == "w:drawing" || name == "w:pict" || name == "w:object") return find_boxes(part);
    if (look.hidden || open_codes_ > 0) return;
    const Look drawn{look.bold, look.italic};
    if (name == "w:t") {
        for (const pugi::xml_node text : part) append(text.value(), look);
    } else if (name == "w:tab" || name == "w:ptab") {
        paragraph_.text.append(U'\t', drawn);
    } else if (name == "w:br" || name == "w:cr") {
        paragraph_.text.append(U'\n', drawn);
    } else if (name == "w:noBreakHyphen") {
        paragraph_.text.append(U'-', drawn);
    } else if (name == "w:sym") {
        const std::string code(part.attribute("w:char").as_string());
        const auto value = static_cast<char32_t>(std::strtoul(code.c_str(), nullptr, 16) & 0xFFFF);
        const char32_t sign = symbol(part.attribute("w:font").as_string("Symbol"), value);
        const bool readable = value >= 0x20 && (value < 0xD800 || value > 0xF8FF);
        paragraph_.text.append(sign != 0 ? sign : readable ? value : U'\uFFFD', drawn);
    }
}

void DocxText::read_field_sign(pugi::xml_node sign) {
    const std::string_view type = sign.attribute("w:fldCharType").as_string();
    if (type == "begin") {
        fields_.push_back(FieldPart::Code);
        ++open_codes_;
        return;
    }
    if (fields_.empty() || (type != "separate" && type != "end")) return;
    if (fields_.back() == FieldPart::Code) --open_codes_;
    if (type == "separate")
        fields_.back() = FieldPart::Result;
    else
        fields_.pop_back();
}

void DocxText::find_boxes(pugi::xml_node node) {
    for_each_in_text(node, [this](pugi::xml_node child) {
        if (name_of(child) == "w:txbxContent")
            paragraph_.boxes.push_back(child);
        else
            find_boxes(child);
    });
}

void DocxText::append(std::string_view text, const RunLook& look) {
    if (paragraph_.text.size() >= kLongestParagraph) return;
    std::u32string letters = code_points(text.substr(0, kLongestParagraph));
    if (const LegacyCharset charset = legacy_charset(look.font); charset != LegacyCharset::None)
        letters = from_legacy(charset, letters);
    else if (symbol(look.font, U'\u00B7') != 0)
        for (char32_t& c : letters)
            if (c >= 0xF000 && c <= 0xF0FF) c = symbol(look.font, c);
    if (look.capitals)
        for (char32_t& c : letters) c = capital_letter(c);
    paragraph_.text.append(letters, {look.bold, look.italic});
}

}  // namespace loa::formats
