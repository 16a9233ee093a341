// The certificate that the server shows to browsers, and its key.
#pragma once

#include <filesystem>

#include "loa/base/date.h"

namespace loa::web {

/// Files in PEM, the certificate with those that lead up to its issuer; both are named, or neither.
struct CertificateFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;

    bool are_named() const { return !certificate.empty() || !key.empty(); }
};

/// From here on the log and `loa doctor` ask for a new one.
inline constexpr int kRenewBeforeDays = 30;

/// When the certificate runs out. Fault, in one sentence, where the server could not start with these files at `now`:
/// one is not named or can't be read, the key wants a password or is another certificate's, the days of the
/// certificate are over or still to come.
Instant check_certificate(const CertificateFiles& files, Instant now);

/// Does the certificate run out so soon that it must be renewed by now?
bool is_to_be_renewed(Instant end, Instant now);

}  // namespace loa::web
