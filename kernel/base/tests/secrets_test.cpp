#include "loa/base/secrets.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "loa/base/digest.h"
#include "loa/base/fault.h"

namespace loa {
namespace {

class SecretFileTest : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("loa-secret-" + random_token(8));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path file() const { return folder_ / "secret"; }

  private:
    std::filesystem::path folder_;
};

TEST(Secrets, TokensAreLongAndNeverTheSame) {
    EXPECT_EQ(random_token().size(), 64U);
    EXPECT_EQ(random_token(4).size(), 8U);
    EXPECT_NE(random_token(), random_token());
}

TEST(Secrets, TheDigestIsTheOneOfTheStandard) {  // FIPS 180-4, "abc"
    Sha256 pieces;
    pieces.add("a");
    pieces.add("");
    pieces.add("bc");
    EXPECT_EQ(pieces.digits(), sha256("abc"));
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Secrets, WhatIsSealedComesBackForItsPurposeAndRecordOnly) {
    const auto keys = Keys::from_text("một bí mật đủ dài");
    const auto sealed = keys->seal("identity.totp", "7", "JBSWY3DPEHPK3PXP");
    EXPECT_EQ(sealed.find("JBSW"), std::string::npos);
    EXPECT_NE(sealed, keys->seal("identity.totp", "7", "JBSWY3DPEHPK3PXP")) << "a nonce of its own each time";
    EXPECT_EQ(Keys::from_text("một bí mật đủ dài")->unseal("identity.totp", "7", sealed), "JBSWY3DPEHPK3PXP");
    EXPECT_EQ(keys->unseal("identity.totp", "8", sealed), std::nullopt) << "moved to another record";
    EXPECT_EQ(keys->unseal("jobs.mail", "7", sealed), std::nullopt) << "passed off as something else";
    EXPECT_EQ(Keys::random()->unseal("identity.totp", "7", sealed), std::nullopt);
    auto changed = sealed;
    changed.back() = changed.back() == '0' ? '1' : '0';
    EXPECT_EQ(keys->unseal("identity.totp", "7", changed), std::nullopt);
    for (const auto* broken : {"", "zz", "00ff", "0"}) EXPECT_EQ(keys->unseal("identity.totp", "7", broken), std::nullopt);
}

TEST(Secrets, EachPurposeHasAKeyOfItsOwn) {
    const auto keys = Keys::random();
    EXPECT_EQ(keys->derived("a").size(), 32U);
    EXPECT_EQ(keys->derived("a"), keys->derived("a"));
    EXPECT_NE(keys->derived("a"), keys->derived("b"));
    EXPECT_THROW(Keys::from_text("ngắn"), Fault);
}

TEST_F(SecretFileTest, TheFileIsMadeOnceAndForNobodyElse) {
    const auto first = Keys::from_file(file());
    EXPECT_EQ(first->derived("a"), Keys::from_file(file())->derived("a"));
    struct stat status {};
    ASSERT_EQ(::stat(file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(SecretFileTest, ADamagedOrOpenFileStopsTheProgram) {
    std::ofstream(file()) << "not a key\n";
    std::filesystem::permissions(file(), std::filesystem::perms::owner_read);
    EXPECT_THROW(Keys::from_file(file())->derived("a"), Fault);
    std::filesystem::remove(file());
    Keys::from_file(file())->derived("a");
    std::filesystem::permissions(file(), std::filesystem::perms::others_read, std::filesystem::perm_options::add);
    EXPECT_THROW(Keys::from_file(file())->derived("a"), Fault);
}

}  // namespace
}  // namespace loa
