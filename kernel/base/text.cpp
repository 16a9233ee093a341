#include "loa/base/text.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "loa/base/check.h"

namespace loa {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

const icu::Normalizer2& nfc() {
    static const icu::Normalizer2* const normalizer = [] {
        UErrorCode status = U_ZERO_ERROR;
        const auto* instance = icu::Normalizer2::getNFCInstance(status);
        LOA_CHECK(U_SUCCESS(status));
        return instance;
    }();
    return *normalizer;
}

const icu::Normalizer2& nfd() {
    static const icu::Normalizer2* const normalizer = [] {
        UErrorCode status = U_ZERO_ERROR;
        const auto* instance = icu::Normalizer2::getNFDInstance(status);
        LOA_CHECK(U_SUCCESS(status));
        return instance;
    }();
    return *normalizer;
}

bool is_ascii(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

std::string normalised(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
    nfc().normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, nullptr, status);
    LOA_CHECK(U_SUCCESS(status));
    return out;
}

bool is_space(char32_t c) {
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}
/// Soft hyphen, zero width, marks of direction.
bool is_invisible(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF; }
bool is_dash(char32_t c) { return (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

/// What stands for `c` when finding: lower case, dashes and quotes of one kind.
char32_t plain(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (is_dash(c)) return '-';
    if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0x201F || c == 0xAB || c == 0xBB) return '"';
    if (c == 0x2018 || c == 0x2019 || c == 0x201A || c == 0x201B || c == 0xB4) return '\'';
    return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

/// The letter without its marks; đ is a letter of its own in Unicode, not d with a mark.
char32_t bare(char32_t c) {
    if (c < 0x80) return c;
    if (c == 0x111) return 'd';
    static const auto table = [] {
        std::unordered_map<char32_t, char32_t> letters;
        for (char32_t letter = 0xC0; letter < 0x1F00; ++letter) {
            if (letter == 0x300) letter = 0x1E00;  // combining marks and other scripts
            icu::UnicodeString decomposed;
            if (nfd().getDecomposition(static_cast<UChar32>(letter), decomposed) && decomposed.char32At(0) < 0x80)
                letters.emplace(letter, static_cast<char32_t>(decomposed.char32At(0)));
        }
        return letters;
    }();
    const auto found = table.find(c);
    return found == table.end() ? c : found->second;
}

template <class Map>
std::string folded(std::string_view text, Map map) {
    std::string out;
    out.reserve(text.size());
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (is_invisible(c)) continue;
        if (is_space(c)) {
            gap = !out.empty();
            continue;
        }
        const char32_t mapped = map(plain(c));
        if (mapped == 0) continue;
        if (gap) out += ' ';
        gap = false;
        append_code_point(out, mapped);
    }
    return out;
}

/// Old tone placement → new, on whole syllables in lower case ("hoà" → "hòa", not "hoàn", not "quý").
std::string with_new_tone_places(std::string text) {
    static const std::array<std::pair<std::string_view, std::string_view>, 15> places{{
        {"oà", "òa"}, {"oá", "óa"}, {"oả", "ỏa"}, {"oã", "õa"}, {"oạ", "ọa"},
        {"oè", "òe"}, {"oé", "óe"}, {"oẻ", "ỏe"}, {"oẽ", "õe"}, {"oẹ", "ọe"},
        {"uỳ", "ùy"}, {"uý", "úy"}, {"uỷ", "ủy"}, {"uỹ", "ũy"}, {"uỵ", "ụy"},
    }};
    for (std::size_t at = 0; at + 2 < text.size(); ++at) {
        if ((text[at] != 'o' && text[at] != 'u') || static_cast<unsigned char>(text[at + 1]) < 0x80) continue;
        const std::string_view rest = std::string_view(text).substr(at);
        const auto place = std::find_if(places.begin(), places.end(), [&](const auto& forms) { return rest.starts_with(forms.first); });
        if (place == places.end()) continue;
        const auto& [old_form, new_form] = *place;
        const std::size_t next = at + old_form.size();
        const bool ends = next >= text.size() || [&] {
            std::size_t peek = next;
            return !u_isalpha(static_cast<UChar32>(next_code_point(text, peek)));
        }();
        const bool after_q = at > 0 && text[at - 1] == 'q';
        if (ends && !after_q) text.replace(at, old_form.size(), new_form);
    }
    return text;
}

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

}  // namespace

char32_t next_code_point_beyond_ascii(std::string_view text, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
    auto offset = static_cast<int64_t>(at);
    const auto size = static_cast<int64_t>(text.size());
    UChar32 c = 0;
    U8_NEXT(bytes, offset, size, c);
    if (c < 0) {
        ++at;
        return kReplacement;
    }
    at = static_cast<std::size_t>(offset);
    return static_cast<char32_t>(c);
}

void append_code_point(std::string& text, char32_t code_point) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) code_point = kReplacement;
    if (code_point < 0x80) {
        text += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        text += static_cast<char>(0xC0 | (code_point >> 6));
        text += static_cast<char>(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        text += static_cast<char>(0xE0 | (code_point >> 12));
        text += static_cast<char>(0x80 | ((code_point >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (code_point & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | (code_point >> 18));
        text += static_cast<char>(0x80 | ((code_point >> 12) & 0x3F));
        text += static_cast<char>(0x80 | ((code_point >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (code_point & 0x3F));
    }
}

bool is_utf8(std::string_view bytes) {
    const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
    const auto size = static_cast<int64_t>(bytes.size());
    for (int64_t at = 0; at < size;) {
        UChar32 c = 0;
        U8_NEXT(data, at, size, c);
        if (c < 0) return false;
    }
    return true;
}

std::optional<std::string> to_nfc(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (!is_utf8(bytes)) return std::nullopt;
    return normalised(bytes);
}

std::string to_nfc_lossy(std::string_view bytes) {
    if (auto text = to_nfc(bytes)) return *std::move(text);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    std::string valid;
    for (std::size_t at = 0; at < bytes.size();) append_code_point(valid, next_code_point(bytes, at));
    return normalised(valid);
}

std::string fold(std::string_view text) {
    // A combining mark that NFC could not join to its letter is dropped too.
    return folded(text, [](char32_t c) { return c >= 0x300 && c <= 0x36F ? U'\0' : bare(c); });
}

std::string fold_keeping_marks(std::string_view text) {
    return with_new_tone_places(folded(text, [](char32_t c) { return c; }));
}

std::string lower(std::string_view text) {
    std::string out;
    unicode(text).toLower(icu::Locale::getRoot()).toUTF8String(out);
    return out;
}

std::string upper(std::string_view text) {
    std::string out;
    unicode(text).toUpper(icu::Locale::getRoot()).toUTF8String(out);
    return out;
}

std::string capitalised(std::string_view text) {
    if (text.empty()) return {};
    std::size_t rest = 0;
    next_code_point(text, rest);
    return upper(text.substr(0, rest)).append(text.substr(rest));
}

std::string_view trimmed(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); begin = at)
        if (const char32_t c = next_code_point(text, at); !is_space(c) && c != 0xFEFF) break;
    text.remove_prefix(begin);
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
        std::size_t at = last;
        const char32_t c = next_code_point(text, at);
        if (at < text.size() || (!is_space(c) && c != 0xFEFF)) break;  // behind a wrong byte nothing is taken off
        text.remove_suffix(text.size() - last);
    }
    return text;
}

std::string squeezed(std::string_view text) {
    text = trimmed(text);
    std::string out;
    out.reserve(text.size());
    bool gap = false;
    const auto close_gap = [&] {
        if (gap) out += ' ';
        gap = false;
    };
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t end = end_of_plain_run(text, at); end > at) {
            close_gap();
            out += text.substr(at, end - at);
            at = end;
        } else if (const char32_t c = next_code_point(text, at); is_space(c)) {
            gap = true;
        } else {
            close_gap();
            append_code_point(out, c);
        }
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += separator;  // also in front of and behind empty parts: lines keep their numbers
        out += parts[i];
    }
    return out;
}

bool starts_with_folded(std::string_view text, std::string_view folded_prefix) {
    return fold(text).starts_with(folded_prefix);
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    LOA_CHECK(!from.empty());
    std::string out;
    for (;;) {
        const std::size_t at = text.find(from);
        out += text.substr(0, at);
        if (at == std::string_view::npos) return out;
        out += to;
        text.remove_prefix(at + from.size());
    }
}

std::size_t length(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

std::string shortened(std::string_view text, std::size_t code_points) {
    std::size_t letter = 0;  // where the letter begins that the next mark belongs to
    std::size_t at = 0;
    for (std::size_t seen = 0; at < text.size(); ++seen) {
        std::size_t next = at;
        const char32_t c = next_code_point(text, next);
        if (u_getCombiningClass(static_cast<UChar32>(c)) == 0) letter = at;
        if (seen == code_points) {
            auto kept = text.substr(0, letter);
            // Half a word reads like a misprint; one that fills the place alone is cut all the same.
            if (const auto blank = kept.rfind(' '); blank != std::string_view::npos && text[letter] != ' ') kept = kept.substr(0, blank);
            return std::string(trimmed(kept)) + "…";
        }
        at = next;
    }
    return std::string(text);
}

}  // namespace loa
