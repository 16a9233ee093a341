// The first office of an installation, and its first administrator: by a page that is there only while there is no
// administrator and asks for a code that `loa serve` prints, or by `loa init`.
#pragma once

#include <functional>
#include <string>

#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/identity/authorities.h"
#include "loa/identity/passwords.h"
#include "loa/storage/work.h"

namespace loa::identity {

/// Is there no administrator in the whole installation?
bool needs_first_run(const Work& work);
/// What the page asks for: made at the start of the program, gone with it, good for one office. Eight characters that
/// can't be mistaken for each other, "K7MP-3XQA".
std::string first_run_code(const Registry& registry);

struct FirstOffice {
    CreateAuthority authority;
    std::string person_name;
    std::string sign_in_name;
    std::string email;  // may be empty
};
/// For the system. Makes the authority with its root unit and the administrator in it. Conflict: somebody did already.
/// Invalid: as create_authority() and create_person() say; their fields keep their names, the person's is "person_name".
Result<Id> set_up_first_office(Work& work, const FirstOffice& input, const PasswordHash& password);

/// What is still to do before an office can work, shown to administrators at /quan-tri/bat-dau: registry.add(FirstStep{…}).
struct FirstStep {
    int order = 0;
    std::string label;  // translation keys
    std::string hint;
    std::string path;
    std::function<bool(Work&)> done;
};

}  // namespace loa::identity
