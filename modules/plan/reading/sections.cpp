#include "reading/sections.h"

#include <algorithm>
#include <array>

#include "reading/duties.h"
#include "reading/tables.h"

namespace loa::plan {

namespace {

/// Which words of section headings occur in a heading.
class HeadingWords {
  public:
    explicit HeadingWords(const Text& text) {
        // "Nội dung 1: …" and run-in headings: what stands behind the colon is not the heading.
        for (std::size_t at = 0; at < std::min<std::size_t>(text.size(), 24) && !text.is(at, ":"); ++at) {
            const auto word = lexicon().sections.at(text, at);
            if (!word) continue;
            if (!first_) first_ = static_cast<SectionWord>(word.key);
            // "KINH PHÍ TỔ CHỨC THỰC HIỆN" is of money.
            const bool of_money = first_ == SectionWord::Budget && static_cast<SectionWord>(word.key) != SectionWord::Budget;
            if ((at > 2 || of_money) && !after_and(text, at)) {
                at += word.words - 1;
                continue;
            }
            has_[static_cast<std::size_t>(word.key)] = true;
            at += word.words - 1;
        }
    }
    bool has(SectionWord word) const { return has_[static_cast<std::size_t>(word)]; }
    std::optional<SectionWord> first() const { return first_; }

  private:
    /// A word counts at the beginning or in an enumeration: "MỤC ĐÍCH, YÊU CẦU VÀ ĐỐI TƯỢNG".
    static bool after_and(const Text& text, std::size_t at) { return text.is_one_of(at - 1, {",", "và", "-", "/", ";", "&", ".", "các"}); }

