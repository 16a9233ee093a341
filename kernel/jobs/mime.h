// A mail as the bytes that go over the wire (RFC 5322, 2045, 2047).
#pragma once

#include <string>
#include <string_view>

#include "loa/base/date.h"
#include "loa/base/language.h"

namespace loa::jobs {

struct MailText {
    std::string sender_name, sender_address;  // addresses are mail_address()es
    std::string name, address;                // who gets it
    std::string subject;
    std::string text, html;  // UTF-8, lines end with \n
    std::string message_id;  // without the angle brackets
    Instant date;
    std::string unsubscribe = {};  // the page where such mails are switched off; empty: none
    Language language = Language::Vietnamese;
};

std::string base64(std::string_view bytes);

/// Nothing but ASCII, lines of at most 78 letters that end with CRLF. Line breaks and other control characters in a
/// name or a subject become blanks, so that no text makes a header of its own.
std::string mime_message(const MailText& mail);

}  // namespace loa::jobs
