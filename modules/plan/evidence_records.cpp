#include "evidence_records.h"

#include <algorithm>

#include "addresses.h"
#include "views.h"

namespace loa::plan {

using web::View;

namespace {

const EvidenceRecordKind* kind_named(const Registry& registry, std::string_view name) {
    const auto& kinds = registry.all<EvidenceRecordKind>();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const EvidenceRecordKind& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : &*found;
}

}  // namespace

std::string typed(const Ref& record) { return record.kind + ":" + to_string(record.id); }

std::string path_to_cite(Id plan, Id assignment, const Ref& record) {
    return path_of(plan, "/viec/" + to_string(assignment) + "?ghi=1&ho-so=" + typed(record) + "#them");
}

std::vector<EvidenceRecord> records_of_line(Work& work, const Registry& registry, Id assignment) {
    std::vector<EvidenceRecord> records;
    for (const auto& kind : registry.all<EvidenceRecordKind>())
        for (auto& record : kind.of_line(work, assignment)) records.push_back(std::move(record));
    if (records.empty()) return records;
    std::vector<Ref> cited;
    for (const auto& row : work.db.query("plan.records_cited", {work.authority, assignment}))
        cited.push_back({row.text("record_kind"), work.authority, row.id("record_id")});
    std::erase_if(records, [&](const EvidenceRecord& record) { return std::find(cited.begin(), cited.end(), record.ref) != cited.end(); });
    return records;
}

const EvidenceRecord* record_named(const std::vector<EvidenceRecord>& records, std::string_view named) {
    const auto found = std::find_if(records.begin(), records.end(), [&](const EvidenceRecord& record) { return typed(record.ref) == named; });
    return found == records.end() ? nullptr : &*found;
}

View record_view(Work& work, const Registry& registry, const Ref& record, const std::string& title) {
    View view;
    const auto* kind = kind_named(registry, record.kind);
    const auto found = kind ? kind->by_id(work, record.id) : std::nullopt;
    return view.set("record_kind", kind ? tr(work, kind->label) : "").set("record_title", title).set("record_path", found ? found->path : "");
}

std::vector<View> record_choices(Work& work, const Registry& registry, const std::vector<EvidenceRecord>& records, std::string_view chosen) {
    std::vector<View> choices;
    for (const auto& record : records) {
        const auto* kind = kind_named(registry, record.ref.kind);
        const std::string name = (kind ? tr(work, kind->label) + ": " : "") + record.title + (record.done_on ? ", " + record.done_on->vietnamese() : "");
        const std::string value = typed(record.ref);
        View choice;
        choice.set("value", value).set("name", name).flag("chosen", value == chosen);
        choices.push_back(std::move(choice));
    }
    return choices;
}

}  // namespace loa::plan
