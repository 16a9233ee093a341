// load_player closed|open|idle --port N [--target T]… [--header "Name: value"]… [--cookies "name=value; …"]…
//             [--connections N] [--status 200] [--warm-up S] [--seconds S] [--rate R]
// Plays requests against a server on this machine and prints what came of it as one line of JSON (idle: two).
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <span>
#include <stdexcept>

#include "idle.h"
#include "load.h"

namespace {

using namespace loa::bench;

/// As many open files as this machine lets a user have.
void raise_file_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

double number(const std::string& option, const std::string& text) {
    std::size_t read = 0;
    const double value = std::stod(text, &read);
    if (read != text.size() || !(value >= 0)) throw std::invalid_argument(option + " takes a number");
    return value;
}

LoadSettings read_settings(std::span<char*> words) {
    LoadSettings settings;
    for (std::size_t at = 0; at + 1 < words.size(); at += 2) {
        const std::string option = words[at], value = words[at + 1];
        if (option == "--port")
            settings.port = static_cast<std::uint16_t>(number(option, value));
        else if (option == "--target")
            settings.targets.push_back(value);
        else if (option == "--header")
            settings.headers.push_back(value);
        else if (option == "--cookies")
            settings.cookies.push_back(value);
        else if (option == "--connections")
            settings.connections = static_cast<int>(number(option, value));
        else if (option == "--status")
            settings.status = static_cast<int>(number(option, value));
        else if (option == "--warm-up")
            settings.warm_up = number(option, value);
        else if (option == "--seconds")
            settings.seconds = number(option, value);
        else if (option == "--rate")
            settings.rate = number(option, value);
        else
            throw std::invalid_argument("no such option: " + option);
    }
    if (words.size() % 2 != 0) throw std::invalid_argument("every option takes a value");
    if (settings.targets.empty()) settings.targets.emplace_back("/");
    if (settings.port == 0 || settings.connections < 1)
        throw std::invalid_argument("--port and --connections are from 1");
    if (settings.seconds + settings.warm_up > 600) throw std::invalid_argument("at most ten minutes");
    return settings;
}

void print(const LoadSettings& settings, const LoadResult& result) {
    std::string statuses;
    for (const auto& [status, count] : result.statuses)
        statuses += fmt::format("{}\"{}\": {}", statuses.empty() ? "" : ", ", status, count);
    const auto& latency = result.latency;
    fmt::print(
        "{{\"all\": {}, \"answered\": {}, \"failed\": {}, \"statuses\": {{{}}}, \"bytes\": {}, "
        "\"per_second\": {:.1f}, "
        "\"p50_ms\": {:.4f}, \"p90_ms\": {:.4f}, \"p99_ms\": {:.4f}, \"p999_ms\": {:.4f}, \"most_ms\": "
        "{:.4f}, "
        "\"late_p99_ms\": {:.4f}, \"player_share\": {:.3f}}}\n",
        result.all, result.answered, result.failed, statuses, result.bytes,
        static_cast<double>(result.answered) / settings.seconds, latency.milliseconds(0.5),
        latency.milliseconds(0.9), latency.milliseconds(0.99), latency.milliseconds(0.999),
        latency.most_milliseconds(), result.lateness.milliseconds(0.99), result.player_share);
}

int run(std::string_view mode, LoadSettings settings) {
    raise_file_limit();
    if (mode == "idle") return keep_idle(settings) ? 0 : 1;
    if (mode == "open" && !(settings.rate && *settings.rate > 0))
        throw std::invalid_argument("open takes --rate");
    if (mode == "closed")
        settings.rate.reset();
    else if (mode != "open")
        throw std::invalid_argument("closed, open or idle");
    print(settings, play(settings));
    return 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        const std::span<char*> all(words, static_cast<std::size_t>(count));
        if (count < 2) throw std::invalid_argument("closed, open or idle");
        return run(all[1], read_settings(all.subspan(2)));
    } catch (const std::exception& error) {
        std::cerr << "load_player: " << error.what() << '\n';
        return 2;
    }
}
