#include "tests/support/certificate_files.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace loa::web {

namespace {

namespace fs = std::filesystem;

void need(bool went_well) {
    if (!went_well) throw std::runtime_error("OpenSSL makes no certificate");
}

using FilePointer = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

FilePointer open(const fs::path& path) {
    FilePointer file(std::fopen(path.c_str(), "w"), std::fclose);
    need(file != nullptr);
    return file;
}

/// A file system's clock may stand still between two writes of a test.
void set_new_time(const fs::path& path) {
    static int turn = 0;
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(1) + std::chrono::seconds(++turn));
}

struct Folder {
    fs::path path = fs::temp_directory_path() / ("loa_web_certificate_" + std::to_string(::getpid()));
    CertificateFiles files;
    Folder() {
        fs::create_directory(path);
        files = make_certificate(path, "shared");
    }
    ~Folder() { fs::remove_all(path); }
};

}  // namespace

CertificateFiles make_certificate(const fs::path& folder, const std::string& name, long serial, const Days& days) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
    X509* certificate = made.get();
    need(key && certificate);
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), days.from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), days.until);
    X509_set_pubkey(certificate, key.get());
    auto* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
    need(X509_sign(certificate, key.get(), EVP_sha256()) > 0);

    const CertificateFiles files{folder / (name + ".pem"), folder / (name + ".key")};
    need(PEM_write_X509(open(files.certificate).get(), certificate) == 1);
    need(PEM_write_PrivateKey(open(files.key).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    set_new_time(files.certificate);
    set_new_time(files.key);
    return files;
}

const CertificateFiles& shared_certificate() {
    static const Folder folder;
    return folder.files;
}

}  // namespace loa::web
