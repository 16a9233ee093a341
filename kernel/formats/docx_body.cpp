#include "docx_body.h"

#include <algorithm>
#include <utility>

#include "file_problems.h"
#include "loa/base/text.h"
#include "loa/formats/marker.h"
#include "xml.h"

namespace loa::formats {

namespace {

/// Words that one document may hold, with those of nested tables counted at each level. A plan of 100 pages
/// has about 300 kB.
constexpr std::size_t kMostText = 16U << 20;
/// Tables within tables; the words of a table deeper than this are refused, not lost in silence.
constexpr int kTableDepth = 12;

constexpr std::string_view kCellSeparator = " | ";

std::string with_marker(std::string_view marker, std::string_view text) {
    std::string whole(marker);
    if (!marker.empty() && !text.empty()) whole += ' ';
    whole += text;
    return whole;
}

}  // namespace

Result<TextDocument> DocxBody::read(pugi::xml_node body) {
    read_blocks(body);
    if (failure_) return *failure_;
    if (document_.blocks.empty()) return no_text();
    return std::move(document_);
}

void DocxBody::read_blocks(pugi::xml_node container) {
    for_each_in_text(container, [this](pugi::xml_node child) {
        if (failure_) return;
        if (name_of(child) == "w:p") {
            auto paragraph = read_paragraph(child);
            if (!paragraph) return;
            const auto boxes = std::move(paragraph->boxes);
            add_block(*std::move(paragraph));
            for (const pugi::xml_node box : boxes) read_blocks(box);
        } else if (name_of(child) == "w:tbl") {
            const auto table = read_table(child, 0);
            if (!table) return;
            Block block;
            block.kind = BlockKind::Table;
            block.table = *table;
            block.lines = document_.tables[*table].lines;
            document_.blocks.push_back(std::move(block));
        }
    });
}

std::optional<DocxBody::Paragraph> DocxBody::read_paragraph(pugi::xml_node node) {
    const pugi::xml_node properties = node.child("w:pPr");
    const std::string_view style_id = val_of(properties.child("w:pStyle"));
    const Style& style = styles_.paragraph(style_id);
    DocxText::Paragraph read = text_.read(node, style);
    carried_.append(read.text);
    if (carried_.size() >= kLongestParagraph) failure_ = too_large_inside();
    if (failure_ || !spend(read.text.size())) return std::nullopt;
    const pugi::xml_node mark = properties.child("w:rPr");
    if ((mark.child("w:del") || mark.child("w:moveFrom")) && read.boxes.empty()) return std::nullopt;

    ParagraphFormat format = style.paragraph;
    format.lay(ParagraphFormat::of(properties));
    Paragraph paragraph;
    paragraph.line = std::exchange(carried_, {}).finished();
    paragraph.boxes = std::move(read.boxes);
    paragraph.centred = format.centred.value_or(false);
    if (const int outline = format.outline.value_or(9); outline >= 0 && outline < 9)
        paragraph.heading = outline + 1;
    number(paragraph, format, style_id);
    return paragraph;
}

void DocxBody::number(Paragraph& paragraph, const ParagraphFormat& format, std::string_view style_id) {
    if (const int list = format.list.value_or(0); list != 0) {
        const int level = format.list_level.value_or(numbering_.level_of_style(list, style_id).value_or(0));
        paragraph.bullet = numbering_.is_bullet(list, level);
        paragraph.list = std::clamp(level, 0, kListLevels - 1) + 1;
        // Word draws no bullet that means anything beside nothing, but it counts an empty numbered line.
        paragraph.marker = numbering_.next(list, level);
    }
}

void DocxBody::add_block(Paragraph paragraph) {
    if (paragraph.line.text.empty()) return;
    if (paragraph.marker.empty()) {
        const Marker typed = leading_marker(paragraph.line.text);
        if (typed.end > 0 && typed.end < paragraph.line.text.size()) {
            paragraph.marker = typed.text;
            paragraph.bullet = typed.bullet;
            remove_prefix(paragraph.line, typed.end);
        }
    }
    Block block;
    if (paragraph.heading) {
        block.kind = BlockKind::Heading;
        block.level = *paragraph.heading;
    } else if (paragraph.list || paragraph.bullet) {
        block.kind = BlockKind::ListItem;
        block.level = paragraph.list.value_or(1);
    }
    block.centred = paragraph.centred;
    block.lines = add_line(with_marker(paragraph.marker, paragraph.line.text));
    block.marker = std::move(paragraph.marker);
    block.text = std::move(paragraph.line.text);
    block.emphasis = std::move(paragraph.line.emphasis);
    document_.blocks.push_back(std::move(block));
}

std::optional<std::size_t> DocxBody::read_table(pugi::xml_node node, int depth) {
    auto shape = depth < kTableDepth ? shape_of(node, styles_) : Result<DocxTable>(too_large_inside());
    if (!shape) {
        failure_ = shape.failure();
        return std::nullopt;
    }
    if (shape->cells.empty()) return std::nullopt;
    if (shape->cells.size() == 1 && depth == 0) {
        read_blocks(shape->cells.front().node);
        return std::nullopt;
    }
    const std::size_t index = document_.tables.size();
    document_.tables.emplace_back();  // before the tables inside it
    Table table;
    table.rows = shape->rows;
    table.columns = shape->columns;
    table.ruled = shape->ruled;
    table.depth = depth;
    std::vector<std::size_t> inner_ends;  // for each cell, one past the last table inside it
    for (const DocxCell& at : shape->cells) {
        CellText content;
        read_into_cell(content, at.node, depth);
        if (failure_) return std::nullopt;
        Cell cell;
        cell.row = at.row;
        cell.column = at.column;
        cell.rows = at.rows;
        cell.columns = at.columns;
        cell.header = at.header;
        cell.bold = content.bold && !content.text.empty();
        cell.text = std::move(content.text);
        table.cells.push_back(std::move(cell));
        inner_ends.push_back(document_.tables.size());
    }
    if (depth == 0) give_lines(table, index + 1, inner_ends);
    document_.tables[index] = std::move(table);
    return index;
}

void DocxBody::give_lines(Table& table, std::size_t first_inner, const std::vector<std::size_t>& inner_ends) {
    const int first = static_cast<int>(document_.lines.size()) + 1;
    for (std::string& line : row_lines(table)) add_line(std::move(line));
    table.lines = {first, first + table.rows - 1};
    std::size_t inner = first_inner;
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        Cell& cell = table.cells[i];
        cell.lines = {first + cell.row, first + cell.row + cell.rows - 1};
        for (; inner < inner_ends[i]; ++inner) {
            Table& nested = document_.tables[inner];
            nested.lines = {cell.lines.first, cell.lines.first};
            for (Cell& square : nested.cells) square.lines = nested.lines;
        }
    }
}

