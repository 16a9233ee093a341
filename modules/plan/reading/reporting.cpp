#include "reading/reporting.h"

#include <algorithm>

#include "reading/deadlines.h"
#include "reading/sections.h"

namespace loa::plan {

namespace {

// A clause longer than this is none; it keeps the work linear.
constexpr std::size_t kNear = 60;

bool is_report(const Text& text, std::size_t at) { return text.is(at, "báo") && text.is(at + 1, "cáo") && !text.is(at + 2, "viên"); }

/// "… để theo dõi, tổng hợp", "… để tổng hợp" further on in the clause.
bool is_gathered(const Text& text, std::size_t at, std::size_t last) {
    for (last = std::min(last, at + kNear); at + 1 < last; ++at)
        if (text.is(at, "để") && (text.is(at + 1, "theo") || (text.is(at + 1, "tổng") && text.is(at + 2, "hợp")))) return true;
    return false;
}

bool speaks_of_results(const Text& text, std::size_t first, std::size_t last) {
    for (std::size_t at = std::max(first, last - std::min(last, kNear)); at + 1 < last; ++at)
        if (text.is(at, "kết") && text.is(at + 1, "quả")) return true;
    return false;
}

/// The word that obliges: "báo cáo X", "gửi báo cáo", "gửi kết quả", "kết quả … gửi X", "gửi X để tổng hợp",
/// "lồng ghép vào báo cáo … gửi X".
bool obliges(const Text& text, std::size_t at, std::size_t first, std::size_t last) {
    if (is_report(text, at)) return true;
    if (!text.is(at, "gửi")) return false;
    return text.is(at + 1, "kết") || text.is(at + 1, "số") || speaks_of_results(text, first, at) || is_gathered(text, at, last);
}

/// What obliges although it names neither a body nor a time: "thực hiện chế độ báo cáo …", "báo cáo đột xuất".
bool is_regime(const Text& text, std::size_t at, std::size_t first) {
    if (!is_report(text, at)) return false;
    return (at >= first + 2 && text.is(at - 2, "chế") && text.is(at - 1, "độ")) || text.is(at + 2, "đột") || (text.is(at + 2, "định") && text.is(at + 3, "kỳ"));
}

std::size_t clause_end(const Text& text, std::size_t at, std::size_t sentence) {
    while (at < sentence && !text.is(at, ";")) ++at;
    return at;
}

/// The body behind "báo cáo", "gửi", "về", with the ones listed after it; where none stands there, the one that the
/// report goes through: "báo cáo qua Sở Nội vụ".
std::string addressee(const AgencyReader& agencies, const Text& text, std::size_t first, std::size_t last) {
    std::string to, through;
    for (std::size_t at = first; at < last; ++at) {
        const bool leads_to = (text.is(at, "cáo") && text.is(at - 1, "báo")) || text.is_one_of(at, {"gửi", "về", "trình", "cho"});
        if (!leads_to && !text.is(at, "qua")) continue;
        const auto names = agencies.names_at(text, at + 1, last, NameContext::Sentence);
        if (names.empty()) continue;
        auto& body = leads_to ? to : through;
        if (body.empty()) body = text.printed(names.front().first, names.back().last);
    }
    return to.empty() ? through : to;
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
            while (word < end && !obliges(text, word, at, end)) ++word;
            if (word < end) {
                const std::string to = addressee(surroundings.agencies, text, word, end);
                auto deadline = read_deadline(text, at, end, surroundings.year, TimeContext::Sentence);
                if (!to.empty() || deadline || is_regime(text, word, at)) plan.reporting.push_back({text.printed(at, end), to, std::move(deadline), pieces[i].lines});
            }
            at = text.is(end, ";") ? end + 1 : std::max(end, at + 1);
        }
    }
}

}  // namespace loa::plan
