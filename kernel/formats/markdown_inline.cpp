#include "markdown_inline.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "loa/base/text.h"

namespace loa::formats {

namespace {

constexpr std::size_t kLongestLink = 500;  // how far a closing bracket is looked for: keeps the work linear
constexpr std::size_t kLongestTag = 200;

bool is_punctuation(char c) { return c > ' ' && c < 0x7F && !u_isalnum(c); }

struct Entity {
    std::string_view name;
    std::string_view text;
};
constexpr std::array<Entity, 8> kEntities{{{"amp;", "&"},
                                           {"lt;", "<"},
                                           {"gt;", ">"},
                                           {"quot;", "\""},
                                           {"apos;", "'"},
                                           {"nbsp;", " "},
                                           {"ndash;", "–"},
                                           {"shy;", ""}}};

/// Collects code points; squeezes blanks and drops invisible signs on the way.
class Collector {
  public:
    void add(std::string_view sign, bool bold, bool italic) {
        std::size_t at = 0;
        const char32_t c = next_code_point(sign, at);
        if (c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF) return;
        if (c <= ' ' || (c > 0x7F && u_isspace(static_cast<UChar32>(c)))) {
            gap_ = !line_.text.empty();
            return;
        }
        add_run(sign, bold, italic);
    }
    /// Signs that are neither blank nor invisible.
    void add_run(std::string_view signs, bool bold, bool italic) {
        if (gap_) line_.text += ' ';
        gap_ = false;
        const std::size_t begin = line_.text.size();
        line_.text += signs;
        if (bold || italic) mark(begin, bold, italic);
    }
    MarkdownLine taken() {
        gap_ = false;
        return std::exchange(line_, {});
    }

  private:
    void mark(std::size_t begin, bool bold, bool italic) {
        auto& stretches = line_.emphasis;
        const bool goes_on = !stretches.empty() && stretches.back().end + 1 >= begin &&
                             stretches.back().bold == bold && stretches.back().italic == italic;
        if (goes_on)
            stretches.back().end = line_.text.size();
        else
            stretches.push_back({begin, line_.text.size(), bold, italic});
    }

