#include "reading/outline.h"

#include <algorithm>

#include "reading/lexicon.h"

namespace loa::plan {

namespace {

bool is_short(const Text& text) { return text.size() <= 24; }

bool ends_like_sentence(const Text& text) {
    const std::string& printed = text.str();
    return !printed.empty() && (printed.back() == ';' || printed.back() == '.');
}

/// "Mục đích", "Yêu cầu:", "Mục tiêu cụ thể đến năm 2025:" on a line of its own.
bool is_bare_aim(const Text& text) {
    const auto word = lexicon().sections.at(text, text.is(0, "về") ? 1 : 0);
    if (!is(word, SectionWord::Objective) && !is(word, SectionWord::Requirement)) return false;
    return text.size() <= word.words + 1 || (text.size() <= 10 && text.str().back() == ':');
}

bool is_field_label(const Text& text) {
    const auto label = lexicon().labels.at(text, 0);
    return label && text.is(label.words, ":");
}

/// "3.1" below "3", "a1" below "a".
bool is_below(std::string_view ordinal, std::string_view parent) {
    return ordinal.size() > parent.size() && ordinal.starts_with(parent) &&
           (ordinal[parent.size()] == '.' || (parent.back() >= 'a' && parent.back() <= 'z'));
}

}  // namespace

Outline::Outline(const std::vector<Piece>& pieces, std::size_t first, std::size_t last) : pieces_(pieces) {
    std::vector<std::size_t> open;  // from the section to the present node
    for (std::size_t i = first; i < last; ++i) {
        const MarkerShape shape = shape_of(i, open);
        if (shape != MarkerShape::None) {
            add_node(i, shape, open);
            continue;
        }
        for (const std::size_t node : open) nodes_[node].lines.last = std::max(nodes_[node].lines.last, pieces_[i].lines.last);
        if (!open.empty()) nodes_[open.back()].body.push_back(i);
    }
}

MarkerShape Outline::shape_of(std::size_t index, const std::vector<std::size_t>& open) const {
    const Piece& piece = pieces_[index];
    if (piece.table != nullptr || piece.shape == MarkerShape::Bullet) return MarkerShape::None;
    if (piece.shape == MarkerShape::Roman && piece.ordinal.size() == 1 && piece.ordinal != "I") {
        // "C." and "D." also follow "B."; "V." follows "IV.".
        for (auto node = open.rbegin(); node != open.rend(); ++node)
            if (nodes_[*node].shape == MarkerShape::Capital && this->piece(*node).ordinal[0] + 1 == piece.ordinal[0]) return MarkerShape::Capital;
    }
    if (piece.shape != MarkerShape::None) return piece.shape;
    if (piece.in_capitals() && is_short(piece.text) && piece.text.size() > 1 &&
        (piece.heading || piece.bold || lexicon().sections.at(piece.text, 0)))
        return MarkerShape::CapitalHeading;
    const bool inside_item = !open.empty() && nodes_[open.back()].shape != MarkerShape::Roman &&
                             nodes_[open.back()].shape != MarkerShape::CapitalHeading && nodes_[open.back()].shape != MarkerShape::SmallHeading;
    if (is_bare_aim(piece.text) && (!inside_item || piece.bold || piece.heading)) return MarkerShape::SmallHeading;
    if (is_field_label(piece.text) && (inside_item || piece.text.str().back() != ':')) return MarkerShape::None;
    if (piece.heading) return MarkerShape::SmallHeading;
    if (piece.bold && is_short(piece.text) && !ends_like_sentence(piece.text)) return MarkerShape::SmallHeading;
    return MarkerShape::None;
}

void Outline::add_node(std::size_t index, MarkerShape shape, std::vector<std::size_t>& open) {
    const Piece& piece = pieces_[index];
    // A heading that ran on to the next line: "PHẦN I" above "MỤC ĐÍCH", both headings.
    if (shape == MarkerShape::CapitalHeading && !open.empty() && nodes_[open.back()].body.empty() &&
        nodes_[open.back()].children.empty() && this->piece(open.back()).text.empty()) {
        nodes_[open.back()].piece = index;
        nodes_[open.back()].lines.last = piece.lines.last;
        return;
    }
    const auto rank = std::find_if(open.begin(), open.end(), [&](std::size_t node) { return nodes_[node].shape == shape; });
    if (rank != open.end()) {
        open.erase(rank, open.end());
    } else if (shape == MarkerShape::Roman || shape == MarkerShape::CapitalHeading) {
        // Rank of a section wherever it first occurs, below parts and capital letters only.
        while (!open.empty() && nodes_[open.back()].shape != MarkerShape::Part && nodes_[open.back()].shape != MarkerShape::Capital &&
               nodes_[open.back()].shape != MarkerShape::Roman && nodes_[open.back()].shape != MarkerShape::CapitalHeading)
            open.pop_back();
    } else if (shape == MarkerShape::SmallHeading) {
        // An unnumbered heading stands below a section, not below the last item of a list.
        while (open.size() > 1 && (nodes_[open.back()].shape == MarkerShape::Letter || nodes_[open.back()].shape == MarkerShape::Arabic)) open.pop_back();
    } else if (shape == MarkerShape::Arabic2 || shape == MarkerShape::Arabic3 || shape == MarkerShape::LetterArabic) {
        while (open.size() > 1 && nodes_[open.back()].shape != MarkerShape::Roman && nodes_[open.back()].shape != MarkerShape::CapitalHeading &&
               !is_below(piece.ordinal, this->piece(open.back()).ordinal) && nodes_[open.back()].shape == MarkerShape::Letter)
            open.pop_back();
    }
    Node node;
    node.piece = index;
    node.parent = open.empty() ? kNoNode : open.back();
    node.ordinal = piece.ordinal;
    node.shape = shape;
    node.lines = piece.lines;
    const std::size_t id = nodes_.size();
    for (const std::size_t ancestor : open) nodes_[ancestor].lines.last = std::max(nodes_[ancestor].lines.last, piece.lines.last);
    if (open.empty()) sections_.push_back(id);
    else nodes_[open.back()].children.push_back(id);
    nodes_.push_back(std::move(node));
    open.push_back(id);
}

std::string Outline::path(std::size_t node) const {
    std::vector<std::string_view> ordinals;
    for (std::size_t at = node; at != kNoNode; at = nodes_[at].parent) {
        const std::string_view ordinal = nodes_[at].ordinal;
        if (ordinal.empty()) continue;
        if (!ordinals.empty() && is_below(ordinals.back(), ordinal)) continue;  // "3.1" says "3" already
        ordinals.push_back(ordinal);
    }
    std::string path;
    for (auto ordinal = ordinals.rbegin(); ordinal != ordinals.rend(); ++ordinal) {
        if (!path.empty()) path += '.';
        path += *ordinal;
    }
    return path;
}

}  // namespace loa::plan
