// The words of one paragraph: runs, fields, tracked changes, symbols (ECMA-376 part 1, §17.3, §17.13,
// §17.16).
#pragma once

#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "docx_styles.h"
#include "styled_text.h"

namespace loa::formats {

/// Calls `visit` for each child that stands in the text: wrappers (content controls, insertions, links,
/// custom markup, the first usable branch of mc:AlternateContent) are looked through, what was deleted or
/// moved away is passed over.
template <class Visit>
void for_each_in_text(pugi::xml_node parent, const Visit& visit);

/// Code points of one paragraph; what is longer is cut, and DocxBody refuses a document that comes to this.
inline constexpr std::size_t kLongestParagraph = 1U << 20;

class DocxText {
  public:
    explicit DocxText(DocxStyles& styles) : styles_(styles) {}

    struct Paragraph {
        StyledText text;
        std::vector<pugi::xml_node> boxes;  // w:txbxContent anchored here, in order
    };
    /// Keeps the state of fields from one paragraph to the next: a field may span several.
    Paragraph read(pugi::xml_node paragraph, const Style& style);

  private:
    void read_inline(pugi::xml_node node);
    void read_run(pugi::xml_node run);
    void read_run_part(pugi::xml_node part, const RunLook& look);
    void read_field_sign(pugi::xml_node sign);
    void find_boxes(pugi::xml_node node);
    void append(std::string_view text, const RunLook& look);

    enum class FieldPart { Code, Result };

    DocxStyles& styles_;
    std::vector<FieldPart> fields_;  // the open ones, outermost first
    std::size_t open_codes_ = 0;     // of them, those whose result has not begun
    Paragraph paragraph_;
    const Style* style_ = nullptr;
};

/// The branch of mc:AlternateContent to read: Word writes a drawing and, for old readers, the same once more.
pugi::xml_node chosen_branch(pugi::xml_node alternate_content);

template <class Visit>
void for_each_in_text(pugi::xml_node parent, const Visit& visit) {
    for (const pugi::xml_node child : parent) {
        const std::string_view name = child.name();
        if (name == "w:sdt")
            for_each_in_text(child.child("w:sdtContent"), visit);
        else if (name == "w:ins" || name == "w:moveTo" || name == "w:hyperlink" || name == "w:smartTag" ||
                 name == "w:customXml" || name == "w:fldSimple" || name == "w:dir" || name == "w:bdo")
            for_each_in_text(child, visit);
        else if (name == "mc:AlternateContent")
            for_each_in_text(chosen_branch(child), visit);
        else if (name != "w:del" && name != "w:moveFrom")
            visit(child);
    }
}

}  // namespace loa::formats
