#include "query.h"

#include "loa/base/check.h"
#include "loa/base/text.h"
#include "words.h"

namespace loa::search {

namespace {

constexpr std::size_t kMostWords = 16;
constexpr std::size_t kLongestQuery = 400;  // bytes
constexpr std::string_view kNearDistance = "10";

using Words = std::vector<std::string>;

std::vector<std::string> toned_tokens(const Words& words) {
    Words tokens;
    for (const auto& word : words) tokens.push_back(toned_token(word));
    return tokens;
}

/// Cuts "a “b c” d" into a, b c (quoted), d. A quote that is never closed reaches to the end.
struct Piece {
    std::string_view text;
    bool quoted = false;
};
std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<Piece> pieces;
    bool quoted = false;
    for (const auto part : split(text, '"')) {
        if (quoted)
            pieces.push_back({part, true});
        else
            for (const auto word : split(part, ' ')) pieces.push_back({word, false});
        quoted = !quoted;
    }
    return pieces;
}

/// "Số: 15/KH-UBND" is how a number is printed; the document's title has it without the word.
void drop_number_word(Query& query) {
    for (std::size_t i = 0; i + 1 < query.units.size(); ++i) {
        const auto& number = query.units[i + 1].folded;
        const bool is_number = number.size() > 1 && number.front().find_first_not_of("0123456789") == std::string::npos;
        if (query.units[i].folded == Words{"so"} && is_number) query.units.erase(query.units.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

// ---- the two languages of expressions -----------------------------------------------------------------------

/// Words hold no quote (words_of keeps letters and digits only), so no quoting can be left.
std::string quoted(const std::string& word, char quote) {
    LOA_CHECK(word.find(quote) == std::string::npos && word.find('\\') == std::string::npos);
    return quote + word + quote;
}

std::string phrase(const Words& words, storage::Engine engine) {
    if (engine == storage::Engine::Sqlite) return quoted(joined(words, " "), '"');
    Words parts;
    for (const auto& word : words) parts.push_back(quoted(word, '\''));
    return "(" + joined(parts, " <-> ") + ")";
}

/// The last word may go on.
std::string open_phrase(const Words& words, storage::Engine engine) {
    if (engine == storage::Engine::Sqlite) return phrase(words, engine) + " *";
    auto text = phrase(words, engine);
    return text.insert(text.size() - 1, ":*");
}

std::string all_of(const Words& expressions, storage::Engine engine) {
    return joined(expressions, engine == storage::Engine::Sqlite ? " AND " : " & ");
}

std::string near(const Words& words) {
    Words parts;
    for (const auto& word : words) parts.push_back(quoted(word, '"'));
    return "NEAR(" + joined(parts, " ") + ", " + std::string(kNearDistance) + ")";
}

const Words& wanted_words(const Unit& unit, Words& storage, bool toned) {
    if (!toned) return unit.folded;
    storage = toned_tokens(unit.toned);
    return storage;
}

}  // namespace

bool Query::marked() const {
    for (const auto& unit : units)
        if (unit.marked) return true;
    return false;
}

std::vector<std::string> Query::loose_folded() const {
    Words words;
    for (const auto& unit : units)
        if (!unit.quoted) words.insert(words.end(), unit.folded.begin(), unit.folded.end());
    return words;
}

std::vector<std::string> Query::loose_toned() const {
    Words words;
    for (const auto& unit : units)
        if (!unit.quoted) words.insert(words.end(), unit.toned.begin(), unit.toned.end());
    return words;
}

Query parse_query(std::string_view text) {
    Query query;
    std::size_t words = 0;
    const auto typed = squeezed(replaced(replaced(to_nfc_lossy(text.substr(0, kLongestQuery)), "“", "\""), "”", "\""));
    for (const auto& piece : pieces_of(typed)) {
        Unit unit{words_of(fold(piece.text)), words_of(fold_keeping_marks(piece.text)), piece.quoted, false};
        if (unit.folded.empty() || unit.toned.empty()) continue;
        if (words + unit.folded.size() > kMostWords) break;
        words += unit.folded.size();
        unit.marked = unit.folded != unit.toned;
        query.units.push_back(std::move(unit));
    }
    drop_number_word(query);
    return query;
}

std::optional<std::string> expression(const Query& query, Try strictness, storage::Engine engine) {
    const bool toned = strictness == Try::TonedPhrase || strictness == Try::TonedWords;
    const auto loose = toned ? toned_tokens(query.loose_toned()) : query.loose_folded();
    std::size_t loose_units = 0;
    for (const auto& unit : query.units) loose_units += !unit.quoted;

    if (toned && !query.marked()) return std::nullopt;
    if (loose_units == 0 && strictness != Try::Phrase) return std::nullopt;
    if (loose_units == 1 && (strictness == Try::TonedWords || strictness == Try::Near || strictness == Try::Words))
        return std::nullopt;
    // PostgreSQL knows no "near"; its ranking of the next try prefers words that stand together.
    if (strictness == Try::Near && engine == storage::Engine::Postgres) return std::nullopt;

    Words parts;
    Words storage;
    for (const auto& unit : query.units)
        if (unit.quoted) parts.push_back(phrase(wanted_words(unit, storage, unit.marked), engine));
    switch (strictness) {
        case Try::TonedPhrase:
        case Try::Phrase:
            if (!loose.empty()) parts.push_back(phrase(loose, engine));
            break;
        case Try::Near: parts.push_back(near(loose)); break;
        case Try::TonedWords:
        case Try::Words:
        case Try::UnfinishedWord: {
            const Unit* last = &query.units.back();
            for (const auto& unit : query.units) {
                if (unit.quoted) continue;
                const bool open = strictness == Try::UnfinishedWord && &unit == last;
                const auto& words = wanted_words(unit, storage, toned);
                parts.push_back(open ? open_phrase(words, engine) : phrase(words, engine));
            }
        }
    }
    return all_of(parts, engine);
}

}  // namespace loa::search
