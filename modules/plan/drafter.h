// The clerk and the leader of a drafting office, who take made-up plans the way that people's plans go: by the actions.
#pragma once

#include <optional>
#include <string>

#include "loa/base/check.h"
#include "loa/formats/document.h"
#include "loa/storage/work.h"
#include "loa/web/route.h"

namespace loa::plan {

/// What must succeed, because nobody but us wrote what goes in.
template <class T>
T must(Result<T> result) {
    LOA_CHECK(result);
    return std::move(result).value();
}
template <class T>
T must_be(std::optional<T> value) {
    LOA_CHECK(value.has_value());
    return *std::move(value);
}

class Drafter {
  public:
    /// The office by its name, the two people by their sign-in names.
    Drafter(storage::Transaction& transaction, web::Services& services, Id authority, const std::string& office, const std::string& clerk,
            const std::string& leader);

    /// A Work of that person, good until the next one is asked for.
    Work& work_of(Id person);
    Work& clerk() { return work_of(clerk_); }
    Work& leader() { return work_of(leader_); }

    Id import(const formats::TextDocument& document, const std::string& file_name);
    /// As the clerk would: names that no unit bears are bodies outside, the rest is as it was read.
    void confirm(Id plan);
    void submit(Id plan);
    void approve(Id plan);
    void issue(Id plan, const std::string& number, const std::string& day);
    /// What each activity of an issued plan tells, and how: as Loa proposes it by its own words, and the clerk agrees.
    void say_what_and_how(Id plan);

  private:
    std::int64_t version(Id plan);

    storage::Transaction& transaction_;
    web::Services& services_;
    Id authority_, unit_, clerk_, leader_;
    std::optional<Work> work_;
};

}  // namespace loa::plan
