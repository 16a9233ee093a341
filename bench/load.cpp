#include "load.h"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <deque>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "connection.h"

namespace loa::bench {

namespace {

using Nanoseconds = std::int64_t;

constexpr Nanoseconds kSecond = 1'000'000'000;
constexpr Nanoseconds kGrace = 5 * kSecond;
constexpr int kReplacements = 1000;  // connections that the server may close on us
constexpr std::uint32_t kTimer = UINT32_MAX;

Nanoseconds now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * kSecond + time.tv_nsec;
}

Nanoseconds own_processor_time() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * kSecond + time.tv_nsec;
}

Nanoseconds nanoseconds(double seconds) {
    return static_cast<Nanoseconds>(seconds * 1e9);
}

class Descriptor {
  public:
    explicit Descriptor(int value) : value_(value) {
        if (value < 0) throw std::system_error(errno, std::generic_category(), "descriptor");
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(value_); }
    operator int() const { return value_; }

  private:
    int value_;
};

struct Line {
    Connection connection;
    Nanoseconds due = 0;
    bool waiting = false;  // for an answer
};

class Player {
  public:
    explicit Player(const LoadSettings& settings)
        : settings_(settings),
          request_(settings),
          poll_(epoll_create1(EPOLL_CLOEXEC)),
          timer_(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
        watch(timer_, kTimer);
        lines_.reserve(static_cast<std::size_t>(settings.connections));
        for (int count = 0; count < settings.connections; ++count) {
            lines_.push_back({Connection(settings.port)});
            watch(lines_.back().connection.descriptor(), static_cast<std::uint32_t>(count));
            free_.push_back(static_cast<std::size_t>(count));
        }
    }

    LoadResult play() {
        const Nanoseconds processor_time = own_processor_time();
        start_ = now();
        measured_from_ = start_ + nanoseconds(settings_.warm_up);
        end_ = measured_from_ + nanoseconds(settings_.seconds);
        send_what_is_due();
        while (!finished()) wait();
        count_unanswered();
        for (const auto& line : lines_) result_.bytes += line.connection.received();
        const auto elapsed = static_cast<double>(now() - start_);
        result_.player_share = static_cast<double>(own_processor_time() - processor_time) / elapsed;
        return std::move(result_);
    }

  private:
    void watch(int descriptor, std::uint32_t tag) const {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u32 = tag;
        if (epoll_ctl(poll_, EPOLL_CTL_ADD, descriptor, &event) != 0)
            throw std::system_error(errno, std::generic_category(), "epoll_ctl");
    }

    bool open_loop() const { return settings_.rate.has_value(); }

    /// When the next request should go out: in an open loop by the clock, in a closed one at once.
    Nanoseconds next_due() const {
        if (!open_loop()) return now();
        return start_ + static_cast<Nanoseconds>(static_cast<double>(arrived_) * 1e9 / *settings_.rate);
    }

    bool finished() const {
        const Nanoseconds time = now();
        if (time >= end_ + kGrace) return true;
        return time >= end_ && free_.size() == lines_.size() && next_due() >= end_;
    }

