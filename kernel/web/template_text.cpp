#include "template_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "loa/base/text.h"

namespace loa::web {

namespace {

constexpr std::string_view kPanels = "panels ";


constexpr std::string_view kLayoutPrefix = "web/layout_";

bool is_layout(std::string_view name) {
    return name.starts_with(kLayoutPrefix);
}

/// `{{ name }}` of our own templates: letters, digits, "_" and "-" joined by dots, or "." alone.
bool is_name(std::string_view name) {
    if (name == ".") return true;
    if (name.empty() || name.front() == '.' || name.back() == '.') return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
    });
}

/// Copies text, leaving out the blanks that only indent lines; those inside <pre> and <textarea> stay.
class Indentation {
  public:
    void append(std::string& out, std::string_view text) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            const char c = text[at];
            if (c == '<') note_element(text.substr(at + 1));
            if (line_start_ && !kept_ && (c == ' ' || c == '\t')) continue;
            line_start_ = c == '\n';
            out += c;
        }
    }
    void tag() { line_start_ = false; }

  private:
    void note_element(std::string_view rest) {
        if (rest.starts_with("pre") || rest.starts_with("textarea")) kept_ = true;
        if (rest.starts_with("/pre") || rest.starts_with("/textarea")) kept_ = false;
    }
    bool line_start_ = true;
    bool kept_ = false;
};

}  // namespace

struct TemplateText::Writing {
    Language language;
    TemplateProblems& problems;
    std::string out;
    std::vector<std::string> open_files;  // for cycles
    std::vector<std::string> sections;    // of the file being read
    std::string_view body;                // the page that goes into the layout's {{{body}}}
    bool body_placed = false;
    Indentation indentation;

    void report(std::string_view file, int line, std::string_view problem) {
        problems.push_back(fmt::format("{}:{}: {}", file, line, problem));
    }
};

namespace {

std::string_view escape_of(char c) {
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\'': return "&#39;";
        default: return {};
    }
}

}  // namespace

std::string escaped_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    // Most texts hold none of them: what lies between two is copied at once.
    const char* copied = text.data();
    const char* const end = text.data() + text.size();
    for (const char* at = copied; at != end; ++at) {
        const auto escape = escape_of(*at);
        if (escape.empty()) continue;
        out.append(copied, at).append(escape);
        copied = at + 1;
    }
    out.append(copied, end);
    return out;
}

std::string TemplateText::shell_of(std::string_view text) {
    const auto line = text.substr(0, text.find('\n'));
    constexpr std::string_view kMark = "{{! shell:";
    if (!line.starts_with(kMark)) return "plain";
    return std::string(trimmed(line.substr(kMark.size(), line.find("}}") - kMark.size())));
}

std::string TemplateText::page(std::string_view name, std::string_view shell, Language language,
                               TemplateProblems& problems) const {
    Writing writing{language, problems, {}, {}, {}, name, false, {}};
    const std::string layout = std::string(kLayoutPrefix).append(shell);
    if (!files_.contains(layout)) {
        writing.report(name, 1, fmt::format("there is no shell \"{}\" ({})", shell, layout));
        return {};
    }
    append(writing, layout);
    if (!writing.body_placed) writing.report(layout, 1, "a layout needs one {{{body}}}");
    return std::move(writing.out);
}

std::string TemplateText::bare(std::string_view name, Language language, TemplateProblems& problems) const {
    Writing writing{language, problems, {}, {}, {}, {}, false, {}};
    append(writing, name);
    return std::move(writing.out);
}

void TemplateText::append(Writing& writing, std::string_view name) const {
    const auto file = files_.find(name);
    const std::string_view text = file->second;
    writing.open_files.emplace_back(name);
    auto sections_around = std::exchange(writing.sections, {});
    int line = 1;
    for (std::size_t at = 0; at < text.size();) {
        const auto open = text.find("{{", at);
        const auto plain = text.substr(at, open - at);
        writing.indentation.append(writing.out, plain);
        line += static_cast<int>(std::count(plain.begin(), plain.end(), '\n'));
        if (open == std::string_view::npos) {
            // Before the tag that follows this file it would open a tag of its own.
            if (plain.ends_with('{')) writing.report(name, line, "the file ends with a brace");
            break;
        }
        const std::string_view closing = text.substr(open).starts_with("{{{") ? "}}}" : "}}";
        const auto close = text.find(closing, open);
        if (close == std::string_view::npos) {
            writing.report(name, line, "a tag is not closed");
            break;
        }
        const auto tag = text.substr(open, close + closing.size() - open);
        append_tag(writing, name, line, tag);
        line += static_cast<int>(std::count(tag.begin(), tag.end(), '\n'));
        at = close + closing.size();
    }
    for (const auto& section : writing.sections)
        writing.report(name, line, fmt::format("the section {} is not closed in this file", section));
    writing.sections = std::move(sections_around);
    writing.open_files.pop_back();
}

