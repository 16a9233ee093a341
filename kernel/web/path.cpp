#include "path.h"

#include "loa/base/text.h"

namespace loa::web {

namespace {

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void append_escape(std::string& out, char c) {
    static constexpr char digits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
}

/// One segment of a path, decoded; nothing when it tries a trick.
std::optional<std::string> parse_segment(std::string_view segment) {
    const auto decoded = percent_decoded(segment);
    // A byte order mark in front would be taken off on the way to NFC, and what is left could be "..".
    if (!decoded || decoded->starts_with("\xEF\xBB\xBF")) return std::nullopt;
    auto words = to_nfc(*decoded);
    if (!words || words->empty() || *words == "." || *words == "..") return std::nullopt;
    for (const char c : *words)
        if (c == '/' || c == '\\' || is_control(c)) return std::nullopt;
    return words;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%') {
            if (text.size() - at < 3) return std::nullopt;
            const int high = hexadecimal(text[at + 1]);
            const int low = hexadecimal(text[at + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            at += 2;
        } else {
            out += text[at] == '+' && plus == Plus::Blank ? ' ' : text[at];
        }
    }
    return out;
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c))
            out += c;
        else
            append_escape(out, c);
    }
    return out;
}

std::string encoded_address(std::string_view address) {
    std::string out;
    for (const char c : address) {
        if (is_control(c) || c == ' ' || c == '"' || c == '<' || c == '>' ||
            static_cast<unsigned char>(c) >= 0x80)
            append_escape(out, c);
        else
            out += c;
    }
    return out;
}

std::optional<Target> parse_target(std::string_view target) {
    Target parsed;
    if (const auto mark = target.find('?'); mark != std::string_view::npos) {
        parsed.query = target.substr(mark + 1);
        target = target.substr(0, mark);
    }
    if (!target.starts_with('/')) return std::nullopt;
    if (target == "/") {
        parsed.path = "/";
        return parsed;
    }
    for (const auto segment : split(target.substr(1), '/')) {
        auto text = parse_segment(segment);
        if (!text) return std::nullopt;
        parsed.path += '/';
        parsed.path += *text;
        parsed.segments.push_back(*std::move(text));
    }
    return parsed;
}

bool is_own_path(std::string_view address) {
    if (!address.starts_with('/') || address.starts_with("//")) return false;
    for (const char c : address)
        if (is_control(c) || c == '\\') return false;
    return true;
}

}  // namespace loa::web
