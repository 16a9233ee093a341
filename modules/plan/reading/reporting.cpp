#include "reading/reporting.h"

#include <algorithm>

#include "reading/deadlines.h"
#include "reading/sections.h"

namespace loa::plan {

namespace {

/// The word that obliges: "báo cáo X", "gửi báo cáo", "gửi kết quả", "lồng ghép vào báo cáo … gửi X".
bool obliges(const Text& text, std::size_t at) {
    if (text.is(at, "báo") && text.is(at + 1, "cáo")) return !text.is(at + 2, "viên");
    return text.is(at, "gửi") && (text.is(at + 1, "kết") || text.is(at + 1, "số"));
}

std::size_t clause_end(const Text& text, std::size_t at, std::size_t sentence) {
    while (at < sentence && !text.is(at, ";")) ++at;
    return at;
}

/// The body behind "báo cáo", "gửi", "về", with the ones listed after it.
std::string addressee(const AgencyReader& agencies, const Text& text, std::size_t first, std::size_t last) {
    for (std::size_t at = first; at < last; ++at) {
        const bool leads_to = (text.is(at, "cáo") && text.is(at - 1, "báo")) || text.is_one_of(at, {"gửi", "về", "trình", "cho"});
        if (!leads_to) continue;
        const auto names = agencies.names_at(text, at + 1, last, NameContext::Sentence);
        if (!names.empty()) return text.printed(names.front().first, names.back().last);
    }
    return {};
}

}  // namespace

void read_reporting(const Surroundings& surroundings, const std::vector<Piece>& pieces, std::size_t first, std::size_t last,
                    ParsedPlan& plan) {
    for (std::size_t i = first; i < last; ++i) {
        const Text& text = pieces[i].text;
        if (pieces[i].table != nullptr || is_closing_paragraph(text)) continue;
        std::size_t sentence = 0;
        for (std::size_t at = 0; at < text.size();) {
            if (at >= sentence) sentence = sentence_end(text, at);
            const std::size_t end = clause_end(text, at, sentence);
            std::size_t word = at;
            while (word < end && !obliges(text, word)) ++word;
            if (word < end) {
                const std::string to = addressee(surroundings.agencies, text, word, end);
                auto deadline = read_deadline(text, at, end, surroundings.year, TimeContext::Sentence);
                if (!to.empty() || deadline) plan.reporting.push_back({text.printed(at, end), to, std::move(deadline), pieces[i].lines});
            }
            at = text.is(end, ";") ? end + 1 : std::max(end, at + 1);
        }
    }
}

}  // namespace loa::plan
