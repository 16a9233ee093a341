#include "reading/lexicon.h"

#include <array>

namespace loa::plan {

namespace {

using Key = std::string_view;

// In the order of the enumerations in lexicon.h.
constexpr Key kLabels[] = {"ordinal", "lead", "partner", "request", "content", "time", "product",
                           "target", "funding", "place", "audience", "note", "sum"};
constexpr Key kSections[] = {"objective", "requirement", "nowhere", "theme", "channel",
                             "task", "budget", "organisation", "reporting", "annex"};
constexpr Key kNames[] = {"name"};
constexpr Key kStarts[] = {"office", "position", "plural", "none", "people"};
constexpr Key kClasses[] = {"class", "team"};
constexpr Key kTails[] = {"territory", "inner", "modifier", "stop", "work"};
constexpr Key kCues[] = {"lead_after", "lead_before", "partner_after", "partner_before",
                         "request_after", "request_before", "command", "skipped"};
constexpr Key kTimes[] = {"day", "week", "month", "quarter", "year", "every", "periodic", "before", "latest", "until", "from",
                          "to", "in", "finish", "onward", "continuous", "whole_year", "event", "relative", "first_half",
                          "second_half", "dated"};
constexpr Key kTargets[] = {"at_least", "more_than", "about", "increase", "at_most", "or_more", "uncounted", "before_name", "before_place",
                            "list", "spelled"};
constexpr Key kDocuments[] = {"law", "document", "opener", "subject", "issues"};
constexpr Key kPosts[] = {"authority", "on_behalf", "post", "signed", "narrows"};

}  // namespace

const Lexicon& lexicon() {
    static const Lexicon words{.labels = load_phrases("labels", kLabels),
                               .sections = load_phrases("sections", kSections),
                               .agency_names = load_phrases("agency_names", kNames),
                               .agency_starts = load_phrases("agency_starts", kStarts),
                               .agency_classes = load_phrases("agency_classes", kClasses),
                               .agency_tails = load_phrases("agency_tails", kTails),
                               .cues = load_phrases("cues", kCues),
                               .time_words = load_phrases("time_words", kTimes),
                               .targets = load_phrases("targets", kTargets),
                               .documents = load_phrases("documents", kDocuments),
                               .posts = load_phrases("posts", kPosts)};
    return words;
}

}  // namespace loa::plan
