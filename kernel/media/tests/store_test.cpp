#include "loa/media/store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "loa/base/fault.h"

namespace loa::media {
namespace {

namespace fs = std::filesystem;

class StoreTest : public ::testing::Test {
  protected:
    void SetUp() override {
        root_ = fs::temp_directory_path() / ("loa_store_" + std::to_string(::getpid()));
        fs::remove_all(root_);
    }
    void TearDown() override { fs::remove_all(root_); }

    std::vector<fs::path> files() const {
        std::vector<fs::path> all;
        for (const auto& entry : fs::recursive_directory_iterator(root_))
            if (entry.is_regular_file()) all.push_back(entry.path());
        return all;
    }
    static Instant now() { return SystemClock().now(); }
    /// As if it had been put that long ago.
    static void age(const fs::path& path, std::chrono::hours by) {
        fs::last_write_time(path, fs::file_time_type::clock::now() - by);
    }
    static Instant yesterday() { return now().plus_seconds(-24 * 3600); }

    fs::path root_;
};

constexpr std::string_view kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";  // FIPS 180-2

TEST_F(StoreTest, KeepsBytesUnderTheirHash) {
    FileStore store(root_);
    const auto stored = store.put("abc");
    EXPECT_EQ(stored.sha256, kAbc);
    EXPECT_EQ(stored.size, 3);
    EXPECT_EQ(store.read(kAbc), "abc");
    EXPECT_TRUE(store.has(kAbc));
    EXPECT_FALSE(store.read(std::string(64, '0')));
    EXPECT_FALSE(store.has(std::string(64, '0')));
    const std::string binary("\0\xFF\r\n\0", 5);
    EXPECT_EQ(store.read(store.put(binary).sha256), binary);
    EXPECT_EQ(store.read(store.put("").sha256), "");
}

TEST_F(StoreTest, TheSameBytesAreOneFile) {
    FileStore store(root_);
    store.put("abc");
    store.put("abc");
    FileStore(root_).put("abc");
    EXPECT_EQ(files().size(), 1u);
    struct stat status {};
    ASSERT_EQ(::stat(files()[0].c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u) << "nobody else on the machine reads citizens' papers";
    ASSERT_EQ(::stat(root_.c_str(), &status), 0);
}

TEST_F(StoreTest, AHashIsNeverAPath) {
    FileStore store(root_);
    for (const auto* name : {"../../etc/passwd", "", "abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
        EXPECT_THROW(static_cast<void>(store.read(name)), Fault) << name;
}

TEST_F(StoreTest, ChangedBytesAreNotHandedOut) {
    FileStore store(root_);
    store.put("abc");
    std::ofstream(files()[0]) << "abd";
    EXPECT_THROW(static_cast<void>(store.read(kAbc)), Fault);
}

TEST_F(StoreTest, AFolderThatCannotBeWrittenIsAFault) {
    std::ofstream(root_) << "a file";
    EXPECT_THROW(FileStore store(root_), Fault);
}

TEST_F(StoreTest, ManyThreadsPutTheSame) {
    FileStore store(root_);
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) EXPECT_EQ(store.put("content " + std::to_string(i)).size, i < 10 ? 9 : 10);
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(files().size(), 50u);
}

TEST_F(StoreTest, TheSweepTakesWhatIsOldAndUnmentioned) {
    FileStore store(root_);
    const auto kept = store.put("mentioned"), gone = store.put("forgotten");
    for (const auto& path : files()) age(path, std::chrono::hours(25));
    const auto young = store.put("young");
    std::ofstream(root_ / "tmp" / "put-abandoned") << "half";
    age(root_ / "tmp" / "put-abandoned", std::chrono::hours(25));
    std::ofstream(root_ / "tmp" / "put-under-way") << "half";
    const auto mentioned = [&](std::string_view sha256) { return sha256 == kept.sha256; };
    EXPECT_EQ(store.sweep(yesterday(), mentioned), 2);
    EXPECT_TRUE(store.has(kept.sha256));
    EXPECT_FALSE(store.has(gone.sha256));
    EXPECT_TRUE(store.has(young.sha256));
    EXPECT_EQ(files().size(), 3u);
    EXPECT_EQ(store.sweep(yesterday(), mentioned), 0);
}

TEST_F(StoreTest, PuttingAgainKeepsTheSweepAway) {
    FileStore store(root_);
    const auto stored = store.put("abc");
    age(files()[0], std::chrono::hours(25));
    store.put("abc");
    EXPECT_EQ(store.sweep(yesterday(), [](std::string_view) { return false; }), 0);
    EXPECT_TRUE(store.has(stored.sha256));
}

TEST_F(StoreTest, WhatIsPutDuringTheSweepStays) {
    FileStore store(root_);
    const auto stored = store.put("abc");
    age(files()[0], std::chrono::hours(25));
    // The worst moment: after the sweep has asked whether anything mentions the bytes.
    EXPECT_EQ(store.sweep(yesterday(), [&](std::string_view) {
        store.put("abc");
        return false;
    }), 0);
    EXPECT_EQ(store.read(stored.sha256), "abc");
}

TEST_F(StoreTest, ASweepAgainstManyPutsLosesNothing) {
    FileStore store(root_);
    std::atomic<bool> done = false;
    std::thread sweeper([&] {
        while (!done) store.sweep(now().plus_seconds(-24 * 3600), [](std::string_view) { return false; });
    });
    for (int i = 0; i < 300; ++i) {
        const auto bytes = "bytes " + std::to_string(i % 7);
        const auto stored = store.put(bytes);
        EXPECT_TRUE(store.has(stored.sha256)) << i;
        age(root_ / stored.sha256.substr(0, 2) / stored.sha256, std::chrono::hours(25));
    }
    done = true;
    sweeper.join();
}

TEST_F(StoreTest, WhatASweepSetAsideWhenItDiedComesBack) {
    std::string sha256;
    {
        FileStore store(root_);
        sha256 = store.put("abc").sha256;
        fs::rename(files()[0], root_ / "tmp" / ("sweep-" + sha256));
        EXPECT_TRUE(store.has(sha256)) << "nobody finds it missing while a sweep looks at it";
        EXPECT_EQ(store.read(sha256), "abc");
        EXPECT_TRUE(store.open(sha256));
        EXPECT_EQ(store.size_of(sha256), 3);
    }
    EXPECT_EQ(FileStore(root_).read(sha256), "abc");
}

/// Kills a child that puts files at any moment and looks at what is left: under a hash stand its bytes, whole.
TEST_F(StoreTest, AKillLeavesOnlyWholeFiles) {
    std::mt19937 random(20240105);
    std::set<fs::path> seen;
    // A busy machine takes ten times as long: the child is killed within the time of its first few files.
    const auto begin = std::chrono::steady_clock::now();
    FileStore(root_.string() + "-timed").put(std::string(300'000, 'x'));
    const auto each = std::chrono::steady_clock::now() - begin;
    fs::remove_all(root_.string() + "-timed");
    // More rounds, and longer ones, where a child takes longer to start than that time says.
    for (int round = 0; round < 60 || (seen.empty() && round < 600); ++round) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            FileStore store(root_);
            for (int i = 0;; ++i) store.put(std::string(300'000, static_cast<char>('a' + i % 26)) + std::to_string(round * 1000 + i));
        }
        std::this_thread::sleep_for(each * (random() % 500) / 100 * (1 + round / 60));
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status));
        if (!fs::exists(root_)) continue;
        FileStore store(root_);
        for (const auto& path : files()) {
            if (path.parent_path().filename() == "tmp" || !seen.insert(path).second) continue;
            EXPECT_TRUE(store.read(path.filename().string())) << path;  // throws when the content is another
        }
    }
    EXPECT_FALSE(seen.empty());
    for (const auto& path : files()) age(path, std::chrono::hours(25));
    FileStore store(root_);
    const int all = static_cast<int>(files().size());
    EXPECT_EQ(store.sweep(yesterday(), [](std::string_view) { return false; }), all);
    EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace loa::media