    void wait() {
        std::array<epoll_event, 256> events;
        // At least every 50 ms it looks whether time is up.
        const int count = epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 50);
        if (count < 0 && errno != EINTR)
            throw std::system_error(errno, std::generic_category(), "epoll_wait");
        for (int at = 0; at < count; ++at) {
            const auto tag = events[static_cast<std::size_t>(at)].data.u32;
            if (tag == kTimer) {
                std::uint64_t expirations = 0;
                [[maybe_unused]] const auto got = read(timer_, &expirations, sizeof expirations);
                woken_by_timer_ = true;
            } else {
                receive(tag);
            }
        }
        send_what_is_due();
        woken_by_timer_ = false;
    }

    void receive(std::size_t place) {
        Line& line = lines_[place];
        const Answer answer = line.connection.receive();
        if (answer == Answer::Pending) return;
        const Nanoseconds time = now();
        if (answer == Answer::Broken || !line.waiting) {
            if (line.waiting) fail(line, time);
            replace(place);
            return;
        }
        line.waiting = false;
        free_.push_back(place);
        ++result_.all;
        if (time >= measured_from_ && time < end_) ++result_.answered;
        const int status = line.connection.status();
        ++result_.statuses[status];
        if (status != settings_.status) ++result_.failed;
        if (line.due >= measured_from_) result_.latency.record(time - line.due);
    }

    void fail(Line& line, Nanoseconds time) {
        ++result_.failed;
        if (line.due >= measured_from_) result_.latency.record(time - line.due);
        line.waiting = false;
    }

    void replace(std::size_t place) {
        if (++replaced_ > kReplacements) throw std::runtime_error("the server closes its connections");
        Line& line = lines_[place];
        const bool was_free = std::find(free_.begin(), free_.end(), place) != free_.end();
        result_.bytes += line.connection.received();
        line.connection = Connection(settings_.port);
        watch(line.connection.descriptor(), static_cast<std::uint32_t>(place));
        if (!was_free) free_.push_back(place);
    }

    void send_what_is_due() {
        Nanoseconds due = next_due();
        for (; !free_.empty() && due < end_; due = next_due()) {
            const Nanoseconds time = now();
            if (due > time) break;
            if (woken_by_timer_ && due >= measured_from_) result_.lateness.record(time - due);
            send(due);
        }
        if (open_loop() && !free_.empty() && due < end_) wake_at(due);
    }

    void send(Nanoseconds due) {
        const std::size_t place = free_.front();
        free_.pop_front();
        ++arrived_;
        Line& line = lines_[place];
        line.due = due;
        line.waiting = line.connection.send(request_.next());
        if (line.waiting) return;
        fail(line, now());
        replace(place);
    }

    void wake_at(Nanoseconds time) const {
        itimerspec at{};
        at.it_value.tv_sec = time / kSecond;
        at.it_value.tv_nsec = time % kSecond;
        timerfd_settime(timer_, TFD_TIMER_ABSTIME, &at, nullptr);
    }

    /// What nobody answered is at least as slow as it is old; left out, a stall would look like a quiet time.
    void count_unanswered() {
        const Nanoseconds time = now();
        for (auto& line : lines_)
            if (line.waiting) fail(line, time);
        for (; open_loop() && next_due() < end_; ++arrived_) {
            ++result_.failed;
            if (next_due() >= measured_from_) result_.latency.record(time - next_due());
        }
    }

    const LoadSettings& settings_;
    RequestText request_;
    Descriptor poll_;
    Descriptor timer_;
    std::vector<Line> lines_;
    std::deque<std::size_t> free_;  // lines without a request under way, the one that rested longest first
    Nanoseconds start_ = 0, measured_from_ = 0, end_ = 0;
    std::int64_t arrived_ = 0;
    int replaced_ = 0;
    bool woken_by_timer_ = false;
    LoadResult result_;
};

}  // namespace

RequestText::RequestText(const LoadSettings& settings) {
    constexpr std::string_view kNumber = "{n}";
    const auto& targets = settings.targets;
    // Each person comes to each page: her first one is the next to that of the person before.
    const std::size_t people = std::max<std::size_t>(settings.cookies.size(), 1), turns = people * targets.size();
    for (std::size_t turn = 0; turn < turns; ++turn) {
        const auto person = turn % people;
        std::string text = fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", targets[(person + turn / people) % targets.size()], settings.port);
        for (const auto& header : settings.headers) text += header + "\r\n";
        if (!settings.cookies.empty()) text += "Cookie: " + settings.cookies[person] + "\r\n";
        text += "\r\n";
        Parts parts;
        for (auto at = text.find(kNumber); at != std::string::npos; at = text.find(kNumber)) {
            parts.push_back(text.substr(0, at));
            text.erase(0, at + kNumber.size());
        }
        parts.push_back(std::move(text));
        texts_.push_back(std::move(parts));
    }
}

const std::string& RequestText::next() {
    const auto& parts = texts_[static_cast<std::size_t>(number_) % texts_.size()];
    ++number_;
    text_ = parts.front();
    for (std::size_t at = 1; at < parts.size(); ++at) text_.append(std::to_string(number_)).append(parts[at]);
    return text_;
}

LoadResult play(const LoadSettings& settings) {
    return Player(settings).play();
}

}  // namespace loa::bench
