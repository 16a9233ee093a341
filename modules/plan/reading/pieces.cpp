#include "reading/pieces.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "loa/base/text.h"
#include "loa/formats/marker.h"
#include "loa/formats/plain_text.h"
#include "reading/lexicon.h"
#include "reading/tables.h"

namespace loa::plan {

namespace {

bool all_of(std::string_view text, std::string_view set) { return !text.empty() && text.find_first_not_of(set) == text.npos; }

struct Ordinal {
    MarkerShape shape = MarkerShape::None;
    std::string bare;
};

/// "III." → Roman, III; "1.2." → Arabic2, 1.2; "a)" → Letter, a.
Ordinal ordinal_of(std::string_view marker) {
    std::string_view bare = marker;
    const bool bracket = bare.ends_with(')');
    const bool bracketed = bare.starts_with('(');
    while (!bare.empty() && std::string_view(".)/(-:").find(bare.back()) != bare.npos) bare.remove_suffix(1);
    while (bare.starts_with('(')) bare.remove_prefix(1);
    if (bare.empty()) return {};
    const std::string text(bare);
    if (bracketed) return {MarkerShape::Bracketed, text};
    if (all_of(bare, "IVXLC")) return {MarkerShape::Roman, text};
    if (all_of(bare, "0123456789")) return {bracket ? MarkerShape::ArabicBracket : MarkerShape::Arabic, text};
    if (all_of(bare, "0123456789.")) {
        const auto parts = std::count(bare.begin(), bare.end(), '.') + 1;
        return {parts == 2 ? MarkerShape::Arabic2 : MarkerShape::Arabic3, text};
    }
    std::size_t at = 0;
    const char32_t letter = next_code_point(bare, at);
    if (!u_isalpha(static_cast<UChar32>(letter))) return {};  // "–", "•"
    const bool capital = (letter >= 'A' && letter <= 'Z') || letter == U'Đ';
    if (at < bare.size()) return {MarkerShape::LetterArabic, text};
    return {capital ? MarkerShape::Capital : MarkerShape::Letter, text};
}

/// "1- Phòng Nội vụ", "I – MỤC ĐÍCH", "Phần I.", "Phần thứ nhất", "Mục 2", "Điều 3.": the length of such a beginning.
std::size_t dashed_ordinal(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && at < 4 && std::string_view("0123456789IVX").find(text[at]) != text.npos) ++at;
    if (at == 0 || at > 4) return 0;
    const bool digits = text[0] >= '0' && text[0] <= '9';
    if (digits && at > 2) return 0;
    for (const std::string_view dash : {"- ", " - ", " – ", "– ", ": "})
        if (text.substr(at).starts_with(dash) && !(digits && dash.front() == ' ')) return at + dash.size();
    return 0;
}

std::size_t part_words(const Text& text) {
    const bool article = text.is(0, "điều") && text.is_one_of(2, {".", ":"});
    if ((!article && !text.is_one_of(0, {"phần", "mục", "chương"})) || text.size() < 2 || !text[0].capital) return 0;
    if (text.is(1, "thứ") && text.size() > 2) return 3;
    const bool roman = text.is_letters(1) && all_of(text.folded(1), "ivx");
    return roman || (text.is_number(1) && text.integer(1) < 30) ? 2 : 0;
}

/// "Nhiệm vụ 1:", "Hoạt động 2.": how many words number an item by what it is, the stop among them.
std::size_t named_words(const Text& text) {
    static constexpr std::pair<std::string_view, std::string_view> kNames[]{{"nhiệm", "vụ"}, {"hoạt", "động"}, {"công", "việc"},
                                                                           {"hạng", "mục"}, {"phần", "việc"}, {"giải", "pháp"}};
    if (text.size() < 4 || !text[0].capital || !text.is_number(2) || text.integer(2) >= 40 || !text.is_one_of(3, {":", ".", "-", "–"})) return 0;
    const bool known = std::any_of(std::begin(kNames), std::end(kNames), [&](const auto& name) { return text.is(0, name.first) && text.is(1, name.second); });
    return known ? 4 : 0;
}

/// "Q. CHỦ TỊCH", "T/M BAN THƯỜNG VỤ": a letter that belongs to a signature and numbers nothing.
bool begins_signature(std::string_view words) {
    if (words.empty() || std::string_view("QTK").find(words.front()) == words.npos) return false;
    const Text text{std::string(words)};
    const auto post = lexicon().posts.at(text, 0);
    return post.words > 1 && text[0].all_caps && text.is_one_of(1, {".", "/"});
}

void find_marker(Piece& piece, std::string words) {
    if (piece.marker.empty() && !begins_signature(words)) {
        if (const formats::Marker found = formats::leading_marker(words); found.end > 0) {
            piece.marker = found.text;
            words.erase(0, found.end);
        } else if (const std::size_t dashed = dashed_ordinal(words); dashed > 0) {
            piece.marker = words.substr(0, words.find_first_of(" -:"));
            words.erase(0, dashed);
        }
    }
    const auto [shape, bare] = ordinal_of(piece.marker);
    piece.shape = shape;
    piece.ordinal = bare;
    if (shape == MarkerShape::None && !piece.marker.empty()) piece.shape = MarkerShape::Bullet;
    piece.text = Text(std::move(words));
    if (piece.shape != MarkerShape::None) return;
    if (const std::size_t part = part_words(piece.text); part > 0) {
        piece.shape = MarkerShape::Part;
        piece.marker = piece.text.printed(0, part);
        piece.ordinal = piece.text.printed(part - 1, part);
        piece.text = Text(piece.text.printed(part, piece.text.size()));
    } else if (const std::size_t named = named_words(piece.text); named > 0) {
        piece.shape = MarkerShape::Named;
        piece.marker = piece.text.printed(0, named);
        piece.ordinal = std::to_string(piece.text.integer(2));
        piece.text = Text(piece.text.printed(named, piece.text.size()));
    }
}

bool is_bold(const formats::Block& block) {
    std::size_t at = 0;
    for (const auto& stretch : block.emphasis) {
        if (!stretch.bold) continue;
        if (stretch.begin > at + 2) return false;
        at = std::max(at, stretch.end);
    }
    return !block.text.empty() && at + 2 >= block.text.size();
}

/// The text in bold in front of text that is not, without what is the marker.
std::string_view bold_lead_in(const formats::Block& block) {
    if (block.emphasis.empty() || !block.emphasis.front().bold || block.emphasis.front().begin > 1) return {};
    return std::string_view(block.text).substr(0, std::min(block.emphasis.front().end, block.text.size()));
}

class Collector {
  public:
    explicit Collector(std::size_t blocks) { pieces_.reserve(blocks); }

