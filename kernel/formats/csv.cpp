#include "csv.h"

#include <algorithm>
#include <array>

#include "loa/base/text.h"

namespace loa::formats {

namespace {

/// Where the quoted stretch that begins at `at` ends, behind its second quote; npos if it never does.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    for (++at;;) {
        at = text.find('"', at);
        if (at == text.npos) return at;
        if (at + 1 == text.size() || text[at + 1] != '"') return at + 1;
        at += 2;
    }
}

/// What parts the fields of the first record that has several; a semicolon before a tab before a comma, which stands
/// in names.
char separator_of(std::string_view text) {
    constexpr std::array<char, 3> kSeparators{';', '\t', ','};
    std::array<std::size_t, 3> counts{};
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"') {
            const std::size_t end = end_of_quoted(text, at);
            if (end == text.npos) break;
            at = end - 1;
        } else if ((c == '\n' || c == '\r') && std::any_of(counts.begin(), counts.end(), [](std::size_t n) { return n > 0; })) {
            break;
        } else {
            for (std::size_t i = 0; i < kSeparators.size(); ++i) counts[i] += c == kSeparators[i] ? 1 : 0;
        }
    }
    return kSeparators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

class CsvReader {
  public:
    CsvReader(std::string_view text, SheetBudget& budget) : text_(text), budget_(budget) {
        // Excel's own way of saying what parts the fields.
        if (lower(text.substr(0, 4)) == "sep=" && text.size() > 4) {
            separator_ = text[4];
            at_ = std::min(text.find('\n'), text.size() - 1) + 1;
            row_.number = 2;
        } else {
            separator_ = separator_of(text);
        }
    }

    Result<Sheet> read() {
        Sheet sheet;
        while (at_ < text_.size()) {
            if (auto failure = read_record()) return *std::move(failure);
            if (!row_.cells.empty()) sheet.rows.push_back(row_);
            row_ = {.number = row_.number + 1, .hidden = false, .cells = {}};
        }
        return sheet;
    }

  private:
    std::optional<Failure> read_record() {
        for (int column = 0;; ++column) {
            auto field = read_field();
            if (!field) return file_problem("formats.open_quote", {{"row", std::to_string(row_.number)}});
            if (std::string text = as_meant(*std::move(field)); !trimmed(text).empty()) {
                if (auto failure = budget_.refuse_place(row_.number, column)) return failure;
                row_.cells.push_back({.column = column, .text = std::move(text)});
                if (auto failure = budget_.spend(row_.cells.back())) return failure;
            }
            if (at_ == text_.size() || text_[at_] != separator_) break;
            ++at_;
        }
        at_ += text_.substr(at_, 2) == "\r\n" ? 2 : at_ < text_.size() ? 1 : 0;
        return std::nullopt;
    }

    /// Nothing where a quote is never closed.
    std::optional<std::string> read_field() {
        std::string field;
        if (at_ < text_.size() && text_[at_] == '"') {
            const std::size_t end = end_of_quoted(text_, at_);
            if (end == text_.npos) return std::nullopt;
            field = replaced(text_.substr(at_ + 1, end - at_ - 2), "\"\"", "\"");
            at_ = end;
        }
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
        return field.append(text_.substr(begin, at_ - begin));
    }

    /// Takes away the apostrophe that write_csv() put there.
    static std::string as_meant(std::string field) {
        if (field.starts_with('\'') && looks_like_formula(field)) field.erase(0, 1);
        return to_nfc_lossy(field);
    }

    std::string_view text_;
    SheetBudget& budget_;
    char separator_ = ';';
    std::size_t at_ = 0;
    SheetRow row_{.number = 1, .hidden = false, .cells = {}};
};

}  // namespace

bool looks_like_formula(std::string_view text) {
    const std::size_t first = text.find_first_not_of('\'');
    return first != text.npos && std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}

Result<Sheet> read_csv(std::string_view text, SheetBudget& budget) { return CsvReader(text, budget).read(); }

}  // namespace loa::formats
