// Vietnamese before Unicode: the letters were drawn by the font, so the font's name says what the code
// points mean. TCVN3 (".VnTime"; ".VnTimeH" draws capitals) after TCVN 5712:1993; VNI ("VNI-Times") sets a
// vowel and then its mark.
#pragma once

#include <string>
#include <string_view>

namespace loa::formats {

enum class LegacyCharset { None, Tcvn3, Tcvn3Capitals, Vni };

LegacyCharset legacy_charset(std::string_view font_name);

/// Unicode for a run set in such a font; VNI marks come out as combining marks, to be composed by NFC. A
/// run that already holds Vietnamese letters beyond Latin-1 is Unicode under a forgotten font name and
/// comes back as it is.
std::u32string from_legacy(LegacyCharset charset, std::u32string_view text);

/// Pictures that symbol fonts (Symbol, Wingdings) draw for a private code point (U+F000 …) or a plain one:
/// "•", "▪", "➢", "✓"; U+FFFD when the font is such a font and the sign is not known, 0 when it is not one.
char32_t symbol(std::string_view font_name, char32_t code_point);

}  // namespace loa::formats
