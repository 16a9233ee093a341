#include "loa/formats/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "loa/base/check.h"
#include "loa/base/fault.h"

namespace loa::formats {

namespace {

class Descriptor {
  public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { close(); }

    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }
    void close() {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }

  private:
    int number_;
};

Fault system_fault(std::string_view what) {
    return Fault(fmt::format("{}: {}", what, std::strerror(errno)));
}

struct Pipe {
    Descriptor read_end, write_end;
};

Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_fault("pipe2");
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

/// Everything the child needs, made before the fork: after it, in a program with threads, nothing may
/// allocate.
struct Prepared {
    std::vector<std::string> environment;
    std::vector<char*> argv, envp;
    std::string program, folder;
    std::array<std::pair<int, rlim_t>, 6> limits;

    explicit Prepared(const Command& command) : program(command.program), folder(command.folder) {
        argv.push_back(program.data());
        for (const std::string& argument : command.arguments)
            argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        for (const auto& [name, value] : command.environment) environment.push_back(name + "=" + value);
        for (std::string& line : environment) envp.push_back(line.data());
        envp.push_back(nullptr);
        const auto longest = std::chrono::ceil<std::chrono::seconds>(command.time);
        const auto seconds = (command.processor_time.count() > 0 ? std::min(command.processor_time, longest) : longest).count() + 1;
        limits = {{{RLIMIT_AS, command.memory_bytes},
                   {RLIMIT_DATA, command.written_bytes > 0 ? command.written_bytes : command.memory_bytes},
                   {RLIMIT_CPU, static_cast<rlim_t>(seconds)},
                   {RLIMIT_FSIZE, command.file_bytes},
                   {RLIMIT_CORE, 0},
                   {RLIMIT_NOFILE, 256}}};
    }
};

/// In the child: only calls that are safe between fork and exec. Returns when something failed.
void become(const Prepared& prepared, pid_t parent, int output, int errors) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) return;
    ::signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || ::dup2(nothing, 0) < 0 || ::dup2(output, 1) < 0 || ::dup2(errors, 2) < 0) return;
    if (::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) != 0) return;
    if (::chdir(prepared.folder.c_str()) != 0) return;
    for (const auto& [resource, most] : prepared.limits) {
        const rlimit limit{most, most};
        if (::setrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0) return;
    }
    // No network: a document may name pictures on other machines. Where the system forbids a user to make
    // namespaces, the program runs with the network it finds.
    [[maybe_unused]] const int apart = ::unshare(CLONE_NEWUSER | CLONE_NEWNET);
    ::execve(prepared.program.c_str(), prepared.argv.data(), prepared.envp.data());
}

/// A started process, killed with its group and reaped at the end of its scope at the latest.
class Child {
  public:
    Child(const Command& command, Pipe output, Pipe errors)
        : output_(std::move(output.read_end)), errors_(std::move(errors.read_end)) {
        const Prepared prepared(command);
        Pipe trouble = make_pipe();
        const pid_t parent = ::getpid();
        pid_ = ::fork();
        if (pid_ < 0) throw system_fault("fork");
        if (pid_ == 0) {
            become(prepared, parent, output.write_end.number(), errors.write_end.number());
            const int error = errno;
            [[maybe_unused]] const auto written = ::write(trouble.write_end.number(), &error, sizeof error);
            ::_exit(127);
        }
        ::setpgid(pid_, pid_);  // here too: whichever comes first
        trouble.write_end.close();
        int error = 0;
        // Closed by a successful exec; holds the error of a failed one.
        if (::read(trouble.read_end.number(), &error, sizeof error) > 0) {
            reap();
            errno = error;
            throw system_fault("starting " + prepared.program);
        }
        ending_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
        if (!ending_.is_open()) {
            reap();
            throw system_fault("pidfd_open");
        }
        for (const int end : {output_.number(), errors_.number()}) ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { reap(); }

    Descriptor& output() { return output_; }
    Descriptor& errors() { return errors_; }
    const Descriptor& ending() const { return ending_; }

    /// Kills whatever of the group is left; the wait status of the first process.
    int reap() {
        if (pid_ <= 0) return status_;
        ::kill(-pid_, SIGKILL);
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
        }
        pid_ = 0;
        return status_;
    }
    /// Its status if it has ended by itself: the group is killed only after it was looked at.
    int status_after_end() {
        siginfo_t about{};
        while (::waitid(P_PID, static_cast<id_t>(pid_), &about, WEXITED | WNOWAIT) < 0 && errno == EINTR) {
        }
        return reap();
    }