void TemplateText::append_tag(Writing& writing, std::string_view name, int line, std::string_view tag) const {
    writing.indentation.tag();
    if (tag.starts_with("{{{")) {
        const auto inner = trimmed(tag.substr(3, tag.size() - 6));
        if (is_layout(name) && inner == "body" && !writing.body.empty() && !writing.body_placed) {
            writing.body_placed = true;
            append(writing, writing.body);
        } else if (is_layout(name) && inner == "icon_svg") {
            writing.out += "{{{icon_svg}}}";
        } else {
            writing.report(name, line, fmt::format("{} is put out without escaping", tag));
        }
        return;
    }
    const auto inner = trimmed(tag.substr(2, tag.size() - 4));
    const char kind = inner.empty() ? '\0' : inner.front();
    const auto rest = inner.empty() ? inner : trimmed(inner.substr(1));
    switch (kind) {
        case '!':
            return;
        case '>':
            return append_partial(writing, name, line, rest);
        case '@':
            return append_translation(writing, name, line, rest);
        case '#':
        case '^':
            if (!is_name(rest)) return writing.report(name, line, fmt::format("{} names nothing", tag));
            writing.sections.emplace_back(rest);
            writing.out.append("{{").append(1, kind).append(rest).append("}}");
            return;
        case '/':
            if (writing.sections.empty() || writing.sections.back() != rest)
                return writing.report(name, line, fmt::format("{} closes no open section", tag));
            writing.sections.pop_back();
            writing.out.append("{{/").append(rest).append("}}");
            return;
        default:
            if (!is_name(inner)) return writing.report(name, line, fmt::format("{} is no tag of ours", tag));
            writing.out.append("{{").append(inner).append("}}");
    }
}

/// "plan/_panel_overview_10_desk" is shown as {{#plan_desk}}…{{/plan_desk}}, in the order of the numbers.
void TemplateText::append_panels(Writing& writing, std::string_view page) const {
    const std::string beginning = fmt::format("_panel_{}_", page);
    std::map<std::pair<std::string_view, std::string_view>, std::string_view> panels;  // the rest of its name, its owner
    for (const auto& [name, text] : files_) {
        const auto slash = name.find('/');
        if (slash != std::string::npos && std::string_view(name).substr(slash + 1).starts_with(beginning))
            panels.emplace(std::pair(std::string_view(name).substr(slash + 1 + beginning.size()), std::string_view(name).substr(0, slash)), name);
    }
    for (const auto& [place, name] : panels) {
        const auto& [rest, owner] = place;
        const std::string key = fmt::format("{}_{}", owner, rest.substr(rest.find('_') + 1));
        writing.out += "{{#" + key + "}}";
        append(writing, name);
        writing.out += "{{/" + key + "}}";
    }
}

void TemplateText::append_partial(Writing& writing, std::string_view name, int line,
                                  std::string_view partial) const {
    if (partial.starts_with(kPanels)) return append_panels(writing, trimmed(partial.substr(kPanels.size())));
    if (!files_.contains(partial))
        return writing.report(name, line, fmt::format("there is no partial {}", partial));
    if (std::find(writing.open_files.begin(), writing.open_files.end(), partial) != writing.open_files.end())
        return writing.report(name, line, fmt::format("{} contains itself", partial));
    append(writing, partial);
}

void TemplateText::append_translation(Writing& writing, std::string_view name, int line,
                                      std::string_view key) const {
    if (key.starts_with("@asset:")) {
        const auto asset = trimmed(key.substr(7));
        const auto* address = address_(asset);
        if (!address) return writing.report(name, line, fmt::format("there is no asset {}", asset));
        writing.out += escaped_html(*address);
        return;
    }
    const auto text = translate_(writing.language, key);
    if (!text)
        return writing.report(name, line, fmt::format("no text for {} in {}", key, code(writing.language)));
    // {placeholders} become tags; a brace that encloses no name would end up as half a tag.
    std::string_view left = *text;
    while (!left.empty()) {
        const auto open = left.find('{');
        writing.out += escaped_html(left.substr(0, open));
        if (open == std::string_view::npos) return;
        const auto close = left.find('}', open);
        const auto placeholder =
            close == std::string_view::npos ? std::string_view() : left.substr(open + 1, close - open - 1);
        if (!is_name(placeholder))
            return writing.report(name, line, fmt::format("the text of {} has a stray brace", key));
        writing.out.append("{{").append(placeholder).append("}}");
        left = left.substr(close + 1);
    }
}

}  // namespace loa::web
