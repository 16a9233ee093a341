// Backups that were damaged, cut off, made up, or do not fit: each is refused with its own sentence, and leaves the
// database as empty and the store as full as before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <archive.h>
#include <archive_entry.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "backup_archive.h"
#include "backup_file.h"
#include "backup_refused.h"
#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/media/file.h"
#include "tests/support/house.h"

namespace loa::app {
namespace {

using storage::Engine;

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void put(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

int files_in(const std::filesystem::path& folder) {
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) count += entry.is_regular_file();
    return count;
}

class HostileBackupTest : public ::testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        house_ = House::on(GetParam());
        target_ = House::on(GetParam());
        if (!house_ || !target_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        house_->write([&](Work& work) {
            work.authority = Id{1};
            const media::AcceptedFile file{"a.pdf", "application/pdf", house_->store().put("%PDF-1.4 hello")};
            media::add_file(work, file, Ref{"plan.evidence", Id{1}, Id{5}});
            for (int i = 1; i <= 20; ++i) work.db.run("jobs.add_notice", {Id{1}, Id{i}, Id{1}, "", "key", "{}", "", "", storage::Value(), 1, "never", storage::Value(), work.now});
        });
        counts_ = storage::testing::row_counts(target_->database());
    }

    std::filesystem::path whole() {
        const auto file = house_->file("whole.loa");
        if (!std::filesystem::exists(file) && !house_->back_up(file)) ADD_FAILURE() << "no backup";
        return file;
    }

    /// The key of the sentence that the restore is refused with; "" if it went through.
    std::string refusal(const std::filesystem::path& file, const std::optional<BackupKey>& key = std::nullopt) {
        const auto restored = target_->restore(file, key);
        return restored ? "" : restored.failure().problems.front().key;
    }
    void expect_untouched() {
        EXPECT_EQ(storage::testing::row_counts(target_->database()), counts_);
        EXPECT_EQ(files_in(target_->store().root()), 0);
    }

    /// The same backup with some entries changed, with checksums that fit.
    using Edit = std::function<std::optional<std::string>(const std::string& name, const std::string& bytes)>;
    std::filesystem::path edited(const Edit& edit) {
        const auto file = house_->file("edited.loa");
        std::filesystem::remove(file);
        BackupInput input(whole(), std::nullopt);
        ArchiveReader reader([&] { return input.next(); });
        BackupOutput output(file, std::nullopt);
        ArchiveWriter writer([&](std::string_view bytes) { output.add(bytes); }, Instant{});
        while (const auto entry = reader.next()) {
            const auto name = entry->name;
            if (const auto bytes = edit(name, reader.whole(1 << 26))) writer.add(name, *bytes);
        }
        writer.finish();
        output.finish();
        return file;
    }
    std::filesystem::path replacing(const std::string& entry, const std::string& from, const std::string& to) {
        return edited([&](const std::string& name, const std::string& bytes) {
            return std::optional(name.starts_with(entry) ? replaced(bytes, from, to) : bytes);
        });
    }