std::vector<std::string> DocxBody::row_lines(const Table& table) const {
    std::vector<std::string> lines(static_cast<std::size_t>(table.rows));
    int row = -1;
    for (const Cell& cell : table.cells) {
        std::string& line = lines[static_cast<std::size_t>(cell.row)];
        if (cell.row == row) line += kCellSeparator;
        row = cell.row;
        line += on_one_line(cell.text);
    }
    return lines;
}

void DocxBody::read_into_cell(CellText& cell, pugi::xml_node container, int depth) {
    for_each_in_text(container, [&](pugi::xml_node child) {
        if (failure_) return;
        if (name_of(child) == "w:p") {
            const auto paragraph = read_paragraph(child);
            if (!paragraph) return;
            const bool silent = paragraph->line.text.empty() && paragraph->bullet;
            if (!silent)
                add_to_cell(cell, with_marker(paragraph->marker, paragraph->line.text), paragraph->line.bold);
            for (const pugi::xml_node box : paragraph->boxes) read_into_cell(cell, box, depth);
        } else if (name_of(child) == "w:tbl") {
            const auto table = read_table(child, depth + 1);
            if (!table) return;
            for (const std::string& line : row_lines(document_.tables[*table]))
                add_to_cell(cell, line, false);
        }
    });
}

void DocxBody::add_to_cell(CellText& cell, std::string_view text, bool bold) {
    if (text.empty() || !spend(text.size())) return;
    if (!cell.text.empty()) cell.text += '\n';
    cell.text += text;
    cell.bold = cell.bold && bold;
}

LineRange DocxBody::add_line(std::string text) {
    document_.lines.push_back(on_one_line(text));
    const int number = static_cast<int>(document_.lines.size());
    return {number, number};
}

bool DocxBody::spend(std::size_t bytes) {
    spent_ += bytes;
    if (spent_ > kMostText && !failure_) failure_ = too_large_inside();
    return !failure_;
}

}  // namespace loa::formats
