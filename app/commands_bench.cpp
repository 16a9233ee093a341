// `loa bench province`: fills an empty database with five years of a province, then measures the program on it as people meet
// it: a server process of its own, sixteen connections, the ladder killed in the middle.
#include "commands_bench.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <fstream>
#include <mutex>
#include <ostream>
#include <sstream>
#include <thread>

#include "demo.h"
#include "loa/base/check.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "loa/formats/read_spreadsheet.h"
#include "loa/identity/authorities.h"
#include "loa/identity/sign_in.h"
#include "loa/identity/work.h"
#include "loa/jobs/command.h"
#include "loa/jobs/demonstration.h"
#include "loa/jobs/notices.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "loa/web/hooks.h"
#include "province.h"

extern char** environ;

namespace loa::app {

namespace {

using jobs::Invocation;
using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

constexpr int kConnections = 16;
constexpr double kDefaultSeconds = 10;
constexpr std::size_t kSheetRows = 50'000;

double seconds_since(Clock::time_point begun) { return std::chrono::duration<double>(Clock::now() - begun).count(); }

/// This program again, with other words; its standard output comes back through a pipe.
class Child {
  public:
    explicit Child(const Words& words) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Fault("no pipe");
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        Words all{"loa"};
        all.insert(all.end(), words.begin(), words.end());
        std::vector<char*> arguments;
        for (auto& word : all) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        const int failed = ::posix_spawn(&pid_, "/proc/self/exe", &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        out_ = ends[0];
        if (failed != 0) throw Fault("the program can't start itself again");
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        end(SIGTERM);
        ::close(out_);
    }

    /// What it printed up to the line that begins so; Fault when it ended before.
    std::string line_that_begins(std::string_view begin) {
        std::string text;
        for (char byte = 0; ::read(out_, &byte, 1) == 1;) {
            if (byte != '\n') {
                text += byte;
                continue;
            }
            if (text.starts_with(begin)) return text;
            text.clear();
        }
        throw Fault("the server did not start");
    }
    /// The exit status; -1 for one that was killed.
    int wait() {
        if (pid_ <= 0) return status_;
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = 0;
        return status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    int end(int signal) {
        if (pid_ > 0) ::kill(pid_, signal);
        return wait();
    }
    /// Memory in MB: the most that it held, what it holds now.
    double peak_megabytes() const { return megabytes("VmHWM:"); }
    double held_megabytes() const { return megabytes("VmRSS:"); }

  private:
    double megabytes(std::string_view line_begins) const {
        std::ifstream file(fmt::format("/proc/{}/status", pid_));
        for (std::string line; std::getline(file, line);)
            if (line.starts_with(line_begins)) return std::atof(line.c_str() + line_begins.size()) / 1024;
        return 0;
    }

    pid_t pid_ = 0;
    int out_ = -1, status_ = 0;
};

struct CloseTalk {
    void operator()(CURL* talk) const { curl_easy_cleanup(talk); }
};

std::size_t swallow(char*, std::size_t size, std::size_t count, void*) { return size * count; }

/// The milliseconds that answers took, over sixteen connections that each ask again at once.
std::vector<double> ask(const std::string& address, const std::string& cookie, double seconds) {
    std::vector<double> all;
    std::mutex guard;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> people;
    for (int i = 0; i < kConnections; ++i)
        people.emplace_back([&] {
            const std::unique_ptr<CURL, CloseTalk> talk(curl_easy_init());
            curl_easy_setopt(talk.get(), CURLOPT_URL, address.c_str());
            curl_easy_setopt(talk.get(), CURLOPT_COOKIE, cookie.c_str());
            curl_easy_setopt(talk.get(), CURLOPT_ACCEPT_ENCODING, "gzip");
            curl_easy_setopt(talk.get(), CURLOPT_WRITEFUNCTION, swallow);
            curl_easy_setopt(talk.get(), CURLOPT_NOSIGNAL, 1L);
            std::vector<double> took;
            for (const auto begun = Clock::now(); seconds_since(begun) < seconds;) {
                const auto asked = Clock::now();
                long status = 0;
                if (curl_easy_perform(talk.get()) != CURLE_OK) ++wrong;
                curl_easy_getinfo(talk.get(), CURLINFO_RESPONSE_CODE, &status);
                if (status != 200) ++wrong;
                took.push_back(seconds_since(asked) * 1000);
            }
            const std::lock_guard lock(guard);
            all.insert(all.end(), took.begin(), took.end());
        });
    for (auto& person : people) person.join();
    if (wrong > 0) throw Fault(fmt::format("{} of {} answers to {} were wrong", wrong.load(), all.size(), address));
    std::sort(all.begin(), all.end());
    return all;
}

/// One answer: when its first byte came, and all of it.
struct Answered {
    double first_byte = 0;  // seconds
    std::string bytes;
};

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* all) {
    static_cast<std::string*>(all)->append(bytes, size * count);
    return size * count;
}

Answered ask_once(const std::string& address, const std::string& cookie) {
    Answered answered;
    const std::unique_ptr<CURL, CloseTalk> talk(curl_easy_init());
    curl_easy_setopt(talk.get(), CURLOPT_URL, address.c_str());
    curl_easy_setopt(talk.get(), CURLOPT_COOKIE, cookie.c_str());
    curl_easy_setopt(talk.get(), CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(talk.get(), CURLOPT_WRITEDATA, &answered.bytes);
    curl_easy_setopt(talk.get(), CURLOPT_NOSIGNAL, 1L);
    long status = 0;
    if (curl_easy_perform(talk.get()) != CURLE_OK) throw Fault("no answer from " + address);
    curl_easy_getinfo(talk.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(talk.get(), CURLINFO_STARTTRANSFER_TIME, &answered.first_byte);
    if (status != 200) throw Fault(fmt::format("{} was answered with {}", address, status));
    return answered;
}

double percentile(const std::vector<double>& sorted, double share) {
    LOA_CHECK(!sorted.empty());
    return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size()))) - 1)];
}

