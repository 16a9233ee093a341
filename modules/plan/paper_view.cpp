#include "paper_view.h"

#include <algorithm>
#include <map>
#include <optional>

#include "loa/base/text.h"

namespace loa::plan {

namespace {

using web::View;

/// A line as it reads on paper: without the signs of Markdown for headings and emphasis.
struct Printed {
    std::string text;
    bool strong = false;  // a heading, or in bold from end to end
};

Printed printed(std::string_view line) {
    Printed result{std::string(line)};
    auto& text = result.text;
    if (const auto words = text.find_first_not_of('#'); words != std::string::npos && words > 0) {
        text = trimmed(text.substr(words));
        result.strong = true;
    }
    result.strong = result.strong || (text.size() > 4 && text.starts_with("**") && text.ends_with("**"));
    text = replaced(text, "**", "");
    for (const char sign : {'*', '_'}) {
        const auto first = text.find(sign), last = text.rfind(sign);
        if (first == last) continue;
        text.erase(last, 1);
        text.erase(first, 1);
    }
    return result;
}

/// "| a | b |" of Markdown and "a | b" of a table in a file of Word; nothing for what is no row.
std::vector<std::string> cells_of(std::string_view line) {
    if (line.find(" | ") == std::string_view::npos && !line.starts_with('|')) return {};
    if (line.starts_with('|')) line.remove_prefix(1);
    if (line.ends_with('|')) line.remove_suffix(1);
    std::vector<std::string> cells;
    for (const auto cell : split(line, '|')) cells.push_back(printed(trimmed(cell)).text);
    return cells;
}

/// "|---|---|"
bool is_rule(std::string_view line) { return line.starts_with('|') && line.find_first_not_of("|-: ") == std::string_view::npos; }

bool begins_with_roman(std::string_view text) {
    const auto end = text.find_first_not_of("IVX");
    return end != std::string_view::npos && end > 0 && text.substr(end, 2) == ". ";
}
bool begins_with_number(std::string_view text) {
    const auto end = text.find_first_not_of("0123456789.");
    return end != std::string_view::npos && end > 1 && text[end] == ' ' && text[0] != '.';
}
bool begins_with_letter(std::string_view text) { return text.size() > 3 && text[0] >= 'a' && text[0] <= 'z' && text.substr(1, 2) == ") "; }
bool signs(std::string_view text) {
    for (const std::string_view beginning : {"TM.", "KT.", "TL.", "TUQ.", "Q."})
        if (text.starts_with(beginning)) return true;
    return false;
}

/// "Bình Hòa Trung, ngày … tháng …"
bool names_day(std::string_view text) { return fold(text).find(", ngay ") != std::string::npos; }

bool holds_number(std::string_view text) { return starts_with_folded(text, "so:"); }

std::string without_stops(std::string_view text) {
    const auto last = text.find_last_not_of(" .;,/");
    return std::string(last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1));
}

/// What of a line can be a part of a longer text: without its number, its label, its stops.
std::string_view body_of(std::string_view text) {
    const auto blank = text.find(' ');
    if (blank != std::string_view::npos && blank < 6 && (text[0] == '-' || text[0] == '+' || begins_with_number(text) || begins_with_letter(text)))
        text.remove_prefix(blank + 1);
    if (const auto colon = text.find(": "); colon != std::string_view::npos && colon < 60) text.remove_prefix(colon + 2);
    const auto last = text.find_last_not_of(" .;,/");
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

class Paper {
  public:
    Paper(const std::vector<std::string>& lines, const Content& content) : lines_(lines), content_(content) {
        for (const auto& activity : content.activities) {
            cite(activity.review, anchor_of(activity), activity.ordinal);
            for (const auto& party : activity.parties) read(activity.review, party.name);
            read(activity.review, activity.title);
            read(activity.review, activity.content.value_or(""));
            read(activity.review, activity.funding.value_or(""));
            if (activity.deadline) read(activity.review, activity.deadline->text);
            for (const auto& target : activity.targets) read(activity.review, target.text);
            for (const auto& product : activity.products) read(activity.review, product.text);
        }
        for (const auto& duty : content.duties) {
            cite(duty.review, anchor_of(duty), std::to_string(duty.position));
            for (const auto& party : duty.parties) read(duty.review, party.name);
            read(duty.review, duty.text);
        }
        for (const auto& clause : content.clauses) {
            if (clause.dropped) continue;
            cite(clause.review, anchor_of(clause), "");
            read(clause.review, clause.text);
        }
    }

    View view() {
        std::size_t at = head();
        bool signed_part = false, recipients = false;
        for (; at < lines_.size(); ++at) {
            const auto line = trimmed(lines_[at]);
            if (line.empty()) continue;
            if (!cells_of(line).empty()) {
                at = table(at);
                continue;
            }
            const Printed words = printed(line);
            if (is_type(words.text)) signed_part = recipients = false;
            if (starts_with_folded(words.text, "noi nhan")) recipients = true;
            if (signs(words.text)) signed_part = true, recipients = false;
            View view = line_view(at, words.text);
            view.set("class", signed_part ? "doc__sign" : class_of(words, at, recipients));
            blocks_.push_back(View().set("line", std::move(view)));
        }
        View view;
        view.flag("has_head", !left_.empty());
        view.set("left", std::move(left_)).set("right", std::move(right_)).set("blocks", std::move(blocks_));
        return view;
    }

  private:
    struct Citation {
        std::string anchor;
        std::string number;
    };

    void cite(const Review& review, std::string anchor, std::string number) {
        if (review.lines) starts_.emplace(review.lines->first, Citation{std::move(anchor), std::move(number)});
    }
    void read(const Review& review, const std::string& words) {
        if (!review.lines || length(words) < 2) return;
        for (int line = review.lines->first; line <= review.lines->last; ++line) read_[line].push_back(without_stops(words));
    }

    bool is_type(std::string_view text) const {
        const std::string name = fold(text);
        return name == "ke hoach" || name == "quyet dinh" || (!name.empty() && name == fold(content_.revision.head.type.value_or("")));
    }

    /// What stands above the name of the document: who issues it at the left, the state and the day at the right.
    std::size_t head() {
        std::size_t end = 0;
        while (end < lines_.size() && !is_type(printed(trimmed(lines_[end])).text)) ++end;
        if (end == lines_.size()) return 0;
        for (std::size_t at = 0; at < end; ++at) {
            const auto line = trimmed(lines_[at]);
            if (line.empty() || is_rule(line)) continue;
            const auto cells = cells_of(line);
            if (cells.size() == 2) {
                add_to_head(left_, cells[0], at);
                add_to_head(right_, cells[1], std::nullopt);
                continue;
            }
            const auto words = printed(line);
            const bool right = starts_with_folded(words.text, "cong hoa xa hoi") || starts_with_folded(words.text, "doc lap") || names_day(words.text);
            add_to_head(right ? right_ : left_, words.text, at);
        }
        return end;
    }

    /// A cell of Word has lost its line breaks; those that every document has are put back.
    void add_to_head(std::vector<View>& side, std::string text, std::optional<std::size_t> at) const {
        for (auto blank = text.find(' '); blank != std::string::npos; blank = text.find(' ', blank + 1)) {
            const auto before = std::string_view(text).substr(0, blank), after = std::string_view(text).substr(blank + 1);
            if (starts_with_folded(after, "so:") || starts_with_folded(after, "doc lap") || fold(before).ends_with("hanh phuc")) text[blank] = '\n';
        }
        for (const auto part : split(text, '\n')) {
            View view;
            const auto filled = filled_until(part);
            view.set("text", std::string(part.substr(0, filled))).set("unfilled", std::string(part.substr(filled)));
            view.set("id", at ? "d" + std::to_string(*at + 1) : "").flag("plain", holds_number(part) || names_day(part));
            side.push_back(std::move(view));
            at.reset();
        }
    }

    /// Where in a line of the head begins the number or the day that the paper leaves open; its end if it leaves nothing.
    std::size_t filled_until(std::string_view line) const {
        const auto& head = content_.revision.head;
        if (holds_number(line) && !head.number) return 0;
        if (!names_day(line) || head.date.complete()) return line.size();
        const auto comma = line.find(", ");  // names_day() also takes blanks of other kinds behind it
        return comma == std::string_view::npos ? 0 : comma + 2;
    }

    /// Where the words that were read stand in the text, as one run after the other, marked or not.
    std::vector<View> parts(const std::string& text, std::size_t at) const {
        enum class Mark { None, Read, Unfilled };
        std::vector<Mark> marked(text.size(), Mark::None);
        const auto mark = [&](std::size_t from, std::size_t size, Mark as = Mark::Read) {
            std::fill_n(marked.begin() + static_cast<std::ptrdiff_t>(from), size, as);
        };
        const bool of_head = starts_.empty() || static_cast<int>(at) + 1 < starts_.begin()->first;
        if (const auto filled = of_head ? filled_until(text) : text.size(); filled < text.size()) mark(filled, text.size() - filled, Mark::Unfilled);
        if (const auto found = read_.find(static_cast<int>(at) + 1); found != read_.end()) {
            const auto body = body_of(text);
            for (const auto& words : found->second) {
                const auto from = text.find(words);
                if (from != std::string::npos) mark(from, words.size());
                else if (length(body) > 2 && words.find(body) != std::string::npos) mark(static_cast<std::size_t>(body.data() - text.data()), body.size());
            }
        }
        std::vector<View> views;
        for (std::size_t from = 0; from < text.size();) {
            std::size_t to = from;
            while (to < text.size() && marked[to] == marked[from]) ++to;
            View part;
            const std::string run = text.substr(from, to - from);
            const bool unfilled = marked[from] == Mark::Unfilled;
            part.set("text", unfilled ? "" : run).set("unfilled", unfilled ? run : "").flag("marked", marked[from] == Mark::Read);
            views.push_back(std::move(part));
            from = to;
        }
        return views;
    }

    View line_view(std::size_t at, const std::string& text) const {
        View view;
        view.set("id", "d" + std::to_string(at + 1)).set("parts", parts(text, at));
        set_reference(view, at);
        return view;
    }

    void set_reference(View& view, std::size_t at) const {
        const auto start = starts_.find(static_cast<int>(at) + 1);
        const bool numbered = start != starts_.end() && !start->second.number.empty();
        view.set("anchor", numbered ? start->second.anchor : "").set("reference", numbered ? start->second.number : "");
    }

    const char* class_of(const Printed& words, std::size_t at, bool recipients) const {
        const auto& text = words.text;
        if (is_type(text) || starts_with_folded(text, "phu luc") || fold_keeping_marks(text) == fold_keeping_marks(content_.revision.head.title)) return "doc__title";
        if (recipients) return "doc__to";
        if (begins_with_roman(text)) return "doc__part";
        if (text.starts_with("- ")) return "doc__dash";
        if (text.starts_with("+ ")) return "doc__plus";
        if (begins_with_letter(text)) return words.strong || starts_.contains(static_cast<int>(at) + 1) ? "doc__letter" : "doc__dash";
        if (words.strong || (begins_with_number(text) && length(text) < 60)) return "doc__item";
        return "doc__text";
    }

    /// Every row from here to the last of the table; gives the line of the last.
    std::size_t table(std::size_t at) {
        std::vector<View> rows;
        std::size_t last = at, columns = 0;
        for (; at < lines_.size(); ++at) {
            const auto line = trimmed(lines_[at]);
            const auto cells = cells_of(line);
            if (cells.empty()) break;
            last = at;
            if (is_rule(line)) continue;
            View row;
            std::vector<View> views;
            for (const auto& cell : cells) views.push_back(View().set("parts", parts(cell, at)).flag("first", views.empty()).set("span", ""));
            if (columns == 0) columns = cells.size();
            // The name of a group of rows goes over what is left of them.
            if (cells.size() < columns) views.back().set("span", std::to_string(columns - cells.size() + 1));
            row.set("id", "d" + std::to_string(at + 1)).set("cells", std::move(views));
            set_reference(row, at);
            rows.push_back(std::move(row));
        }
        blocks_.push_back(View().set("table", View().set("rows", std::move(rows))));
        return last;
    }

    const std::vector<std::string>& lines_;
    const Content& content_;
    std::map<int, Citation> starts_;                // by the line an item begins in
    std::map<int, std::vector<std::string>> read_;  // by line, what was read there
    std::vector<View> left_, right_, blocks_;
};

}  // namespace

std::string anchor_of(const ActivityText& activity) { return "hd-" + to_string(activity.id); }
std::string anchor_of(const DutyText& duty) { return "nv-" + to_string(duty.id); }
std::string anchor_of(const Clause& clause) { return "muc-" + to_string(clause.id); }

View paper_view(const std::vector<std::string>& lines, const Content& content) { return Paper(lines, content).view(); }

std::vector<View> quoted_lines(const std::vector<std::string>& lines, const Review& review) {
    std::vector<View> views;
    if (!review.lines) return views;
    for (int line = review.lines->first; line <= review.lines->last && line <= static_cast<int>(lines.size()); ++line) {
        const auto text = trimmed(lines[static_cast<std::size_t>(line) - 1]);
        if (text.empty() || is_rule(text)) continue;
        const auto cells = cells_of(text);
        views.push_back(View().set("text", cells.empty() ? printed(text).text : joined(cells, " | ")));
    }
    return views;
}

}  // namespace loa::plan
