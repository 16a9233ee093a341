#include "loa/formats/markdown.h"

#include <optional>
#include <utility>

#include "loa/base/text.h"
#include "loa/formats/marker.h"
#include "markdown_inline.h"
#include "markdown_table.h"
#include "plain_text_lines.h"

namespace loa::formats {

namespace {

/// "---", "***", "_____", "=====" and fences: they divide, they say nothing.
bool is_rule(std::string_view line) {
    std::size_t signs = 0;
    for (const char c : line) {
        if (c == '-' || c == '_' || c == '*' || c == '=' || c == '`' || c == '~')
            ++signs;
        else if (c != ' ' && c != '\t' && c != '\\')
            return false;
    }
    return signs >= 3;
}

/// 1 … 6 for "### …", else 0.
int heading_rank(std::string_view line) {
    std::size_t signs = 0;
    while (signs < line.size() && line[signs] == '#') ++signs;
    const bool heading = signs >= 1 && signs <= 6 && (signs == line.size() || line[signs] == ' ' || line[signs] == '\t');
    return heading ? static_cast<int>(signs) : 0;
}

void remove_prefix(MarkdownLine& line, std::size_t bytes) {
    line.text.erase(0, bytes);
    std::vector<Emphasis> kept;
    for (Emphasis stretch : line.emphasis) {
        if (stretch.end <= bytes) continue;
        stretch.begin = stretch.begin > bytes ? stretch.begin - bytes : 0;
        stretch.end -= bytes;
        kept.push_back(stretch);
    }
    line.emphasis = std::move(kept);
}

class MarkdownReader {
  public:
    explicit MarkdownReader(std::vector<std::string> lines) : wrapping_(lines) { document_.lines = std::move(lines); }

    TextDocument read() && {
        const auto& lines = document_.lines;
        for (at_ = 0; at_ < lines.size();) {
            const std::string_view line = trimmed(lines[at_]);
            if (line.empty() || is_rule(line)) {
                end_paragraph();
                ++at_;
            } else if (line.starts_with("<table") || line.starts_with("<TABLE")) {
                add_table(read_html_table);
            } else if (line.starts_with('|') && line.find('|', 1) != line.npos) {
                add_table(read_pipe_table);
            } else {
                add_line(line);
                ++at_;
            }
        }
        end_paragraph();
        return std::move(document_);
    }

  private:
    void add_table(Table (*read_table)(const std::vector<std::string>&, std::size_t&)) {
        end_paragraph();
        Table table = read_table(document_.lines, at_);
        Block block;
        block.kind = BlockKind::Table;
        block.lines = table.lines;
        block.table = document_.tables.size();
        document_.blocks.push_back(std::move(block));
        document_.tables.push_back(std::move(table));
    }

    void add_line(std::string_view line) {
        const int rank = heading_rank(line);
        if (rank > 0) {
            end_block();
            line.remove_prefix(static_cast<std::size_t>(rank));
            while (line.ends_with('#')) line.remove_suffix(1);
        }
        while (line.starts_with('>')) line = trimmed(line.substr(1));
        const bool goes_on = open_ && rank == 0 && !inline_.ended_with_break() &&
                             wrapping_.continues(document_.lines[at_ - 1], document_.lines[at_]);
        auto pieces = inline_.read(rank > 0 || line.empty() ? line : with_break_of(line));
        for (std::size_t i = 0; i < pieces.size(); ++i) add_piece(std::move(pieces[i]), rank, goes_on && i == 0);
    }

    /// The trimmed line with the two blanks behind it that mean a break.
    std::string_view with_break_of(std::string_view line) const {
        const std::string_view whole = document_.lines[at_];
        return whole.ends_with("  ") ? whole.substr(static_cast<std::size_t>(line.data() - whole.data())) : line;
    }

    void add_piece(MarkdownLine piece, int rank, bool goes_on) {
        const int line = static_cast<int>(at_) + 1;
        if (goes_on && open_) {
            words_.append(piece);
            open_->lines.last = line;
            return;
        }
        end_block();
        if (piece.text.empty()) return;
        open_.emplace();
        open_->lines = {line, line};
        open_->kind = rank > 0 ? BlockKind::Heading : BlockKind::Paragraph;
        open_->level = rank;
        words_ = std::move(piece);
    }

    void end_block() {
        if (!open_) return;
        if (const Marker marker = leading_marker(words_.text); marker.end > 0) {
            open_->marker = marker.text;
            if (open_->kind == BlockKind::Paragraph) {
                open_->kind = BlockKind::ListItem;
                open_->level = 1;
            }
            remove_prefix(words_, marker.end);
        }
        open_->text = std::move(words_.text);
        open_->emphasis = std::move(words_.emphasis);
        document_.blocks.push_back(*std::exchange(open_, std::nullopt));
    }

    void end_paragraph() {
        end_block();
        inline_ = {};
    }

    Wrapping wrapping_;
    TextDocument document_;
    MarkdownInline inline_;
    std::optional<Block> open_;
    MarkdownLine words_;
    std::size_t at_ = 0;
};

}  // namespace

Result<TextDocument> read_markdown(std::string_view bytes) {
    auto lines = text_lines(bytes);
    if (!lines) return lines.failure();
    return MarkdownReader(*std::move(lines)).read();
}

}  // namespace loa::formats
