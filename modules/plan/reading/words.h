// The words of a line, folded for finding (lower case, tone marks in the new place, one kind of dash), each
// with its place in the printed text; and lists of phrases, kept as data, that are found among them.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace loa::plan {

/// Index of a word that some phrase list holds; 0 for every other word.
using WordId = std::uint32_t;

class Vocabulary {
  public:
    WordId id(std::string_view folded) const;
    WordId add(std::string_view folded);

  private:
    struct Hasher {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, WordId, Hasher, std::equal_to<>> ids_;
};

enum class WordKind : std::uint8_t { Letters, Number, Mark };

struct Word {
    WordId id = 0;
    std::uint32_t begin = 0;  // bytes of the printed text
    std::uint32_t end = 0;
    WordKind kind = WordKind::Letters;
    bool capital = false;   // begins with a capital letter
    bool all_caps = false;  // "UBND", "NỘI"
    bool glued = false;     // no blank in front
};

/// A line or paragraph and its words, made after lexicon() so that every listed word is known. Numbers keep their thousands ("1.000") and decimals ("8,5"); marks are
/// words of one sign.
class Text {
  public:
    Text() = default;
    explicit Text(std::string printed);

    const std::string& str() const { return printed_; }
    bool empty() const { return words_.empty(); }
    std::size_t size() const { return words_.size(); }
    const Word& operator[](std::size_t word) const { return words_[word]; }
    std::string_view folded(std::size_t word) const {
        const Word& w = words_[word];
        const std::string_view bytes(folded_.data() + w.begin, w.end - w.begin);
        return w.kind == WordKind::Mark && bytes.size() > 1 ? folded_mark(bytes) : bytes;
    }
    /// The printed text of words [first, last), without the blanks and marks around.
    std::string printed(std::size_t first, std::size_t last) const;

    bool is(std::size_t word, std::string_view folded_word) const {
        return word < words_.size() && same(folded(word), folded_word);
    }
    bool is_one_of(std::size_t word, std::initializer_list<std::string_view> folded_words) const {
        if (word >= words_.size()) return false;
        const std::string_view bytes = folded(word);
        for (const std::string_view other : folded_words)
            if (same(bytes, other)) return true;
        return false;
    }
    bool is_quote(std::size_t word) const { return is(word, "\""); }
    bool is_number(std::size_t word) const { return word < words_.size() && words_[word].kind == WordKind::Number; }
    bool is_letters(std::size_t word) const { return word < words_.size() && words_[word].kind == WordKind::Letters; }
    /// The value of a number word: "1.000" is a thousand, "8,5" eight and a half.
    double value(std::size_t word) const;
    /// A whole number, -1 if it is none.
    int integer(std::size_t word) const;

  private:
    /// Most words differ in their length or first sign, and a call costs more than to see that.
    static bool same(std::string_view word, std::string_view other) {
        return word.size() == other.size() && (word.empty() || (word.front() == other.front() && word == other));
    }
    static std::string_view folded_mark(std::string_view bytes);
    /// Where the word ends that begins before `at`; folds what it passes.
    std::size_t end_of_letters(Word& word, std::size_t at);

    std::string printed_;
    std::string folded_;  // as long as printed_: folding keeps the number of bytes
    std::vector<Word> words_;
};

/// Off both ends: blanks, list dashes and the stops of an item. Closing brackets and quotes stay.
std::string without_stops(std::string_view text);

/// One list of phrases: each belongs to a key, the longest that fits is found.
class Phrases {
  public:
    struct Match {
        int key = -1;
        std::size_t words = 0;
        explicit operator bool() const { return words > 0; }
    };

    /// `lines` hold "key: phrase | {one|two|} phrase"; keys must be among `keys` and become their index.
    Phrases(std::string_view lines, std::span<const std::string_view> keys);

    Match at(const Text& text, std::size_t word, std::size_t end) const {
        // Most words begin no phrase.
        if (word >= end || text[word].id >= by_first_.size() || by_first_[text[word].id] == 0) return {};
        return longest(by_first_[text[word].id], text, word, end);
    }
    Match at(const Text& text, std::size_t word) const { return at(text, word, text.size()); }

  private:
    /// A word of a phrase, and the words that may follow it.
    struct Node {
        int key = -1;  // of the phrase that ends here; -1: none does
        std::vector<std::pair<WordId, std::uint32_t>> next;  // by word; the place in nodes_
    };
    void add(std::string_view phrase, int key);
    std::uint32_t next(std::uint32_t node, WordId word) const;
    Match longest(std::uint32_t node, const Text& text, std::size_t word, std::size_t end) const;

    std::vector<std::uint32_t> by_first_;  // by the first word's id; the place in nodes_, 0 where no phrase begins
    std::vector<Node> nodes_ = std::vector<Node>(1);
};

/// The list of modules/plan/data/<name>.txt.
Phrases load_phrases(std::string_view name, std::span<const std::string_view> keys);

}  // namespace loa::plan
