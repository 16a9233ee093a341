#include "mime.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "loa/base/secrets.h"
#include "loa/base/text.h"

namespace loa::jobs {

std::string base64(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto byte = [&](std::size_t i) { return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U; };
        const std::uint32_t three = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        text += letters[three >> 18];
        text += letters[(three >> 12) & 63];
        text += at + 1 < bytes.size() ? letters[(three >> 6) & 63] : '=';
        text += at + 2 < bytes.size() ? letters[three & 63] : '=';
    }
    return text;
}

namespace {

constexpr std::size_t kLineLetters = 78;   // RFC 5322, 2.1.1
constexpr std::size_t kEncodedBytes = 45;  // of UTF-8 in one encoded-word: 60 letters of base64, with its frame 72
constexpr std::size_t kBodyBytes = 57;     // of a line of base64: 76 letters

std::string base64_lines(std::string_view bytes) {
    std::string lines;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(kBodyBytes, bytes.size())))
        lines += base64(bytes.substr(0, kBodyBytes)) + "\r\n";
    return lines;
}

/// On one line, whatever was in it.
std::string in_one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }, ' ');
    return squeezed(line);
}

/// "Subject: =?UTF-8?B?…?=" (RFC 2047): words of at most 75 letters, each made of whole code points, on lines of their
/// own. ASCII is encoded too: one rule, and no question what a parser takes for special.
std::string encoded_header(std::string_view name, std::string_view text) {
    constexpr std::string_view opening = "=?UTF-8?B?", closing = "?=";
    std::string header = std::string(name) + ": ";
    std::size_t most = std::min(kEncodedBytes, (kLineLetters - header.size() - opening.size() - closing.size()) / 4 * 3);
    for (bool first = true; !text.empty(); first = false, most = kEncodedBytes) {
        std::size_t end = std::min(most, text.size());
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        if (!first) header += "\r\n ";
        header.append(opening).append(base64(text.substr(0, end))).append(closing);
        text.remove_prefix(end);
    }
    return header;
}

/// "To: =?UTF-8?B?…?= <address>".
std::string mailbox_header(std::string_view header, const std::string& name, const std::string& address) {
    const auto line = in_one_line(name);
    if (line.empty()) return fmt::format("{}: <{}>\r\n", header, address);
    return fmt::format("{}\r\n <{}>\r\n", encoded_header(header, line), address);
}

/// RFC 5322, 3.3, in Vietnam time: "Wed, 17 Jul 2024 09:40:00 +0700".
std::string mail_date(Instant at) {
    constexpr std::array<const char*, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Date day = at.date();
    const auto seconds = (at.milliseconds - start_of(day).milliseconds) / 1000;
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0700", days[static_cast<std::size_t>(day.weekday() - 1)], day.day(),
                       months[static_cast<std::size_t>(day.month() - 1)], day.year(), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string part(std::string_view type, std::string_view content) {
    return fmt::format("Content-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}", type, base64_lines(content));
}

}  // namespace

std::string mime_message(const MailText& mail) {
    // "_" is no letter of base64, so no line of a part can be taken for the boundary.
    const std::string boundary = "=_" + sha256(mail.message_id).substr(0, 32);
    std::string message;
    const auto header = [&](std::string_view name, const std::string& value) { message += fmt::format("{}: {}\r\n", name, value); };
    header("Date", mail_date(mail.date));
    message += mailbox_header("From", mail.sender_name, mail.sender_address);
    message += mailbox_header("To", mail.name, mail.address);
    message += encoded_header("Subject", in_one_line(mail.subject)) + "\r\n";
    header("Message-ID", "<" + mail.message_id + ">");
    header("Auto-Submitted", "auto-generated");  // RFC 3834: no answer of an absent reader, please
    if (!mail.unsubscribe.empty()) header("List-Unsubscribe", "<" + mail.unsubscribe + ">");
    header("Content-Language", std::string(code(mail.language)));
    header("MIME-Version", "1.0");
    header("Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"");
    message += "\r\n";
    message += "--" + boundary + "\r\n" + part("text/plain", mail.text);
    message += "--" + boundary + "\r\n" + part("text/html", mail.html);
    message += "--" + boundary + "--\r\n";
    return message;
}

}  // namespace loa::jobs