    std::unique_ptr<House> house_, target_;
    std::map<std::string, std::int64_t> counts_;
};
INSTANTIATE_TEST_SUITE_P(Engines, HostileBackupTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<Engine>>);

TEST_P(HostileBackupTest, CutOffAnywhere) {
    const auto bytes = bytes_of(whole());
    const auto file = house_->file("cut.loa");
    for (std::size_t i = 0; i < 24; ++i) {
        put(file, std::string_view(bytes).substr(0, bytes.size() * i / 24));
        EXPECT_THAT(refusal(file), ::testing::AnyOf("app.backup_foreign", "app.backup_damaged")) << i;
        expect_untouched();
    }
}

TEST_P(HostileBackupTest, FlippedBits) {
    const auto bytes = bytes_of(whole());
    const auto file = house_->file("flipped.loa");
    for (std::size_t i = 0; i < 60; ++i) {
        auto flipped = bytes;
        flipped[bytes.size() * i / 60] ^= static_cast<char>(1 << (i % 8));
        put(file, flipped);
        // A bit that packing does not look at may go through; then nothing of the content is another.
        const auto verified = verify_backup(file, std::nullopt);
        if (verified) {
            EXPECT_EQ(verified->end.digests, verify_backup(whole(), std::nullopt)->end.digests) << i;
        } else {
            EXPECT_THAT(verified.failure().problems.front().key, ::testing::AnyOf("app.backup_foreign", "app.backup_damaged")) << i;
        }
    }
    expect_untouched();
}

TEST_P(HostileBackupTest, AnEncryptedOneTellsAWrongKeyFromDamage) {
    const auto file = house_->file("locked.loa"), spoilt = house_->file("spoilt.loa");
    const auto key = BackupKey::random();
    ASSERT_TRUE(house_->back_up(file, key));
    EXPECT_EQ(refusal(file), "app.backup_needs_key");
    EXPECT_EQ(refusal(file, BackupKey::random()), "app.backup_wrong_key");
    const auto bytes = bytes_of(file);
    for (const std::size_t at : {std::size_t{17}, std::size_t{40}, std::size_t{55}, std::size_t{60}, bytes.size() / 2, bytes.size() - 1}) {
        auto flipped = bytes;
        flipped[at] ^= 4;
        put(spoilt, flipped);
        EXPECT_EQ(refusal(spoilt, key), "app.backup_damaged") << at;
    }
    put(spoilt, std::string_view(bytes).substr(0, bytes.size() - 30));
    EXPECT_EQ(refusal(spoilt, key), "app.backup_damaged");
    put(spoilt, bytes + "more");
    EXPECT_EQ(refusal(spoilt, key), "app.backup_damaged");
    expect_untouched();
    EXPECT_EQ(refusal(file, key), "");
}

TEST_P(HostileBackupTest, ForeignFiles) {
    const auto file = house_->file("foreign");
    EXPECT_EQ(refusal(file), "app.backup_no_file");
    EXPECT_EQ(refusal(house_->file("")), "app.backup_no_file");
    for (const std::string& bytes : {std::string(), std::string("hello"), std::string(100'000, '\0'), std::string("SQLite format 3\0", 16),
                                    std::string("loa-backup-v1\n"), std::string("\x28\xb5\x2f\xfd") + std::string(500, 'x')}) {
        put(file, bytes);
        EXPECT_THAT(refusal(file), ::testing::AnyOf("app.backup_foreign", "app.backup_damaged")) << bytes.substr(0, 20);
    }
    expect_untouched();
}

struct Member {
    std::string name;
    unsigned type = AE_IFREG;
    std::string bytes = "x";
    std::string link = {};
};

void make_tar(const std::filesystem::path& file, const std::vector<Member>& members) {
    auto* writer = archive_write_new();
    archive_write_set_format_pax(writer);
    archive_write_add_filter_zstd(writer);
    ASSERT_EQ(archive_write_open_filename(writer, file.c_str()), ARCHIVE_OK);
    for (const auto& member : members) {
        auto* entry = archive_entry_new();
        archive_entry_set_pathname(entry, member.name.c_str());
        archive_entry_set_filetype(entry, member.type);
        if (!member.link.empty()) archive_entry_set_symlink(entry, member.link.c_str());
        archive_entry_set_size(entry, member.type == AE_IFREG ? static_cast<la_int64_t>(member.bytes.size()) : 0);
        archive_write_header(writer, entry);
        if (member.type == AE_IFREG) archive_write_data(writer, member.bytes.data(), member.bytes.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
}

TEST_P(HostileBackupTest, NamesAreNeverPaths) {
    const auto file = house_->file("paths.loa");
    const auto outside = house_->file("outside");
    for (const auto& member : {Member{"../outside"}, Member{outside.string()}, Member{"manifest.json/../../outside"},
                               Member{"manifest.json", AE_IFLNK, "", outside.string()}, Member{"files", AE_IFDIR}}) {
        make_tar(file, {member});
        EXPECT_EQ(refusal(file), "app.backup_foreign") << member.name;
        EXPECT_FALSE(std::filesystem::exists(outside));
    }
    for (const std::string name : {"files/../../../outside", "files//etc/passwd", "tables/../outside/000001.jsonl"}) {
        const auto renamed = house_->file("renamed.loa");
        std::filesystem::remove(renamed);
        BackupInput input(whole(), std::nullopt);
        ArchiveReader reader([&] { return input.next(); });
        BackupOutput output(renamed, std::nullopt);
        ArchiveWriter writer([&](std::string_view bytes) { output.add(bytes); }, Instant{});
        while (const auto entry = reader.next()) {
            const auto old = entry->name;
            const auto bytes = reader.whole(1 << 26);
            writer.add(old.starts_with("files/") ? name : old, bytes);
        }
        writer.finish();
        output.finish();
        EXPECT_EQ(refusal(renamed), "app.backup_damaged") << name;
    }
    expect_untouched();
}

/// A gigabyte of one letter takes a few kilobytes; nobody who reads it holds it.
TEST_P(HostileBackupTest, Bombs) {
    const auto file = house_->file("bomb.loa");
    make_tar(file, {{"manifest.json", AE_IFREG, std::string(100 << 20, ' ')}});
    EXPECT_EQ(refusal(file), "app.backup_damaged");
    const std::string deep = std::string(100'000, '[');
    make_tar(file, {{"manifest.json", AE_IFREG, deep}});
    EXPECT_EQ(refusal(file), "app.backup_damaged");
    // A file that is larger than the manifest said, and one that no record mentions.
    EXPECT_EQ(refusal(replacing("manifest.json", "\"file_bytes\":\"14\"", "\"file_bytes\":\"13\"")), "app.backup_damaged");
    EXPECT_EQ(refusal(replacing("tables/media_file/", sha256("%PDF-1.4 hello"), sha256("another"))), "app.backup_damaged");
    EXPECT_EQ(refusal(replacing("manifest.json", "\"file_bytes\":\"14\"", "\"file_bytes\":\"999999999999999999\"")), "app.restore_no_room");
    expect_untouched();
}

TEST_P(HostileBackupTest, RowsThatNoDatabaseWouldHaveGiven) {
    const auto change = [&](const std::string& from, const std::string& to) { return refusal(replacing("tables/jobs_notice/", from, to)); };
    EXPECT_EQ(change("[\"1\",\"7\"", "[\"1\",\"8\""), "app.backup_damaged");                       // a key twice
    EXPECT_EQ(change("[\"1\",\"7\"", "[\"1\",7"), "app.backup_damaged");                           // a number that is no text
    EXPECT_EQ(change("[\"1\",\"7\"", "[\"1\",\"99999999999999999999\""), "app.backup_damaged");    // of 67 bits
    EXPECT_EQ(change("[\"1\",\"7\"", "[\"1\",null"), "app.backup_damaged");
    EXPECT_EQ(change("[\"1\",\"7\"", "[\"7\""), "app.backup_damaged");                             // a cell short
    EXPECT_EQ(change("\"key\"", "\"k\\u0000y\""), "app.backup_damaged");
    EXPECT_EQ(change("\"key\"", "\"k\xff\""), "app.backup_damaged");
    EXPECT_EQ(change("\n", "\n\n"), "app.backup_damaged");
    EXPECT_EQ(refusal(replacing("manifest.json", "\"jobs_notice\"", "\"jobs_notice; drop table x\"")), "app.backup_damaged");
    EXPECT_EQ(refusal(replacing("manifest.json", "\"jobs_notice\"", "\"storage_migration\"")), "app.backup_damaged");
    EXPECT_EQ(refusal(replacing("end.json", "\"lost_files\":[]", "\"lost_files\":[{}]")), "app.backup_damaged");
    // Other content under checksums that fit is still not what the digest of the table says.
    EXPECT_EQ(change("\"key\"", "\"kez\""), "app.backup_damaged");
    expect_untouched();
}

TEST_P(HostileBackupTest, ANewerProgramsBackupIsLeftAlone) {
    const auto file = replacing("manifest.json", "\"migrations\":[", "\"migrations\":[{\"file\":\"jobs/0999_future.sql\",\"sha256\":\"" +
                                                                         std::string(64, 'a') + "\"},");
    EXPECT_EQ(refusal(file), "app.backup_newer");
    EXPECT_EQ(refusal(replacing("manifest.json", "\"version\":\"1\"", "\"version\":\"2\"")), "app.backup_newer");
    expect_untouched();
}

TEST_P(HostileBackupTest, ADatabaseThatIsNotEmptyOrInUseIsLeftAlone) {
    EXPECT_EQ([&] {
        const auto restored = house_->restore(whole());
        return restored ? "" : restored.failure().problems.front().key;
    }(), "app.restore_not_empty");
    EXPECT_EQ(storage::testing::row_counts(house_->database()).at("jobs_notice"), 20);
    target_->database().script("insert into storage_node_lease (node, holder, lease_until) values (1, 2, 9000000000000000)");
    EXPECT_EQ(refusal(whole()), "app.restore_in_use");
    target_->database().script("delete from storage_node_lease");
    EXPECT_EQ(refusal(whole()), "");
    EXPECT_EQ(refusal(whole()), "app.restore_not_empty");
}

/// Files larger than the limit can't be written, as on a full disk; only the message of the system is another.
TEST_P(HostileBackupTest, AFullDiskLeavesNothingBehind) {
    house_->write([&](Work& work) {
        work.authority = Id{1};
        const auto bytes = random_bytes(3 << 20);
        media::add_file(work, {"large.pdf", "application/pdf", house_->store().put(bytes)}, Ref{"plan.evidence", Id{1}, Id{5}});
    });
    const auto folder = house_->file("disk");
    std::filesystem::create_directory(folder);
    ::signal(SIGXFSZ, SIG_IGN);
    keys_in(house_->registry())->fingerprint();  // the secret file is made before the disk is full
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    for (const rlim_t most : {rlim_t{0}, rlim_t{20'000}, rlim_t{1} << 20, rlim_t{2} << 20}) {
        const rlimit small{most, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto made = house_->back_up(folder / "full.loa");
        ::setrlimit(RLIMIT_FSIZE, &before);
        ASSERT_FALSE(made) << most;
        EXPECT_EQ(made.failure().problems.front().key, "app.backup_no_room") << most;
        EXPECT_EQ(made.failure().reason, Reason::Unavailable);
        EXPECT_TRUE(std::filesystem::is_empty(folder)) << most;
    }
    EXPECT_TRUE(house_->back_up(folder / "full.loa"));
    EXPECT_FALSE(house_->back_up(house_->file("nowhere") / "x.loa"));
}

}  // namespace
}  // namespace loa::app
