// An installation that sends mail, and the server that takes it (kernel/jobs/tests/support).
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "loa/base/secrets.h"
#include "loa/jobs/mail.h"
#include "loa/jobs/testing.h"

namespace loa::app {

inline constexpr std::string_view kSite = "https://loa.tram.example";

/// From now on mails go to that server.
inline void send_through(Work& work, const Keys& keys, int port) {
    jobs::MailSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port;
    settings.security = jobs::MailSecurity::None;
    settings.sender_name = "Loa";
    settings.sender_address = "loa@tram.example";
    settings.site = kSite;
    const auto before = jobs::mail_settings(work.db, keys);
    settings.version = before ? before->version : 0;
    ASSERT_TRUE(jobs::save_mail_settings(work, keys, settings));
}

/// The path of the first link of ours in a mail; "" without one.
inline std::string path_in(const jobs::testing::ReadMail& mail) {
    const std::string& text = mail.at("text");
    const auto at = text.find(kSite);
    if (at == std::string::npos) return "";
    const auto begin = at + kSite.size();
    return text.substr(begin, text.find_first_of(" \r\n", begin) - begin);
}

}  // namespace loa::app
