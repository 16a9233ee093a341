// Where this installation keeps its data and listens: from the environment, a file, or as shipped.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "loa/base/secrets.h"

namespace loa::app {

struct Config {
    std::string database = "sqlite:var/loa.db";  // LOA_DATABASE
    std::string files = "var/files";             // LOA_FILES
    std::string migrate_database;                // LOA_MIGRATE_DATABASE: a Citus coordinator; else as `database`
    std::string secret;                          // LOA_SECRET: the same on every node
    std::string secret_file;                     // LOA_SECRET_FILE: where it is kept when LOA_SECRET is not set; else
                                                 // secret.key beside the folder of files, made when it is missing
    bool tls = false;                            // LOA_TLS=yes: browsers reach it by https, through a proxy
    std::string tls_certificate, tls_key;        // LOA_TLS_CERT, LOA_TLS_KEY: it speaks TLS itself
    std::string trusted_proxies;                 // LOA_TRUSTED_PROXIES: who is believed for whom they ask
    std::string fetch_allowed;                   // LOA_FETCH_ALLOWED: networks of the office whose pages may be saved as evidence
};

/// The environment wins over the file LOA_CONFIG names (else /etc/loa/loa.conf, if there is one): lines
/// "LOA_DATABASE=…", '#' starts a comment. Throws Fault for a file that is named but can't be read, and for LOA_TLS that
/// is neither yes nor no.
Config read_config();

/// Where secret.key is or would be made; LOA_SECRET goes before it.
std::filesystem::path secret_path(const Config& config);
/// The keys of this installation. Fault: LOA_SECRET too short.
std::shared_ptr<const Keys> keys_of(const Config& config);

}  // namespace loa::app
