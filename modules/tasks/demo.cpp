// Tasks of the invented commune: made by the actions, as its people would. Days are counted from the day it is loaded.
#include "demo.h"

#include <charconv>

#include "actions.h"
#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/people.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/demonstration.h"
#include "queries.h"

namespace loa::tasks {

namespace {

using Row = std::vector<std::string>;

template <class T>
T must(Result<T> result) {
    LOA_CHECK(result);
    return std::move(result).value();
}

class Loader {
  public:
    Loader(storage::Transaction& transaction, web::Services& services, Id authority)
        : transaction_(transaction), services_(services), system_(identity::system_work(transaction, services.ids, services.clock.now(), authority)) {}

    void load() {
        for (const auto& row : jobs::demonstration_table("modules/tasks/data/demo_tasks.tsv", 10)) add(row);
    }

  private:
    Work as(const std::string& sign_in_name) {
        return must(identity::work_for_person(transaction_, services_.ids, services_.clock.now(), person(sign_in_name), system_.authority));
    }
    Id person(const std::string& sign_in_name) {
        const auto found = identity::person_by_sign_in_name(system_, sign_in_name);
        LOA_CHECK(found.has_value());
        return found->id;
    }

    std::string day(const std::string& days) const {
        if (days.empty()) return "";
        int number = 0;
        const auto [end, error] = std::from_chars(days.data(), days.data() + days.size(), number);
        LOA_CHECK(error == std::errc{} && end == days.data() + days.size());
        return system_.today().plus_days(number).vietnamese();
    }

    /// A plan that is not in force yet on that day asks nobody for anything.
    std::optional<LineRef> line_of(const Row& row) {
        const auto unit = identity::unit_called(system_, row[0]);
        LOA_CHECK(unit.has_value());
        for (const auto& line : lines_of_unit(system_, *unit))
            if (line.title.starts_with(row[1] + " ")) return LineRef{line.plan, line.assignment};
        return std::nullopt;
    }

    void add(const Row& row) {
        const auto line = line_of(row);
        if (!line) return;
        Work head = as(row[2]);
        TaskWords words;
        words.title = row[4];
        words.due_on = day(row[6]);
        if (!row[3].empty()) words.responsible = person(row[3]);
        const Id task = must(add_task(head, *line, words));
        std::size_t ticked = 0;
        for (const auto entry : split(row[7], '|')) {
            if (entry.empty()) continue;
            const bool done = entry.front() == '+';
            must(add_items(head, task, std::string(done ? entry.substr(1) : entry)));
            ticked += done;
        }
        const auto items = items_of(head, task);
        for (std::size_t i = 0; i < ticked; ++i) must(change_item(head, task, items[i].id, ItemAct::Tick));
        if (!row[8].empty()) {
            Work speaker = as(row[8]);
            must(add_comment(speaker, task, row[9], {}));
        }
        if (row[5] != code(TaskState::ToDo)) must(move_task(head, {task, stored_task(head, task)->version}, *task_state_from(row[5])));
    }

    storage::Transaction& transaction_;
    web::Services& services_;
    Work system_;
};

void load(const Registry&, web::Services& services, std::ostream&) {
    services.database.write([&](storage::Transaction& transaction) {
        const Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
        for (const auto& authority : identity::authorities_on(work, work.today()))
            if (authority.demonstration) Loader(transaction, services, authority.id).load();
    });
}

}  // namespace

void join_demonstration(Registry& registry) { registry.add(jobs::Demonstration{.order = 20, .load = load}); }

}  // namespace loa::tasks