class Bench {
  public:
    Bench(Invocation& invocation, double seconds) : invocation_(invocation), services_(invocation.services()), seconds_(seconds) {}

    void run() {
        fill();
        pages();
        spreadsheet();
        urging();
    }
    const boost::json::object& figures() const { return figures_; }

  private:
    void figure(std::string_view name, double value) { figures_[name] = std::round(value * 100) / 100; }
    void say(const std::string& text) { invocation_.errors << text << '\n' << std::flush; }

    void fill() {
        say("Filling the database: a province of 102 communes, three plans, five years.");
        const auto begun = Clock::now();
        jobs::load_demonstration(invocation_.registry, jobs::Demonstration::Of::Province, services_, invocation_.errors);
        jobs::run_due_jobs(invocation_.registry, services_);  // as a server would have
        figure("fill_s", seconds_since(begun));
        authority_ = services_.database.read([&](storage::Transaction& transaction) {
            const Work work = identity::system_work(transaction, services_.ids, services_.clock.now(), Id{});
            return identity::authorities_on(work, work.today()).front().id;
        });
    }

    void pages() {
        const auto signed_in = identity::sign_in(services_, {.sign_in_name = "chutich", .password = std::string(kBenchPassword), .address = "127.0.0.1"});
        LOA_CHECK(signed_in);
        const std::string cookie = std::string(web::kSessionCookie) + "=" + signed_in->token;
        Child server({"serve", "--listen", "127.0.0.1:0", "--no-jobs"});
        const std::string line = server.line_that_begins("Loa: ");
        const std::string site = line.substr(5);
        for (const auto& [name, path] : {std::pair("dashboard", "/tong-quan"), std::pair("matrix", "/do-phu"), std::pair("lines", "/theo-doi/viec"), std::pair("late", "/qua-han?pham-vi=tat-ca")}) {
            ask(site + path, cookie, std::min(1.0, seconds_));
            const auto took = ask(site + path, cookie, seconds_);
            figure(fmt::format("{}_p50_ms", name), percentile(took, 0.5));
            figure(fmt::format("{}_p99_ms", name), percentile(took, 0.99));
            figure(fmt::format("{}_per_s", name), static_cast<double>(took.size()) / seconds_);
            say(fmt::format("{}: p50 {:.1f} ms, p99 {:.1f} ms", path, percentile(took, 0.5), percentile(took, 0.99)));
        }
        figure("rss_mb", server.peak_megabytes());
    }

    /// The list of lines as a file, of a server that has shown two pages and does nothing else: as many quarters as make
    /// kSheetRows, which another server counts first.
    void spreadsheet() {
        const auto signed_in = identity::sign_in(services_, {.sign_in_name = "chutich", .password = std::string(kBenchPassword), .address = "127.0.0.1"});
        LOA_CHECK(signed_in);
        const std::string cookie = std::string(web::kSessionCookie) + "=" + signed_in->token;
        const std::string query = lines_of_enough_quarters(cookie);
        Child server({"serve", "--listen", "127.0.0.1:0", "--no-jobs"});
        const std::string site = server.line_that_begins("Loa: ").substr(5);
        ask_once(site + "/tong-quan", cookie);
        ask_once(site + "/theo-doi/viec", cookie);
        const double before = server.held_megabytes();
        const auto answered = ask_once(site + query, cookie);
        const double added = server.peak_megabytes() - before;
        const auto sheets = formats::read_spreadsheet(answered.bytes, "viec.xlsx");
        LOA_CHECK(sheets);
        figures_["xlsx_rows"] = sheets->front().rows.size() - 1;
        figure("xlsx_first_byte_s", answered.first_byte);
        figure("xlsx_added_mb", added);
        say(fmt::format("{} rows as .xlsx: first byte after {:.2f} s, {:.1f} MB more", sheets->front().rows.size() - 1, answered.first_byte, added));
    }

