#include "mime.h"

#include <gtest/gtest.h>

#include "loa/base/text.h"
#include "loa/jobs/testing.h"

namespace loa::jobs {
namespace {

MailText sample() {
    return {.sender_name = "UBND thị trấn Tràm",
            .sender_address = "loa@tram.example",
            .name = "Phan Thị Ngọc Diễm",
            .address = "diem@tram.example",
            .subject = "Kế hoạch số 15/KH-UBND “Tuyên truyền cải cách hành chính giai đoạn 2026 - 2030 trên địa bàn thị trấn” giao việc cho đơn vị",
            .text = "Kính gửi: Diễm\n.\n..hai chấm\n",
            .html = "<p>Kính gửi</p>\n",
            .message_id = "1.abc@tram.example",
            .date = Instant{1721184001000},
            .unsubscribe = "https://loa.tram.example/tai-khoan/thong-bao"};
}

TEST(Mime, AMailProgramReadsWhatWasWritten) {
    const auto mail = testing::read_mail_bytes(mime_message(sample()));
    EXPECT_EQ(mail.at("subject"), sample().subject);
    EXPECT_EQ(mail.at("from_name"), "UBND thị trấn Tràm");
    EXPECT_EQ(mail.at("from_address"), "loa@tram.example");
    EXPECT_EQ(mail.at("to_name"), "Phan Thị Ngọc Diễm");
    EXPECT_EQ(mail.at("to_address"), "diem@tram.example");
    EXPECT_EQ(mail.at("date"), "Wed, 17 Jul 2024 09:40:01 +0700");
    EXPECT_EQ(mail.at("message-id"), "<1.abc@tram.example>");
    EXPECT_EQ(mail.at("auto-submitted"), "auto-generated");
    EXPECT_EQ(mail.at("list-unsubscribe"), "<https://loa.tram.example/tai-khoan/thong-bao>");
    EXPECT_EQ(mail.at("types"), "multipart/alternative text/plain text/html");
    EXPECT_EQ(mail.at("text"), sample().text);
    EXPECT_EQ(mail.at("html"), sample().html);
    EXPECT_EQ(mail.at("defects"), "");
}

TEST(Mime, OnTheWireItIsAsciiInShortLines) {
    auto mail = sample();
    mail.subject = std::string(300, 'N') + " Nguyễn";
    mail.name = std::string(300, 'N');
    mail.text = std::string(5000, 'x') + "ầ";
    const auto message = mime_message(mail);
    EXPECT_TRUE(std::all_of(message.begin(), message.end(), [](char c) { return c > 0; }));
    const auto lines = replaced(message, "\r\n", "\x01");
    for (const auto line : split(lines, '\x01')) {
        EXPECT_LE(line.size(), 78u) << line;
        EXPECT_EQ(line.find_first_of("\r\n"), std::string_view::npos) << line;
    }
    EXPECT_EQ(testing::read_mail_bytes(message).at("subject"), mail.subject);
}

TEST(Mime, NoTextMakesAHeader) {
    const auto plain = testing::read_mail_bytes(mime_message(sample()));
    for (const std::string evil : {"x\r\nBcc: all@example.com", "x\nBcc: all@example.com", "x\rBcc: all@example.com", "\r\n\r\n<b>body</b>",
                                   "a\" <boss@example.com>, \"b", "x, other@example.com", "=?UTF-8?B?DQpCY2M6IGE=?=\r\n Bcc: a@b.c",
                                   "\xE2\x80\xA8" "Bcc: a@b.c", "x\x7F\x01y"}) {
        auto mail = sample();
        mail.subject = mail.name = mail.sender_name = evil;
        const auto read = testing::read_mail_bytes(mime_message(mail));
        EXPECT_EQ(read.at("headers"), plain.at("headers")) << evil;
        EXPECT_FALSE(read.contains("bcc")) << evil;
        EXPECT_EQ(read.at("to_count"), "1") << evil;
        EXPECT_EQ(read.at("to_address"), "diem@tram.example") << evil;
        EXPECT_EQ(read.at("from_address"), "loa@tram.example") << evil;
        EXPECT_EQ(read.at("text"), sample().text) << evil;
    }
}

TEST(Mime, ANameMayBeMissing) {
    auto mail = sample();
    mail.name.clear();
    mail.unsubscribe.clear();
    const auto read = testing::read_mail_bytes(mime_message(mail));
    EXPECT_EQ(read.at("to_address"), "diem@tram.example");
    EXPECT_FALSE(read.contains("list-unsubscribe"));
}

TEST(Mime, Base64OfRfc4648) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64("\xff\xfe\xfd"), "//79");
}

}  // namespace
}  // namespace loa::jobs
