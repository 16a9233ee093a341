// Commands act for one authority: the one that was named, or the only one there is.
#pragma once

#include <optional>
#include <string>

#include "loa/base/date.h"
#include "loa/identity/authorities.h"
#include "loa/identity/work.h"
#include "loa/jobs/command.h"
#include "loa/storage/database.h"

namespace loa::app {

/// "--authority", for those commands that call in_authority().
const jobs::Parameter& authority_parameter();

/// The day that an option names, or the other one; nothing when it can't be read.
std::optional<Date> day_of(const jobs::Invocation& invocation, const std::string& option, Date otherwise);

/// Runs `step` on a system Work of that authority and gives its exit code; what it wrote is undone when that is
/// not 0.
template <class Step>
int in_authority(jobs::Invocation& invocation, storage::Mode mode, Step step) {
    struct Refused {
        int code;
    };
    auto& services = invocation.services();
    try {
        services.database.transact(mode, [&](storage::Transaction& transaction) {
            Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
            const auto authority = identity::authority_called(work, invocation.text(authority_parameter().name));
            if (!authority) throw Refused{invocation.fail(not_found("app.no_such_authority"))};
            work.authority = authority->id;
            if (const int code = step(work); code != 0) throw Refused{code};
        });
    } catch (const Refused& refused) {
        return refused.code;
    }
    return 0;
}

}  // namespace loa::app
