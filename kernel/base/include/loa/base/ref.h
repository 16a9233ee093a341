// The only way one slice mentions another's record; the owner resolves it to a title and a link.
#pragma once

#include <string>

#include "loa/base/id.h"

namespace loa {

struct Ref {
    std::string kind;  // "plan.plan", "plan.activity", "identity.unit": <module>.<noun>
    Id authority;
    Id id;

    bool operator==(const Ref&) const = default;
};

}  // namespace loa
