#include "reading/warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace loa::plan {

namespace {

constexpr std::size_t kMostWarnings = 200;  // nobody reads more

int roman_value(std::string_view roman) {
    int total = 0, before = 0;
    for (auto digit = roman.rbegin(); digit != roman.rend(); ++digit) {
        const int value = *digit == 'I' ? 1 : *digit == 'V' ? 5 : *digit == 'X' ? 10 : *digit == 'L' ? 50 : *digit == 'C' ? 100 : 0;
        total += value < before ? -value : value;
        before = std::max(before, value);
    }
    return total;
}

std::string roman(int value) {
    static constexpr std::array<std::pair<int, std::string_view>, 7> kDigits{
        {{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}};
    std::string out;
    for (const auto& [worth, sign] : kDigits)
        for (; value >= worth; value -= worth) out += sign;
    return out;
}

/// The first thing read from below a section, as a pointer; the whole plan if there is none.
std::string first_of(const ParsedPlan& plan, LineRange lines) {
    const auto inside = [&](LineRange source) { return source.first >= lines.first && source.first <= lines.last; };
    for (std::size_t i = 0; i < plan.activities.size(); ++i)
        if (inside(plan.activities[i].source)) return fmt::format("/activities/{}", i);
    for (std::size_t i = 0; i < plan.duties.size(); ++i)
        if (inside(plan.duties[i].source)) return fmt::format("/duties/{}", i);
    return "";
}

void warn_of_sections(const Outline& outline, ParsedPlan& plan) {
    int before = 0;
    std::vector<int> seen;
    for (const std::size_t section : outline.sections()) {
        if (plan.warnings.size() > kMostWarnings) return;
        const Piece& piece = outline.piece(section);
        if (outline[section].shape != MarkerShape::Roman) continue;
        const int number = roman_value(piece.ordinal);
        const LineRange lines = outline[section].lines;
        if (std::find(seen.begin(), seen.end(), number) != seen.end())
            plan.warnings.push_back({"duplicate_ordinal", first_of(plan, lines),
                                     fmt::format("Hai phần cùng đánh số {}; kiểm tra lại thứ tự.", piece.ordinal), piece.lines, piece.ordinal});
        else if (number > before + 1)
            plan.warnings.push_back({"skipped_ordinal", first_of(plan, lines),
                                     fmt::format("Thiếu phần {}; kiểm tra lại thứ tự.", roman(before + 1)), piece.lines, roman(before + 1)});
        seen.push_back(number);
        before = std::max(before, number);
    }
}

LineRange heading_lines(const std::vector<Piece>& pieces, const Zones& zones) {
    if (pieces.empty()) return {1, 1};
    const std::size_t last = std::min(std::max<std::size_t>(zones.heading_end, 1), pieces.size()) - 1;
    return {pieces.front().lines.first, pieces[last].lines.last};
}

void warn_of_document(const std::vector<Piece>& pieces, const Zones& zones, ParsedPlan& plan) {
    const LineRange top = heading_lines(pieces, zones);
    const auto warn = [&](std::string code, std::string path, std::string message) {
        plan.warnings.push_back({std::move(code), std::move(path), std::move(message), top});
    };
    const ParsedHeader& document = plan.document;
    if (document.number.empty() && document.decision.empty())
        warn("missing_number", "/document/number", "Văn bản chưa ghi số; bổ sung số khi ban hành.");
    if (!document.date.complete())
        warn("missing_date", "/document/date", "Văn bản chưa ghi đủ ngày, tháng, năm; bổ sung khi ban hành.");
    if (!document.signature || document.signature->name.empty())
        warn("missing_signature", "/document/signature", "Chưa đọc được người ký; kiểm tra phần ký.");
    if (document.recipients.empty())
        warn("missing_recipients", "/document/recipients", "Chưa đọc được nơi nhận; kiểm tra cuối văn bản.");
    if (plan.activities.empty())
        warn("missing_section", "/activities", "Chưa đọc được nhiệm vụ nào; kiểm tra phần nhiệm vụ, hoạt động.");
    if (plan.duties.empty())
        warn("missing_section", "/duties", "Chưa đọc được phần tổ chức thực hiện; kiểm tra lại.");
}

void warn_of_activities(ParsedPlan& plan) {
    for (std::size_t i = 0; i < plan.activities.size() && plan.warnings.size() < kMostWarnings; ++i) {
        const ParsedActivity& activity = plan.activities[i];
        if (activity.leads.empty() && activity.requested.empty())
            plan.warnings.push_back({"missing_lead", fmt::format("/activities/{}/leads", i),
                                     fmt::format("Hoạt động {} chưa ghi cơ quan chủ trì; phân công khi hoàn thiện.", activity.ordinal),
                                     activity.source});
        if (!activity.deadline)
            plan.warnings.push_back({"missing_deadline", fmt::format("/activities/{}/deadline", i),
                                     fmt::format("Hoạt động {} chưa ghi thời hạn; bổ sung khi hoàn thiện.", activity.ordinal),
                                     activity.source});
    }
}

}  // namespace

void add_warnings(const Outline& outline, const std::vector<Piece>& pieces, const Zones& zones, ParsedPlan& plan) {
    warn_of_document(pieces, zones, plan);
    warn_of_sections(outline, plan);
    warn_of_activities(plan);
}

}  // namespace loa::plan
