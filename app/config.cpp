#include "config.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <string_view>

#include "loa/base/fault.h"
#include "loa/base/text.h"

namespace loa::app {

namespace {

constexpr const char* kUsualFile = "/etc/loa/loa.conf";

std::map<std::string, std::string, std::less<>> read_file(const std::string& path, bool must_exist) {
    std::map<std::string, std::string, std::less<>> settings;
    std::ifstream stream(path);
    if (!stream && must_exist) throw Fault("the configuration file " + path + " cannot be read");
    for (std::string line; std::getline(stream, line);) {
        const auto text = trimmed(line);
        const auto equals = text.find('=');
        if (text.empty() || text.front() == '#' || equals == std::string_view::npos) continue;
        settings.emplace(trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1)));
    }
    return settings;
}

}  // namespace

Config read_config() {
    const char* named = std::getenv("LOA_CONFIG");
    const auto file = read_file(named ? named : kUsualFile, named != nullptr);
    const auto take = [&](const char* name, std::string& value) {
        if (const auto found = file.find(name); found != file.end()) value = found->second;
        if (const char* set = std::getenv(name)) value = set;
    };
    Config config;
    take("LOA_DATABASE", config.database);
    take("LOA_FILES", config.files);
    take("LOA_MIGRATE_DATABASE", config.migrate_database);
    take("LOA_SECRET", config.secret);
    take("LOA_SECRET_FILE", config.secret_file);
    take("LOA_TLS_CERT", config.tls_certificate);
    take("LOA_TLS_KEY", config.tls_key);
    take("LOA_TRUSTED_PROXIES", config.trusted_proxies);
    take("LOA_FETCH_ALLOWED", config.fetch_allowed);
    std::string tls = "no";
    take("LOA_TLS", tls);
    if (tls != "yes" && tls != "no") throw Fault("LOA_TLS is yes or no, not " + tls);
    config.tls = tls == "yes";
    return config;
}

std::filesystem::path secret_path(const Config& config) {
    if (!config.secret_file.empty()) return config.secret_file;
    return std::filesystem::path(config.files).lexically_normal().parent_path() / "secret.key";
}

std::shared_ptr<const Keys> keys_of(const Config& config) {
    return config.secret.empty() ? Keys::from_file(secret_path(config)) : Keys::from_text(config.secret);
}

}  // namespace loa::app
