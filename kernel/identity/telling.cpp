#include "loa/identity/telling.h"

#include <algorithm>

#include "loa/identity/deputies.h"
#include "loa/identity/people.h"

namespace loa::identity {

namespace {

void add_once(std::vector<Id>& people, Id person) {
    if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
}

std::vector<jobs::News> to_each(const std::vector<Id>& people, const jobs::Message& message) {
    std::vector<jobs::News> news;
    for (const Id person : people) news.push_back({person, message});
    return news;
}

}  // namespace

void tell_unit(Work& work, Id unit, const jobs::MessageKind& kind, const jobs::Message& message) {
    std::vector<Id> people;
    for (const auto& member : people_of_unit(work, unit)) add_once(people, member.person);
    people = with_deputies(work, people);
    std::erase(people, work.actor.person);
    jobs::notify_all(work, kind, to_each(people, message));
}

void tell_leaders(Work& work, const jobs::MessageKind& kind, const jobs::Message& message) {
    std::vector<Id> people;
    for (const auto& member : memberships_on(work, work.today()))
        if (member.role == Role::Leader) add_once(people, member.person);
    jobs::notify_all(work, kind, to_each(with_deputies(work, people), message));
}

UnitNews::UnitNews(Work& work) : work_(work) {
    for (const auto& member : memberships_on(work, work.today())) add_once(people_[member.unit], member.person);
    for (const auto& each : deputyships(work))
        if (each.in_force_on(work.today())) deputies_[each.principal].push_back(each.deputy);
}

void UnitNews::add(Id unit, const jobs::Message& message) {
    const auto members = people_.find(unit);
    if (members == people_.end()) return;
    std::vector<Id> told = members->second;
    for (const Id person : members->second)
        if (const auto deputies = deputies_.find(person); deputies != deputies_.end())
            for (const Id deputy : deputies->second) add_once(told, deputy);
    for (const Id person : told)
        if (person != work_.actor.person) waiting_.push_back({person, message});
}

void UnitNews::send(const jobs::MessageKind& kind) {
    jobs::notify_all(work_, kind, waiting_);
    waiting_.clear();
}

}  // namespace loa::identity
