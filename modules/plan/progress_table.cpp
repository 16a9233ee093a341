#include "progress_table.h"

#include <algorithm>
#include <cctype>

#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"

namespace loa::plan {

namespace {

using formats::Sheet;
using formats::SheetCell;
using formats::SheetRow;

constexpr std::array<std::string_view, kProgressColumns.size()> kCodes{"code", "ordinal", "content", "unit", "target", "amount", "day", "what", "place", "link"};
constexpr std::size_t kNearTheTop = 30;

struct Phrase {
    std::string folded;
    std::optional<ProgressColumn> means;  // none: ignored
    std::size_t words = 1;
};

struct Words {
    std::vector<Phrase> headings;
    std::vector<std::string> total, sum;
};

std::optional<ProgressColumn> column_called(std::string_view name) {
    for (const auto column : kProgressColumns)
        if (code(column) == name) return column;
    return std::nullopt;
}

const Words& words() {
    static const Words read = [] {
        Words all;
        const auto* file = embedded_file("modules/plan/data/progress_columns.txt");
        LOA_CHECK(file != nullptr);
        for (const auto line : split(file->bytes, '\n')) {
            const auto colon = line.find(':');
            if (line.starts_with('#') || colon == std::string_view::npos) continue;
            const auto name = line.substr(0, colon);
            const auto column = column_called(name);
            LOA_CHECK(column || name == "ignored" || name == "total" || name == "sum");
            for (const auto phrase : split(line.substr(colon + 1), '|')) {
                const std::string folded = fold(trimmed(phrase));
                if (name == "total") all.total.push_back(folded);
                else if (name == "sum") all.sum.push_back(folded);
                else all.headings.push_back({folded, column, static_cast<std::size_t>(std::count(folded.begin(), folded.end(), ' ')) + 1});
            }
        }
        for (const auto column : kProgressColumns)  // what we write ourselves
            for (const Language language : {Language::Vietnamese, Language::English})
                all.headings.push_back({fold(i18n::translate(language, column_key(column))), column, 100});
        return all;
    }();
    return read;
}

bool is_part_of_word(std::string_view text, std::size_t at) { return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0; }

/// As whole words.
bool holds(std::string_view text, std::string_view phrase) {
    for (auto at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1))
        if ((at == 0 || !is_part_of_word(text, at - 1)) && !is_part_of_word(text, at + phrase.size())) return true;
    return false;
}

bool holds_any(std::string_view text, const std::vector<std::string>& phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [&](const std::string& phrase) { return holds(text, phrase); });
}

/// How surely a heading means a column: the same words more than among others, more words more than few.
struct Meaning {
    std::optional<ProgressColumn> column;
    std::size_t weight = 0;
};

Meaning meaning_of(const std::string& heading) {
    constexpr std::size_t kSame = 1000;
    Meaning best;
    for (const Phrase& phrase : words().headings) {
        const bool same = heading == phrase.folded;
        if (!same && (phrase.words == 100 || !holds(heading, phrase.folded))) continue;
        const std::size_t weight = (same ? kSame : 0) + phrase.words;
        if (weight > best.weight) best = {phrase.means, weight};
    }
    return best;
}

/// Two rows of headings where cells are merged across the first, or one reaches down into the second.
bool goes_on_below(const SheetRow& first, const SheetRow& second) {
    if (second.number != first.number + 1) return false;
    if (std::any_of(first.cells.begin(), first.cells.end(), [](const SheetCell& cell) { return cell.merged; })) return true;
    return std::any_of(second.cells.begin(), second.cells.end(), [&](const SheetCell& cell) {
        const auto* above = first.at(cell.column);
        return cell.merged && above != nullptr && above->text == cell.text;
    });
}

