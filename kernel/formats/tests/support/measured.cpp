#include "tests/support/measured.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <sstream>
#include <stdexcept>

#include "loa/formats/process.h"
#include "loa/formats/read_document.h"
#include "loa/formats/read_spreadsheet.h"

namespace loa::formats::testing {

namespace {

#if defined(LOA_SANITIZED)
// Shadow memory and red zones, and no optimiser: only the real build says something.
constexpr long kMostMemory = 4000;
constexpr double kMostSeconds = 100;
#else
constexpr long kMostMemory = 300;
constexpr double kMostSeconds = 10;
#endif

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

/// Megabytes, resident at most: of this process, or of the largest child that has ended.
long peak(__rusage_who whose) {
    rusage usage{};
    ::getrusage(whose, &usage);
    return usage.ru_maxrss >> 10;
}

template <class T>
std::string problem_of(const Result<T>& result) {
    if (result) return {};
    const auto& problems = result.failure().problems;
    return problems.size() == 1 ? problems.front().key : std::to_string(problems.size()) + " problems";
}

}  // namespace

std::string document_key(std::string_view bytes, const std::string& file_name) { return problem_of(read_document(bytes, file_name)); }
std::string spreadsheet_key(std::string_view bytes, const std::string& file_name) { return problem_of(read_spreadsheet(bytes, file_name)); }

Measured read_in_child(const std::function<std::string()>& make, const std::string& file_name, const ReadForKey& read) {
    const TemporaryFolder folder;
    if (in_child([&] { folder.write("file", make()); }) != 0)
        throw std::runtime_error("making the file failed");
    rusage usage{};
    const int status = in_child(
        [&] {
            const std::string bytes = folder.read("file", 1U << 30).value();
            folder.write("key", read(bytes, file_name));
            folder.write("memory", std::to_string(peak(RUSAGE_SELF)) + " " + std::to_string(peak(RUSAGE_CHILDREN)));
        },
        &usage);
    Measured measured;
    measured.seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    std::istringstream(folder.read("memory", 100).value_or("")) >> measured.peak_mb >> measured.programs_mb;
    measured.key = folder.read("key", 1000).value_or("crash, wait status " + std::to_string(status));
    return measured;
}

Measured expect_problem(const std::string& key, const std::function<std::string()>& make, const std::string& file_name,
                        const ReadForKey& read) {
    Measured measured = read_in_child(make, file_name, read);
    EXPECT_EQ(measured.key, key);
    EXPECT_LT(measured.peak_mb, kMostMemory);
    EXPECT_LT(measured.seconds, kMostSeconds);
    std::printf("    %-26s %4ld MB %4ld MB %6.0f ms\n", key.c_str(), measured.peak_mb, measured.programs_mb, measured.seconds * 1000);
    return measured;
}

}  // namespace loa::formats::testing
