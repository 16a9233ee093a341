#include "loa/base/log.h"

#include <unistd.h>

#include <atomic>

#include "loa/base/date.h"
#include "loa/base/text.h"

namespace loa {

namespace {

std::atomic<Level> least_level{Level::Info};

std::string_view name(Level level) {
    switch (level) {
        case Level::Debug: return "debug";
        case Level::Info: return "info";
        case Level::Warning: return "warning";
        case Level::Error: return "error";
    }
    return "info";
}

void append_json_string(std::string& out, std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

}  // namespace

void set_log_level(Level least) { least_level = least; }

void log(Level level, std::string_view event, std::initializer_list<LogField> fields) {
    if (level < least_level) return;
    std::string line = R"({"at":")" + SystemClock().now().iso() + R"(","level":")";
    line += name(level);
    line += R"(","event":)";
    append_json_string(line, event);
    for (const auto& [key, value] : fields) {
        line += ',';
        append_json_string(line, key);
        line += ':';
        append_json_string(line, is_utf8(value) ? value : to_nfc_lossy(value));
    }
    line += "}\n";
    // One write(2) per line: lines of several threads do not mix, and nothing is lost in a buffer at a crash.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace loa
