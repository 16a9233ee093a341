#include "difference.h"

#include <algorithm>

#include "loa/base/text.h"

namespace loa::plan {

namespace {

class Fields {
  public:
    void compare(std::string field, std::string before, std::string after) {
        if (before != after) fields_.push_back({std::move(field), std::move(before), std::move(after)});
    }
    void compare(std::string field, const std::optional<std::string>& before, const std::optional<std::string>& after) {
        compare(std::move(field), before.value_or(""), after.value_or(""));
    }
    std::vector<FieldDifference> take() { return std::move(fields_); }

  private:
    std::vector<FieldDifference> fields_;
};

std::string deadline_text(const std::optional<PlannedDeadline>& deadline) { return deadline ? deadline->text : ""; }

template <class Item>
std::string texts(const std::vector<Item>& items) {
    std::vector<std::string> all;
    for (const auto& item : items) all.push_back(item.text);
    return joined(all, "; ");
}

std::string label_of(const DutyText& duty) { return shortened(duty.text, 120); }

template <class Item>
void compare_items(std::vector<Difference>& out, std::string_view subject, const std::vector<Item>& before,
                   const std::vector<Item>& after) {
    const auto find = [](const std::vector<Item>& items, Id id) -> const Item* {
        const auto found = std::find_if(items.begin(), items.end(),
                                        [&](const Item& item) { return item.id == id && !item.dropped; });
        return found == items.end() ? nullptr : &*found;
    };
    for (const auto& item : after) {
        const Item* old = find(before, item.id);
        if (item.dropped) {
            if (old) out.push_back({Difference::What::Dropped, std::string(subject), item.id, label_of(*old), {}});
            continue;
        }
        if (!old) {
            out.push_back({Difference::What::Added, std::string(subject), item.id, label_of(item),
                           fields_between(Item{}, item)});
        } else if (auto fields = fields_between(*old, item); !fields.empty()) {
            out.push_back({Difference::What::Changed, std::string(subject), item.id, label_of(item), std::move(fields)});
        }
    }
}

/// The longest common run of equal words keeps its place; what stands between is paired in order.
void compare_clauses(std::vector<Difference>& out, ClauseKind kind, const Content& before, const Content& after) {
    const auto old_clauses = before.clauses_of(kind);
    const auto new_clauses = after.clauses_of(kind);
    const std::size_t n = old_clauses.size(), m = new_clauses.size();
    const auto same = [&](std::size_t i, std::size_t j) {
        return fold_keeping_marks(old_clauses[i]->text) == fold_keeping_marks(new_clauses[j]->text);
    };
    std::vector<std::vector<int>> longest(n + 1, std::vector<int>(m + 1, 0));
    for (std::size_t i = n; i-- > 0;)
        for (std::size_t j = m; j-- > 0;)
            longest[i][j] = same(i, j) ? longest[i + 1][j + 1] + 1 : std::max(longest[i + 1][j], longest[i][j + 1]);

    std::vector<std::string> gone, come;
    const auto flush = [&] {
        const std::size_t pairs = std::min(gone.size(), come.size());
        for (std::size_t i = 0; i < pairs; ++i)
            out.push_back({Difference::What::Changed, std::string(text_of(kind)), {}, shortened(come[i], 120),
                           {{"text", gone[i], come[i]}}});
        for (std::size_t i = pairs; i < gone.size(); ++i)
            out.push_back({Difference::What::Dropped, std::string(text_of(kind)), {}, shortened(gone[i], 120), {{"text", gone[i], ""}}});
        for (std::size_t i = pairs; i < come.size(); ++i)
            out.push_back({Difference::What::Added, std::string(text_of(kind)), {}, shortened(come[i], 120), {{"text", "", come[i]}}});
        gone.clear();
        come.clear();
    };
    std::size_t i = 0, j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && same(i, j)) {
            flush();
            ++i, ++j;
        } else if (j == m || (i < n && longest[i + 1][j] >= longest[i][j + 1])) {
            gone.push_back(old_clauses[i++]->text);
        } else {
            come.push_back(new_clauses[j++]->text);
        }
    }
    flush();
}

}  // namespace

