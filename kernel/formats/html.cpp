#include "loa/formats/html.h"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "loa/base/text.h"

namespace loa::formats {

namespace {

constexpr std::size_t kRead = 256 << 10, kLongestTitle = 4 << 10;

/// From the first "<title" on: a small piece, so that a page that nests without end costs the parser nothing.
std::string_view title_piece(std::string_view bytes) {
    constexpr std::string_view tag = "<title";
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; };
    bytes = bytes.substr(0, kRead);
    const auto found = std::search(bytes.begin(), bytes.end(), tag.begin(), tag.end(), same);
    return bytes.substr(static_cast<std::size_t>(found - bytes.begin())).substr(0, kLongestTitle);
}

/// The words of the first <title> below the node.
std::string title_below(const GumboNode* root) {
    std::vector<const GumboNode*> waiting{root};
    while (!waiting.empty()) {
        const GumboNode* node = waiting.back();
        waiting.pop_back();
        if (node->type != GUMBO_NODE_ELEMENT) continue;
        const auto& children = node->v.element.children;
        if (node->v.element.tag == GUMBO_TAG_TITLE) {
            std::string words;
            for (unsigned i = 0; i < children.length; ++i) {
                const auto* child = static_cast<const GumboNode*>(children.data[i]);
                if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE) words += child->v.text.text;
            }
            return words;
        }
        for (unsigned i = children.length; i > 0; --i) waiting.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
    }
    return "";
}

}  // namespace

bool looks_like_html(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    for (;;) {
        while (!bytes.empty() && (bytes.front() == ' ' || (bytes.front() >= '\t' && bytes.front() <= '\r'))) bytes.remove_prefix(1);
        const auto end = bytes.starts_with("<!--") ? bytes.find("-->") : std::string_view::npos;
        if (end == std::string_view::npos) break;
        bytes.remove_prefix(end + 3);
    }
    const std::string begin = lower(to_nfc_lossy(bytes.substr(0, 20)));
    for (const char* tag : {"<!doctype html", "<html", "<head", "<title", "<body"})
        if (begin.starts_with(tag)) return true;
    return false;
}

std::string html_title(std::string_view bytes) {
    const std::string read(title_piece(bytes));
    if (read.empty()) return "";
    const std::unique_ptr<GumboOutput, void (*)(GumboOutput*)> parsed(
        gumbo_parse_with_options(&kGumboDefaultOptions, read.data(), read.size()),
        [](GumboOutput* output) { gumbo_destroy_output(&kGumboDefaultOptions, output); });
    return to_nfc_lossy(title_below(parsed->root));
}

}  // namespace loa::formats
