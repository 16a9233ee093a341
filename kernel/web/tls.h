// TLS by OpenSSL: what each connection starts from, made anew when the certificate was renewed on disk. Only the server
// knows it.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

#include "loa/web/certificate.h"

namespace loa::web {

using TlsContext = std::shared_ptr<SSL_CTX>;

/// Why OpenSSL refused what it was asked since its errors were cleared, and clears them; "" when it does not say.
std::string tls_reason();

/// The certificate that is served now. Any thread may ask.
class LiveCertificate {
  public:
    /// Fault as check_certificate().
    LiveCertificate(CertificateFiles files, std::chrono::seconds between_looks);

    /// For a new connection. Looks at the files' times first, when the last look is long enough ago: no signal has to be
    /// sent by what renews them, and a server that nobody visits needs no new certificate. Files that can't be used
    /// are told to the log, and the certificate from before stays.
    TlsContext context();

  private:
    using FileTimes = std::vector<std::filesystem::file_time_type>;
    FileTimes file_times() const;
    void take_up(FileTimes times, Instant now);
    void warn_in_time(Instant now);

    const CertificateFiles files_;
    const std::chrono::seconds between_looks_;
    std::mutex mutex_;
    TlsContext context_;
    Instant end_;
    FileTimes times_;
    std::chrono::steady_clock::time_point next_look_;
    Date warned_on_;
};

}  // namespace loa::web
