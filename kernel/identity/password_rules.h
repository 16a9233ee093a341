// What a password must be (NIST SP 800-63B, revision 4, 3.1.1): long, and not what everybody would try. No rules about
// capitals or signs, no changing by the calendar.
#pragma once

#include <optional>
#include <string_view>

#include "loa/base/result.h"

namespace loa::identity {

/// Without a second factor, which nobody but administrators must have, a password is all there is: 15 characters.
inline constexpr std::size_t kLeastPasswordCharacters = 15;
inline constexpr std::size_t kMostPasswordBytes = 256;

/// Field "password". The sign-in name counts among the words that everybody would try.
std::optional<Problem> password_problem(std::string_view password, std::string_view sign_in_name);

}  // namespace loa::identity
