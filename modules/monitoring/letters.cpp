#include "letters.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include "actions.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "loa/identity/people.h"
#include "loa/identity/permissions.h"
#include "loa/identity/telling.h"
#include "loa/identity/timeline.h"
#include "queries.h"
#include "verbs.h"

namespace loa::monitoring {

namespace {

constexpr std::size_t kLongestNumber = 40, kLongestUnits = 300;

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
    return row.text("state") == "open" && row.text("plan_state") == "issued" && row.date("due_on") < work.today() &&
           row.optional_text("answer") != "returned";
}

/// What was said stays said, whatever became of the plan and of its units since.
void as_issued(UrgingLetterLine& line, const storage::Row& row) {
    line.unit = row.id("kept_unit_id");
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
    for (const auto& each : lines_of(work, letter)) {
        units.insert({each.unit, each.line.unit});
        said.push_back(each.line.unit_name + ": " + each.line.title + ". " + each.plan_number + " " + each.plan_title);
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
    std::unordered_map<Id, std::pair<std::int64_t, Instant>> reminders;
    for (const auto& row : work.db.query("monitoring.reminders_of_letter", {work.authority, letter.id}))
        reminders.emplace(row.id("occurrence_id"), std::pair(row.number("times"), row.instant("last_at")));
    std::vector<UrgingLetterLine> lines;
    for (const auto& row : work.db.query("monitoring.letter_lines", {work.authority, letter.id})) {
        if (letter.state == LetterState::Draft && !is_late(work, row)) continue;
        UrgingLetterLine line;
        line.line = due_line_from(row);
        line.line.state = row.text("state");
        line.unit = line.line.unit;
        line.waits = line.line.state == "open" && row.text("plan_state") == "issued";
        line.plan_title = row.text("plan_title");
        line.plan_issued_on = row.optional_date("plan_issued_on");
        if (const auto number = row.optional_text("issued_number")) line.plan_number = *number + "/" + row.optional_text("document_symbol").value_or("");
        if (letter.state == LetterState::Issued) as_issued(line, row);
        if (const auto found = reminders.find(line.line.occurrence); found != reminders.end()) {
            line.reminders = found->second.first;
            line.last_reminded_at = found->second.second;
        }
        lines.push_back(std::move(line));
    }
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return std::tie(a.unit, a.line.due_on) < std::tie(b.unit, b.line.due_on); });
    return lines;
}

namespace {

/// What monitoring.letters looks through: ",s12," offices whose letters she sends; unless she reads every letter, ",u13," units
/// whose she is or for which she reports, ",p14," plans whose work her office puts together.
std::string rights_of(Work& work, const Reader& reader) {
    std::string rights = ",";
    const auto add = [&](char kind, const std::vector<Id>& ids) {
        for (const Id id : ids) rights += kind + to_string(id) + ",";
    };
    add('s', identity::units_where_may(work, kUrge));
    if (reader.opens_every_line()) return rights;
    add('u', identity::own_units(work));
    add('u', reader.units());
    add('p', reader.plans());
    return rights;
}

std::vector<UrgingLetterSummary> read_letters(Work& work, const Reader& reader, storage::ListRequest request) {
    // Who sends for the whole authority reads them all, of units that are no more too.
    if (!identity::may_throughout(work, kUrge)) request.filters.emplace_back(reader.opens_every_line() ? "issued_or_sent_by" : "readable", rights_of(work, reader));
    std::vector<UrgingLetterSummary> found;
    for (const auto& row : work.db.list("monitoring.letters", {work.authority, work.today()}, request))
        found.push_back({letter_from(row), row.number("lines"), row.number("open_lines"), row.number("open_units")});
    return found;
}

}  // namespace

std::vector<UrgingLetterSummary> letters(Work& work, const Reader& reader, const LetterFilter& filter, int limit) {
    storage::ListRequest request;
    request.order = filter.newer ? "oldest" : "newest";
    request.limit = limit;
    if (filter.unit) request.filters.emplace_back("unit", *filter.unit);
    if (filter.year) request.filters.emplace_back("year", std::to_string(*filter.year));
    if (filter.state) request.filters.emplace_back("state", std::string(*filter.state == LetterState::Draft ? "draft" : "issued"));
    if (filter.unanswered) request.filters.emplace_back("unanswered_on", work.today());
    if (filter.older) request.filters.emplace_back("older", *filter.older);
    if (filter.newer) request.filters.emplace_back("newer", *filter.newer);
    auto found = read_letters(work, reader, std::move(request));
    if (filter.newer) std::reverse(found.begin(), found.end());
    return found;
}

bool may_read(Work& work, const Reader& reader, Id letter) {
    storage::ListRequest request;
    request.order = "newest";
    request.limit = 1;
    request.filters.emplace_back("id", letter);
    return !read_letters(work, reader, std::move(request)).empty();
}

Unanswered unanswered(const std::vector<UrgingLetterLine>& lines) {
    Unanswered found;
    Id last;  // a unit's lines stand together
    for (const auto& line : lines) {
        if (!line.waits) continue;
        ++found.lines;
        if (line.unit != last) found.units.push_back(line.line.unit_name);
        last = line.unit;
    }
    return found;
}

void chase_answers(Work& work) {
    for (const auto& row : work.db.query("monitoring.letters_to_chase", {work.authority, work.today()})) {
        const auto letter = letter_from(row);
        work.db.run("monitoring.set_unanswered_told", {work.authority, letter.id, work.today()});
        const auto waits = unanswered(lines_of(work, letter));
        if (waits.lines == 0) continue;
        identity::tell_unit(work, letter.unit, kLetter,
                            {.key = "monitoring.notice_unanswered",
                             .args = {{"number", letter.number},
                                      {"reply_by", letter.reply_by->vietnamese()},
                                      {"n", std::to_string(waits.lines)},
                                      {"m", std::to_string(waits.units.size())},
                                      {"units", shortened(joined(waits.units, "; "), kLongestUnits)}},
                             .path = letter_path(letter.id),
                             .about = {}});
    }
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
    work.db.run("monitoring.forget_dropped_letter_steps", {work.authority, letter->id, work.today()});
    work.db.run("monitoring.drop_answered_letter_lines", {work.authority, letter->id, work.today()});
    const auto lines = lines_of(work, *letter);
    if (lines.empty()) return conflict("monitoring.letter_empty");
    for (const auto& each : lines)
        work.db.run("monitoring.keep_letter_line", {work.authority, letter->id, each.line.occurrence, each.line.due_on, each.line.title, each.unit,
                                                    each.line.unit_name, each.plan_title, each.plan_number, each.plan_issued_on});
    LOA_CHECK(work.db.run("monitoring.set_letter_issued",
                          {work.authority, letter->id, number, *day, *reply_by, work.actor.person, letter->version}) == 1);
    identity::record(work, ref_of(work, letter->id), "monitoring.letter_issued",
                     {{"number", "", number}, {"issued_on", "", day->iso()}, {"reply_by", "", reply_by->iso()}, {"lines", "", std::to_string(lines.size())}});
    const auto issued = letter_by_id(work, letter->id);
    LOA_CHECK(issued.has_value());
    index_letter(work, *issued);
    std::set<Id> units;
    for (const auto& line : lines) units.insert(line.unit);
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
