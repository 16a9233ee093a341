#include "loa/formats/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "loa/base/fault.h"

namespace loa::formats {
namespace {

using namespace std::chrono_literals;

/// sh is used to make a program that misbehaves; the code under test never uses it.
Command shell(std::string script) {
    return {.program = "/bin/sh", .arguments = {"-c", std::move(script)}};
}

std::size_t open_descriptors() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
    return count;
}

TEST(Process, GivesOutputErrorsAndStatus) {
    const Outcome outcome = run(shell("echo ra; echo loi >&2; exit 7"));
    EXPECT_EQ(outcome.ending, Ending::Exited);
    EXPECT_EQ(outcome.status, 7);
    EXPECT_EQ(outcome.output, "ra\n");
    EXPECT_EQ(outcome.errors, "loi\n");
    EXPECT_FALSE(outcome.succeeded());
}

TEST(Process, ArgumentsAreNotInterpreted) {
    const Outcome outcome =
        run({.program = "/usr/bin/printf", .arguments = {"%s|", "$(id)", "a b", "; rm -rf x", ""}});
    EXPECT_EQ(outcome.output, "$(id)|a b|; rm -rf x||");
}

TEST(Process, EnvironmentIsOnlyWhatIsNamed) {
    ::setenv("LOA_SECRET", "x", 1);
    Command command{.program = "/usr/bin/env"};
    command.environment = {{"LANG", "C.UTF-8"}};
    EXPECT_EQ(run(command).output, "LANG=C.UTF-8\n");
    ::unsetenv("LOA_SECRET");
}

TEST(Process, StandardInputIsEmptyAndNoDescriptorLeaks) {
    const int ours = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC, as a library might
    const Outcome outcome = run(shell("cat; ls /proc/self/fd | wc -l"));
    ::close(ours);
    EXPECT_EQ(outcome.output, "4\n");  // 0, 1, 2 and the folder that ls reads
}

TEST(Process, LeavesNoDescriptorBehind) {
    run(shell("true"));
    const std::size_t before = open_descriptors();
    for (int i = 0; i < 20; ++i) run(shell("echo x"));
    EXPECT_THROW(run({.program = "/nonexistent/program"}), Fault);
    EXPECT_EQ(open_descriptors(), before);
}

TEST(Process, HasNoNetworkWhereThatCanBe) {
    const bool apart = run({.program = "/usr/bin/unshare", .arguments = {"-U", "true"}}).succeeded();
    // Apart, it sees the loopback alone, and that is down; where user namespaces are forbidden it still runs.
    const std::string network = run(shell("grep -c : /proc/net/dev")).output;
    if (apart) EXPECT_EQ(network, "1\n");
    else EXPECT_FALSE(network.empty());
}

TEST(Process, RunsInItsFolder) {
    TemporaryFolder folder;
    Command command{.program = "/bin/pwd"};
    command.folder = folder.path();
    EXPECT_EQ(run(command).output, std::filesystem::canonical(folder.path()).string() + "\n");
}

/// Gone, or killed and not yet collected by its new parent. Anybody may read this file, of whomever the process is.
bool is_dead(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string id, name, state;
    return !(file >> id >> name >> state) || state == "Z" || state == "X";
}

TEST(Process, EndsAtItsTimeWithItsChildren) {
    TemporaryFolder folder;
    Command command = shell("sleep 30 & echo $! > child; wait");
    command.folder = folder.path();
    command.time = 300ms;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(run(command).ending, Ending::OutOfTime);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
    const pid_t grandchild = std::stoi(folder.read("child", 100).value());
    for (int tries = 0; !is_dead(grandchild) && tries < 100; ++tries) std::this_thread::sleep_for(20ms);
    EXPECT_TRUE(is_dead(grandchild));
}

TEST(Process, DoesNotWaitForAChildThatKeepsTheOutputOpen) {
    const auto begin = std::chrono::steady_clock::now();
    const Outcome outcome = run(shell("sleep 20 & echo xong"));
    EXPECT_TRUE(outcome.succeeded());
    EXPECT_EQ(outcome.output, "xong\n");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(Process, OutputIsBounded) {
    Command command = shell("yes");
    command.output_bytes = 100'000;
    const Outcome outcome = run(command);
    EXPECT_EQ(outcome.ending, Ending::OutputTooLong);
    EXPECT_LE(outcome.output.size(), 100'000U);
}

TEST(Process, OutputOfExactlyTheLimitIsWhole) {
    Command command = shell("printf 12345");
    command.output_bytes = 5;
    EXPECT_TRUE(run(command).succeeded());
}

TEST(Process, ErrorsAreCutNotFatal) {
    const Outcome outcome = run(shell("head -c 1000000 /dev/zero >&2; echo xong"));
    EXPECT_TRUE(outcome.succeeded());
    EXPECT_EQ(outcome.output, "xong\n");
    EXPECT_EQ(outcome.errors.size(), 8192U);
}

TEST(Process, MemoryIsBounded) {
    Command command{.program = "/usr/bin/python3",
                    .arguments = {"-c", "x = bytearray(600 << 20); print(len(x))"}};
    if (!std::filesystem::exists(command.program)) GTEST_SKIP() << "needs python3";
    command.memory_bytes = 256U << 20;
    EXPECT_FALSE(run(command).succeeded());
    command.memory_bytes = 2048U << 20;
    EXPECT_TRUE(run(command).succeeded());
}

TEST(Process, WhatItMayWriteToIsBoundedApartFromItsAddresses) {
    Command command{.program = "/usr/bin/python3",
                    .arguments = {"-c", "from mmap import *\n"
                                        "kept = mmap(-1, 600 << 20, prot=PROT_READ, flags=MAP_PRIVATE | MAP_ANONYMOUS)\n"
                                        "print(1, flush=True)\n"
                                        "x = bytearray(300 << 20); print(2)"}};
    if (!std::filesystem::exists(command.program)) GTEST_SKIP() << "needs python3";
    command.memory_bytes = std::size_t{2} << 30;
    command.written_bytes = 256U << 20;
    const Outcome outcome = run(command);
    EXPECT_EQ(outcome.output, "1\n") << outcome.errors;
    EXPECT_FALSE(outcome.succeeded());
    command.written_bytes = 512U << 20;
    EXPECT_TRUE(run(command).succeeded());
}

TEST(Process, ProcessorTimeIsBounded) {
    Command command = shell("ulimit -t");
    command.time = 4s;
    EXPECT_EQ(run(command).output, "5\n");
}

TEST(Process, FileSizeIsBounded) {
    TemporaryFolder folder;
    Command command = shell("head -c 3000000 /dev/zero > big; echo $?");
    command.folder = folder.path();
    command.file_bytes = 1'000'000;
    run(command);
    EXPECT_LE(std::filesystem::file_size(folder.path() / "big"), 1'000'000U);
}

TEST(Process, SaysHowItWasKilled) {
    const Outcome outcome = run(shell("kill -SEGV $$"));
    EXPECT_EQ(outcome.ending, Ending::Killed);
    EXPECT_EQ(outcome.status, SIGSEGV);
}

TEST(Process, ManyAtOnce) {
    std::vector<std::thread> threads;
    std::array<bool, 8> right{};
    for (std::size_t i = 0; i < right.size(); ++i)
        threads.emplace_back([&right, i] {
            right[i] = true;
            for (int n = 0; n < 10; ++n)
                right[i] =
                    right[i] && run(shell("echo " + std::to_string(i))).output == std::to_string(i) + "\n";
        });
    for (std::thread& thread : threads) thread.join();
    for (const bool one : right) EXPECT_TRUE(one);
}

TEST(FindProgram, LooksForExecutableFilesInOrder) {
    TemporaryFolder first, second;
    first.write("loa-program", "");  // there, but may not be run
    second.write("loa-program", "");
    std::filesystem::permissions(second.path() / "loa-program", std::filesystem::perms::owner_all);
    EXPECT_EQ(find_program("loa-program", {first.path(), second.path()}), second.path() / "loa-program");
    EXPECT_EQ(find_program("loa-program", {first.path()}), std::nullopt);
    EXPECT_EQ(find_program("loa-program", {}), std::nullopt);
}

TEST(TemporaryFolder, IsForThisUserOnlyAndGoesWithItsContent) {
    std::filesystem::path path;
    {
        TemporaryFolder folder;
        path = folder.path();
        struct stat about {};
        ASSERT_EQ(::stat(path.c_str(), &about), 0);
        EXPECT_EQ(about.st_mode & 0777, 0700U);
        folder.write("a", "nội dung");
        std::filesystem::create_directories(path / "b" / "c");
        EXPECT_EQ(folder.read("a", 100), "nội dung");
        EXPECT_EQ(folder.read("a", 3), std::nullopt);
        EXPECT_EQ(folder.read("absent", 100), std::nullopt);
        EXPECT_THROW(folder.write("a", "again"), Fault);
        std::filesystem::create_symlink("/etc/passwd", path / "link");
        EXPECT_EQ(folder.read("link", 1'000'000), std::nullopt);
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace loa::formats
