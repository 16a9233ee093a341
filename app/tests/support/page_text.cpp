#include "tests/support/page_text.h"

#include "loa/base/text.h"

namespace loa::app {

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
    const auto from = text.find(begin);
    if (from == std::string::npos) return "";
    const auto to = text.find(end, from + begin.size());
    return text.substr(from, to == std::string::npos ? to : to - from);
}

std::string link_in(const std::string& html) {
    const std::string begin = "href=\"";
    const auto found = between(html, begin, "\"");
    return found.empty() ? found : replaced(found.substr(begin.size()), "&amp;", "&");
}

std::string words_of(const std::string& html) {
    std::string words;
    bool in_tag = false;
    for (const char c : html) {
        if (c == '<') words += ' ';
        in_tag = c == '<' || (in_tag && c != '>');
        if (!in_tag && c != '>') words += c;
    }
    return squeezed(words);
}

std::vector<std::string> leading_nowhere(const std::string& page, const std::string& links) {
    std::vector<std::string> dead;
    const std::string begin = "href=\"#";
    for (auto at = links.find(begin); at != std::string::npos; at = links.find(begin, at + 1)) {
        const auto from = at + begin.size();
        const std::string id = links.substr(from, links.find('"', from) - from);
        if (page.find(" id=\"" + id + "\"") == std::string::npos) dead.push_back(id);
    }
    return dead;
}

bool shows(const std::string& form, const std::string& name, const std::string& typed) {
    std::string value = replaced(typed, "&", "&amp;");
    for (const auto& [sign, entity] : {std::pair("<", "&lt;"), std::pair(">", "&gt;"), std::pair("\"", "&quot;")})
        value = replaced(value, sign, entity);
    const std::string named = " name=\"" + name + "\"";
    for (auto at = form.find(named); at != std::string::npos; at = form.find(named, at + 1)) {
        const auto begin = form.rfind('<', at);
        const std::string tag = form.substr(begin, form.find('>', at) + 1 - begin);
        const auto holds = [](const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; };
        if (tag.starts_with("<textarea") && form.substr(begin + tag.size()).starts_with(value + "</textarea>")) return true;
        if (tag.starts_with("<select") &&
            holds(between(form.substr(begin), tag, "</select>"), "<option value=\"" + value + "\" selected>"))
            return true;
        const bool to_tick = holds(tag, "type=\"checkbox\"") || holds(tag, "type=\"radio\"");
        const bool ticked = !to_tick || holds(tag, " checked");
        if (tag.starts_with("<input") && holds(tag, " value=\"" + value + "\"") && ticked) return true;
    }
    return false;
}

}  // namespace loa::app