    void add(const formats::Block& block) {
        const bool bold = is_bold(block);
        const bool own_lines = block.lines.last - block.lines.first == std::count(block.text.begin(), block.text.end(), '\n');
        bool first = true;
        int line = block.lines.first;
        for (const auto part : split(block.text, '\n')) {
            Piece piece;
            if (first) piece.marker = block.marker;
            piece.heading = block.kind == formats::BlockKind::Heading;
            piece.bold = bold;
            piece.lines = own_lines ? formats::LineRange{line, line} : block.lines;
            ++line;
            const std::size_t before = pieces_.size();
            add(std::move(piece), part);
            if (first && !bold && pieces_.size() > before) mark_lead_in(bold_lead_in(block), pieces_.back());
            first = false;
        }
    }
    void add_layout(const formats::Table& table) {
        for (int column = 0; column < table.columns; ++column)
            for (const auto& cell : table.cells)
                if (cell.column == column)
                    for (const auto part : split(cell.text, '\n')) {
                        Piece piece;
                        piece.lines = cell.lines;
                        piece.bold = cell.bold;
                        add(std::move(piece), part);
                    }
    }
    void add_table(const formats::Table& table) {
        Piece piece;
        piece.table = &table;
        piece.lines = table.lines;
        pieces_.push_back(std::move(piece));
    }
    std::vector<Piece> taken() { return std::move(pieces_); }

  private:
    static void mark_lead_in(std::string_view words, Piece& piece) {
        const std::string text = formats::cleaned(words);
        const std::size_t skipped = text.size() - std::min(text.size(), common_end(text, piece.text.str()));
        while (piece.lead_in < piece.text.size() && piece.text[piece.lead_in].end + skipped <= text.size()) ++piece.lead_in;
    }
    /// How much of the end of `words` is the beginning of `text`: all of it unless a marker stands in front.
    static std::size_t common_end(std::string_view words, std::string_view text) {
        for (std::size_t skip = 0; skip <= std::min<std::size_t>(8, words.size()); ++skip)
            if (text.starts_with(words.substr(skip))) return words.size() - skip;
        return 0;
    }
    void add(Piece piece, std::string_view printed) {
        find_marker(piece, formats::cleaned(printed));
        if (piece.text.empty() && piece.marker.empty()) return;
        pieces_.push_back(std::move(piece));
    }
    std::vector<Piece> pieces_;
};

bool is_layout(const formats::Table& table) {
    if (table.rows > 12 || table.columns > 4) return false;
    for (const auto& cell : table.cells) {
        const std::string folded = fold(cell.text);
        for (const std::string_view sign : {"cong hoa xa hoi", "noi nhan", "noi gui:", "doc lap", "tm.", "kt.", "tl.", "so:"})
            if (folded.find(sign) != folded.npos) return true;
    }
    return false;
}

}  // namespace

bool Piece::in_capitals() const {
    bool letters = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!text.is_letters(i)) continue;
        if (!text[i].all_caps) return false;
        letters = true;
    }
    return letters;
}

std::vector<Piece> pieces_of(const formats::TextDocument& document) {
    Collector collector(document.blocks.size());
    for (const auto& block : document.blocks) {
        if (block.kind != formats::BlockKind::Table) {
            collector.add(block);
            continue;
        }
        const auto& table = document.tables[block.table];
        if (!is_task_table(table) && is_layout(table)) collector.add_layout(table);
        else collector.add_table(table);
    }
    return collector.taken();
}

bool begins_with(const Text& text, std::initializer_list<std::string_view> folded_words) {
    std::size_t at = 0;
    for (const auto word : folded_words)
        if (!text.is(at++, word)) return false;
    return true;
}

}  // namespace loa::plan
