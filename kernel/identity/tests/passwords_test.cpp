// What a password must be, that only itself opens, and how many are hashed at once.
#include "loa/identity/passwords.h"

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "support/on_engine.h"

namespace loa::identity {
namespace {

constexpr std::string_view kPassword = "một câu dễ nhớ 2024";

TEST(Passwords, AreRefusedWhenPoor) {
    const auto refused = [](std::string_view password) {
        return problem(hash_password(password, "diem.ptn"));
    };
    EXPECT_EQ(refused("mười bốn ký t"), "password:identity.password_short");
    EXPECT_EQ(refused("ăăăăăăăăăăăăăă"), "password:identity.password_short") << "characters count, not bytes";
    EXPECT_EQ(refused(std::string(257, 'a') + "b"), "password:identity.password_long");
    EXPECT_EQ(refused("cây đa giếng nước"), "");
}

TEST(Passwords, AreRefusedWhenEverybodyWouldTryThem) {
    const auto refused = [](std::string_view password) { return problem(hash_password(password, "diem.ptn")); };
    for (const auto* common :
         {"aaaaaaaaaaaaaaaaaaaa", "123456789012345", "abcdefghijklmnopq", "987654321987654321", "mật khẩu mật khẩu",
          "Matkhau123456789", "P a s s w o r d 123456", "quantri@123456789", "ubnd-phuong-hong-ngu", "mật khẩu Diem.PTN",
          "diem.ptn.diem.ptn", "xyzwxyzwxyzwxyzw", "qwertyuiop123456", "Ủy ban nhân dân 2026", "1qaz2wsx1qaz2wsx",
          "iloveyou.iloveyou", "administrator2026"})
        EXPECT_EQ(refused(common), "password:identity.password_common") << common;
    for (const auto* own : {"một câu dễ nhớ 2024", "hoa-gao-dau-lang", "uống trà lúc 6 giờ sáng", "đò chiều qua bến cũ",
                            "mật khẩu là bến đò xưa", "Trời xanh lúa chín vàng"})
        EXPECT_EQ(refused(own), "") << own;
}

// 19 MiB each: twenty sign-ins at once must not be twenty times that.
TEST(Passwords, NoMoreThanFourAreHashedAtOnceAndTheOthersWait) {
    constexpr int kPeople = 12;
    std::latch together(kPeople);
    std::atomic<int> hashed = 0;
    {
        std::vector<std::jthread> people;
        for (int i = 0; i < kPeople; ++i)
            people.emplace_back([&] {
                together.arrive_and_wait();
                hashed += hash_password(kPassword, "") ? 1 : 0;
            });
    }
    EXPECT_EQ(hashed, kPeople);
    EXPECT_GE(most_hashes_at_once(), 2);
    EXPECT_LE(most_hashes_at_once(), 4);
}

TEST(Passwords, MatchOnlyThemselves) {
    const auto hash = hash_password(kPassword, "").value();
    EXPECT_TRUE(*password_matches(hash, kPassword));
    EXPECT_FALSE(*password_matches(hash, "một câu dễ nhớ 2023"));
    EXPECT_FALSE(*password_matches(hash, ""));
    EXPECT_FALSE(*password_matches(hash, std::string(100'000, 'x')));
    EXPECT_FALSE(*password_matches(PasswordHash::stored("nonsense"), kPassword));
    EXPECT_NE(hash.text(), hash_password(kPassword, "").value().text()) << "salted";
    EXPECT_TRUE(hash.text().starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash.text();
}

}  // namespace
}  // namespace loa::identity
