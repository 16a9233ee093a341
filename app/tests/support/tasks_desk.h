// The drafting unit's line with a due day, and its tasks: what the tests of tasks go by.
#pragma once

#include <string>
#include <vector>

#include "loa/identity/timeline.h"
#include "tests/support/commune.h"

namespace loa::app {

/// The head and the clerk of the drafting unit have that line; everything through the pages.
class TasksDesk {
  public:
    explicit TasksDesk(Commune& commune);

    const std::string& line_path() const { return path_; }
    Id assignment() const { return assignment_; }
    /// The first day on which the line falls due.
    Date due() const { return due_; }
    /// Adds a task by the page of the line; gives its id.
    Id add(const std::string& visitor, Form form);
    std::string version(Id task);
    storage::Row row(Id task);
    /// What its timeline says, the oldest first.
    std::vector<std::string> events(Id task);
    /// Of the line, in the order of the board.
    std::vector<storage::Row> all();
    /// The sentences of the person's notices of that kind.
    std::vector<std::string> notices(const std::string& visitor, const std::string& kind);

  private:
    Commune& commune_;
    Id assignment_;
    Date due_;
    std::string path_;
};

inline std::string task_path(Id task, const std::string& rest = "") { return "/cong-viec/" + to_string(task) + rest; }

}  // namespace loa::app
