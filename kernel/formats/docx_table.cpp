#include "docx_table.h"

#include <algorithm>
#include <array>
#include <optional>

#include "docx_text.h"
#include "file_problems.h"
#include "xml.h"

namespace loa::formats {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

int count_of(pugi::xml_node properties, const char* name, int least) {
    const int value = properties.child(name).attribute("w:val").as_int(least);
    return std::clamp(value, least, kTableColumns);
}

bool continues_upwards(pugi::xml_node cell_properties) {
    const pugi::xml_node merge = cell_properties.child("w:vMerge");
    return merge && val_of(merge, "continue") != "restart";
}

bool continues_leftwards(pugi::xml_node cell_properties) {
    const pugi::xml_node merge = cell_properties.child("w:hMerge");
    return merge && val_of(merge, "continue") != "restart";
}

bool was_deleted(pugi::xml_node row_properties) {
    return row_properties.child("w:del");
}

/// Lays rows onto the grid one after the other; `above_` remembers, by column, the cell that may be
/// continued.
class Grid {
  public:
    explicit Grid(DocxTable& table) : table_(table) { above_.fill(kNone); }

    void add_row(pugi::xml_node row) {
        const pugi::xml_node properties = row.child("w:trPr");
        if (was_deleted(properties)) return;
        header_ = is_on(properties.child("w:tblHeader"));
        column_ = count_of(properties, "w:gridBefore", 0);
        in_this_row_.fill(kNone);
        left_ = kNone;
        for_each_in_text(row, [this](pugi::xml_node cell) {
            if (name_of(cell) == "w:tc") add_cell(cell);
        });
        above_ = in_this_row_;
        ++table_.rows;
    }

  private:
    void add_cell(pugi::xml_node node) {
        if (column_ >= kTableColumns || table_.cells.size() > kTableCells) return;
        const pugi::xml_node properties = node.child("w:tcPr");
        const int span = std::min(count_of(properties, "w:gridSpan", 1), kTableColumns - column_);
        const auto at = static_cast<std::size_t>(column_);
        if (continues_leftwards(properties) && left_ != kNone) {
            table_.cells[left_].columns += span;
        } else if (continues_upwards(properties) && above_[at] != kNone &&
                   table_.cells[above_[at]].column == column_) {
            left_ = above_[at];
            table_.cells[left_].rows = table_.rows - table_.cells[left_].row + 1;
        } else {
            left_ = table_.cells.size();
            table_.cells.push_back({node, table_.rows, column_, 1, span, header_});
        }
        std::fill_n(in_this_row_.begin() + column_, span, left_);
        column_ += span;
        table_.columns = std::max(table_.columns, column_);
    }

    DocxTable& table_;
    std::array<std::size_t, kTableColumns> above_{}, in_this_row_{};
    std::size_t left_ = kNone;
    int column_ = 0;
    bool header_ = false;
};

/// Rules come from the table, else its style; else from cells that draw at least three of their sides (a
/// single side is the line below a heading, not a table's rule).
bool is_ruled(pugi::xml_node table, const DocxTable& shape, DocxStyles& styles) {
    const pugi::xml_node properties = table.child("w:tblPr");
    const pugi::xml_node borders = properties.child("w:tblBorders");
    if (borders && drawn_borders(borders) > 0) return true;
    if (!borders && styles.table(val_of(properties.child("w:tblStyle"))).ruled.value_or(false)) return true;
    return std::any_of(shape.cells.begin(), shape.cells.end(), [](const DocxCell& cell) {
        return drawn_borders(cell.node.child("w:tcPr").child("w:tcBorders")) >= 3;
    });
}

}  // namespace

Result<DocxTable> shape_of(pugi::xml_node table, DocxStyles& styles) {
    DocxTable shape;
    Grid grid(shape);
    for_each_in_text(table, [&](pugi::xml_node row) {
        if (name_of(row) == "w:tr") grid.add_row(row);
    });
    if (shape.cells.size() > kTableCells) return too_large_inside();
    shape.ruled = is_ruled(table, shape, styles);
    return shape;
}

}  // namespace loa::formats