    std::array<bool, 10> has_{};
    std::optional<SectionWord> first_;
};

bool has_table(const Outline& outline, std::size_t section) {
    std::vector<std::size_t> open{section};
    while (!open.empty()) {
        const Node& node = outline[open.back()];
        open.pop_back();
        for (const std::size_t piece : node.body)
            if (const auto* table = outline.body_piece(piece).table; table != nullptr && is_task_table(*table)) return true;
        open.insert(open.end(), node.children.begin(), node.children.end());
    }
    return false;
}

/// Fields of who and when below a section show that its items are tasks.
bool has_party_labels(const Outline& outline, std::size_t section) {
    std::vector<std::size_t> open{section};
    while (!open.empty()) {
        const Node& node = outline[open.back()];
        open.pop_back();
        for (const std::size_t piece : node.body) {
            const auto spans = labelled_spans(outline.body_piece(piece).text, 0);
            for (const auto& span : spans)
                if (span.label == Label::Lead || span.label == Label::Partner || span.label == Label::Request || span.label == Label::Time) return true;
        }
        for (const std::size_t child : node.children) {
            const auto spans = labelled_spans(outline.piece(child).text, 0);
            if (spans.size() > 1 && (spans[1].label == Label::Lead || spans[1].label == Label::Partner)) return true;
        }
        open.insert(open.end(), node.children.begin(), node.children.end());
    }
    return false;
}

bool has_children_of(const Outline& outline, std::size_t section, std::initializer_list<SectionWord> words) {
    for (const std::size_t child : outline[section].children) {
        const auto first = HeadingWords(outline.piece(child).text).first();
        if (first && std::find(words.begin(), words.end(), *first) != words.end()) return true;
    }
    return false;
}

bool says_who_leads(const Surroundings& surroundings, const Text& text) {
    const auto spans = labelled_spans(text, 0);
    if (std::any_of(spans.begin(), spans.end(), [](const LabelledSpan& span) { return span.label == Label::Lead; })) return true;
    return !read_parties(surroundings.agencies, text, 0, text.size()).leads.empty();
}

/// "1. Nội dung", "2. Hình thức tuyên truyền": the names of lists, not of works.
bool divides_by_theme_and_channel(const Outline& outline, std::size_t section) {
    const auto& children = outline[section].children;
    return children.size() >= 2 && std::all_of(children.begin(), children.end(), [&](std::size_t child) {
        const Text& text = outline.piece(child).text;
        const auto word = lexicon().sections.at(text, 0);
        return (is(word, SectionWord::Theme) || is(word, SectionWord::Channel)) && text.size() <= word.words + 3;
    });
}

/// Whether most numbered items name some work first and then who leads it: "1. Mở chuyên mục. Giao X chủ trì".
bool shares_out_work(const Surroundings& surroundings, const Outline& outline, std::size_t section) {
    const auto& children = outline[section].children;
    std::size_t works = 0;
    for (const std::size_t child : children) {
        const Text& own = outline.piece(child).text;
        if (begins_with_body(surroundings, own)) continue;
        const auto& body = outline[child].body;
        works += says_who_leads(surroundings, own) || std::any_of(body.begin(), body.end(), [&](std::size_t piece) {
                     return says_who_leads(surroundings, outline.body_piece(piece).text);
                 });
    }
    return works > 0 && works * 2 >= children.size();
}

std::optional<SectionKind> kind_of(const Surroundings& surroundings, const Outline& outline, std::size_t node) {
    const HeadingWords words(outline.piece(node).text);
    // A table of tasks gives activities, whatever its section is called; the agencies above it keep their duties.
    if (has_table(outline, node) && !has_children_of(outline, node, {SectionWord::Organisation}) &&
        !names_agencies(surroundings, outline, node))
        return SectionKind::Tasks;
    const bool task = words.has(SectionWord::Task);
    if (words.has(SectionWord::Organisation)) {
        if (names_agencies(surroundings, outline, node)) return SectionKind::Organisation;
        // "PHÂN CÔNG NHIỆM VỤ", "NỘI DUNG VÀ PHÂN CÔNG" may hold works instead of offices; "TỔ CHỨC THỰC HIỆN" never does.
        const bool of_contents = words.first() == SectionWord::Theme || words.first() == SectionWord::Channel;
        const bool shares = (of_contents || outline.piece(node).text.is(0, "phân")) && shares_out_work(surroundings, outline, node);
        if (task || shares) return SectionKind::Tasks;
        if (!of_contents) return SectionKind::Organisation;
    }
    if (task) return names_agencies(surroundings, outline, node) ? SectionKind::Organisation : SectionKind::Tasks;
    if (words.has(SectionWord::Objective) || words.has(SectionWord::Requirement)) {
        const bool both = words.has(SectionWord::Objective) && words.has(SectionWord::Requirement);
        return both ? SectionKind::Aims : words.has(SectionWord::Objective) ? SectionKind::Objectives : SectionKind::Requirements;
    }
    if (words.has(SectionWord::Theme) || words.has(SectionWord::Channel)) {
        const bool works = has_party_labels(outline, node) || shares_out_work(surroundings, outline, node);
        if (works && !divides_by_theme_and_channel(outline, node)) return SectionKind::Tasks;
        const bool both = words.has(SectionWord::Theme) && words.has(SectionWord::Channel);
        return both ? SectionKind::ThemesAndChannels : words.has(SectionWord::Theme) ? SectionKind::Themes : SectionKind::Channels;
    }
    if (words.has(SectionWord::Budget)) return SectionKind::Budget;
    if (words.has(SectionWord::Reporting)) return SectionKind::Reporting;
    if (words.has(SectionWord::Nowhere)) return SectionKind::Nowhere;
    if (words.has(SectionWord::Annex)) return SectionKind::Tasks;
    if (names_agencies(surroundings, outline, node)) return SectionKind::Organisation;
    if (has_party_labels(outline, node)) return SectionKind::Tasks;
    return std::nullopt;
}

/// What a subheading may be inside a section: it narrows the section, it does not leave it.
std::optional<SectionKind> kind_inside(SectionKind outer, const Piece& piece, bool heads_others) {
    const HeadingWords words(piece.text);
    const bool run_in = [&] {
        for (std::size_t i = 1; i < std::min<std::size_t>(piece.text.size(), 9); ++i)
            if (piece.text.is(i, ":")) return true;
        return false;
    }();
    if ((!heads_others && !run_in) || !words.first()) return std::nullopt;
    // "1. Hình thức: qua đài, báo" in a section of nothing but those: only its label.
    const auto word = lexicon().sections.at(piece.text, 0);
    const bool bare_label = word && piece.text.is(word.words, ":");
    if (bare_label && is(word, SectionWord::Channel) && outer == SectionKind::Channels) return outer;
    if (bare_label && is(word, SectionWord::Theme) && outer == SectionKind::Themes) return outer;
    if (bare_label && is(word, SectionWord::Requirement) && outer == SectionKind::Requirements) return outer;
    switch (*words.first()) {
        case SectionWord::Objective:
            if (outer == SectionKind::Aims || outer == SectionKind::Objectives || outer == SectionKind::Requirements) return SectionKind::Objectives;
            break;
        case SectionWord::Requirement:
            if (outer == SectionKind::Aims || outer == SectionKind::Objectives) return SectionKind::Requirements;
            break;
        case SectionWord::Theme:
            if (outer == SectionKind::ThemesAndChannels || outer == SectionKind::Channels || outer == SectionKind::Aims) return SectionKind::Themes;
            break;
        case SectionWord::Channel:
            if (outer == SectionKind::ThemesAndChannels || outer == SectionKind::Themes) return SectionKind::Channels;
            break;
        case SectionWord::Nowhere:
            if (outer != SectionKind::Budget && outer != SectionKind::Reporting) return SectionKind::Nowhere;
            break;
        default:
            break;
    }
    return std::nullopt;
}

/// Whether an item below an unnamed heading is a section of its own ("Phần thứ nhất": "I. MỤC ĐÍCH") rather
/// than a task.
bool heads_a_section(const Surroundings& surroundings, const Outline& outline, std::size_t node) {
    const MarkerShape shape = outline[node].shape;
    if (shape == MarkerShape::Roman || shape == MarkerShape::CapitalHeading) return true;
    const auto kind = kind_of(surroundings, outline, node);
    return kind && *kind != SectionKind::Tasks && *kind != SectionKind::Nowhere;
}

class ItemReader {
  public:
    ItemReader(const Outline& outline, ParsedPlan& plan) : outline_(outline), plan_(plan) {}

