#include "password_rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include "loa/base/check.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"

namespace loa::identity {

namespace {
constexpr std::size_t kLeastOfItsOwn = 8;  // letters and digits that are in no word of the list
constexpr std::size_t kShortestWord = 3;   // of a sign-in name's parts

/// Folded, letters and digits only: blanks, dots and dashes between common words make nothing better.
std::string bare(std::string_view text) {
    std::string letters;
    for (const char each : fold(text))
        if ((each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || static_cast<unsigned char>(each) > 127) letters += each;
    return letters;
}

std::vector<std::string> read_words() {
    const auto* file = embedded_file("kernel/identity/data/common_words.txt");
    LOA_CHECK(file != nullptr);
    std::vector<std::string> words;
    for (const auto line : split(file->bytes, '\n'))
        if (!line.empty() && line.front() != '#') words.emplace_back(line);
    std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return words;
}

void take_out(std::string& text, std::string_view word) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) text.erase(at, word.size());
}

/// "aaaa", "123456", "fedcba" count as one letter.
std::string without_runs(std::string_view text) {
    std::string kept;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto step = [&](std::size_t at) { return text[at] - text[at - 1]; };
        const bool goes_on = i >= 2 && step(i) == step(i - 1) && std::abs(step(i)) <= 1;
        if (!goes_on) kept += text[i];
    }
    return kept;
}

/// "xyzwxyzwxyzw" counts as "xyzw".
std::string without_repetition(std::string_view text) {
    for (std::size_t length = 1; length <= text.size() / 2; ++length) {
        const auto unit = text.substr(0, length);
        std::size_t at = 0;
        while (text.substr(at).starts_with(unit)) at += length;
        if (unit.starts_with(text.substr(at))) return std::string(unit);
    }
    return std::string(text);
}

/// What somebody who knows the list and the name would still have to guess.
std::string of_its_own(std::string_view password, std::string_view sign_in_name) {
    static const std::vector<std::string> words = read_words();
    std::string rest = without_repetition(bare(password));
    take_out(rest, bare(sign_in_name).empty() ? "\n" : bare(sign_in_name));
    std::string part;
    for (const char each : std::string(sign_in_name) + ".") {
        if (each != '.' && each != '_' && each != '-' && each != '@') {
            part += each;
            continue;
        }
        if (part.size() >= kShortestWord) take_out(rest, part);
        part.clear();
    }
    for (const auto& word : words) take_out(rest, word);
    return without_runs(rest);
}
}  // namespace

std::optional<Problem> password_problem(std::string_view password, std::string_view sign_in_name) {
    const auto refuse = [](std::string key) { return Problem{"password", std::move(key), {}}; };
    if (length(password) < kLeastPasswordCharacters) return refuse("identity.password_short");
    if (password.size() > kMostPasswordBytes) return refuse("identity.password_long");
    if (of_its_own(password, sign_in_name).size() < kLeastOfItsOwn) return refuse("identity.password_common");
    return std::nullopt;
}

}  // namespace loa::identity
