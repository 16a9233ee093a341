#include "letters.h"

#include <set>

#include "actions.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/permissions.h"
#include "loa/identity/telling.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "verbs.h"

namespace loa::monitoring {

namespace {

constexpr std::size_t kLongestNumber = 40;

LetterState state_from(const std::string& text) {
    return text == "draft" ? LetterState::Draft : text == "issued" ? LetterState::Issued : LetterState::Cancelled;
}

UrgingLetter letter_from(const storage::Row& row) {
    UrgingLetter letter;
    letter.id = row.id("id");
    letter.unit = row.id("unit_id");
    letter.unit_name = row.text("unit_name");
    letter.state = state_from(row.text("state"));
    letter.number = row.optional_text("number").value_or("");
    letter.issued_on = row.optional_date("issued_on");
    letter.reply_by = row.optional_date("reply_by");
    letter.version = row.number("version");
    return letter;
}

/// As she saw it, before it is issued.
Result<UrgingLetter> find_draft(Work& work, Id id, std::int64_t version) {
    auto letter = letter_by_id(work, id);
    if (!letter || letter->state == LetterState::Cancelled) return not_found("monitoring.no_such_letter");
    if (!may_send(work, *letter)) return forbidden("monitoring.may_not_urge");
    if (letter->state != LetterState::Draft || letter->version != version) return conflict("monitoring.letter_changed");
    return *std::move(letter);
}

bool is_late(const Work& work, const storage::Row& row) {
    return row.text("state") == "open" && row.text("plan_state") == "issued" && row.date("due_on") < work.today();
}

/// What was said stays said, whatever became of the plan since.
void as_issued(UrgingLetterLine& line, const storage::Row& row) {
    line.line.due_on = row.date("kept_due_on");
    line.line.title = row.text("kept_title");
    line.line.unit_name = row.text("kept_unit_name");
    line.plan_title = row.text("kept_plan_title");
    line.plan_number = row.text("kept_plan_number");
    line.plan_issued_on = row.optional_date("kept_plan_issued_on");
}

constexpr const char* kRefKind = "monitoring.letter";
Ref ref_of(const Work& work, Id letter) { return {kRefKind, work.authority, letter}; }

/// The office that sends it, who reads what any unit reports, and everyone of a unit that stands in it.
search::Visibility readers_of(const UrgingLetter& letter, const std::set<Id>& units) {
    using search::Visibility;
    auto readers = Visibility::verb_in(kUrge.name, letter.unit) | Visibility::verb("plan.read_evidence");
    for (const Id unit : units) readers = readers | Visibility::members(unit) | Visibility::verb_in("plan.report", unit);
    return readers;
}

void index_letter(Work& work, const UrgingLetter& letter) {
    std::set<Id> units;
    std::vector<std::string> said;
    for (const auto& [line, plan_title, plan_number, plan_day] : lines_of(work, letter)) {
        units.insert(line.unit);
        said.push_back(line.unit_name + ": " + line.title + ". " + plan_number + " " + plan_title);
    }
    LOA_CHECK(letter.issued_on);
    // In the language of the paper, whoever looks.
    const auto title = i18n::translate(Language::Vietnamese, "monitoring.letter_numbered", {{"number", letter.number}, {"day", letter.issued_on->vietnamese()}});
    search::index(work, {.ref = ref_of(work, letter.id),
                         .kind_label = "monitoring.letters",
                         .title = title,
                         .body = joined(said, "\n"),
                         .path = letter_path(letter.id),
                         .visibility = readers_of(letter, units)});
}

void index_all_letters(Work& work) {
    for (const auto& row : work.db.query("monitoring.issued_letters", {work.authority})) index_letter(work, letter_from(row));
}

}  // namespace

std::string letter_path(Id letter) { return "/don-doc/cong-van/" + to_string(letter); }

bool may_send(const Work& work, const UrgingLetter& letter) { return identity::may_in_unit(work, kUrge, letter.unit); }

std::optional<UrgingLetter> letter_by_id(Work& work, Id id) {
    const auto row = work.db.one("monitoring.letter_by_id", {work.authority, id});
    return row ? std::optional(letter_from(*row)) : std::nullopt;
}

std::vector<UrgingLetterLine> lines_of(Work& work, const UrgingLetter& letter) {
    std::vector<UrgingLetterLine> lines;
    for (const auto& row : work.db.query("monitoring.letter_lines", {work.authority, letter.id})) {
        if (letter.state == LetterState::Draft && !is_late(work, row)) continue;
        UrgingLetterLine line{due_line_from(row), row.text("plan_title"), {}, row.optional_date("plan_issued_on")};
        line.line.state = row.text("state");
        if (const auto number = row.optional_text("issued_number")) line.plan_number = *number + "/" + row.optional_text("document_symbol").value_or("");
        if (letter.state == LetterState::Issued) as_issued(line, row);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<UrgingLetterSummary> letters(Work& work, int limit) {
    std::vector<UrgingLetterSummary> found;
    for (const auto& row : work.db.query("monitoring.letters", {work.authority, limit, work.today()}))
        found.push_back({letter_from(row), row.number("lines"), row.number("open_lines")});
    return found;
}

Result<> issue_letter(Work& work, const IssueLetter& input) {
    auto letter = find_draft(work, input.letter, input.version);
    if (!letter) return letter.failure();
    std::vector<Problem> problems;
    const std::string number = squeezed(input.number);
    if (number.empty()) problems.push_back({"number", "monitoring.letter_number_missing", {}});
    if (length(number) > kLongestNumber) problems.push_back({"number", "monitoring.letter_number_long", {}});
    const auto day = Date::parse_vietnamese(input.issued_on), reply_by = Date::parse_vietnamese(input.reply_by);
    if (!day || *day > work.today()) problems.push_back({"issued_on", "monitoring.letter_day", {}});
    if (!reply_by || (day && *reply_by <= *day)) problems.push_back({"reply_by", "monitoring.letter_reply_by", {}});
    if (!problems.empty()) return invalid(std::move(problems));
    work.db.run("monitoring.drop_answered_letter_lines", {work.authority, letter->id, work.today()});
    const auto lines = lines_of(work, *letter);
    if (lines.empty()) return conflict("monitoring.letter_empty");
    for (const auto& [line, plan_title, plan_number, plan_day] : lines)
        work.db.run("monitoring.keep_letter_line", {work.authority, letter->id, line.occurrence, line.due_on, line.title, line.unit_name,
                                                    plan_title, plan_number, plan_day});
    LOA_CHECK(work.db.run("monitoring.set_letter_issued",
                          {work.authority, letter->id, number, *day, *reply_by, work.actor.person, letter->version}) == 1);
    identity::record(work, ref_of(work, letter->id), "monitoring.letter_issued",
                     {{"number", "", number}, {"issued_on", "", day->iso()}, {"reply_by", "", reply_by->iso()}, {"lines", "", std::to_string(lines.size())}});
    const auto issued = letter_by_id(work, letter->id);
    LOA_CHECK(issued.has_value());
    index_letter(work, *issued);
    std::set<Id> units;
    for (const auto& line : lines) units.insert(line.line.unit);
    for (const Id unit : units)
        identity::tell_unit(work, unit, kUrged,
                    {.key = "monitoring.notice_letter_issued",
                     .args = {{"number", number}, {"day", day->vietnamese()}, {"reply_by", reply_by->vietnamese()}},
                     .path = letter_path(letter->id),
                     .about = {},
                     .deadline = *reply_by});
    return Done{};
}

search::SearchSource letters_source() { return {{kRefKind}, index_all_letters, {kUrge.name, "plan.report"}}; }

Result<> cancel_letter(Work& work, Id id, std::int64_t version) {
    auto letter = find_draft(work, id, version);
    if (!letter) return letter.failure();
    LOA_CHECK(work.db.run("monitoring.set_letter_cancelled", {work.authority, id, version}) == 1);
    identity::record(work, ref_of(work, id), "monitoring.letter_cancelled");
    return Done{};
}

}  // namespace loa::monitoring
