// The words of a mail, and how they are laid out as text and as HTML.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/jobs/mail.h"
#include "loa/jobs/notices.h"

namespace loa::jobs {

/// One sentence with where it leads.
struct LetterLine {
    std::string sentence;
    std::string deadline;  // "Hạn: 30/11/2026", or ""
    std::string link;      // whole, or ""
};

/// What stands under one heading; "" for none.
struct LetterPart {
    std::string heading;
    std::vector<LetterLine> lines;
};

struct LetterWords {
    Language language = Language::Vietnamese;
    std::string subject;
    std::string authority;  // who writes: the head of the letter
    std::string name;       // who is written to; may be empty
    std::vector<LetterPart> parts;
    std::string button;      // what each link says
    std::string unsubscribe;  // the page where such mails are switched off, or ""
};

std::string text_of(const LetterWords& words);
std::string html_of(const LetterWords& words);

/// A row with key, args, path, about and deadline.
Message message_in(const storage::Row& row);
LetterLine line_of(const Message& message, Language language, const std::string& site);
/// A few lines to copy into a chat: the sentence, the day it is due, the link.
std::string short_text(const LetterLine& line);

/// A letter as it waits in the outbox, bound to its row.
std::string sealed_letter(const Keys& keys, Id mail, const Letter& letter);
std::optional<Letter> opened_letter(const Keys& keys, Id mail, const std::string& sealed);
LetterWords words_of(const Letter& letter, const std::string& authority, const std::string& site);

}  // namespace loa::jobs
