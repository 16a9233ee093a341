// XML from strangers. pugixml parses without recursion and frees by page, but it believes every size and
// depth; so a scan refuses first what no office document has.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "loa/base/result.h"

namespace loa::formats {

/// Elements within elements. Word's deepest (a table in a text box in a table …) stay under 100.
inline constexpr int kXmlDepth = 256;
/// Nodes and attributes; the tree of this many takes about 64 MiB beside the text itself.
inline constexpr std::size_t kXmlNodes = 1U << 20;

/// Owns the text that the nodes point into.
class Xml {
  public:
    /// Fails with formats.damaged (not well-formed, not UTF-8), formats.unsafe_xml (DOCTYPE, depth) or
    /// formats.too_large_inside (nodes). Blank-only text is kept where it is an element's only content.
    static Result<Xml> parse(std::string text);

    pugi::xml_node root() const { return tree_->document_element(); }

  private:
    Xml() = default;
    // On the heap: nodes point into both, so neither may move with the owner.
    std::unique_ptr<std::string> text_;
    std::unique_ptr<pugi::xml_document> tree_;
};

/// An element of a large text: names without their prefix, `text` from its "<" to its last ">".
struct XmlPart {
    std::string_view parent;
    std::string_view name;
    std::string_view text;
};
/// Gives every element that has `level` others above it, one after another, so that a text of which no tree could be
/// made is read in pieces. Fails as Xml::parse does, or with what `each` says; all before the fault was given.
Result<> each_xml_part(std::string_view text, int level, const std::function<Result<>(const XmlPart&)>& each);
/// The element of a part, alive as long as `tree`; none if it is not well-formed. 1 MiB makes a tree of 20 at most.
pugi::xml_node parsed_part(std::string_view part, pugi::xml_document& tree);
/// "row" of <x:row>: which prefix stands for a namespace is the writer's choice.
std::string_view local_name_of(pugi::xml_node node);

inline std::string_view name_of(pugi::xml_node node) {
    return node.name();
}
/// The value of w:val, or `otherwise`.
inline std::string_view val_of(pugi::xml_node node, const char* otherwise = "") {
    return node.attribute("w:val").as_string(otherwise);
}
/// A switch such as <w:b/>, <w:b w:val="0"/>: off for 0, false, off, none.
bool is_on(pugi::xml_node node);

}  // namespace loa::formats
