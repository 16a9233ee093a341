// The document as one row of pieces: paragraphs, headings, items, tables, each with its marker and its look.
#pragma once

#include <string>
#include <vector>

#include "loa/formats/document.h"
#include "loa/plan/reading.h"
#include "reading/words.h"

namespace loa::plan {

/// The shape of what stands in front; the same shape again is the same rank.
enum class MarkerShape {
    None, Part, Named, Roman, Capital, Arabic, ArabicBracket, Arabic2, Arabic3, Letter, LetterArabic, Bracketed, Bullet,
    CapitalHeading, SmallHeading
};

struct Piece {
    Text text;           // without the marker
    std::string marker;  // as printed: "II.", "a)", "-"
    std::string ordinal; // bare: "II", "a", "3.1"; empty for bullets
    MarkerShape shape = MarkerShape::None;
    bool bold = false;         // all of it
    std::size_t lead_in = 0;   // words in front that are bold while the rest is not
    bool heading = false;
    LineRange lines;
    const formats::Table* table = nullptr;  // then the text is empty

    bool numbered() const { return shape != MarkerShape::None && shape != MarkerShape::Bullet; }
    /// Every letter a capital one.
    bool in_capitals() const;
};

/// Tables that only lay out the heading or the signature are taken apart, column by column.
std::vector<Piece> pieces_of(const formats::TextDocument& document);

/// Whether the text of a piece begins with these folded words.
bool begins_with(const Text& text, std::initializer_list<std::string_view> folded_words);

}  // namespace loa::plan
