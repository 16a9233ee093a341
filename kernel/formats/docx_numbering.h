// Automatic numbering: the "I.", "1.2.", "a)" and "-" that Word prints and a document's text does not hold
// (ECMA-376 part 1, §17.9).
#pragma once

#include <array>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

namespace loa::formats {

inline constexpr int kListLevels = 9;

enum class NumberFormat {
    Decimal,
    DecimalZero,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    Bullet,
    None
};

/// "iv", "C", "07"; past 3999 or the 260th letter plain digits. In a list marked as Vietnamese letters run
/// a b c d đ e g h i k l m n o p q r s t u v x y; Word itself prints the English alphabet.
enum class Alphabet { Latin, Vietnamese };
std::string numbered(int value, NumberFormat format, Alphabet alphabet = Alphabet::Latin);

class DocxNumbering {
  public:
    /// `numbering` is the root of numbering.xml or an empty node; read at once, not kept.
    explicit DocxNumbering(pugi::xml_node numbering);

    /// The marker of the next paragraph of that list and level, counting it; empty when the list is unknown
    /// or its level prints nothing. Level counts from 0.
    std::string next(int list, int level);
    bool is_bullet(int list, int level) const;
    /// The level that a style stands for in its list (w:lvl/w:pStyle).
    std::optional<int> level_of_style(int list, std::string_view style_id) const;

  private:
    struct Level {
        int start = 1;
        NumberFormat format = NumberFormat::Decimal;
        Alphabet alphabet = Alphabet::Latin;
        std::string text;          // "%1.%2."
        std::string style;         // w:pStyle
        int restarts_after = -1;   // w:lvlRestart: 0 never, n after level n; -1 after any level above
        bool all_decimal = false;  // w:isLgl
    };
    using Levels = std::array<std::optional<Level>, kListLevels>;
    struct Abstract {
        Levels levels;
        std::string style_link, num_style_link;
        std::array<std::optional<int>, kListLevels> counts;
    };
    struct List {
        int abstract = 0;
        Levels own_levels;
        std::array<std::optional<int>, kListLevels> start_override;
        std::array<bool, kListLevels> started{};
    };

    static Level level_of(pugi::xml_node level);
    const Level* level(const List& list, int index) const;
    int start(const List& list, int index) const;
    void link_styles();

    std::unordered_map<int, Abstract> abstracts_;
    std::unordered_map<int, List> lists_;
};

}  // namespace loa::formats