    void read(std::size_t section, SectionKind kind) {
        std::vector<std::pair<std::size_t, SectionKind>> open{{section, kind}};
        while (!open.empty()) {
            const auto [at, outer] = open.back();
            open.pop_back();
            const Node& node = outline_[at];
            const bool leaf = node.children.empty() && node.body.empty();
            SectionKind inner = outer;
            const auto narrower = at == section ? std::nullopt : kind_inside(outer, outline_.piece(at), !leaf);
            inner = narrower.value_or(outer);
            add_own_text(at, inner, leaf, at == section || narrower);
            add_body(node, inner);
            for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) open.push_back({*child, inner});
        }
    }

  private:
    std::vector<ParsedItem>* list(SectionKind kind) {
        switch (kind) {
            case SectionKind::Objectives:
            case SectionKind::Aims: return &plan_.objectives;
            case SectionKind::Requirements: return &plan_.requirements;
            case SectionKind::Themes:
            case SectionKind::ThemesAndChannels: return &plan_.themes;
            case SectionKind::Channels: return &plan_.channels;
            case SectionKind::Budget: return &plan_.budget;
            default: return nullptr;
        }
    }
    /// "Chuyển đổi số vì người dân" in quotes, under CHỦ ĐỀ TUYÊN TRUYỀN: words to be used, nothing to be told.
    static bool is_slogan(const Text& text, std::size_t first, std::size_t last) {
        while (last > first && text.is_one_of(last - 1, {".", ";"})) --last;
        return last > first + 1 && text.is_quote(first) && text.is_quote(last - 1);
    }
    void add(SectionKind kind, const Text& text, std::size_t first, std::size_t last, LineRange lines) {
        auto* items = list(kind);
        if (items == nullptr || (kind == SectionKind::Themes && is_slogan(text, first, last))) return;
        if (auto words = text.printed(first, last); !words.empty()) items->push_back({std::move(words), lines});
    }

