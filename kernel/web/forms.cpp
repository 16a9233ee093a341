#include "forms.h"

#include "loa/base/text.h"
#include "path.h"

namespace loa::web {

namespace {

/// Decoded and NFC; nothing when it can't be text.
std::optional<std::string> parse_text(std::string_view encoded) {
    const auto decoded = percent_decoded(encoded, Plus::Blank);
    if (!decoded || decoded->find('\0') != std::string::npos) return std::nullopt;
    return to_nfc(*decoded);
}

bool same_word(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t at = 0; at < a.size(); ++at) {
        const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        if (small(a[at]) != small(b[at])) return false;
    }
    return true;
}

bool is_media_type(std::string_view content_type, std::string_view wanted) {
    return same_word(trimmed(content_type.substr(0, content_type.find(';'))), wanted);
}

}  // namespace

std::optional<Fields> parse_urlencoded(std::string_view body) {
    Fields fields;
    std::size_t count = 0;
    while (!body.empty()) {
        const auto end = body.find('&');
        const auto pair = body.substr(0, end);
        body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
        if (pair.empty()) continue;
        if (++count > kFormFields) return std::nullopt;
        const auto equals = pair.find('=');
        auto name = parse_text(pair.substr(0, equals));
        auto value = equals == std::string_view::npos ? std::string() : parse_text(pair.substr(equals + 1));
        if (!name || !value) return std::nullopt;
        fields.add(*std::move(name), *std::move(value));
    }
    return fields;
}

bool is_urlencoded(std::string_view content_type) {
    return is_media_type(content_type, "application/x-www-form-urlencoded");
}

std::optional<std::string> multipart_boundary(std::string_view content_type) {
    if (!is_media_type(content_type, "multipart/form-data")) return std::nullopt;
    for (const auto part : split(content_type, ';')) {
        const auto parameter = trimmed(part);
        const auto equals = parameter.find('=');
        if (equals == std::string_view::npos || !same_word(parameter.substr(0, equals), "boundary")) continue;
        auto boundary = parameter.substr(equals + 1);
        if (boundary.size() >= 2 && boundary.front() == '"' && boundary.back() == '"')
            boundary = boundary.substr(1, boundary.size() - 2);
        if (boundary.empty() || boundary.size() > 70) return std::nullopt;
        return std::string(boundary);
    }
    return std::nullopt;
}

std::optional<std::string> clean_file_name(std::string_view name) {
    if (const auto slash = name.find_last_of("/\\"); slash != std::string_view::npos)
        name = name.substr(slash + 1);
    std::string plain;
    for (const char c : name)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) plain += c;
    auto text = to_nfc(plain);
    if (!text) return std::nullopt;
    constexpr std::size_t kLongest = 200;
    if (length(*text) <= kLongest) return text;
    const auto dot = text->rfind('.');
    const std::string extension =
        dot == std::string::npos || length(text->substr(dot)) > 12 ? std::string() : text->substr(dot);
    return shortened(*text, kLongest - 13) + extension;
}

Fields parse_cookies(std::string_view header) {
    Fields cookies;
    for (const auto part : split(header, ';')) {
        const auto pair = trimmed(part);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || equals == 0) continue;
        cookies.add(std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1)));
    }
    return cookies;
}

}  // namespace loa::web
