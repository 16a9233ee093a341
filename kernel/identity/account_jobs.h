// What the jobs of accounts do.
#pragma once

#include <string>

#include "loa/base/result.h"
#include "loa/base/secrets.h"
#include "loa/storage/work.h"

namespace loa::identity {

/// identity.send_reset, for the name that somebody typed at "Quên mật khẩu"; nobody's is no failure.
Result<> send_reset(Work& work, const Keys& keys, const std::string& payload);

}  // namespace loa::identity
