// What a person typed, read as units to look for, and the order in which they are tried. No text of the person
// reaches the database but words of letters and digits in quotes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/storage/database.h"

namespace loa::search {

/// One word between blanks ("15/KH-UBND" is three words that stand together), or one quoted phrase.
struct Unit {
    std::vector<std::string> folded;
    std::vector<std::string> toned;
    bool quoted = false;
    bool marked = false;  // typed with Vietnamese marks
};

struct Query {
    std::vector<Unit> units;

    bool empty() const { return units.empty(); }
    bool marked() const;
    /// The words outside quotes, in order.
    std::vector<std::string> loose_folded() const;
    std::vector<std::string> loose_toned() const;
};

/// At most 16 words count.
Query parse_query(std::string_view text);

/// How strictly the loose words are taken; quoted phrases are phrases in every try.
enum class Try { TonedPhrase, Phrase, TonedWords, Near, Words, UnfinishedWord };
inline constexpr Try kTries[] = {Try::TonedPhrase, Try::Phrase, Try::TonedWords,
                                 Try::Near,        Try::Words,  Try::UnfinishedWord};

/// The expression of FTS5 or of tsquery; nothing where the try would ask the same as an earlier one.
std::optional<std::string> expression(const Query& query, Try strictness, storage::Engine engine);

}  // namespace loa::search
