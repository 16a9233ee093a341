#include "docx_numbering.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "legacy_fonts.h"
#include "loa/base/text.h"
#include "xml.h"

namespace loa::formats {

namespace {

NumberFormat format_of(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, NumberFormat>, 8> kFormats{{
        {"decimal", NumberFormat::Decimal},
        {"decimalZero", NumberFormat::DecimalZero},
        {"lowerLetter", NumberFormat::LowerLetter},
        {"upperLetter", NumberFormat::UpperLetter},
        {"lowerRoman", NumberFormat::LowerRoman},
        {"upperRoman", NumberFormat::UpperRoman},
        {"bullet", NumberFormat::Bullet},
        {"none", NumberFormat::None},
    }};
    for (const auto& [known, format] : kFormats)
        if (known == name) return format;
    return NumberFormat::Decimal;
}

std::string roman(int value) {
    static constexpr std::array<std::pair<int, std::string_view>, 13> kParts{{{1000, "m"},
                                                                              {900, "cm"},
                                                                              {500, "d"},
                                                                              {400, "cd"},
                                                                              {100, "c"},
                                                                              {90, "xc"},
                                                                              {50, "l"},
                                                                              {40, "xl"},
                                                                              {10, "x"},
                                                                              {9, "ix"},
                                                                              {5, "v"},
                                                                              {4, "iv"},
                                                                              {1, "i"}}};
    if (value < 1 || value > 3999) return std::to_string(value);
    std::string out;
    for (const auto& [part, letters] : kParts)
        for (; value >= part; value -= part) out += letters;
    return out;
}

/// a … z, aa, bb …: the letter repeats, as Word has it.
std::string letters(int value, Alphabet alphabet) {
    static constexpr std::u32string_view kLatin = U"abcdefghijklmnopqrstuvwxyz";
    static constexpr std::u32string_view kVietnamese = U"abcdđeghiklmnopqrstuvxy";
    constexpr int kMostRepeats = 10;
    const auto& all = alphabet == Alphabet::Vietnamese ? kVietnamese : kLatin;
    const int count = static_cast<int>(all.size());
    if (value < 1 || value > count * kMostRepeats) return std::to_string(value);
    std::string out;
    for (int i = 0; i <= (value - 1) / count; ++i)
        append_code_point(out, all[static_cast<std::size_t>((value - 1) % count)]);
    return out;
}

/// A bullet as it looks: the private code points of Symbol and Wingdings become the signs they draw.
std::string bullet_text(pugi::xml_node level) {
    const pugi::xml_node fonts = level.child("w:rPr").child("w:rFonts");
    const std::string_view font =
        fonts.attribute("w:ascii").as_string(fonts.attribute("w:hAnsi").as_string());
    std::string out;
    const std::string_view text = val_of(level.child("w:lvlText"));
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        char32_t sign = symbol(font, c);
        if (sign == 0 && c >= 0xE000 && c <= 0xF8FF) sign = symbol("Symbol", c);
        if (sign == U'\uFFFD') sign = U'•';
        append_code_point(out, sign == 0 ? c : sign);
    }
    return std::string(trimmed(out));
}

int bounded(int level) {
    return std::clamp(level, 0, kListLevels - 1);
}

}  // namespace

std::string numbered(int value, NumberFormat format, Alphabet alphabet) {
    switch (format) {
        case NumberFormat::Decimal:
            return std::to_string(value);
        case NumberFormat::DecimalZero:
            return fmt::format("{:02}", value);
        case NumberFormat::LowerLetter:
            return letters(value, alphabet);
        case NumberFormat::UpperLetter:
            return upper(letters(value, alphabet));
        case NumberFormat::LowerRoman:
            return roman(value);
        case NumberFormat::UpperRoman:
            return upper(roman(value));
        case NumberFormat::Bullet:
        case NumberFormat::None:
            break;
    }
    return {};
}

DocxNumbering::Level DocxNumbering::level_of(pugi::xml_node node) {
    Level level;
    level.start = std::clamp(node.child("w:start").attribute("w:val").as_int(1), 0, 1'000'000);
    pugi::xml_node format = node.child("w:numFmt");
    if (!format)
        format = node.find_child([](pugi::xml_node child) {  // <mc:Choice> wraps the newer formats
                         return name_of(child) == "mc:AlternateContent";
                     })
                     .child("mc:Choice")
                     .child("w:numFmt");
    level.format = format_of(val_of(format, "decimal"));
    if (val_of(format) == "custom" &&
        std::string_view(format.attribute("w:format").as_string()).starts_with("a, b, c"))
        level.format = NumberFormat::LowerLetter;
    const std::string_view custom = format.attribute("w:format").as_string();
    const std::string_view language = val_of(node.child("w:rPr").child("w:lang"));
    if (custom.find("đ") != custom.npos || language.starts_with("vi")) level.alphabet = Alphabet::Vietnamese;
    level.text = level.format == NumberFormat::Bullet ? bullet_text(node)
                                                      : to_nfc_lossy(val_of(node.child("w:lvlText")));
    constexpr std::size_t kLongestText = 200;
    if (level.text.size() > kLongestText) level.text.clear();
    level.style = val_of(node.child("w:pStyle"));
    level.restarts_after = node.child("w:lvlRestart").attribute("w:val").as_int(-1);
    level.all_decimal = is_on(node.child("w:isLgl"));
    return level;
}

