// Papers that we hand out for Word: A4 with the margins and the type of Decree 30/2020/NĐ-CP, Annex I.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace loa::formats {

struct PaperParagraph {
    enum class Align { Left, Centre, Right, Justified };
    std::string text;  // a line break is '\n'
    Align align = Align::Justified;
    bool bold = false;
    bool italic = false;
    int points = 13;
    bool with_next = false;  // on the same page as what follows
};

/// A table under its headings, which stand again on each page; no row is parted between two.
struct PaperTable {
    struct Column {
        std::string heading;
        int millimetres = 20;
        PaperParagraph::Align align = PaperParagraph::Align::Left;
    };
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
};

/// Two columns without rules: the head of an official paper, or who signs it.
struct PaperSides {
    std::vector<PaperParagraph> left, right;
};

using PaperBlock = std::variant<PaperParagraph, PaperTable, PaperSides>;

struct Paper {
    std::string title;         // of the file, as Word shows it
    std::string running_head;  // on top of every page but the first, before the page's number
    std::vector<PaperBlock> blocks;
};
inline constexpr int kPaperWidth = 165;  // millimetres between the margins

/// .docx (ECMA-376, transitional).
std::string write_docx(const Paper& paper);

}  // namespace loa::formats
