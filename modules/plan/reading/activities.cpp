#include "reading/activities.h"

#include <algorithm>

#include "reading/tables.h"

namespace loa::plan {

namespace {

bool starts_with_label(const Text& text) {
    const auto spans = labelled_spans(text, 0);
    return spans.size() > 1 && spans.front().words.empty();
}

std::string heading_of(const Piece& piece) { return piece.text.printed(0, piece.text.size()); }

/// Adds what stands below a node that is one activity, in the order of the text.
void add_below(const Outline& outline, std::size_t node, ActivityBuilder& builder) {
    std::vector<std::size_t> open{node};
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        if (at != node) builder.add_body(outline.piece(at));
        for (const std::size_t piece : outline[at].body)
            if (outline.body_piece(piece).table == nullptr) builder.add_body(outline.body_piece(piece));
        const auto& children = outline[at].children;
        open.insert(open.end(), children.rbegin(), children.rend());
    }
}

bool points_elsewhere(const Text& text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((text.is(i, "phụ") && text.is(i + 1, "lục")) || (text.is(i, "kèm") && text.is(i + 1, "theo"))) return true;
    return false;
}

bool is_group(const Outline& outline, const Node& node) { return !node.children.empty() && !carries_labels(outline, node); }

/// Where no item is numbered, each bullet below the section is an activity.
void read_bullets(const Surroundings& surroundings, const Outline& outline, std::size_t section,
                  std::vector<ParsedActivity>& activities) {
    for (const std::size_t index : outline[section].body) {
        const Piece& piece = outline.body_piece(index);
        if (piece.shape != MarkerShape::Bullet || points_elsewhere(piece.text) || starts_with_label(piece.text)) continue;
        ActivityBuilder builder(surroundings, outline.path(section), {}, piece.lines);
        builder.add_heading(piece);
        activities.push_back(builder.finished());
    }
}

/// "1.1. Nội dung: Mở chuyên mục" with who and when below it is a work of its own.
bool is_labelled_work(const Outline& outline, std::size_t node) {
    const auto own = labelled_spans(outline.piece(node).text, 0);
    if (own.size() < 2 || own[1].label != Label::Content) return false;
    const auto& body = outline[node].body;
    return std::any_of(body.begin(), body.end(), [&](std::size_t piece) {
        const auto spans = labelled_spans(outline.body_piece(piece).text, 0);
        return spans.size() > 1 && (spans[1].label == Label::Lead || spans[1].label == Label::Time);
    });
}

}  // namespace

bool carries_labels(const Outline& outline, const Node& node) {
    std::size_t labelled = 0;
    for (const std::size_t child : node.children) labelled += starts_with_label(outline.piece(child).text) && !is_labelled_work(outline, child);
    return labelled > 0 && labelled * 2 >= node.children.size();
}

/// Those of the tables that stand right below the node; false if there is none.
static bool read_tables_of(const Surroundings& surroundings, const Outline& outline, std::size_t node,
                           std::vector<ParsedActivity>& activities) {
    bool any = false;
    for (const std::size_t index : outline[node].body) {
        const auto* table = outline.body_piece(index).table;
        if (table == nullptr || !is_task_table(*table)) continue;
        read_task_table(surroundings, *table, outline.path(node), activities);
        any = true;
    }
    return any;
}

void read_tables(const Surroundings& surroundings, const Outline& outline, std::size_t section,
                 std::vector<ParsedActivity>& activities) {
    std::vector<std::size_t> open{section};
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        read_tables_of(surroundings, outline, at, activities);
        const auto& children = outline[at].children;
        open.insert(open.end(), children.rbegin(), children.rend());
    }
}

void read_tasks(const Surroundings& surroundings, const Outline& outline, std::size_t section,
                std::vector<ParsedActivity>& activities) {
    struct Open {
        std::size_t node;
        std::string group;
    };
    const std::size_t before = activities.size();
    std::vector<Open> open{{section, {}}};
    while (!open.empty()) {
        const auto [at, group] = open.back();
        open.pop_back();
        const Node& node = outline[at];
        const bool has_table = read_tables_of(surroundings, outline, at, activities);
        if (at == section || is_group(outline, node)) {
            const std::string title = at == section ? std::string() : heading_of(outline.piece(at));
            for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) open.push_back({*child, title});
            continue;
        }
        const bool leaf = node.children.empty() && node.body.empty();
        if (has_table || outline.piece(at).text.empty() || (leaf && points_elsewhere(outline.piece(at).text))) continue;
        ActivityBuilder builder(surroundings, outline.path(at), group, node.lines);
        builder.add_heading(outline.piece(at));
        add_below(outline, at, builder);
        activities.push_back(builder.finished());
    }
    if (activities.size() == before) read_bullets(surroundings, outline, section, activities);
}

}  // namespace loa::plan
