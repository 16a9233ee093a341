#include "province.h"

#include <fmt/format.h>

#include <ostream>

#include "counts.h"
#include "coverage.h"
#include "drafter.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/formats/read_document.h"
#include "loa/identity/authorities.h"
#include "loa/identity/work.h"
#include "loa/jobs/demonstration.h"
#include "queries.h"

namespace loa::plan {

namespace {

constexpr int kPlans = 3, kClusters = 5, kYears = 5, kPiecesOfLine = 10, kDaysToSoon = 3;

std::string path_in_data(std::string_view name) { return "modules/plan/data/" + std::string(name); }

std::string text_in_data(std::string_view name) {
    const auto* file = embedded_file(path_in_data(name));
    LOA_CHECK(file != nullptr);
    return std::string(file->bytes);
}

/// The words by their names, what is given filled in.
std::string words(const std::string& name, const std::string& filled = {}) {
    for (const auto& row : jobs::demonstration_table(path_in_data("province_words.tsv"), 2))
        if (row[0] == name) return replaced(row[1], "{}", filled);
    LOA_CHECK(false);
    return {};
}

/// What each office is told to do, cluster by cluster; of four activities one comes back every quarter, one of the first plan
/// is due soon, and the others fall due through the five years.
std::string text_of_plan(int plan, const std::vector<std::vector<std::string>>& activities, Date today) {
    const int first = today.year() - kYears + 1;
    const int count = static_cast<int>(activities.size()), of_cluster = count / kClusters;
    std::string all;
    for (int i = 0; i < count; ++i) {
        std::string deadline = words("every_quarter");
        if (i % of_cluster == 1 && plan == 0) deadline = words("before", today.plus_days(kDaysToSoon).vietnamese());
        else if (i % of_cluster != 0) deadline = words("before", Date::from(first + (i + plan) % kYears, 1 + (i * 5 + plan) % 12, 15).value().vietnamese());
        std::string text = text_in_data("province_activity.md");
        for (const auto& [blank, filled] : {std::pair<std::string, std::string>("{n}", std::to_string(i + 1)), {"{title}", activities[static_cast<std::size_t>(i)].front()},
                                            {"{lead}", words("cluster", std::to_string(i / of_cluster + 1))}, {"{deadline}", deadline}})
            text = replaced(text, blank, filled);
        all += text;
    }
    std::string text = text_in_data("province_plan.md");
    for (const auto& [blank, filled] : {std::pair<std::string, std::string>("{first}", std::to_string(first)), {"{last}", std::to_string(today.year())},
                                        {"{number}", std::to_string(plan + 1)}, {"{activities}", all}})
        text = replaced(text, blank, filled);
    return text;
}

/// Ten pieces of each line, spread over the time since the plan was issued.
void add_evidence(Work& work, const std::vector<Assignment>& lines, Date issued) {
    const auto topics = topics_on(work, work.today());
    const auto channels = channels_on(work, work.today());
    const int days = work.today().days_since(issued);
    const std::string piece = words("piece", "{}");
    std::vector<storage::Values> pieces, told;
    std::size_t n = 0;
    for (const auto& line : lines)
        for (int i = 0; i < kPiecesOfLine; ++i, ++n) {
            const Id id = work.new_id();
            const Date day = issued.plus_days(static_cast<int>((n * 7919) % static_cast<std::size_t>(days)));
            const char* state = n % 20 == 18 ? "submitted" : n % 20 == 19 ? "returned" : "confirmed";
            pieces.push_back({work.authority, id, line.id, replaced(piece, "{}", std::to_string(n + 1)), day, channels[n % channels.size()].id, state, start_of(day).plus_seconds(9 * 3600), work.actor.person});
            told.push_back({work.authority, id, topics[n % topics.size()].id});
            if (n % 3 == 0) told.push_back({work.authority, id, topics[(n + 1) % topics.size()].id});
        }
    work.db.run_batch("plan.insert_told_evidence", pieces);
    work.db.run_batch("plan.insert_evidence_topic", told);
}

/// Of what fell due in the last year sixteen in twenty were reported in time, two late, one waits to be confirmed, one is open.
void answer(Work& work, Id plan) {
    for (const auto& row : work.db.query("plan.printed_days", {work.authority, plan})) {
        const Date due = row.date("printed_on");
        if (due >= work.today()) continue;
        const bool long_ago = due < work.today().plus_days(-365);  // by now somebody has seen to it
        const auto set = [&](int from, int to, const char* state, int days_after, bool on_time) {
            const Instant at = start_of(due.plus_days(days_after)).plus_seconds(9 * 3600);
            const auto closed_on = std::string_view(state) == "closed" ? std::optional(due.plus_days(days_after)) : std::nullopt;
            work.db.run("plan.answer_occurrences", {work.authority, plan, due, from, to, state, at, work.actor.person, on_time ? 1 : 0, closed_on});
        };
        set(0, 15, "closed", -1, true);
        set(16, long_ago ? 19 : 17, "closed", 4, false);
        if (!long_ago) set(18, 18, "reported", 0, true);
    }
    work.db.run("plan.settle_assignments", {work.authority, plan});
    recount(work, plan);
    recount_unit_coverage(work, plan);
    for (const char* statement : {"plan.forget_coverage", "plan.count_coverage_of_all"}) work.db.run(statement, {work.authority, plan});
}

void load_plan(Drafter& drafter, int number, std::ostream& out) {
    const auto activities = jobs::demonstration_table("modules/plan/data/province_activities.txt", 1);
    const Date today = drafter.clerk().today();
    const Date issued = *Date::from(today.year() - kYears + 1, 1, 10);
    const Id plan = drafter.import(must(formats::read_document(text_of_plan(number, activities, today), "ke-hoach.md")), "ke-hoach.md");
    drafter.confirm(plan);
    drafter.submit(plan);
    drafter.approve(plan);
    drafter.issue(plan, std::to_string(number + 1), issued.vietnamese());
    drafter.say_what_and_how(plan);
    Work& clerk = drafter.clerk();
    const auto lines = assignments_by_plan(clerk, plan);
    LOA_CHECK(lines.size() > activities.size());  // every cluster was found
    add_evidence(clerk, lines, issued);
    answer(clerk, plan);
    out << fmt::format("  plan {}: {} lines, {} pieces of evidence\n", number + 1, lines.size(), lines.size() * kPiecesOfLine) << std::flush;
}

void load(const Registry&, web::Services& services, std::ostream& out) {
    for (int number = 0; number < kPlans; ++number)
        services.database.write([&](storage::Transaction& transaction) {
            const Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
            const auto authorities = identity::authorities_on(work, work.today());
            LOA_CHECK(authorities.size() == 1);
            Drafter drafter(transaction, services, authorities.front().id, words("office"), "noivu", "chutich");
            load_plan(drafter, number, out);
        });
}

}  // namespace

void join_province(Registry& registry) {
    registry.add(jobs::Demonstration{.of = jobs::Demonstration::Of::Province, .order = 10, .load = load});
}

}  // namespace loa::plan
