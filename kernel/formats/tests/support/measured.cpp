#include "tests/support/measured.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "loa/formats/process.h"
#include "loa/formats/read_document.h"

namespace loa::formats::testing {

namespace {

int in_child(const std::function<void()>& work, rusage* usage = nullptr) {
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            work();
        } catch (...) {
            ::_exit(3);
        }
        ::_exit(0);
    }
    int status = 0;
    rusage used{};
    ::wait4(child, &status, 0, &used);
    if (usage) *usage = used;
    return status;
}

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string problem_of(const Result<TextDocument>& result) {
    if (result) return {};
    const auto& problems = result.failure().problems;
    return problems.size() == 1 ? problems.front().key : std::to_string(problems.size()) + " problems";
}

}  // namespace

Measured read_in_child(const std::function<std::string()>& make, const std::string& file_name) {
    const TemporaryFolder folder;
    if (in_child([&] { folder.write("file", make()); }) != 0)
        throw std::runtime_error("making the file failed");
    rusage usage{};
    const int status = in_child(
        [&] {
            const std::string bytes = folder.read("file", 1U << 30).value();
            folder.write("key", problem_of(read_document(bytes, file_name)));
        },
        &usage);
    Measured measured;
    measured.seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    measured.peak_mb = usage.ru_maxrss >> 10;
    measured.key = folder.read("key", 1000).value_or("crash, wait status " + std::to_string(status));
    return measured;
}

}  // namespace loa::formats::testing
