#include "new_draft.h"

#include "draft.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/i18n/format.h"
#include "queries.h"
#include "search_index.h"

namespace loa::plan {

std::string in_sentence(const std::string& title) {
    if (title.empty()) return title;
    std::size_t at = 0, second = 0;
    next_code_point(title, at);
    const std::string rest = title.substr(at);
    if (!rest.empty()) next_code_point(rest, second);
    const std::string next = rest.substr(0, second);
    return lower(next) == next ? lower(title.substr(0, at)) + rest : title;
}

std::string document_number_of(const Revision& revision) {
    return revision.issued_number.value_or("") + "/" + revision.head.symbol.value_or("");
}

Clause basis_of(const Revision& revision, std::string_view issuer) {
    LOA_CHECK(revision.issued_on.has_value());
    const Date day = *revision.issued_on;
    Clause clause;
    clause.kind = ClauseKind::LegalBasis;
    clause.cited_number = document_number_of(revision);
    clause.cited_issuer = std::string(issuer);
    clause.cited_date = {day.day(), day.month(), day.year()};
    // The document is in Vietnamese whatever language its writer reads pages in.
    clause.text = i18n::translate(Language::Vietnamese, revision.head.decision ? "plan.basis_decision" : "plan.basis_plan",
                                  {{"number", *clause.cited_number},
                                   {"date", i18n::long_date(Language::Vietnamese, day)},
                                   {"issuer", std::string(issuer)},
                                   {"title", in_sentence(revision.head.title)}});
    return clause;
}

Id write_new_draft(Work& work, NewDraft draft, std::string_view step) {
    if (catalogue_lines(work, Catalogue::Topics).empty()) ship_catalogues(work);
    Revision revision;
    revision.id = work.new_id();
    revision.plan = work.new_id();
    revision.head = std::move(draft.head);
    work.db.run("plan.insert_plan", {work.authority, revision.plan, revision.head.title, draft.year_from, draft.year_to, draft.drafting_unit,
                                     draft.drafting_unit, revision.id, work.now, work.actor.person});
    write_revision(work, revision);
    int position = 0;
    for (auto& clause : draft.clauses) {
        clause.id = work.new_id();
        clause.position = ++position;
        const auto confidence = clause.review.confidence;
        clause.review = {};
        clause.review.confidence = confidence;
        write_clause(work, revision.id, clause);
    }
    position = 0;
    for (auto& activity : draft.activities) {
        activity.position = ++position;
        activity.review = {};
        activity.review.confidence = confidence_of(activity);
        work.db.run("plan.insert_activity", {work.authority, activity.id, revision.plan, activity.kind});
        write_activity(work, revision.id, activity);
        write_topics_and_channels(work, activity);
    }
    position = 0;
    for (auto& duty : draft.duties) {
        duty.position = ++position;
        duty.review = {};
        duty.review.confidence = confidence_of(duty);
        work.db.run("plan.insert_duty", {work.authority, duty.id, revision.plan});
        write_duty(work, revision.id, duty);
    }
    work.db.run("plan.insert_step", {work.authority, work.new_id(), revision.plan, revision.id, step, work.actor.person, work.now,
                                     std::optional<std::string>()});
    index_draft(work, revision.plan);
    return revision.plan;
}

}  // namespace loa::plan
