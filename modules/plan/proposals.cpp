#include "proposals.h"

#include <algorithm>
#include <string>

#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"

namespace loa::plan {

namespace {

constexpr std::size_t kMostProposals = 3;

std::vector<CatalogueEntry> read_entries(std::string_view path) {
    const auto* file = embedded_file(path);
    LOA_CHECK(file != nullptr);
    std::vector<CatalogueEntry> entries;
    for (const auto line : split(file->bytes, '\n')) {
        if (line.empty() || line.front() == '#') continue;
        const auto columns = split(line, '\t');
        LOA_CHECK(columns.size() == 3);
        CatalogueEntry entry{std::string(columns[0]), std::string(columns[1]), {}};
        for (const auto word : split(columns[2], ',')) entry.words.emplace_back(fold_keeping_marks(word));
        entries.push_back(std::move(entry));
    }
    return entries;
}

/// Whole words only: no "loa" in "loại".
std::size_t occurrences(const std::string& text, const std::string& word) {
    std::size_t count = 0;
    if (word.empty()) return count;  // an entry whose name is "…" alone
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) {
        const bool starts = at == 0 || text[at - 1] == ' ';
        const std::size_t end = at + word.size();
        const bool ends = end == text.size() || text[end] == ' ';
        count += starts && ends;
    }
    return count;
}

/// How much of the text is the entry's words; of "-chính sách" nothing is, so that its "sách" is no book.
std::size_t score_of(std::string text, const std::vector<std::string>& key_words) {
    for (const auto& word : key_words)
        if (word.starts_with('-')) text = replaced(text, std::string_view(word).substr(1), "");
    std::size_t score = 0;
    for (const auto& word : key_words) score += occurrences(text, word) * length(word);
    return score;
}

std::string words_only(std::string_view text) {
    std::string out = fold_keeping_marks(text);
    for (char& c : out)
        if (std::string_view(",.;:()\"'/-").find(c) != std::string_view::npos) c = ' ';
    return squeezed(out);
}

template <class Entry>
std::vector<Id> proposed(std::string_view text, const std::vector<Entry>& entries,
                         const std::vector<CatalogueEntry>& shipped) {
    const std::string words = words_only(text);
    std::vector<std::pair<std::size_t, Id>> scored;
    for (const auto& entry : entries) {
        const auto known = std::find_if(shipped.begin(), shipped.end(),
                                        [&](const CatalogueEntry& candidate) { return candidate.code == entry.code; });
        const auto& key_words = known == shipped.end() ? std::vector<std::string>{words_only(entry.name)} : known->words;
        const std::size_t score = score_of(words, key_words);
        if (score > 0) scored.emplace_back(score, entry.id);
    }
    std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Id> best;
    for (const auto& [score, id] : scored)
        if (best.size() < kMostProposals) best.push_back(id);
    return best;
}

}  // namespace

const std::vector<CatalogueEntry>& shipped_topics() {
    static const auto entries = read_entries("modules/plan/data/topics.tsv");
    return entries;
}

const std::vector<CatalogueEntry>& shipped_channels() {
    static const auto entries = read_entries("modules/plan/data/channels.tsv");
    return entries;
}

std::vector<Id> proposed_topics(std::string_view text, const std::vector<Topic>& topics) {
    return proposed(text, topics, shipped_topics());
}

std::vector<Id> proposed_channels(std::string_view text, const std::vector<Channel>& channels) {
    return proposed(text, channels, shipped_channels());
}

}  // namespace loa::plan
