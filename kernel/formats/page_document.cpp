#include "page_document.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "loa/base/text.h"
#include "loa/formats/marker.h"
#include "page_tables.h"
#include "styled_text.h"

namespace loa::formats {

namespace {

/// Where text stands in this document: its margins and how far lines are apart, taken from the lines
/// themselves.
struct TypeArea {
    double left = 0, right = 0, pitch = 0;

    explicit TypeArea(const std::vector<PrintedLine>& lines) {
        std::vector<double> lefts, rights, pitches;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            lefts.push_back(lines[i].left);
            rights.push_back(lines[i].right);
            if (i > 0 && lines[i].page == lines[i - 1].page && lines[i].top > lines[i - 1].top)
                pitches.push_back(lines[i].top - lines[i - 1].top);
        }
        left = at_share(lefts, 0.05);
        right = at_share(rights, 0.95);
        pitch = at_share(pitches, 0.3);
    }

    static double at_share(std::vector<double>& values, double share) {
        if (values.empty()) return 0;
        const auto place =
            values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return *place;
    }

    bool centres(const PrintedLine& line) const {
        const double before = line.left - left, after = right - line.right;
        const double off = std::abs(before - after) / line.height();
        return (before > 2 * line.height() && off < 1.5) || (before > 0.2 * line.height() && off < 0.25);
    }
};

bool begins_with_marker(const PrintedLine& line) {
    return leading_marker(line.text()).end > 0;
}

bool is_capitals(std::string_view text) {
    return text == upper(text) && text != lower(text);
}

/// Lines of one paragraph in the making.
class Paragraph {
  public:
    Paragraph(const PrintedLine& first, const TypeArea& area)
        : area_(area),
          last_(&first),
          text_(first.text()),
          centred_(area.centres(first)),
          has_marker_(begins_with_marker(first)) {
        if (has_marker_ && first.words.size() > 1) text_left_ = first.words[1].left;
        first_left_ = first.left;
    }

    bool goes_on_with(const PrintedLine& next) const {
        if (next.page == last_->page && next.top - last_->top > 1.35 * std::max(area_.pitch, next.height()))
            return false;
        if (centred_ || area_.centres(next))
            return centred_ && area_.centres(next) &&
                   is_capitals(last_->text()) == is_capitals(next.text()) &&
                   last_->right - last_->left > next.right - next.left;
        // The first word of the next line would still have found room: the paragraph ended here.
        const double needed = next.words.front().right - next.words.front().left + 0.5 * next.height();
        if (area_.right - last_->right > needed) return false;
        const bool indented = next.left > last_->left + 0.4 * next.height();
        const bool hangs = has_marker_ && std::abs(next.left - text_left_) < 0.5 * next.height();
        if (begins_with_marker(next)) return !indented && next.left < first_left_ - 0.4 * next.height();
        return !indented || (hangs && last_->left == first_left_);
    }

    void add(const PrintedLine& next) {
        text_ += ' ';
        text_ += next.text();
        last_ = &next;
    }

    Block block() {
        Block block;
        block.centred = centred_;
        const Marker marker = leading_marker(text_);
        if (marker.end > 0 && marker.end < text_.size()) {
            block.marker = marker.text;
            block.text = text_.substr(marker.end);
            if (marker.bullet) {
                block.kind = BlockKind::ListItem;
                block.level = 1;
            }
        } else {
            block.text = text_;
        }
        return block;
    }
    const std::string& text() const { return text_; }

  private:
    const TypeArea& area_;
    const PrintedLine* last_;
    std::string text_;
    double first_left_ = 0, text_left_ = 0;
    bool centred_, has_marker_;
};

LineRange add_line(TextDocument& document, std::string text) {
    document.lines.push_back(std::move(text));
    const int number = static_cast<int>(document.lines.size());
    return {number, number};
}

void add_table(TextDocument& document, Table table) {
    Block block;
    block.kind = BlockKind::Table;
    block.table = document.tables.size();
    for (int row = 0; row < table.rows; ++row) {
        std::string line;
        for (Cell& cell : table.cells) {
            if (cell.row != row) continue;
            if (cell.column > 0) line += " | ";
            line += on_one_line(cell.text);
            cell.lines.first = cell.lines.last = static_cast<int>(document.lines.size()) + 1;
        }
        const LineRange at = add_line(document, std::move(line));
        if (row == 0) table.lines = at;
        table.lines.last = at.last;
    }
    block.lines = table.lines;
    document.tables.push_back(std::move(table));
    document.blocks.push_back(std::move(block));
}

}  // namespace

TextDocument document_of_pages(const std::vector<Page>& pages) {
    const std::vector<PrintedLine> lines = printed_lines(pages);
    const TypeArea area(lines);
    TextDocument document;
    for (std::size_t at = 0; at < lines.size();) {
        if (auto table = read_printed_table(lines, at)) {
            add_table(document, *std::move(table));
            continue;
        }
        Paragraph paragraph(lines[at], area);
        for (++at; at < lines.size() && paragraph.goes_on_with(lines[at]); ++at) {
            std::size_t table_begins = at;
            if (read_printed_table(lines, table_begins)) break;
            paragraph.add(lines[at]);
        }
        Block block = paragraph.block();
        block.lines = add_line(document, paragraph.text());
        document.blocks.push_back(std::move(block));
    }
    return document;
}

}  // namespace loa::formats
