#include "reading/lexicon.h"

#include <array>

namespace loa::plan {

namespace {

using Key = std::string_view;

// In the order of the enumerations in lexicon.h.
constexpr Key kLabels[] = {"ordinal", "lead", "partner", "content", "time", "product",
                           "target", "funding", "place", "audience", "note", "sum"};
constexpr Key kSections[] = {"objective", "requirement", "nowhere", "theme", "channel",
                             "task", "budget", "organisation", "reporting", "annex"};
constexpr Key kNames[] = {"name"};
constexpr Key kStarts[] = {"office", "position", "class", "plural", "none"};
constexpr Key kTails[] = {"territory", "inner", "modifier", "stop"};
constexpr Key kCues[] = {"lead_after", "lead_before", "partner_after", "partner_before",
                         "request_after", "request_before", "command", "skipped"};
constexpr Key kTimes[] = {"day", "week", "month", "quarter", "year", "every", "periodic", "before", "latest", "until", "from",
                          "to", "in", "finish", "onward", "continuous", "whole_year", "event", "relative", "first_half",
                          "second_half"};
constexpr Key kTargets[] = {"at_least", "more_than", "about", "increase", "at_most", "or_more", "uncounted", "before_name",
                            "per_year", "per_quarter", "per_month", "per_week", "per_day", "list", "spelled"};
constexpr Key kDocuments[] = {"law", "document", "opener", "subject", "issues"};
constexpr Key kPosts[] = {"authority", "on_behalf", "post", "signed"};

}  // namespace

const Lexicon& lexicon() {
    static const Lexicon words{load_phrases("labels", kLabels),          load_phrases("sections", kSections),
                               load_phrases("agency_names", kNames),     load_phrases("agency_starts", kStarts),
                               load_phrases("agency_tails", kTails),     load_phrases("cues", kCues),
                               load_phrases("time_words", kTimes),       load_phrases("targets", kTargets),
                               load_phrases("documents", kDocuments),    load_phrases("posts", kPosts)};
    return words;
}

}  // namespace loa::plan