    /// A numbered item that heads nothing is an item itself; of a run-in heading ("1. Mục đích: …") what
    /// stands behind the colon.
    void add_own_text(std::size_t at, SectionKind kind, bool leaf, bool heading) {
        const Piece& piece = outline_.piece(at);
        std::size_t first = 0;
        if (heading) {
            while (first < piece.text.size() && !piece.text.is(first, ":")) ++first;
            if (first >= std::min<std::size_t>(piece.text.size(), 16)) return;
            ++first;
            // "… các vấn đề sau:" announces what stands below.
            if (!leaf && piece.text.str().back() == ':') return;
        } else if (!leaf) {
            return;
        }
        add(kind, piece.text, first, piece.text.size(), piece.lines);
    }

    void add_body(const Node& node, SectionKind kind) {
        SectionKind now = kind;
        for (std::size_t i = 0; i < node.body.size(); ++i) {
            const Piece& piece = outline_.body_piece(node.body[i]);
            if (piece.table != nullptr || is_closing_paragraph(piece.text)) continue;
            const bool has_next = i + 1 < node.body.size();
            if (auto inside = kind_inside(kind, piece, false)) {
                now = *inside;
                std::size_t colon = 0;
                while (!piece.text.is(colon, ":")) ++colon;
                add(now, piece.text, colon + 1, piece.text.size(), piece.lines);
                continue;
            }
            // "… các nội dung sau:" in front of a list announces it.
            if (has_next && !piece.text.str().empty() && piece.text.str().back() == ':') continue;
            if (now == SectionKind::Channels && piece.shape != MarkerShape::Bullet) {
                for (std::size_t at = 0; at < piece.text.size();) {
                    const std::size_t end = sentence_end(piece.text, at);
                    add(now, piece.text, at, end, piece.lines);
                    at = end;
                }
                continue;
            }
            add(now, piece.text, 0, piece.text.size(), piece.lines);
        }
    }

    const Outline& outline_;
    ParsedPlan& plan_;
};

}  // namespace

bool is_closing_paragraph(const Text& text) {
    if (begins_with(text, {"trên", "đây", "là"}) || begins_with(text, {"trên", "đây"})) return true;
    const bool stop = text.str().ends_with("./.") || text.str().ends_with(". /.") || text.str().ends_with("./");
    if (stop) return true;
    const bool difficulty = text.str().find("vướng mắc") != std::string::npos || text.str().find("khó khăn") != std::string::npos;
    return difficulty && (begins_with(text, {"trong", "quá", "trình"}) || begins_with(text, {"quá", "trình"}) || begins_with(text, {"nếu", "có"}));
}

void read_sections(const Surroundings& surroundings, const Outline& outline, ParsedPlan& plan) {
    std::vector<std::size_t> open(outline.sections().rbegin(), outline.sections().rend());
    while (!open.empty()) {
        const std::size_t section = open.back();
        open.pop_back();
        const auto kind = kind_of(surroundings, outline, section);
        if (!kind) {  // "Phần thứ nhất", "A. …": its own sections say what they are
            const auto& children = outline[section].children;
            const auto is_section = [&](std::size_t child) { return heads_a_section(surroundings, outline, child); };
            if (!children.empty() && std::none_of(children.begin(), children.end(), is_section)) {
                read_tasks(surroundings, outline, section, plan.activities);  // "CÁC ĐỢT CAO ĐIỂM": items that do something
                continue;
            }
            open.insert(open.end(), children.rbegin(), children.rend());
            continue;
        }
        switch (*kind) {
            case SectionKind::Tasks: read_tasks(surroundings, outline, section, plan.activities); break;
            case SectionKind::Organisation:
                read_duties(surroundings, outline, section, plan.duties);
                read_tables(surroundings, outline, section, plan.activities);
                break;
            default: ItemReader(outline, plan).read(section, *kind); break;
        }
    }
}

}  // namespace loa::plan
