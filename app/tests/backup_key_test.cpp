#include "backup_key.h"

#include <gtest/gtest.h>

#include "loa/base/text.h"

namespace loa::app {
namespace {

TEST(BackupKeyTest, IsReadAsAPersonWritesIt) {
    const auto key = BackupKey::random();
    const auto words = key.words();
    EXPECT_EQ(words.size(), 9u * 4 + 8);
    std::string shouted = " ";
    for (const char c : words) shouted += c == '-' ? ' ' : static_cast<char>(c >= 'a' && c <= 'f' ? c - 32 : c);
    for (const auto& typed : {words, shouted, replaced(words, "-", ""), words + "\r\n"}) {
        const auto read = BackupKey::from_words(typed);
        ASSERT_TRUE(read) << typed;
        EXPECT_EQ(read->cipher_key(), key.cipher_key());
        EXPECT_EQ(read->fingerprint(), key.fingerprint());
    }
}

TEST(BackupKeyTest, ASlipOfThePenIsNoOtherKey) {
    const auto words = BackupKey::random().words();
    int taken = 0;
    for (std::size_t at = 0; at < words.size(); ++at) {
        auto slipped = words;
        if (slipped[at] == '-') continue;
        slipped[at] = slipped[at] == '0' ? '1' : '0';
        if (slipped != words) taken += BackupKey::from_words(slipped).has_value();
    }
    EXPECT_EQ(taken, 0);  // one in 65,536 by chance
    for (const auto* wrong : {"", "xyz", "0000-0000", "mật khẩu của tôi là một câu dài ba mươi sáu chữ"})
        EXPECT_FALSE(BackupKey::from_words(wrong)) << wrong;
    EXPECT_FALSE(BackupKey::from_words(words + "0"));
}

TEST(BackupKeyTest, TheFingerprintTellsKeysApartAndIsNotTheKey) {
    const auto one = BackupKey::random(), other = BackupKey::random();
    EXPECT_NE(one.fingerprint(), other.fingerprint());
    EXPECT_NE(one.cipher_key(), other.cipher_key());
    EXPECT_EQ(one.fingerprint().size(), 16u);
    EXPECT_EQ(replaced(one.words(), "-", "").find(one.fingerprint()), std::string::npos);
}

}  // namespace
}  // namespace loa::app
