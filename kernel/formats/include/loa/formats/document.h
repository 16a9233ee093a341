// A document as a reader of plain words sees it: numbered lines, and blocks that point at them. Every
// reader (.md, .txt, .docx, .pdf) makes one; who looks for meaning starts here and never sees the format.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace loa::formats {

/// Lines are counted from 1, both ends included.
struct LineRange {
    int first = 0;
    int last = 0;

    bool operator==(const LineRange&) const = default;
};

/// A stretch of a block's text in bold or italic: byte offsets, `end` is one past.
struct Emphasis {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool bold = false;
    bool italic = false;
};

enum class BlockKind { Paragraph, Heading, ListItem, Table };

/// One paragraph, heading or list item, or the place of a table.
struct Block {
    BlockKind kind = BlockKind::Paragraph;
    /// NFC, without the marks of the format (#, **, \-) and without `marker`; '\n' only where the author
    /// broke the line by hand inside one paragraph, '\t' where a wide gap (a tab stop, four blanks and more)
    /// parts the words of one line (.docx, .pdf); every other run of blanks is one blank.
    std::string text;
    /// What stands in front, as printed or as automatic numbering resolves it: "III.", "1.2.", "a)", "-",
    /// "+".
    std::string marker;
    /// Heading rank (1 … 9) or depth of the list item (1 …); 0 for a paragraph.
    int level = 0;
    bool centred = false;
    std::vector<Emphasis> emphasis;
    LineRange lines;
    std::size_t table = 0;  // index into TextDocument::tables when kind is Table
};

/// A cell that is merged covers rows × columns squares and is listed once, at its upper left square.
struct Cell {
    int row = 0;
    int column = 0;
    int rows = 1;
    int columns = 1;
    bool header = false;
    bool bold = false;  // all of its text
    std::string text;   // '\n' between its paragraphs and hand-made line breaks
    LineRange lines;
};

struct Table {
    int rows = 0;
    int columns = 0;
    std::vector<Cell> cells;  // by row, then column
    LineRange lines;
    /// Whether rules are drawn. Headings and signatures stand in tables without; formats that cannot tell say
    /// true.
    bool ruled = true;
    /// 0 for a table that stands in the text (it has a Block); more for one inside a cell, whose words are
    /// also in that cell's text.
    int depth = 0;

    /// The cell that covers a square, or nullptr.
    const Cell* at(int row, int column) const;
};

struct TextDocument {
    std::vector<std::string> lines;  // NFC; what `loa plan text` prints
    std::vector<Block> blocks;
    std::vector<Table> tables;
};

}  // namespace loa::formats
