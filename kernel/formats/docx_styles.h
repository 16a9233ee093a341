// What a paragraph or run looks like once its styles are followed (ECMA-376 part 1, §17.7).
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

namespace loa::formats {

/// Direct formatting of a run, or what a style says of runs; nothing where it does not say.
struct RunFormat {
    std::optional<bool> bold, italic, capitals, hidden;
    std::string font;

    static RunFormat of(pugi::xml_node run_properties);
    /// What `over` says wins.
    void lay(const RunFormat& over);
};

struct ParagraphFormat {
    std::optional<bool> centred;
    std::optional<int> outline;     // 0 … 8, 9 is body text
    std::optional<int> list;        // w:numId; 0 takes a paragraph out of its list
    std::optional<int> list_level;  // w:ilvl

    static ParagraphFormat of(pugi::xml_node paragraph_properties);
    void lay(const ParagraphFormat& over);
};

struct Style {
    RunFormat run;
    ParagraphFormat paragraph;
    std::optional<bool> ruled;  // a table style: draws rules
    bool resolved = false;
    pugi::xml_node node;
};

class DocxStyles {
  public:
    /// `styles` is the root of styles.xml (which must outlive this) or an empty node.
    explicit DocxStyles(pugi::xml_node styles);

    /// The style with all that it is based on; an unknown or empty id gives the default of that type.
    const Style& paragraph(std::string_view id) { return resolved(id, default_paragraph_); }
    const Style& table(std::string_view id) { return resolved(id, default_table_); }
    /// Unlike the others a character style has no default: nothing is formatted by an unknown one.
    const Style& character(std::string_view id) { return resolved(id, {}); }

  private:
    const Style& resolved(std::string_view id, const std::string& otherwise);

    std::unordered_map<std::string, Style> styles_;
    Style plain_;
    std::string default_paragraph_, default_table_;
};

/// A border element set that shows on paper: some w:top … w:insideV that is neither nil nor none.
int drawn_borders(pugi::xml_node borders);

/// bold and italic of a run: the styles toggle each other, direct formatting decides (§17.7.3).
struct RunLook {
    bool bold = false, italic = false, capitals = false, hidden = false;
    std::string_view font;
};
RunLook look_of(const RunFormat& paragraph_style, const RunFormat& character_style, const RunFormat& direct);

}  // namespace loa::formats
