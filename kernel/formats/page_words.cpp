#include "page_words.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "file_problems.h"
#include "loa/base/text.h"
#include "loa/formats/plain_text.h"
#include "xml.h"

namespace loa::formats {

namespace {

constexpr double kTornGap = 0.08;  // of the height of the letters; a justified blank is 0.15 at its narrowest

double number(std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void add_word(Page& page, Word word, std::string_view text) {
    word.text = cleaned(to_nfc_lossy(text));
    // Coordinates that no page has would make lines and columns out of nothing.
    const bool sane = word.left >= -1 && word.right <= page.width + 1 && word.right > word.left &&
                      word.bottom > word.top && word.top >= -1 && word.bottom <= page.height + 1;
    if (!word.text.empty() && sane) page.words.push_back(std::move(word));
}

/// Measured against the first word of the line: a line of larger letters beside two of smaller ones would
/// otherwise draw both into one.
bool on_one_height(const PrintedLine& line, const Word& word) {
    const Word& first = line.words.front();
    const double overlap = std::min(first.bottom, word.bottom) - std::max(first.top, word.top);
    return overlap > 0.5 * std::min(first.height(), word.height());
}

void extend(PrintedLine& line, const Word& word) {
    if (line.words.empty()) {
        line.left = word.left;
        line.top = word.top;
        line.right = word.right;
        line.bottom = word.bottom;
    }
    line.left = std::min(line.left, word.left);
    line.right = std::max(line.right, word.right);
    line.top = std::min(line.top, word.top);
    line.bottom = std::max(line.bottom, word.bottom);
    line.words.push_back(word);
}

void join_torn_words(PrintedLine& line) {
    std::vector<Word> whole;
    for (Word& word : line.words) {
        if (!whole.empty() && word.left - whole.back().right < kTornGap * word.height()) {
            whole.back().text = to_nfc_lossy(whole.back().text + word.text);
            whole.back().right = std::max(whole.back().right, word.right);
        } else {
            whole.push_back(std::move(word));
        }
    }
    line.words = std::move(whole);
}

std::vector<PrintedLine> lines_of(const Page& page, int number_of_page) {
    std::vector<Word> words = page.words;
    std::stable_sort(words.begin(), words.end(),
                     [](const Word& a, const Word& b) { return a.top + a.bottom < b.top + b.bottom; });
    std::vector<PrintedLine> lines;
    for (const Word& word : words) {
        if (lines.empty() || !on_one_height(lines.back(), word)) {
            lines.emplace_back();
            lines.back().page = number_of_page;
        }
        extend(lines.back(), word);
    }
    for (PrintedLine& line : lines) {
        std::stable_sort(line.words.begin(), line.words.end(),
                         [](const Word& a, const Word& b) { return a.left < b.left; });
        join_torn_words(line);
    }
    return lines;
}

/// "7", "- 7 -", "Trang 7/12".
bool is_page_number(const PrintedLine& line) {
    std::string text = fold(line.text());
    if (text.starts_with("trang ")) text.erase(0, 6);
    return text.size() <= 9 && text.find_first_not_of("0123456789-/ .") == text.npos &&
           text.find_first_of("0123456789") != text.npos;
}

std::string without_digits(std::string_view text) {
    std::string out = fold(text);
    std::erase_if(out, [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

/// First or last line of a page, and in the strip of paper where running heads stand.
constexpr double kStrip = 0.1;
bool in_strip(const PrintedLine& line, const Page& page) {
    return line.bottom < page.height * kStrip || line.top > page.height * (1 - kStrip);
}

}  // namespace

std::string PrintedLine::text() const {
    std::string out;
    for (const Word& word : words) {
        if (!out.empty()) out += ' ';
        out += word.text;
    }
    return out;
}

Result<std::vector<Page>> pages_of_bbox(std::string_view xhtml) {
    // poppler's own document type, which the guard of Xml would refuse, ends where <html begins.
    const std::size_t begin = xhtml.find("<html");
    if (begin == xhtml.npos) return damaged();
    const auto xml = Xml::parse(to_nfc_lossy(xhtml.substr(begin)));
    if (!xml) return xml.failure();
    std::vector<Page> pages;
    for (const pugi::xml_node node : xml->root().child("body").child("doc").children("page")) {
        Page page;
        page.width = node.attribute("width").as_double();
        page.height = node.attribute("height").as_double();
        for (const pugi::xml_node word : node.children("word"))
            add_word(page,
                     {word.attribute("xMin").as_double(),
                      word.attribute("yMin").as_double(),
                      word.attribute("xMax").as_double(),
                      word.attribute("yMax").as_double(),
                      {}},
                     word.text().get());
        pages.push_back(std::move(page));
    }
    return pages;
}

Page page_of_tsv(std::string_view tsv) {
    // level page block paragraph line word left top width height confidence text
    enum Column { Level, Left = 6, Top, Width, Height, Text = 11, Count };
    Page page;
    for (const std::string_view row : split(tsv, '\n')) {
        const auto fields = split(row, '\t');
        if (fields.size() < Count) continue;
        const double left = number(fields[Left]), top = number(fields[Top]);
        if (fields[Level] == "1") {
            page.width = number(fields[Width]);
            page.height = number(fields[Height]);
        } else if (fields[Level] == "5") {
            add_word(page, {left, top, left + number(fields[Width]), top + number(fields[Height]), {}},
                     fields[Text]);
        }
    }
    return page;
}

std::vector<PrintedLine> printed_lines(const std::vector<Page>& pages) {
    std::vector<std::vector<PrintedLine>> by_page;
    std::map<std::string, std::size_t> running;  // heads and feet, without digits → on how many pages
    for (std::size_t i = 0; i < pages.size(); ++i) {
        auto lines = lines_of(pages[i], static_cast<int>(i));
        while (!lines.empty() && is_page_number(lines.front()) && in_strip(lines.front(), pages[i]))
            lines.erase(lines.begin());
        while (!lines.empty() && is_page_number(lines.back()) && in_strip(lines.back(), pages[i]))
            lines.pop_back();
        if (!lines.empty()) {
            ++running[without_digits(lines.front().text())];
            if (lines.size() > 1) ++running[without_digits(lines.back().text())];
        }
        by_page.push_back(std::move(lines));
    }
    const auto is_running = [&](const PrintedLine& line) {
        const auto found = running.find(without_digits(line.text()));
        return found != running.end() && found->second >= 3 && found->second * 2 > pages.size() &&
               in_strip(line, pages[static_cast<std::size_t>(line.page)]);
    };
    std::vector<PrintedLine> all;
    for (auto& lines : by_page) {
        if (!lines.empty() && is_running(lines.back())) lines.pop_back();
        if (!lines.empty() && is_running(lines.front())) lines.erase(lines.begin());
        std::move(lines.begin(), lines.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace loa::formats
