// Every sentence that a person sees, in both languages: the embedded files i18n/vi.json and i18n/en.json of
// each library and module (rule 6). A file is one flat object, key "<owner>.<name>", where the owner is the
// folder it stands in; values are plain text with {placeholders}, never markup. English counts with
//   "plan.activities": {"one": "{n} activity", "other": "{n} activities"}
// chosen by the argument {n}; Vietnamese nouns have one form, so its value is always a text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loa/base/embedded.h"
#include "loa/base/language.h"

namespace loa::i18n {

/// The same shape as Problem::args, so a Problem is translated as it is.
using Arguments = std::vector<std::pair<std::string, std::string>>;

class Catalogue {
  public:
    /// Throws Fault when a file is no JSON object of texts, or two files define one key.
    explicit Catalogue(const std::vector<EmbeddedFile>& files);
    /// Those embedded in the program; read at the first call.
    static const Catalogue& embedded();

    /// The text with its placeholders filled in. Arguments are put in as they are and never looked through
    /// for placeholders of their own; a placeholder without an argument stays visible. An unknown key gives
    /// the key itself. Either mistake goes to the log once. Safe from many threads.
    std::string translate(Language language, std::string_view key, const Arguments& arguments = {}) const;

    /// The text with its placeholders as they are, for templates. Nothing when the key is unknown, or when
    /// its text depends on {n}: such a text is made by translate() in the handler.
    std::optional<std::string> text(Language language, std::string_view key) const;

    /// Everything that would show wrong, one line each: a key of one language only, placeholders that differ,
    /// an empty text or one that isn't NFC, a brace that belongs to no placeholder, a plural without {n}.
    std::vector<std::string> findings() const;

    /// Every key of either language, by key.
    std::vector<std::string> keys() const;

  private:
    struct Entry {
        std::string one;  // empty where the text doesn't depend on {n}
        std::string other;
    };
    using Entries = std::map<std::string, Entry, std::less<>>;

    void read(const EmbeddedFile& file, Entries& entries);
    const Entries& entries(Language language) const;

    Entries vietnamese_;
    Entries english_;
};

/// Catalogue::embedded().translate(…).
std::string translate(Language language, std::string_view key, const Arguments& arguments = {});

/// The names in braces, in order and with repetitions: "Còn {n} ngày" has "n".
std::vector<std::string> placeholders(std::string_view text);

}  // namespace loa::i18n