std::string names_in_role(const std::vector<Party>& parties, PartyRole role) {
    std::vector<std::string> names;
    for (const auto& party : parties)
        if (party.role == role) names.push_back(party.name);
    return joined(names, "; ");
}

std::string label_of(const ActivityText& activity) {
    return activity.ordinal.empty() ? activity.title : activity.ordinal + " " + activity.title;
}

std::vector<FieldDifference> fields_between(const ActivityText& before, const ActivityText& after) {
    Fields fields;
    fields.compare("ordinal", before.ordinal, after.ordinal);
    fields.compare("title", before.title, after.title);
    fields.compare("group_title", before.group_title, after.group_title);
    fields.compare("content", before.content, after.content);
    for (const auto role : {PartyRole::Lead, PartyRole::Partner, PartyRole::Requested})
        fields.compare(std::string(text_of(role)), names_in_role(before.parties, role),
                       names_in_role(after.parties, role));
    fields.compare("deadline", deadline_text(before.deadline), deadline_text(after.deadline));
    fields.compare("targets", texts(before.targets), texts(after.targets));
    fields.compare("products", texts(before.products), texts(after.products));
    fields.compare("funding", before.funding, after.funding);
    return fields.take();
}

std::vector<FieldDifference> fields_between(const DutyText& before, const DutyText& after) {
    Fields fields;
    fields.compare("text", before.text, after.text);
    fields.compare("units", names_in_role(before.parties, PartyRole::Lead),
                   names_in_role(after.parties, PartyRole::Lead));
    fields.compare("deadline", deadline_text(before.deadline), deadline_text(after.deadline));
    return fields.take();
}

std::vector<FieldDifference> fields_between(const Clause& before, const Clause& after) {
    Fields fields;
    fields.compare("text", before.text, after.text);
    fields.compare("number", before.cited_number, after.cited_number);
    fields.compare("issuer", before.cited_issuer, after.cited_issuer);
    fields.compare("date", vietnamese(before.cited_date), vietnamese(after.cited_date));
    fields.compare("reported_to", before.reported_to, after.reported_to);
    fields.compare("deadline", deadline_text(before.deadline), deadline_text(after.deadline));
    return fields.take();
}

std::vector<FieldDifference> fields_between(const DocumentHead& before, const DocumentHead& after) {
    Fields fields;
    fields.compare("type", before.type, after.type);
    fields.compare("number", before.number, after.number);
    fields.compare("symbol", before.symbol, after.symbol);
    fields.compare("issuer", before.issuer, after.issuer);
    fields.compare("place", before.place, after.place);
    fields.compare("date", vietnamese(before.date), vietnamese(after.date));
    fields.compare("title_document", before.title, after.title);
    fields.compare("decision", before.decision, after.decision);
    fields.compare("signed_authority", before.signed_authority, after.signed_authority);
    fields.compare("signed_on_behalf", before.signed_on_behalf, after.signed_on_behalf);
    fields.compare("signer_position", before.signer_position, after.signer_position);
    fields.compare("signer_name", before.signer_name, after.signer_name);
    return fields.take();
}

std::vector<Difference> difference_between(const Content& before, const Content& after) {
    std::vector<Difference> differences;
    auto fields = fields_between(before.revision.head, after.revision.head);
    // Each paper has a number and a day of its own; that is no change of what the plan says.
    std::erase_if(fields, [](const FieldDifference& field) { return field.field == "number" || field.field == "date"; });
    if (!fields.empty())
        differences.push_back({Difference::What::Changed, "document", {}, after.revision.head.title, std::move(fields)});
    for (const auto kind : clause_kinds()) compare_clauses(differences, kind, before, after);
    compare_items(differences, "activity", before.activities, after.activities);
    compare_items(differences, "duty", before.duties, after.duties);
    return differences;
}

}  // namespace loa::plan