  private:
    Descriptor output_, errors_, ending_;
    pid_t pid_ = 0;
    int status_ = 0;
};

/// Reads what is there; closes at the end. False when `most` would be exceeded.
bool drain(Descriptor& from, std::string& into, std::size_t most) {
    std::array<char, 65536> buffer;
    while (from.is_open()) {
        const ssize_t got = ::read(from.number(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return true;  // nothing now
        if (got == 0) {
            from.close();
            return true;
        }
        const std::size_t room = most - std::min(most, into.size());
        into.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
        if (static_cast<std::size_t>(got) > room) return false;
    }
    return true;
}

}  // namespace

Outcome run(const Command& command) {
    LOA_CHECK(command.program.is_absolute());
    constexpr std::size_t kErrorBytes = 8192;
    const auto deadline = std::chrono::steady_clock::now() + command.time;
    Child child(command, make_pipe(), make_pipe());
    Outcome outcome;
    for (bool ended = false; !ended;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            outcome.ending = Ending::OutOfTime;
            return outcome;
        }
        std::array<pollfd, 3> waited{{{child.ending().number(), POLLIN, 0},
                                      {child.output().number(), POLLIN, 0},
                                      {child.errors().number(), POLLIN, 0}}};
        if (::poll(waited.data(), waited.size(),
                   static_cast<int>(std::min<long long>(left.count(), 60'000))) < 0 &&
            errno != EINTR)
            throw system_fault("poll");
        ended = (waited[0].revents & POLLIN) != 0;
        drain(child.errors(), outcome.errors, kErrorBytes);
        if (!drain(child.output(), outcome.output, command.output_bytes)) {
            outcome.ending = Ending::OutputTooLong;
            return outcome;
        }
    }
    const int status = child.status_after_end();
    outcome.ending = WIFEXITED(status) ? Ending::Exited : Ending::Killed;
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return outcome;
}

std::optional<std::filesystem::path> find_program(std::string_view name,
                                                  const std::vector<std::string>& folders) {
    for (const std::string& folder : folders) {
        std::filesystem::path path = std::filesystem::path(folder) / name;
        std::error_code error;
        if (std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0) return path;
    }
    return std::nullopt;
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "loa-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw system_fault("mkdtemp " + name);
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;  // what cannot be removed now is swept with the rest of /tmp
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::write(std::string_view name, std::string_view bytes) const {
    LOA_CHECK(name.find('/') == name.npos);
    const std::filesystem::path path = path_ / name;
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.is_open()) throw system_fault("creating " + path.string());
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) throw system_fault("writing " + path.string());
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return path;
}

std::optional<std::string> TemporaryFolder::read(std::string_view name, std::size_t most) const {
    LOA_CHECK(name.find('/') == name.npos);
    const std::filesystem::path path = path_ / name;
    std::error_code error;
    if (std::filesystem::symlink_status(path, error).type() != std::filesystem::file_type::regular)
        return std::nullopt;
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    std::string bytes;
    std::array<char, 65536> buffer;
    while (file.is_open()) {
        const ssize_t got = ::read(file.number(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::nullopt;
        if (got == 0) return bytes;
        bytes.append(buffer.data(), static_cast<std::size_t>(got));
        if (bytes.size() > most) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace loa::formats
