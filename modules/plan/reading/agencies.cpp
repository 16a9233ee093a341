#include "reading/agencies.h"

#include <algorithm>

#include "loa/base/text.h"
#include "reading/lexicon.h"
#include "reading/name_grammar.h"

namespace loa::plan {

std::size_t past_separators(const Text& text, std::size_t at, std::size_t end) {
    while (at < end && (is_separator(text, at) || text.is_one_of(at, {"cùng", "với", "-", ":", "*", "gồm"}))) ++at;
    return at;
}

std::size_t AgencyReader::known_name(const Text& text, std::size_t at, std::size_t end) const {
    std::size_t words = 0;
    if (const auto built_in = lexicon().agency_names.at(text, at, end)) words = built_in.words;
    if (!names_.empty()) {
        std::vector<std::string_view> ahead;
        for (std::size_t i = at; i < std::min(end, at + 20); ++i) ahead.push_back(text.folded(i));
        words = std::max(words, names_.longest_match(ahead, 0));
    }
    return words;
}

Span AgencyReader::name_at(const Text& text, std::size_t at, std::size_t end, NameContext context) const {
    if (at >= end || !text.is_letters(at)) return {at, at};
    const std::size_t known = known_name(text, at, end);
    std::size_t last = end_of_name(text, at, known, end, context);
    while (last > at && (text[last - 1].kind == WordKind::Mark || text.is(last - 1, "và"))) --last;
    return {at, last};
}

namespace {

/// "Các cơ quan chuyên môn, đơn vị sự nghiệp": a class in small letters behind another.
bool continues_classes(const Text& text, const Span& before, std::size_t at, std::size_t end) {
    const auto noun = lexicon().agency_classes.at(text, at, end);
    return noun && is(lexicon().agency_starts.at(text, before.first, end), NameStart::Plural) &&
           is(lexicon().agency_tails.at(text, at + noun.words, end), NameTail::Modifier);
}

}  // namespace

std::vector<Span> AgencyReader::names_at(const Text& text, std::size_t at, std::size_t end, NameContext context) const {
    std::vector<Span> names;
    for (;;) {
        Span name = name_at(text, at, end, context);
        if (name.empty() && !names.empty() && continues_classes(text, names.back(), at, end)) name = name_at(text, at, end, NameContext::Field);
        if (name.empty()) return names;
        names.push_back(name);
        at = name.last;
        const auto role = lexicon().cues.at(text, at + 1, end);
        if (text.is(at, "(") && role) return names;  // "Sở Nội vụ (chủ trì), …"
        if (text.is(at, "(")) {  // "Trung tâm Phục vụ hành chính công (TTPVHCC)"
            std::size_t close = at;
            while (close < end && !text.is(close, ")")) ++close;
            at = std::min(close + 1, end);
        }
        const std::size_t next = past_separators(text, at, end);
        if (next == at || text.is(at, ".") || text.is(at, ";")) return names;
        at = next;
    }
}

bool AgencyReader::list_goes_on(const Text& text, std::size_t at, std::size_t end) const {
    const auto with = lexicon().cues.at(text, at, end);
    return is(with, Cue::PartnerAfter) && !name_at(text, at + with.words, end, NameContext::Field).empty();
}

std::vector<std::string> AgencyReader::names_in(const Text& text, std::size_t first, std::size_t last) const {
    std::vector<std::string> names;
    for (std::size_t at = past_separators(text, first, last); at < last; at = past_separators(text, at, last)) {
        if (list_goes_on(text, at, last)) at += lexicon().cues.at(text, at, last).words;
        Span name = name_at(text, at, last, NameContext::Field);
        if (name.empty()) {  // no known kind of name: up to the next separator, without the verbs behind it
            std::size_t end = at;
            while (end < last && !is_separator(text, end) && !is(lexicon().cues.at(text, end, last), Cue::LeadBefore) &&
                   !is(lexicon().cues.at(text, end, last), Cue::PartnerBefore))
                ++end;
            name = {at, end};
            const bool plain = text.is_letters(at) && end - at <= 12 && !text.is_one_of(at, {"không", "như", "theo", "chưa"});
            if (!name.empty() && plain) names.push_back(text.printed(name.first, name.last));
            at = std::max(end, at + 1);
        } else {
            names.push_back(text.printed(name.first, name.last));
            at = name.last;
        }
        // What follows the name up to the next separator says what it does, not who it is.
        int brackets = 0;
        while (at < last && (brackets > 0 || !is_separator(text, at))) {
            if (brackets == 0 && list_goes_on(text, at, last)) break;
            if (text.is(at, "(")) ++brackets;
            if (text.is(at, ")") && brackets > 0) --brackets;
            ++at;
        }
    }
    names.erase(std::remove_if(names.begin(), names.end(), [](const std::string& name) { return name.empty(); }), names.end());
    return names;
}

std::vector<std::string> AgencyReader::names_of_heading(const Text& text, std::size_t first, std::size_t last) const {
    std::vector<std::string> names;
    std::size_t at = past_separators(text, first, last);
    while (at < last) {
        const Span name = name_at(text, at, last, NameContext::Field);
        if (name.empty()) return {};
        names.push_back(text.printed(name.first, name.last));
        at = name.last;
        if (text.is(at, "(")) {
            while (at < last && !text.is(at, ")")) ++at;
            at = std::min(at + 1, last);
        }
        const std::size_t next = past_separators(text, at, last);
        if (next == at && at < last) return {};
        at = next;
    }
    return names;
}

void AgencyNames::add(std::string_view name) {
    lexicon();
    const Text text{std::string(name)};
    std::vector<std::string> words;
    for (std::size_t i = 0; i < text.size(); ++i) words.emplace_back(text.folded(i));
    if (!words.empty()) names_[words.front()].push_back(std::move(words));
}

std::size_t AgencyNames::longest_match(const std::vector<std::string_view>& words, std::size_t at) const {
    if (at >= words.size()) return 0;
    const auto found = names_.find(std::string(words[at]));
    if (found == names_.end()) return 0;
    std::size_t longest = 0;
    for (const auto& name : found->second) {
        if (name.size() <= longest || at + name.size() > words.size()) continue;
        if (std::equal(name.begin(), name.end(), words.begin() + static_cast<std::ptrdiff_t>(at))) longest = name.size();
    }
    return longest;
}

}  // namespace loa::plan
