// What every reader promises of a document, whatever it was made of; a broken promise is a crash.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "loa/base/result.h"
#include "loa/base/text.h"
#include "loa/formats/document.h"

namespace loa::fuzz {

inline void require(bool promise) {
    if (!promise) std::abort();
}

/// Word's text is composed to the last letter. Where Markdown's own signs or an invisible one stood between a
/// letter and a combining mark, the two may stay apart.
enum class Letters { Composed, AsTyped };

inline void require_text(std::string_view text, Letters letters) {
    require(is_utf8(text));
    if (letters == Letters::AsTyped) return;
    const std::string behind_blank = " " + std::string(text);  // to_nfc takes a byte order mark off the front
    require(to_nfc(behind_blank) == behind_blank);
}

inline void require_lines(const formats::LineRange& range, const formats::TextDocument& document) {
    require(range.first >= 1 && range.first <= range.last);
    require(static_cast<std::size_t>(range.last) <= document.lines.size());
}

inline void require_promises(const formats::TextDocument& document, Letters letters) {
    for (const auto& line : document.lines) {
        require_text(line, letters);
        require(line.find('\n') == line.npos);
    }
    for (const auto& block : document.blocks) {
        require_lines(block.lines, document);
        if (block.kind == formats::BlockKind::Table) {
            require(block.table < document.tables.size());
            continue;
        }
        require_text(block.text, letters);
        require_text(block.marker, letters);
        std::size_t end = 0;
        for (const auto& stretch : block.emphasis) {
            require(stretch.begin >= end && stretch.begin < stretch.end && stretch.end <= block.text.size());
            require(stretch.bold || stretch.italic);
            end = stretch.end;
        }
    }
    for (const auto& table : document.tables) {
        require_lines(table.lines, document);
        int row = 0, column = -1;
        for (const auto& cell : table.cells) {
            require_lines(cell.lines, document);
            require_text(cell.text, letters);
            require(cell.rows >= 1 && cell.columns >= 1 && cell.row >= 0 && cell.column >= 0);
            require(cell.row + cell.rows <= table.rows && cell.column + cell.columns <= table.columns);
            require(cell.row > row || (cell.row == row && cell.column > column));
            row = cell.row;
            column = cell.column;
        }
    }
}

inline void require_promises(const Result<formats::TextDocument>& result, Letters letters) {
    if (result)
        require_promises(*result, letters);
    else
        require(result.failure().problems.size() == 1 && !result.failure().problems.front().key.empty());
}

}  // namespace loa::fuzz
