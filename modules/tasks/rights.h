// Who may do what with a task, by where the person stands to its unit and to it.
#pragma once

#include "loa/storage/work.h"
#include "types.h"

namespace loa::tasks {

/// What the person is in a unit; asked once for all tasks of a page.
class UnitRights {
  public:
    UnitRights(const Work& work, Id unit);

    /// One of the unit's people: adds tasks, comments.
    bool works() const { return works_; }
    /// Its head: says who does what by when.
    bool assigns() const { return assigns_; }
    /// The head, and of the unit's people who is on it, who made it, or any where nobody is on it.
    bool changes(const Task& task) const;
    /// The head, and who made it: its due day, and putting it into the trash.
    bool decides(const Task& task) const;
    /// One of the unit takes what nobody has.
    bool takes(const Task& task) const;

  private:
    Id person_, acting_for_;
    bool works_, assigns_, member_;
};

}  // namespace loa::tasks
