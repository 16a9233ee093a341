// What a person did to a job, a mail or the settings of mail: the timeline that keeps it belongs to the library above.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/storage/work.h"

namespace loa::jobs {

struct ActField {
    std::string field;  // "jobs.field_<field>" is its name
    std::string before, after;
};

/// Of the Work's actor in her authority.
struct Act {
    std::string_view subject_kind;  // a key: "jobs.mail"
    Id subject;
    std::string_view event;  // a key: "jobs.mail_cancelled"
    std::vector<ActField> fields = {};
};

/// In the transaction of the act. identity registers one.
using RecordAct = std::function<void(Work&, const Act&)>;

void tell(const Registry& registry, Work& work, const Act& act);

}  // namespace loa::jobs
