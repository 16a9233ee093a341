#include <boost/json.hpp>

#include <array>

#include "loa/plan/reading.h"

namespace loa::plan {

namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) { return text.empty() ? json::value() : json::value(text); }

template <class T>
json::value value_or_null(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value();
}

json::value iso_or_null(const std::optional<Date>& date) { return date ? json::value(date->iso()) : json::value(); }

const char* name_of(Period period) {
    static constexpr std::array<const char*, 6> kNames{"day", "week", "month", "quarter", "half_year", "year"};
    return kNames[static_cast<std::size_t>(period)];
}
const char* name_of(DeadlineKind kind) {
    static constexpr std::array<const char*, 5> kNames{"fixed", "window", "recurring", "relative", "continuous"};
    return kNames[static_cast<std::size_t>(kind)];
}
const char* name_of(Comparator comparator) {
    static constexpr std::array<const char*, 5> kNames{"at_least", "exactly", "about", "more_than", "increase"};
    return kNames[static_cast<std::size_t>(comparator)];
}

json::value period_or_null(const std::optional<Period>& period) { return period ? json::value(name_of(*period)) : json::value(); }

json::value source(LineRange lines) { return {{"first_line", lines.first}, {"last_line", lines.last}}; }

json::value date(const PartialDate& date) {
    if (date.empty()) return {};
    return {{"day", value_or_null(date.day)}, {"month", value_or_null(date.month)}, {"year", value_or_null(date.year)}};
}

json::value deadline(const std::optional<Deadline>& deadline) {
    if (!deadline) return {};
    return {{"text", deadline->text},
            {"kind", name_of(deadline->kind)},
            {"from", iso_or_null(deadline->from)},
            {"to", iso_or_null(deadline->to)},
            {"every", period_or_null(deadline->every)},
            {"due_day", value_or_null(deadline->due_day)},
            {"due_month", value_or_null(deadline->due_month)}};
}

template <class List, class Each>
json::array array(const List& list, Each each) {
    json::array out;
    for (const auto& element : list) out.push_back(each(element));
    return out;
}

json::array strings(const std::vector<std::string>& list) {
    return array(list, [](const std::string& text) { return json::value(text); });
}

json::array items(const std::vector<ParsedItem>& list) {
    return array(list, [](const ParsedItem& item) { return json::value{{"text", item.text}, {"source", source(item.source)}}; });
}

json::value header(const ParsedHeader& header) {
    json::value signature;
    if (header.signature)
        signature = {{"authority", text_or_null(header.signature->authority)},
                     {"on_behalf", text_or_null(header.signature->on_behalf)},
                     {"position", text_or_null(header.signature->position)},
                     {"name", text_or_null(header.signature->name)}};
    return {{"type", header.type},
            {"number", text_or_null(header.number)},
            {"symbol", text_or_null(header.symbol)},
            {"issuer", text_or_null(header.issuer)},
            {"place", text_or_null(header.place)},
            {"date", date(header.date)},
            {"title", header.title},
            {"signature", signature},
            {"recipients", array(header.recipients, [](const ParsedItem& recipient) { return json::value(recipient.text); })},
            {"decision", text_or_null(header.decision)}};
}

json::value legal_basis(const ParsedLegalBasis& basis) {
    return {{"number", text_or_null(basis.number)},
            {"date", date(basis.date)},
            {"issuer", text_or_null(basis.issuer)},
            {"text", basis.text},
            {"source", source(basis.source)}};
}

json::value target(const Target& target) {
    return {{"text", target.text},
            {"comparator", name_of(target.comparator)},
            {"value", target.value},
            {"unit", target.unit},
            {"per", period_or_null(target.per)}};
}

json::value activity(const ParsedActivity& activity) {
    return {{"ordinal", activity.ordinal},
            {"title", activity.title},
            {"group", text_or_null(activity.group)},
            {"leads", strings(activity.leads)},
            {"partners", strings(activity.partners)},
            {"requested", strings(activity.requested)},
            {"content", text_or_null(activity.content)},
            {"deadline", deadline(activity.deadline)},
            {"products", strings(activity.products)},
            {"targets", array(activity.targets, target)},
            {"funding", text_or_null(activity.funding)},
            {"source", source(activity.source)}};
}

json::value duty(const ParsedDuty& duty) {
    return {{"units", strings(duty.units)}, {"text", duty.text}, {"deadline", deadline(duty.deadline)}, {"source", source(duty.source)}};
}

json::value report(const ParsedReport& report) {
    return {{"text", report.text}, {"to", text_or_null(report.to)}, {"deadline", deadline(report.deadline)}, {"source", source(report.source)}};
}

json::value warning(const ParsedWarning& warning) {
    return {{"code", warning.code}, {"path", warning.path}, {"message", warning.message}, {"source", source(warning.source)}};
}

}  // namespace

std::string to_json(const ParsedPlan& plan) {
    const json::value value = {{"document", header(plan.document)},
                               {"legal_bases", array(plan.legal_bases, legal_basis)},
                               {"objectives", items(plan.objectives)},
                               {"requirements", items(plan.requirements)},
                               {"themes", items(plan.themes)},
                               {"channels", items(plan.channels)},
                               {"activities", array(plan.activities, activity)},
                               {"duties", array(plan.duties, duty)},
                               {"budget", items(plan.budget)},
                               {"reporting", array(plan.reporting, report)},
                               {"warnings", array(plan.warnings, warning)}};
    return json::serialize(value);
}

}  // namespace loa::plan
