#include "tls.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>

#include "loa/base/fault.h"
#include "loa/base/log.h"

namespace loa::web {

namespace {

// Mozilla's "intermediate" of 2024 (Server Side TLS 5.7) without its DHE suites: whatever speaks TLS 1.2 with GCM has
// elliptic curves too. TLS 1.3 brings suites of its own, all of them good.
constexpr const char* kSuites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* kCurves = "X25519:P-256:P-384";

struct Loaded {
    TlsContext context;
    Instant begin, end;
};

using KeyPointer = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using BioPointer = std::unique_ptr<BIO, decltype(&BIO_free)>;

/// What HTTP/1.1 is called in ALPN; a browser that speaks only something else is told so.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int size, void*) {
    static constexpr unsigned char kOurs[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    const int how = SSL_select_next_proto(&found, length, kOurs, sizeof kOurs - 1, offered, size);
    *chosen = found;
    return how == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// OpenSSL would ask at the terminal.
int no_password(char*, int, int, void*) {
    return 0;
}

TlsContext new_context() {
    TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(context.get(), kSuites) != 1 || SSL_CTX_set1_groups_list(context.get(), kCurves) != 1)
        throw Fault("web: OpenSSL can't be set up: " + tls_reason());
    // No session is taken up again: a ticket's key that lives for months would open what was recorded meanwhile.
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context.get(), 0);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    // Silent connections keep no buffers.
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                        SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
    SSL_CTX_set_default_passwd_cb(context.get(), no_password);
    return context;
}

void need_readable(std::string_view what, const std::filesystem::path& file) {
    if (::access(file.c_str(), R_OK) == 0) return;
    throw Fault(fmt::format("the {} {} can't be read ({}); check its path and who may read it", what, file.string(),
                            std::strerror(errno)));
}

Instant instant_of(const ASN1_TIME* time) {
    std::tm parts{};
    ASN1_TIME_to_tm(time, &parts);
    return {static_cast<std::int64_t>(::timegm(&parts)) * 1000};
}

Loaded load(const CertificateFiles& files) {
    if (files.certificate.empty() || files.key.empty())
        throw Fault("TLS takes a certificate and its key; name both, by --tls-cert and --tls-key or LOA_TLS_CERT and LOA_TLS_KEY");
    need_readable("certificate", files.certificate);
    need_readable("key", files.key);
    Loaded loaded{new_context(), {}, {}};
    ERR_clear_error();
    SSL_CTX* context = loaded.context.get();
    if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1)
        throw Fault(fmt::format("the certificate {} can't be used ({}); it has to be a file in PEM form",
                                files.certificate.string(), tls_reason()));
    const BioPointer bytes(BIO_new_file(files.key.c_str(), "r"), BIO_free);
    const KeyPointer key(bytes ? PEM_read_bio_PrivateKey(bytes.get(), nullptr, no_password, nullptr) : nullptr, EVP_PKEY_free);
    if (!key)
        throw Fault(fmt::format("the key {} can't be used ({}); it has to be a file in PEM form without a password",
                                files.key.string(), tls_reason()));
    const X509* certificate = SSL_CTX_get0_certificate(context);
    if (X509_check_private_key(certificate, key.get()) != 1 || SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        throw Fault(fmt::format("the key {} does not belong to the certificate {}; name the two that were made together",
                                files.key.string(), files.certificate.string()));
    loaded.begin = instant_of(X509_get0_notBefore(certificate));
    loaded.end = instant_of(X509_get0_notAfter(certificate));
    return loaded;
}

Loaded load_good(const CertificateFiles& files, Instant now) {
    Loaded loaded = load(files);
    if (loaded.end <= now)
        throw Fault(fmt::format("the certificate {} ran out on {}; renew it", files.certificate.string(), loaded.end.iso()));
    if (now < loaded.begin)
        throw Fault(fmt::format("the certificate {} is good only from {} on; is the clock of this machine right?",
                                files.certificate.string(), loaded.begin.iso()));
    return loaded;
}

Instant system_now() {
    return SystemClock().now();
}

}  // namespace

std::string tls_reason() {
    const char* reason = ERR_reason_error_string(ERR_peek_error());  // what came later came of it
    std::string text = reason ? reason : "";
    ERR_clear_error();
    return text;
}

Instant check_certificate(const CertificateFiles& files, Instant now) {
    return load_good(files, now).end;
}

bool is_to_be_renewed(Instant end, Instant now) {
    return end < now.plus_seconds(std::int64_t{kRenewBeforeDays} * 24 * 3600);
}

LiveCertificate::LiveCertificate(CertificateFiles files, std::chrono::seconds between_looks)
    : files_(std::move(files)), between_looks_(between_looks) {
    const Instant now = system_now();
    // Taken before the files are read: what is renewed in between is seen at the next look.
    times_ = file_times();
    const Loaded loaded = load_good(files_, now);
    context_ = loaded.context;
    end_ = loaded.end;
    next_look_ = std::chrono::steady_clock::now() + between_looks_;
    warn_in_time(now);
}

TlsContext LiveCertificate::context() {
    const std::lock_guard lock(mutex_);
    const auto moment = std::chrono::steady_clock::now();
    if (moment >= next_look_) {
        next_look_ = moment + between_looks_;
        const Instant now = system_now();
        auto times = file_times();
        if (times != times_) take_up(std::move(times), now);
        warn_in_time(now);
    }
    return context_;
}

LiveCertificate::FileTimes LiveCertificate::file_times() const {
    FileTimes times;
    for (const auto& file : {files_.certificate, files_.key}) {
        std::error_code missing;
        times.push_back(std::filesystem::last_write_time(file, missing));
    }
    return times;
}

void LiveCertificate::take_up(FileTimes times, Instant now) {
    times_ = std::move(times);  // of two files that are renewed one after the other the second is a change again
    try {
        const Loaded loaded = load_good(files_, now);
        context_ = loaded.context;
        end_ = loaded.end;
        warned_on_ = {};
        log(Level::Info, "web.certificate", {{"what", "renewed"}, {"until", end_.iso()}});
    } catch (const std::exception& error) {
        log(Level::Error, "web.certificate", {{"what", error.what()}, {"kept_until", end_.iso()}});
    }
}

void LiveCertificate::warn_in_time(Instant now) {
    if (!is_to_be_renewed(end_, now) || warned_on_ == now.date()) return;
    warned_on_ = now.date();
    log(Level::Warning, "web.certificate",
        {{"what", end_ <= now ? "has run out; renew it" : "runs out soon; renew it"},
         {"file", files_.certificate.string()},
         {"until", end_.iso()}});
}

}  // namespace loa::web
