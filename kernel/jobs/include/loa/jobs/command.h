// A command of the `loa` program: a job that a person starts by hand. registry.add(Command{…}).
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/web/route.h"

namespace loa::jobs {

/// "NAME" is a place, "--authority" an option with a value, "--draft" (flag) one without. Values are text in NFC, but
/// for the place "FILE": the name of a file is whatever bytes it has.
inline constexpr std::string_view kFilePlace = "FILE";
struct Parameter {
    enum class Kind { Place, Option, Flag };
    std::string name;
    Kind kind = Kind::Place;
    std::string help;  // English, one line
    bool required = false;
};

/// What was typed, and what the command may use.
struct Invocation {
    std::map<std::string, std::string> values;  // by parameter name; a flag that was given is "1"
    std::ostream& out;
    std::ostream& errors;
    const Registry& registry;
    /// Opens the database at the first call (and refuses one whose schema is not current).
    std::function<web::Services&()> services;

    std::string text(const std::string& name) const;  // "" when not given
    bool flag(const std::string& name) const { return values.contains(name); }
    /// Says in Vietnamese what did not happen, and gives the exit code.
    int fail(const Failure& failure) const;
};

struct Command {
    std::string name;     // "plan parse"
    std::string summary;  // one line for `loa --help`
    std::string details;  // `loa help plan parse`, after the parameters; may be empty
    std::vector<Parameter> parameters;
    std::function<int(Invocation&)> run;
};

/// invalid 2, forbidden 3, not_found 4, conflict 5, unavailable 6; 1 is left for findings and a negative answer.
int exit_code(Reason reason);

}  // namespace loa::jobs
