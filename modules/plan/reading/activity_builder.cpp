#include <algorithm>

#include "loa/base/text.h"
#include "reading/activities.h"
#include "reading/deadlines.h"
#include "reading/time_grammar.h"

namespace loa::plan {

namespace {

// More are no targets of one line of work but a text that was taken for one.
constexpr std::size_t kMostTargets = 200;

/// A label at `at` with its colon: the word behind the colon, `at` if there is none.
std::size_t past_label(const Text& text, std::size_t at, std::optional<Label>& found) {
    const auto label = lexicon().labels.at(text, at);
    if (!label) return at;
    std::size_t next = at + label.words;
    if (text.is(next, "(")) {
        while (next < text.size() && !text.is(next, ")")) ++next;
        ++next;
    }
    const auto key = static_cast<Label>(label.key);
    const bool strong = key == Label::Lead || key == Label::Partner || key == Label::Request || key == Label::Time || key == Label::Product;
    for (std::size_t words = 0; strong && words < 5 && !text.is(next, ":") && text.is_letters(next) && !text[next].capital; ++words)
        ++next;
    if (!text.is(next, ":") || key == Label::Ordinal || key == Label::Sum) return at;
    found = key;
    return next + 1;
}

bool may_start_label(const Text& text, std::size_t at, std::size_t first) {
    if (at == first) return true;
    return text.is_one_of(at - 1, {".", ";", ",", "(", "-", "+"}) || text[at].capital;
}

/// "băng rôn, khẩu hiệu" of the title is the "băng rôn" of the product.
bool same_unit(std::string_view a, std::string_view b) {
    const std::string one = fold(a), other = fold(b);
    return one.starts_with(other) || other.starts_with(one);
}

/// "Tập huấn (Chủ trì: …; sản phẩm: 02 lớp)": labels in brackets leave one bracket at each end.
Span without_half_brackets(const Text& text, Span span) {
    std::size_t end = span.last;
    while (end > span.first && text.is_one_of(end - 1, {".", ";", ","})) --end;
    if (end > span.first && text.is(end - 1, "(")) return {span.first, end - 1};
    if (end == span.first || !text.is(end - 1, ")")) return span;
    int open = 0;
    for (std::size_t at = span.first; at < end; ++at) open += text.is(at, "(") ? 1 : text.is(at, ")") ? -1 : 0;
    return open < 0 ? Span{span.first, end - 1} : span;
}

void append_clause(std::string& text, std::string_view added) {
    if (added.empty()) return;
    if (!text.empty()) text += text.back() == '.' || text.back() == ';' || text.back() == ':' ? " " : "; ";
    text += added;
}

}  // namespace

std::vector<LabelledSpan> labelled_spans(const Text& text, std::size_t first) {
    std::vector<LabelledSpan> spans{{std::nullopt, {first, text.size()}}};
    for (std::size_t at = first; at < text.size(); ++at) {
        if (!text.is_letters(at) || !may_start_label(text, at, first)) continue;
        std::optional<Label> label;
        const std::size_t value = past_label(text, at, label);
        if (value == at) continue;
        spans.back().words.last = at;
        spans.push_back({label, {value, text.size()}});
        at = value - 1;
    }
    if (spans.size() > 1)
        for (auto& span : spans) span.words = without_half_brackets(text, span.words);
    return spans;
}

std::size_t sentence_end(const Text& text, std::size_t first) {
    bool quoted = false;
    for (std::size_t at = first; at < text.size(); ++at) {
        if (text.is_quote(at)) quoted = !quoted;
        if (!text.is_one_of(at, {".", "!", "?"}) || quoted) continue;
        const bool abbreviation = at > first && text[at].glued && text.is_one_of(at - 1, {"tp", "tx", "tt", "v", "đ", "c"});
        const bool next_starts = at + 1 >= text.size() || (!text[at + 1].glued && (text[at + 1].capital || !text.is_letters(at + 1)));
        if (!abbreviation && next_starts) return at + 1;
    }
    return text.size();
}

namespace {

/// "Kinh phí do ngân sách huyện bảo đảm": a sentence that says where the money comes from.
bool says_funding(const Text& text, std::size_t at) {
    const auto label = lexicon().labels.at(text, at);
    return is(label, Label::Funding) && text.is(text.is(at, "nguồn") ? at + 1 : at, "kinh") && !text.is(at + label.words, ":");
}

}  // namespace

ActivityBuilder::ActivityBuilder(const Surroundings& surroundings, std::string ordinal, std::string group, LineRange source)
    : surroundings_(surroundings) {
    activity_.ordinal = std::move(ordinal);
    activity_.group = std::move(group);
    activity_.source = source;
}

void ActivityBuilder::note(ActivityField field, LineRange lines, Confidence confidence) {
    for (auto& known : activity_.fields) {
        if (known.field != field) continue;
        known.lines = {std::min(known.lines.first, lines.first), std::max(known.lines.last, lines.last)};
        known.confidence = std::max(known.confidence, confidence);
        return;
    }
    activity_.fields.push_back({field, confidence, lines});
}

void ActivityBuilder::add_title(const Text& text, LineRange lines) {
    title_ = Part{text, {0, text.size()}, lines};
    activity_.title = text.printed(0, text.size());
    note(ActivityField::Title, lines);
}

void ActivityBuilder::add_heading(const Piece& piece) {
    const Text& text = piece.text;
    auto spans = labelled_spans(text, 0);
    if (spans.size() > 1 && spans.front().words.empty() && spans[1].label == Label::Content) spans.erase(spans.begin());
    Span title = spans.front().words;
    std::size_t end = std::min(sentence_end(text, title.first), title.last);
    if (piece.lead_in > 0 && piece.lead_in < end && piece.lead_in >= 2) end = piece.lead_in;
    title_ = Part{text, {title.first, end}, piece.lines};
    activity_.title = text.printed(title.first, end);
    note(ActivityField::Title, piece.lines);
    if (end < title.last) add_span({std::nullopt, {end, title.last}}, text, piece.lines);
    for (std::size_t i = 1; i < spans.size(); ++i) add_span(spans[i], text, piece.lines);
}

void ActivityBuilder::add_body(const Piece& piece) {
    const auto spans = labelled_spans(piece.text, 0);
    const bool labelled = spans.size() > 1;
    if (labelled && spans.front().words.empty()) open_label_.reset();
    for (const auto& span : spans) add_span(span, piece.text, piece.lines);
}

void ActivityBuilder::add_span(const LabelledSpan& span, const Text& text, LineRange lines) {
    if (!span.label) {
        if (span.words.empty()) return;
        Part part{text, span.words, lines};
        if (says_funding(text, span.words.first)) add_field(Label::Funding, std::move(part));
        else if (open_label_) add_field(*open_label_, std::move(part));
        else content_.push_back(std::move(part));
        return;
    }
    open_label_.reset();
    if (text.printed(span.words.first, span.words.last).empty()) open_label_ = span.label;
    else add_field(*span.label, Part{text, span.words, lines});
}

void ActivityBuilder::add_field(Label label, const Text& text, LineRange lines) {
    if (text.empty()) return;
    // "Chủ trì: …; phối hợp: …" in one cell: the labels inside say more than the header.
    const auto spans = labelled_spans(text, 0);
    const bool bodies = label == Label::Lead || label == Label::Partner;
    const bool roles = bodies && std::any_of(spans.begin(), spans.end(), [](const LabelledSpan& span) {
        return span.label == Label::Lead || span.label == Label::Partner || span.label == Label::Request;
    });
    if (!roles) {
        add_field(label, Part{text, {0, text.size()}, lines});
        return;
    }
    for (const auto& span : spans)
        if (!text.printed(span.words.first, span.words.last).empty()) add_field(span.label.value_or(label), Part{text, span.words, lines});
}

/// "Quý II" in a column "Phân công": a time is never a name.
bool ActivityBuilder::is_time(const Text& text, Span words) const {
    while (words.last > words.first && text.is_one_of(words.last - 1, {".", ";", ","})) --words.last;
    const auto time = words.empty() ? std::nullopt : read_time(text, words.first, words.last, surroundings_.year, TimeContext::Label);
    return time && time->last == words.last;
}

void ActivityBuilder::add_field(Label label, Part part) {
    const auto [text, words, lines] = part;
    if (label == Label::Lead && is_time(text, words)) label = Label::Time;
    switch (label) {
        case Label::Lead:
        case Label::Partner:
        case Label::Request: {
            Parties parties{std::move(activity_.leads), std::move(activity_.partners), std::move(activity_.requested)};
            read_party_field(surroundings_.agencies, label, text, words.first, words.last, parties);
            activity_.leads = std::move(parties.leads);
            activity_.partners = std::move(parties.partners);
            activity_.requested = std::move(parties.requested);
            (label == Label::Lead ? has_leads_ : has_partners_) = true;
            note(label == Label::Lead      ? ActivityField::Leads
                 : label == Label::Request ? ActivityField::Requested
                                           : ActivityField::Partners,
                 lines);
            break;
        }
        case Label::Time:
            times_.push_back(std::move(part));
            break;
        case Label::Product:
            for (std::size_t at = words.first, begin = at; at <= words.last; ++at) {
                if (at < words.last && !text.is(at, ";")) continue;
                if (auto product = text.printed(begin, at); !product.empty()) activity_.products.push_back(std::move(product));
                begin = at + 1;
            }
            note(ActivityField::Products, lines);
            amounts_.push_back(std::move(part));
            break;
        case Label::Target:
            amounts_.push_back(std::move(part));
            break;
        case Label::Funding:
            append_clause(activity_.funding, text.printed(words.first, words.last));
            note(ActivityField::Funding, lines);
            break;
        default:
            content_.push_back(std::move(part));
            break;
    }
}

void ActivityBuilder::read_unlabelled_parties() {
    std::vector<const Part*> parts;
    if (title_) parts.push_back(&*title_);
    for (const auto& part : content_) parts.push_back(&part);
    for (const Part* part : parts) {
        Parties found = read_parties(surroundings_.agencies, part->text, part->words.first, part->words.last);
        const auto take = [&](std::vector<std::string>& to, std::vector<std::string>& from, ActivityField field) {
            for (auto& name : from)
                if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(std::move(name));
            if (!from.empty()) note(field, part->lines, Confidence::Check);
        };
        if (!has_leads_) take(activity_.leads, found.leads, ActivityField::Leads);
        if (!has_partners_ && !has_leads_) take(activity_.partners, found.partners, ActivityField::Partners);
        if (!has_partners_) take(activity_.requested, found.requested, ActivityField::Requested);
    }
}

void ActivityBuilder::read_targets_and_deadline() {
    for (const auto& time : times_) {
        if (activity_.deadline) break;
        activity_.deadline = read_deadline(time.text, time.words.first, time.words.last, surroundings_.year, TimeContext::Label);
        note(ActivityField::Deadline, time.lines, activity_.deadline ? Confidence::Sure : Confidence::Incomplete);
    }
    std::vector<const Part*> parts;
    if (title_) parts.push_back(&*title_);
    for (const auto& part : content_) parts.push_back(&part);
    const std::size_t sentences = parts.size();
    for (const auto& part : amounts_) parts.push_back(&part);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Part& part = *parts[i];
        std::vector<Span> rates;
        const std::size_t known = activity_.targets.size();  // said before, in another field
        for (auto& found : read_targets(part.text, part.words.first, part.words.last)) {
            rates.push_back(found.words);
            const Target& target = found.target;
            const auto other_parts = activity_.targets.begin() + static_cast<std::ptrdiff_t>(known);
            const bool said = std::any_of(activity_.targets.begin(), other_parts, [&](const Target& other) {
                return other.value == target.value && other.per == target.per && other.comparator == target.comparator &&
                       same_unit(other.unit, target.unit);
            });
            if (said || activity_.targets.size() == kMostTargets) continue;
            activity_.targets.push_back(target);
            note(ActivityField::Targets, part.lines, Confidence::Check);
        }
        if (activity_.deadline || !times_.empty() || i >= sentences) continue;
        activity_.deadline = read_deadline(part.text, part.words.first, part.words.last, surroundings_.year, TimeContext::Sentence, rates);
        if (activity_.deadline) note(ActivityField::Deadline, part.lines, Confidence::Check);
    }
}

ParsedActivity ActivityBuilder::finished() {
    read_unlabelled_parties();
    read_targets_and_deadline();
    for (const auto& part : content_) {
        const auto& words = part.text;
        if (part.words.empty()) continue;
        const std::size_t end = std::min(part.words.last, words.size());
        const std::size_t begin = words[part.words.first].begin;
        append_clause(activity_.content, std::string_view(words.str()).substr(begin, words[end - 1].end - begin));
        note(ActivityField::Content, part.lines);
    }
    for (const auto& field : activity_.fields) activity_.confidence = std::max(activity_.confidence, field.confidence);
    if (activity_.leads.empty()) activity_.confidence = Confidence::Incomplete;
    return std::move(activity_);
}

}  // namespace loa::plan
