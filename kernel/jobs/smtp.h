// One talk with the mail server (RFC 5321, by libcurl).
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "loa/jobs/mail.h"

namespace loa::jobs {

/// How long a talk may last: `whole` and `answer` together are less than the lease of the job that waits. A test registers shorter ones (registry.add).
struct SmtpLimits {
    std::chrono::milliseconds connecting{15'000};
    std::chrono::milliseconds whole{170'000};
    std::chrono::seconds answer{110};  // to each command, also to the QUIT that follows when the whole time is over
};

/// Sends `message` to one address. Does not throw.
MailAnswer send_mail(const MailSettings& settings, const SmtpLimits& limits, const std::string& to, std::string_view message);

}  // namespace loa::jobs
