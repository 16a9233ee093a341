#include "names.h"

#include "loa/base/text.h"
#include "loa/formats/sniff.h"

namespace loa::media {

namespace {

constexpr std::size_t kLongestStem = 120;  // code points

/// Direction marks and overrides make "gpj.exe" look like "exe.jpg".
bool is_unfit(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2028 ||
           c == 0x2029 || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF ||
           c == 0xFFFD;
}

std::string first_code_points(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (std::size_t seen = 0; at < text.size() && seen < count; ++seen) next_code_point(text, at);
    return std::string(trimmed(text.substr(0, at)));
}

}  // namespace

std::string clean_name(std::string_view name) {
    if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos) name.remove_prefix(slash + 1);
    const auto composed = to_nfc_lossy(name);
    std::string fit;
    for (std::size_t at = 0; at < composed.size();) {
        const char32_t c = next_code_point(composed, at);
        if (c == '\t' || c == '\n' || c == '\r') fit += ' ';
        else if (!is_unfit(c)) append_code_point(fit, c);
    }
    fit = squeezed(fit);
    while (fit.starts_with('.') || fit.starts_with(' ')) fit.erase(0, 1);
    while (fit.ends_with('.') || fit.ends_with(' ')) fit.pop_back();  // Windows drops them: "a.exe." is "a.exe"
    const auto dot = formats::ending_at(fit);
    return first_code_points(std::string_view(fit).substr(0, dot), kLongestStem) + fit.substr(dot);
}

}  // namespace loa::media
