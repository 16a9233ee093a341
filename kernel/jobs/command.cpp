#include "loa/jobs/command.h"

#include <ostream>

#include "loa/i18n/catalogue.h"

namespace loa::jobs {

std::string Invocation::text(const std::string& name) const {
    const auto found = values.find(name);
    return found == values.end() ? "" : found->second;
}

int Invocation::fail(const Failure& failure) const {
    for (const auto& problem : failure.problems)
        errors << i18n::translate(Language::Vietnamese, problem.key, problem.args) << '\n';
    return exit_code(failure.reason);
}

int exit_code(Reason reason) {
    switch (reason) {
        case Reason::Invalid: return 2;
        case Reason::Forbidden: return 3;
        case Reason::NotFound: return 4;
        case Reason::Conflict: return 5;
        case Reason::Unavailable: return 6;
    }
    return 2;
}

}  // namespace loa::jobs