    MarkdownLine line_;
    bool gap_ = false;
};

/// The text of "&nbsp;" or "&#8211;" and its length, 0 if it is none.
std::size_t entity(std::string_view rest, std::string& out) {
    for (const auto& [name, text] : kEntities) {
        if (!rest.substr(1).starts_with(name)) continue;
        out = text;
        return name.size() + 1;
    }
    if (!rest.starts_with("&#")) return 0;
    const bool hexadecimal = rest.substr(2).starts_with("x");
    const char* begin = rest.data() + (hexadecimal ? 3 : 2);
    const char* end = rest.data() + std::min<std::size_t>(rest.size(), 12);
    if (begin >= end) return 0;
    std::uint32_t code = 0;
    const auto [stop, error] = std::from_chars(begin, end, code, hexadecimal ? 16 : 10);
    if (error != std::errc{} || stop == end || *stop != ';' || code < ' ' || code > 0x10FFFF ||
        (code >= 0xD800 && code < 0xE000))
        return 0;
    out.clear();
    append_code_point(out, code);
    return static_cast<std::size_t>(stop - rest.data()) + 1;
}

/// The length of "<b>", "</span …>", "<br/>", "<!-- -->", 0 if it is no tag; `breaks` for <br> and <p>.
std::size_t tag(std::string_view rest, bool& breaks) {
    const std::size_t close = rest.substr(0, kLongestTag).find('>');
    if (close == rest.npos || rest.size() < 3) return 0;
    std::string_view name = rest.substr(1, close - 1);
    if (name.starts_with('/')) name.remove_prefix(1);
    if (name.empty() || !(u_isalpha(name.front()) || name.front() == '!')) return 0;
    name = name.substr(0, name.find_first_of(" /\t"));
    breaks = name == "br" || name == "BR" || name == "p" || name == "div" || name == "li" || name == "P";
    return close + 1;
}

/// For "[words](address)": the length of the words; 0 if it is no link.
std::size_t link_words(std::string_view rest, std::size_t& length) {
    const std::string_view near = rest.substr(0, kLongestLink);
    const std::size_t middle = near.find("](");
    if (middle == near.npos || near.substr(1, middle - 1).find('[') != near.npos) return 0;
    const std::size_t end = near.find(')', middle);
    if (end == near.npos) return 0;
    length = end + 1;
    return middle - 1;
}

/// Where the signs from `at` end that mean nothing but themselves. It looks no further than that, so that many
/// short runs in one long line stay linear.
std::size_t end_of_words(std::string_view line, std::size_t at) {
    static constexpr auto kMeaning = [] {
        std::array<bool, 256> signs{};
        for (const char sign : {'\\', '*', '_', '`', '&', '<', '['}) signs[static_cast<unsigned char>(sign)] = true;
        return signs;
    }();
    return end_of_plain_run(line, at, [](char sign) { return kMeaning[static_cast<unsigned char>(sign)]; });
}

bool blank_at(std::string_view line, std::size_t at) { return at >= line.size() || line[at] == ' ' || line[at] == '\t'; }

}  // namespace

bool MarkdownLine::all_bold() const {
    std::size_t at = 0;
    for (const auto& stretch : emphasis) {
        if (!stretch.bold) continue;
        if (stretch.begin > at + 1) return false;
        at = stretch.end;
    }
    return !text.empty() && at >= text.size();
}

void MarkdownLine::append(const MarkdownLine& next) {
    if (next.text.empty()) return;
    if (!text.empty()) text += ' ';
    const std::size_t moved = text.size();
    text += next.text;
    for (Emphasis stretch : next.emphasis) {
        stretch.begin += moved;
        stretch.end += moved;
        emphasis.push_back(stretch);
    }
}

std::vector<MarkdownLine> MarkdownInline::read(std::string_view line) {
    std::vector<MarkdownLine> pieces;
    Collector collector;
    broken_ = line.ends_with("  ") || (line.ends_with('\\') && !line.ends_with("\\\\"));
    if (line.ends_with('\\') && broken_) line.remove_suffix(1);
    std::size_t link_closes = std::string_view::npos, link_ends = 0;
    std::string decoded;
    for (std::size_t at = 0; at < line.size();) {
        const char c = line[at];
        const std::string_view rest = line.substr(at);
        bool breaks = false;
        std::size_t passed = 0;
        if (at == link_closes) {
            at = link_ends;
            continue;
        }
        if (const std::size_t end = std::min(end_of_words(line, at), link_closes); end > at) {
            collector.add_run(line.substr(at, end - at), bold_, italic_);
            at = end;
            if (at > link_ends) link_closes = std::string_view::npos;
            continue;
        }
        if (c == '\\' && rest.size() > 1 && is_punctuation(rest[1])) {
            collector.add(rest.substr(1, 1), bold_, italic_);
            at += 2;
        } else if (c == '*' || (c == '_' && rest.size() > 0)) {
            std::size_t run = 1;
            while (run < rest.size() && rest[run] == c) ++run;
            const bool left = at > 0 && !blank_at(line, at - 1), right = !blank_at(line, at + run);
            const bool between_letters = left && right && c == '_';
            if (run > 3 || between_letters || (!left && !right)) {
                for (std::size_t i = 0; i < run && c == '*' && run == 1; ++i) collector.add("*", bold_, italic_);
                if (c == '_')
                    for (std::size_t i = 0; i < run; ++i) collector.add("_", bold_, italic_);
            } else {
                if (run >= 2) bold_ = !bold_;
                if (run != 2) italic_ = !italic_;
            }
            at += run;
        } else if (c == '`') {
            ++at;
        } else if (c == '&' && (passed = entity(rest, decoded)) > 0) {
            if (!decoded.empty()) collector.add(decoded, bold_, italic_);
            at += passed;
        } else if (c == '<' && (passed = tag(rest, breaks)) > 0) {
            if (rest.starts_with("<b>") || rest.starts_with("<strong>")) bold_ = true;
            if (rest.starts_with("</b>") || rest.starts_with("</strong>")) bold_ = false;
            if (breaks) pieces.push_back(collector.taken());
            at += passed;
        } else if (c == '[' && link_closes == std::string_view::npos && link_words(rest, passed) > 0) {
            std::size_t length = 0;
            link_closes = at + 1 + link_words(rest, length);
            link_ends = at + length;
            ++at;
        } else {
            std::size_t next = at;
            next_code_point(line, next);
            collector.add(line.substr(at, next - at), bold_, italic_);
            at = next;
        }
        if (at > link_ends) link_closes = std::string_view::npos;
    }
    pieces.push_back(collector.taken());
    return pieces;
}

}  // namespace loa::formats
