// Certificates of the tests' own, made by OpenSSL: for "localhost", signed by themselves.
#pragma once

#include <string>

#include "loa/web/certificate.h"

namespace loa::web {

/// Good from and until then, in seconds from now.
struct Days {
    long from = -24 * 3600;
    long until = 90L * 24 * 3600;
};

/// Writes `name`.pem and `name`.key into the folder, over what was there, with times that differ from those.
CertificateFiles make_certificate(const std::filesystem::path& folder, const std::string& name, long serial = 1,
                                  const Days& days = {});

/// One that all tests of a process may share, in a folder that goes with it.
const CertificateFiles& shared_certificate();

}  // namespace loa::web
