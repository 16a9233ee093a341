#include "plan_parts.h"

#include "line_view.h"
#include "loa/base/text.h"
#include "views.h"

namespace loa::plan {

using web::View;

namespace {

std::vector<View> clause_views(const Content& content, const Names& names, ClauseKind kind) {
    std::vector<View> views;
    for (const auto* clause : content.clauses_of(kind)) {
        View view;
        view.set("text", clause->text).set("cited_number", clause->cited_number.value_or(""));
        view.set("cited_date", vietnamese(clause->cited_date)).set("cited_issuer", clause->cited_issuer.value_or(""));
        std::vector<std::string> mapped;
        for (const auto& mapping : clause->topics)
            for (const auto& topic : names.topics())
                if (mapping.confirmed_by && topic.id == mapping.target) mapped.push_back(topic.name);
        for (const auto& mapping : clause->channels)
            for (const auto& channel : names.channels())
                if (mapping.confirmed_by && channel.id == mapping.target) mapped.push_back(channel.name);
        view.set("mapped", joined(mapped, "; "));
        views.push_back(std::move(view));
    }
    return views;
}

Progress of_activity(const std::vector<SubjectProgress>& progress, Id activity) {
    for (const auto& line : progress)
        if (line.activity == activity) return line.progress;
    return {};
}

}  // namespace

void fill_clauses(Work& work, View& view, const Content& content, const std::vector<ClauseKind>& kinds) {
    const Names names(work, content);
    std::vector<View> sections;
    for (const auto kind : kinds) {
        auto clauses = clause_views(content, names, kind);
        View section;
        section.set("heading", tr(work, "plan.clauses_" + std::string(text_of(kind))));
        section.flag("empty", clauses.empty()).flag("legal_basis", kind == ClauseKind::LegalBasis);
        section.set("items", std::move(clauses));
        sections.push_back(std::move(section));
    }
    view.set("sections", std::move(sections)).flag("tab_clauses");
}

void fill_activities(Work& work, View& view, const Shown& shown) {
    const Names names(work, shown.content);
    std::vector<View> activities;
    for (const auto& activity : shown.content.activities) {
        View item = activity_view(work, names, shown.plan, activity);
        const Progress progress = shown.progress ? of_activity(*shown.progress, activity.id) : Progress{};
        set_progress_of(work, item, progress, "progress_units");
        if (!shown.progress || progress.whole()) set_deadline(work, item, activity.deadline, false);
        activities.push_back(std::move(item));
    }
    view.flag("no_activities", activities.empty()).flag("tab_activities");
    view.set("activities", std::move(activities));
}

void fill_duties(Work& work, View& view, const Shown& shown) {
    const auto& content = shown.content;
    const Names names(work, content);
    std::vector<View> duties;
    for (const auto& duty : content.duties) duties.push_back(duty_view(work, names, content, duty));
    view.flag("no_duties", duties.empty()).flag("tab_duties");
    view.set("duties", std::move(duties));
}

}  // namespace loa::plan