std::vector<ProgressTable::Heading> headings_of(const SheetRow& first, const SheetRow* second) {
    std::vector<ProgressTable::Heading> all;
    const auto add = [&](const SheetCell& cell) {
        const std::string text = squeezed(cell.text);
        if (text.empty()) return;
        const auto known = std::find_if(all.begin(), all.end(), [&](const auto& heading) { return heading.column == cell.column; });
        if (known == all.end()) all.push_back({cell.column, text});
        else if (known->text != text) known->text += " / " + text;
    };
    for (const auto& cell : first.cells) add(cell);
    if (second != nullptr)
        for (const auto& cell : second->cells) add(cell);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
    return all;
}

/// "(1) (2) (3)" below the headings.
bool counts_columns(const SheetRow& row) {
    const auto counts = [](const SheetCell& cell) {
        const auto text = trimmed(cell.text);
        return !text.empty() && text.size() <= 6 && text.find_first_not_of("()[]0123456789=+-x/") == std::string_view::npos;
    };
    return row.cells.size() > 2 && std::all_of(row.cells.begin(), row.cells.end(), counts);
}

struct Found {
    ProgressTable table;
    std::size_t known = 0;
};

Found table_under(const SheetRow& first, const SheetRow* second) {
    Found found;
    found.table.headings = headings_of(first, second);
    std::array<std::size_t, kProgressColumns.size()> weights{};
    for (const auto& heading : found.table.headings) {
        const std::string folded = fold(heading.text);
        const auto meaning = meaning_of(folded);
        if (!meaning.column) continue;
        auto& weight = weights[static_cast<std::size_t>(*meaning.column)];
        if (weight >= meaning.weight) continue;
        found.known += weight == 0;
        weight = meaning.weight;
        found.table.places.set(*meaning.column, heading.column);
        if (meaning.column == ProgressColumn::Amount) found.table.counting = holds_any(folded, words().total) ? Counting::Total : Counting::Each;
    }
    found.table.heading_row = second != nullptr ? second->number : first.number;
    return found;
}

bool names_lines(const ProgressTable& table) { return table.places.has(ProgressColumn::Content) || table.places.has(ProgressColumn::Code); }

std::optional<Found> best_table(const Sheet& sheet, std::size_t index) {
    std::optional<Found> best;
    for (std::size_t i = 0; i < std::min(kNearTheTop, sheet.rows.size()); ++i) {
        const bool two = i + 1 < sheet.rows.size() && goes_on_below(sheet.rows[i], sheet.rows[i + 1]);
        auto found = table_under(sheet.rows[i], two ? &sheet.rows[i + 1] : nullptr);
        if (!names_lines(found.table) || (best && best->known >= found.known)) continue;
        std::size_t below = i + (two ? 2 : 1);
        if (below < sheet.rows.size() && counts_columns(sheet.rows[below])) ++below;
        found.table.sheet = index;
        found.table.first_row = below < sheet.rows.size() ? sheet.rows[below].number : found.table.heading_row + 1;
        best = std::move(found);
    }
    return best;
}

}  // namespace

std::string_view code(ProgressColumn column) { return kCodes[static_cast<std::size_t>(column)]; }

std::string column_key(ProgressColumn column) { return "plan.progress_column." + std::string(code(column)); }

std::optional<ProgressTable> progress_table_in(const Sheet& sheet, std::size_t index) {
    auto found = best_table(sheet, index);
    return found ? std::optional(std::move(found->table)) : std::nullopt;
}

std::optional<ProgressTable> progress_table_in(const std::vector<Sheet>& sheets) {
    std::optional<Found> best;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        if (sheets[i].hidden) continue;
        auto found = best_table(sheets[i], i);
        if (found && (!best || found->known > best->known)) best = std::move(found);
    }
    return best ? std::optional(std::move(best->table)) : std::nullopt;
}

bool begins_a_sum(std::string_view text) {
    const std::string folded = fold(text);
    const auto& sums = words().sum;
    return std::any_of(sums.begin(), sums.end(), [&](const std::string& sum) {
        if (!folded.starts_with(sum)) return false;
        const auto rest = trimmed(std::string_view(folded).substr(sum.size()));
        return rest.empty() || rest.find_first_of(":(.,") == 0;
    });
}

}  // namespace loa::plan
