#include "idle.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>

#include "connection.h"

namespace loa::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kAnswerTime = 2000;  // milliseconds
constexpr auto kOpeningTime = std::chrono::seconds(30);
constexpr auto kAskingTime = std::chrono::seconds(20);
constexpr auto kLongestSilence = std::chrono::minutes(2);

bool ask(Connection& connection, RequestText& request) {
    return connection.send(request.next()) && connection.wait(kAnswerTime) == Answer::Complete &&
           connection.status() == 200;
}

void wait_for_end_of_input() {
    const auto end = Clock::now() + kLongestSilence;
    std::array<char, 64> ignored;
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (Clock::now() < end) {
        if (poll(&input, 1, 1000) > 0 && read(STDIN_FILENO, ignored.data(), ignored.size()) <= 0) return;
    }
}

void say(const char* what, std::size_t connections) {
    fmt::print("{{\"{}\": {}}}\n", what, connections);
    std::fflush(stdout);
}

}  // namespace

bool keep_idle(const LoadSettings& settings) {
    RequestText request(settings);
    std::vector<Connection> silent;
    silent.reserve(static_cast<std::size_t>(settings.connections));
    const auto opening_ends = Clock::now() + kOpeningTime;
    for (int count = 0; count < settings.connections && Clock::now() < opening_ends; ++count) {
        silent.emplace_back(settings.port);
        if (!ask(silent.back(), request)) break;
    }
    say("open", silent.size());
    wait_for_end_of_input();
    std::size_t answered = 0;
    const auto asking_ends = Clock::now() + kAskingTime;
    for (auto& connection : silent)
        if (Clock::now() < asking_ends && ask(connection, request)) ++answered;
    say("answered", answered);
    return silent.size() == static_cast<std::size_t>(settings.connections);
}

}  // namespace loa::bench