DocxNumbering::DocxNumbering(pugi::xml_node numbering) {
    for (const pugi::xml_node node : numbering.children("w:abstractNum")) {
        Abstract& abstract = abstracts_[node.attribute("w:abstractNumId").as_int(-1)];
        abstract.style_link = val_of(node.child("w:styleLink"));
        abstract.num_style_link = val_of(node.child("w:numStyleLink"));
        for (const pugi::xml_node level : node.children("w:lvl"))
            abstract.levels[static_cast<std::size_t>(bounded(level.attribute("w:ilvl").as_int()))] =
                level_of(level);
    }
    for (const pugi::xml_node node : numbering.children("w:num")) {
        List& list = lists_[node.attribute("w:numId").as_int(-1)];
        list.abstract = node.child("w:abstractNumId").attribute("w:val").as_int(-1);
        for (const pugi::xml_node over : node.children("w:lvlOverride")) {
            const auto index = static_cast<std::size_t>(bounded(over.attribute("w:ilvl").as_int()));
            if (const auto start = over.child("w:startOverride"))
                list.start_override[index] = std::clamp(start.attribute("w:val").as_int(1), 0, 1'000'000);
            if (const auto level = over.child("w:lvl")) list.own_levels[index] = level_of(level);
        }
    }
    link_styles();
}

/// An abstract list may only point at the numbering style that another one defines.
void DocxNumbering::link_styles() {
    std::unordered_map<std::string, int> by_style;
    for (const auto& [id, abstract] : abstracts_)
        if (!abstract.style_link.empty()) by_style.emplace(abstract.style_link, id);
    for (auto& [id, list] : lists_) {
        const auto pointing = abstracts_.find(list.abstract);
        if (pointing == abstracts_.end() || pointing->second.num_style_link.empty()) continue;
        const auto target = by_style.find(pointing->second.num_style_link);
        if (target != by_style.end()) list.abstract = target->second;
    }
}

const DocxNumbering::Level* DocxNumbering::level(const List& list, int index) const {
    const auto at = static_cast<std::size_t>(bounded(index));
    if (list.own_levels[at]) return &*list.own_levels[at];
    const auto abstract = abstracts_.find(list.abstract);
    if (abstract == abstracts_.end() || !abstract->second.levels[at]) return nullptr;
    return &*abstract->second.levels[at];
}

int DocxNumbering::start(const List& list, int index) const {
    const Level* found = level(list, index);
    return list.start_override[static_cast<std::size_t>(index)].value_or(found ? found->start : 1);
}

std::string DocxNumbering::next(int list_id, int level_index) {
    const auto found = lists_.find(list_id);
    if (found == lists_.end()) return {};
    List& list = found->second;
    const int index = bounded(level_index);
    const auto at = static_cast<std::size_t>(index);
    const Level* own = level(list, index);
    if (own == nullptr) return {};

    // Lists over one abstract definition count on together, unless one says where it starts.
    auto& counts = abstracts_[list.abstract].counts;
    const bool starts_anew = list.start_override[at] && !list.started[at];
    counts[at] = !counts[at] || starts_anew ? start(list, index) : *counts[at] + 1;
    list.started[at] = true;
    for (int deeper = index + 1; deeper < kListLevels; ++deeper) {
        const Level* below = level(list, deeper);
        const int after = below && below->restarts_after >= 0 ? below->restarts_after : deeper;
        if (index + 1 <= after) counts[static_cast<std::size_t>(deeper)].reset();
    }
    if (own->format == NumberFormat::Bullet) return own->text;

    std::string marker;
    for (std::size_t i = 0; i < own->text.size(); ++i) {
        const char digit = i + 1 < own->text.size() ? own->text[i + 1] : '\0';
        if (own->text[i] != '%' || digit < '1' || digit > '9') {
            marker += own->text[i];
            continue;
        }
        ++i;
        const int shown = digit - '1';
        const Level* of = level(list, shown);
        NumberFormat format = of ? of->format : NumberFormat::Decimal;
        if (own->all_decimal && format != NumberFormat::Bullet && format != NumberFormat::None)
            format = NumberFormat::Decimal;
        const int value = counts[static_cast<std::size_t>(shown)].value_or(start(list, shown));
        marker += numbered(value, format, of ? of->alphabet : Alphabet::Latin);
    }
    return std::string(trimmed(marker));
}

bool DocxNumbering::is_bullet(int list_id, int level_index) const {
    const auto found = lists_.find(list_id);
    const Level* own = found == lists_.end() ? nullptr : level(found->second, level_index);
    return own != nullptr && own->format == NumberFormat::Bullet;
}

std::optional<int> DocxNumbering::level_of_style(int list_id, std::string_view style_id) const {
    const auto found = lists_.find(list_id);
    if (found == lists_.end()) return std::nullopt;
    for (int index = 0; index < kListLevels; ++index)
        if (const Level* own = level(found->second, index); own && own->style == style_id) return index;
    return std::nullopt;
}

}  // namespace loa::formats
