// The body of a Word document in reading order: paragraphs, tables, text boxes → TextDocument.
#pragma once

#include <cstddef>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "docx_numbering.h"
#include "docx_styles.h"
#include "docx_table.h"
#include "docx_text.h"
#include "loa/base/result.h"
#include "loa/formats/document.h"

namespace loa::formats {

class DocxBody {
  public:
    DocxBody(DocxStyles& styles, DocxNumbering& numbering)
        : styles_(styles), numbering_(numbering), text_(styles) {}

    Result<TextDocument> read(pugi::xml_node body);

  private:
    struct Paragraph {
        Line line;
        std::string marker;
        bool bullet = false;
        std::optional<int> heading;  // rank, 1 … 9
        std::optional<int> list;     // depth, 1 …
        bool centred = false;
        std::vector<pugi::xml_node> boxes;
    };
    struct CellText {
        std::string text;
        bool bold = true;
    };

    void read_blocks(pugi::xml_node container);
    std::optional<Paragraph> read_paragraph(pugi::xml_node paragraph);
    void number(Paragraph& paragraph, const ParagraphFormat& format, std::string_view style_id);
    void add_block(Paragraph paragraph);
    /// The place of the new table in TextDocument::tables; nothing for a frame, whose content is now in the
    /// text.
    std::optional<std::size_t> read_table(pugi::xml_node table, int depth);
    void read_into_cell(CellText& cell, pugi::xml_node container, int depth);
    void add_to_cell(CellText& cell, std::string_view text, bool bold);
    LineRange add_line(std::string text);
    /// Adds the lines of the table's rows; a table inside a cell gets the line where that cell begins.
    void give_lines(Table& table, std::size_t first_inner, const std::vector<std::size_t>& inner_ends);
    std::vector<std::string> row_lines(const Table& table) const;
    bool spend(std::size_t bytes);

    DocxStyles& styles_;
    DocxNumbering& numbering_;
    DocxText text_;
    StyledText carried_;  // of a paragraph whose mark was deleted: it runs on into the next
    TextDocument document_;
    std::size_t spent_ = 0;
    std::optional<Failure> failure_;
};

}  // namespace loa::formats
