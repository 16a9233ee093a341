// The tree of numbered items, whatever their markers and however deep, with what stands below each.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reading/pieces.h"

namespace loa::plan {

inline constexpr std::size_t kNoNode = static_cast<std::size_t>(-1);

/// A numbered item or an unnumbered heading. Unnumbered paragraphs and bullets are its body.
struct Node {
    std::size_t piece = 0;
    std::string ordinal;  // as printed, bare
    MarkerShape shape = MarkerShape::None;
    std::size_t parent = kNoNode;
    std::vector<std::size_t> children;  // nodes
    std::vector<std::size_t> body;      // pieces
    LineRange lines;                    // with all that stands below
};

class Outline {
  public:
    /// Of pieces [first, last).
    Outline(const std::vector<Piece>& pieces, std::size_t first, std::size_t last);

    const std::vector<std::size_t>& sections() const { return sections_; }
    const Node& operator[](std::size_t node) const { return nodes_[node]; }
    std::size_t size() const { return nodes_.size(); }
    const Piece& piece(std::size_t node) const { return pieces_[nodes_[node].piece]; }
    const Piece& body_piece(std::size_t piece) const { return pieces_[piece]; }
    /// "III.2.a": the printed ordinals from the section down.
    std::string path(std::size_t node) const;

  private:
    MarkerShape shape_of(std::size_t piece, const std::vector<std::size_t>& open) const;
    void add_node(std::size_t piece, MarkerShape shape, std::vector<std::size_t>& open);

    const std::vector<Piece>& pieces_;
    std::vector<Node> nodes_;
    std::vector<std::size_t> sections_;
};

}  // namespace loa::plan