    std::string lines_of_enough_quarters(const std::string& cookie) {
        Child server({"serve", "--listen", "127.0.0.1:0", "--no-jobs"});
        const std::string site = server.line_that_begins("Loa: ").substr(5);
        constexpr int kQuarters = 24, kDaysOfQuarter = 91;
        const Date last = services_.clock.now().date();
        std::string query;
        for (int i = 1; i <= kQuarters; ++i) {
            query = fmt::format("/theo-doi/viec/xuat?pham-vi=tat-ca&tu={}&den={}", last.plus_days(-i * kDaysOfQuarter).vietnamese(), last.vietnamese());
            const auto csv = ask_once(site + query + "&dang=csv", cookie).bytes;
            if (std::count(csv.begin(), csv.end(), '\n') > static_cast<std::ptrdiff_t>(kSheetRows)) break;
        }
        return query;
    }

    /// The ladder of the day, killed in the middle, and again to its end.
    void urging() {
        const auto counted = [&] {
            return services_.database.read([&](storage::Transaction& transaction) {
                Work work = identity::system_work(transaction, services_.ids, services_.clock.now(), authority_);
                return jobs::count_notices(work);
            });
        };
        const auto before = counted().all;
        services_.database.write([&](storage::Transaction& transaction) {
            Work work = identity::system_work(transaction, services_.ids, services_.clock.now(), authority_);
            jobs::enqueue(work, "monitoring.urge", "{}");
        });
        Child killed({"jobs", "run"});
        const auto under_way = [&] {
            return services_.database.read([&](storage::Transaction& transaction) { return jobs::queue_state(transaction, services_.clock.now()).running > 0; });
        };
        for (const auto begun = Clock::now(); seconds_since(begun) < 30 && !under_way();) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        if (killed.end(SIGKILL) != -1 || counted().all != before) throw Fault("the ladder was over before it could be killed");
        say("The ladder was killed in the middle; its lease has to end before another takes it up.");
        const auto waited = Clock::now();
        do {
            const auto started = Clock::now();
            Child again({"jobs", "run"});
            again.wait();
            figure("urging_s", seconds_since(started));
            std::this_thread::sleep_for(std::chrono::seconds(1));
        } while (seconds_since(waited) < 120 && counted().all == before);
        const auto after = counted();
        figures_["urging_notices"] = after.all - before;
        figures_["urging_twice"] = after.twice;
    }

    Invocation& invocation_;
    web::Services& services_;
    double seconds_;
    Id authority_;
    boost::json::object figures_;
};

int bench_province(Invocation& invocation) {
    auto& services = invocation.services();
    if (what_holds(services) != Holds::Nothing) return invocation.fail(conflict("app.bench_not_empty"));
    const std::string typed = invocation.text("--seconds");
    const double seconds = typed.empty() ? kDefaultSeconds : std::atof(typed.c_str());
    if (!(seconds >= 0.1 && seconds <= 600)) return invocation.fail(invalid("--seconds", "app.bench_seconds"));
    curl_global_init(CURL_GLOBAL_DEFAULT);
    ::setenv("LOA_LOG", "error", 1);  // a line for each of many thousand requests says nothing here
    Bench bench(invocation, seconds);
    bench.run();
    if (invocation.flag("--json")) {
        invocation.out << boost::json::serialize(bench.figures()) << '\n';
        return 0;
    }
    for (const auto& [name, value] : bench.figures()) {
        std::ostringstream text;
        text << value;
        invocation.out << fmt::format("{:<24} {}\n", std::string_view(name), text.str());
    }
    return 0;
}

}  // namespace

void join_bench(Registry& registry) {
    using Kind = jobs::Parameter::Kind;
    join_province(registry);
    registry.add(jobs::Command{"bench province", "Fill an empty database with a province's five years, and measure the program on it",
                               "Units 1,538, people 10,768, three plans of twenty activities, some 20,000 lines and ten times as many pieces of evidence. "
                               "Then p50 and p99 of the pages at 16 connections, the most memory the server held, and the seconds that the ladder of "
                               "a day takes (killed once in the middle). The database stays; never measure on one that people use.",
                               {{"--json", Kind::Flag, "One line of JSON"}, {"--seconds", Kind::Option, "How long each page is asked for (10)"}},
                               bench_province});
}

}  // namespace loa::app
