// A house that sends mail: keys, people with addresses, a server, settings.
#pragma once

#include <algorithm>

#include "loa/jobs/mail.h"
#include "outbox.h"
#include "preferences.h"
#include "smtp.h"
#include "tests/support/house.h"
#include "loa/jobs/testing.h"

namespace loa::jobs {

inline constexpr MessageKind kUrgent{"test.urgent", "jobs.open", {true, MailTime::AtOnce}};
inline constexpr MessageKind kDaily{"test.daily", "jobs.older", {true, MailTime::InDigest}};

/// Two of the people of the tests have addresses.
inline std::optional<Addressee> addressee(Work&, Id person) {
    if (person == Id{7}) return Addressee{"Phan Thị Ngọc Diễm", "diem@hongngu.example", Language::Vietnamese};
    if (person == Id{8}) return Addressee{"Đặng Văn Tèo", "teo@hongngu.example", Language::English};
    return std::nullopt;
}

class MailHouse : public House {
  protected:
    void SetUp() override {
        House::SetUp();
        if (IsSkipped()) return;
        registry_.add(Keys::random());
        registry_.add(AddresseeOf(addressee));
        registry_.add(AuthorityNameOf([](Work&, Id authority) {
            return std::string(authority == kTown ? "UBND thị trấn Tràm" : "UBND xã Sen");
        }));
        registry_.add(SmtpLimits{std::chrono::milliseconds(5000), std::chrono::milliseconds(5000), std::chrono::seconds(2)});
        registry_.add(kUrgent);
        registry_.add(kDaily);
        join(registry_);
    }

    void send_through(int port, MailSecurity security = MailSecurity::None) {
        MailSettings settings;
        settings.host = "127.0.0.1";
        settings.port = port;
        settings.security = security;
        settings.sender_name = "Loa thị trấn Tràm";
        settings.sender_address = "loa@tram.example";
        settings.site = "https://loa.tram.example";
        save(settings);
    }
    void save(MailSettings settings) {
        write([&](Work& work) {
            const auto before = mail_settings(work.db, *keys_in(registry_));
            settings.version = before ? before->version : 0;
            const auto saved = save_mail_settings(work, *keys_in(registry_), settings);
            ASSERT_TRUE(saved) << saved.failure().problems.front().key;
        });
    }
    void with_server(const std::string& behaviour) {
        server_.emplace(behaviour);
        send_through(server_->port());
    }

    void tell(const MessageKind& kind, Id person = Id{7}, std::string about = "Kế hoạch tuyên truyền", Id authority = kTown) {
        write([&](Work& work) {
            notify(work, person, kind,
                   {.key = "jobs.unread", .args = {{"unread", "3"}}, .path = "/ke-hoach/15", .about = about, .deadline = Date::from(2024, 11, 30)});
        }, authority);
    }
    void prefer(const Preferences& preferences, Id person = Id{7}) {
        write([&](Work& work) {
            work.actor.person = person;
            ASSERT_TRUE(save_preferences(work, preferences));
        });
    }
    std::vector<Mail> outbox(Id authority = kTown) {
        return write([](Work& work) { return jobs::mails(work, std::nullopt, 1000, 0); }, authority);
    }
    Mail only_mail() {
        const auto all = outbox();
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? Mail{} : all.front();
    }
    /// The digests of this hour, as the clock would start them.
    void strike() {
        write([](Work& work) { enqueue(work, "jobs.post_digests", "{}"); }, Id{});
        run_due();
    }
    void at(int hour, int minute = 0) {
        auto time = start_of(clock_.now().date()).plus_seconds(hour * 3600 + minute * 60);
        if (time < clock_.now()) time = time.plus_seconds(24 * 3600);
        clock_.set(time);
    }

    std::optional<testing::SmtpServer> server_;
};

}  // namespace loa::jobs
