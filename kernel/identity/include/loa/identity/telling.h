// News for the people of a unit, and for those who lead.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "loa/jobs/notices.h"
#include "loa/storage/work.h"

namespace loa::identity {

/// Tells everyone of the unit and whoever acts for one of them today, each once, but not who acts (Work::actor).
void tell_unit(Work& work, Id unit, const jobs::MessageKind& kind, const jobs::Message& message);
/// Every leader of the authority, and whoever acts for one of them today.
void tell_leaders(Work& work, const jobs::MessageKind& kind, const jobs::Message& message);

/// As tell_unit, for news of many units: who is where is read once, and all is written together.
class UnitNews {
  public:
    explicit UnitNews(Work& work);
    void add(Id unit, const jobs::Message& message);
    /// All that was added since the last time.
    void send(const jobs::MessageKind& kind);

  private:
    Work& work_;
    std::unordered_map<Id, std::vector<Id>> people_;    // of each unit
    std::unordered_map<Id, std::vector<Id>> deputies_;  // of each person, today
    std::vector<jobs::News> waiting_;
};

}  // namespace loa::identity
