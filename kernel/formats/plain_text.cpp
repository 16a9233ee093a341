#include "loa/formats/plain_text.h"

#include <algorithm>

#include "loa/base/text.h"
#include "loa/formats/marker.h"
#include "plain_text_columns.h"
#include "plain_text_lines.h"

namespace loa::formats {

namespace {

bool is_rule(std::string_view line) {
    const auto signs = std::count_if(line.begin(), line.end(), [](char c) { return c == '-' || c == '_' || c == '=' || c == '*'; });
    return signs >= 3 && line.find_first_not_of("-_=* \t") == line.npos;
}

Block block_of(std::string_view words, LineRange lines) {
    Block block;
    block.lines = lines;
    const Marker marker = leading_marker(words);
    block.marker = marker.text;
    block.text = words.substr(marker.end);
    if (marker.end > 0) {
        block.kind = BlockKind::ListItem;
        block.level = 1;
    }
    return block;
}

void add_table(TextDocument& document, Table table) {
    Block block;
    block.kind = BlockKind::Table;
    block.lines = table.lines;
    block.table = document.tables.size();
    document.blocks.push_back(std::move(block));
    document.tables.push_back(std::move(table));
}

/// The paragraph that begins at lines[at]; `at` is moved past it.
void add_paragraph(TextDocument& document, const Wrapping& wrapping, std::size_t& at) {
    const auto& lines = document.lines;
    const std::size_t first = at;
    std::string words = cleaned(lines[at++]);
    for (; at < lines.size() && wrapping.continues(lines[at - 1], lines[at]); ++at) words += ' ' + cleaned(lines[at]);
    document.blocks.push_back(block_of(words, {static_cast<int>(first) + 1, static_cast<int>(at)}));
}

}  // namespace

Result<TextDocument> read_plain_text(std::string_view bytes) {
    auto lines = text_lines(bytes);
    if (!lines) return lines.failure();
    const Wrapping wrapping(*lines);
    TextDocument document;
    document.lines = *std::move(lines);
    for (std::size_t at = 0; at < document.lines.size();) {
        if (is_blank(document.lines[at]) || is_rule(document.lines[at]))
            ++at;
        else if (auto grid = read_grid(document.lines, at))
            add_table(document, *std::move(grid));
        else if (auto columns = read_columns(document.lines, at))
            add_table(document, *std::move(columns));
        else
            add_paragraph(document, wrapping, at);
    }
    return document;
}

}  // namespace loa::formats
