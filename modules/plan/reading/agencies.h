// Names of bodies: found by the longest match in a dictionary and by the grammar of office names, never by
// cutting at commas.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "loa/plan/reading.h"
#include "reading/words.h"

namespace loa::plan {

/// Words [first, last) of a Text.
struct Span {
    std::size_t first = 0;
    std::size_t last = 0;
    bool empty() const { return first >= last; }
};

/// Whether unknown small words still belong to a name: yes in a field that lists names, no in a sentence.
enum class NameContext { Field, Sentence };

class AgencyReader {
  public:
    explicit AgencyReader(const AgencyNames& names) : names_(names) {}

    /// The name that begins at `at`; empty when none does.
    Span name_at(const Text& text, std::size_t at, std::size_t end, NameContext context) const;
    /// Names in a row: "A, B và C". Stops where something else than a name follows a separator.
    std::vector<Span> names_at(const Text& text, std::size_t at, std::size_t end, NameContext context) const;
    /// Every name of words [first, last) of a field, in order; what is no known kind of name stays one entry.
    std::vector<std::string> names_in(const Text& text, std::size_t first, std::size_t last) const;
    /// The names of a heading that consists of nothing else: "Các sở, ban, ngành; UBND các xã". Empty otherwise.
    std::vector<std::string> names_of_heading(const Text& text, std::size_t first, std::size_t last) const;

  private:
    /// "Phòng Nội vụ cùng các phòng, ban", "Phòng Tư pháp phối hợp với Công an xã": names behind `at` that are listed too.
    bool list_goes_on(const Text& text, std::size_t at, std::size_t end) const;
    std::size_t known_name(const Text& text, std::size_t at, std::size_t end) const;
    const AgencyNames& names_;
};

/// Past ",", ";", "và", "cùng", "với" and the like.
std::size_t past_separators(const Text& text, std::size_t at, std::size_t end);

}  // namespace loa::plan
