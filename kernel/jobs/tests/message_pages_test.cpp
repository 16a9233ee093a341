#include "loa/web/testing.h"
#include "tests/support/mail_house.h"

namespace loa::jobs {
namespace {

/// Person 7 of the town, who holds every verb.
web::Hooks hooks() {
    return {.sign_in_work =
                [](const web::Request&, Work& work) {
                    work.authority = kTown;
                    work.actor = {.person = Id{7}, .name = "Phan Thị Ngọc Diễm", .system = false, .grants = {}};
                    return web::Hooks::Session{"secret"};
                },
            .may = [](const Work&, std::string_view verb) { return verb == "identity.manage_settings"; },
            .frame = [](Work&, web::View learnt) { return learnt; },
            .answered = [](Work&) { return std::nullopt; },
            .remember_answer = [](Work&, const std::string&) {}};
}

class MessagePageTest : public MailHouse {
  protected:
    void SetUp() override {
        MailHouse::SetUp();
        if (IsSkipped()) return;
        dispatcher_ = web::make_dispatcher(registry_, services(), hooks(), {});
        browser_.emplace(*dispatcher_);
    }
    std::string page(const std::string& path) {
        const auto answer = browser_->get(path);
        EXPECT_EQ(answer.status, 200) << path;
        return answer.body;
    }
    static bool has(const std::string& page, std::string_view text) { return page.find(text) != std::string::npos; }

    using Form = std::vector<std::pair<std::string, std::string>>;
    static Form settings_form() {
        return {{"host", "mail.tram.example"}, {"port", "587"}, {"security", "starttls"}, {"user", "loa"}, {"password", "bí mật lắm"},
                {"certificate_file", ""}, {"sender_name", "Loa"}, {"sender_address", "loa@tram.example"}, {"site", "https://loa.tram.example"},
                {"version", "0"}};
    }
    static Form with(Form form, const std::string& field, const std::string& text) {
        for (auto& [name, value] : form)
            if (name == field) value = text;
        return form;
    }
    std::optional<MailSettings> stored() {
        return write([&](Work& work) { return mail_settings(work.db, *keys_in(registry_)); });
    }

    std::unique_ptr<web::Dispatcher> dispatcher_;
    std::optional<web::Browser> browser_;
};

TEST_P(MessagePageTest, PreferencesAreChosenByKind) {
    auto form = page("/tai-khoan/thong-bao");
    EXPECT_TRUE(has(form, "name=\"bell_test.urgent\" value=\"1\" checked"));
    EXPECT_TRUE(has(form, "chưa đặt máy chủ thư"));
    const auto answer = browser_->post("/tai-khoan/thong-bao", {{"mail_test.urgent", "digest"}, {"bell_test.daily", "1"}, {"mail_test.daily", "digest"},
                                                               {"digest_hour", "16"}, {"quiet_from", "21:30"}, {"quiet_to", "06:00"}});
    EXPECT_EQ(answer.location, "/tai-khoan/thong-bao?da-luu=1");
    const auto kept = write([](Work& work) { return preferences_of(work, Id{7}); });
    EXPECT_EQ(kept.quiet, (QuietHours{1290, 360}));
    EXPECT_EQ(kept.digest_hour, 16);
    ASSERT_EQ(kept.kinds.size(), 1u) << "the daily one is as its kind has it";
    EXPECT_EQ(kept.kinds.at("test.urgent"), (Channels{false, MailTime::InDigest}));
    form = page(answer.location);
    EXPECT_FALSE(has(form, "name=\"bell_test.urgent\" value=\"1\" checked"));
    EXPECT_TRUE(has(form, "value=\"21:30\""));
    EXPECT_TRUE(has(form, "<option value=\"16\" selected>16:00</option>"));
}

TEST_P(MessagePageTest, PreferencesThatAreNoneAreSentBack) {
    page("/tai-khoan/thong-bao");
    for (const Form& odd : {Form{{"digest_hour", "24"}}, Form{{"digest_hour", "x"}}, Form{}, Form{{"digest_hour", "7"}, {"quiet_from", "25:00"}, {"quiet_to", "06:00"}},
                            Form{{"digest_hour", "7"}, {"quiet_from", "22:00"}}, Form{{"digest_hour", "7"}, {"quiet_from", "-1:00"}, {"quiet_to", "1:00"}},
                            Form{{"digest_hour", "7"}, {"quiet_from", "9:999"}, {"quiet_to", "1:00"}}, Form{{"digest_hour", "99999999999999999999"}}})
        EXPECT_EQ(browser_->post("/tai-khoan/thong-bao", odd).status, 422);
    EXPECT_EQ(browser_->post("/tai-khoan/thong-bao", {{"digest_hour", "7"}, {"mail_test.urgent", "pigeon"}}).status, 303);
}

TEST_P(MessagePageTest, ANoticeHasItsShortText) {
    send_through(25);
    tell(kDaily);
    const auto list = page("/thong-bao");
    EXPECT_TRUE(has(list, ">3 thông báo chưa đọc\nHạn: 30/11/2024\nhttps://loa.tram.example/ke-hoach/15</textarea>")) << list;
    EXPECT_TRUE(has(list, "data-copy=\"zalo-"));
}

TEST_P(MessagePageTest, SettingsAreSavedAndThePasswordNeverShownAgain) {
    page("/quan-tri/thu-dien-tu");
    EXPECT_EQ(browser_->post("/quan-tri/thu-dien-tu", settings_form()).location, "/quan-tri/thu-dien-tu?da-luu=1");
    ASSERT_TRUE(stored());
    EXPECT_EQ(stored()->password, "bí mật lắm");
    const auto shown = page("/quan-tri/thu-dien-tu");
    EXPECT_FALSE(has(shown, "bí mật"));
    EXPECT_TRUE(has(shown, "value=\"mail.tram.example\""));
    const auto row = write([](Work& work) { return work.db.one("jobs.mail_setting")->text("password"); });
    EXPECT_EQ(row.find("bí mật"), std::string::npos);
    EXPECT_EQ(browser_->post("/quan-tri/thu-dien-tu", settings_form()).status, 409) << "somebody else was faster";
    auto again = with(with(settings_form(), "version", "1"), "password", "");
    EXPECT_EQ(browser_->post("/quan-tri/thu-dien-tu", with(again, "sender_name", "Loa xã")).status, 303);
    EXPECT_EQ(stored()->password, "bí mật lắm");
    EXPECT_EQ(stored()->sender_name, "Loa xã");
}

TEST_P(MessagePageTest, AStoredPasswordIsNotSentElsewhere) {
    page("/quan-tri/thu-dien-tu");
    browser_->post("/quan-tri/thu-dien-tu", settings_form());
    const auto again = with(with(settings_form(), "version", "1"), "password", "");
    for (const auto& [field, text] : Form{{"host", "evil.example"}, {"port", "588"}, {"security", "tls"}, {"user", "other"}}) {
        const auto answer = browser_->post("/quan-tri/thu-dien-tu", with(again, field, text));
        EXPECT_EQ(answer.status, 422) << field;
        EXPECT_TRUE(has(answer.body, "Nhập lại mật khẩu")) << field;
    }
}

TEST_P(MessagePageTest, APasswordOfOtherKeysHasToBeEnteredAgain) {
    write([&](Work& work) {
        MailSettings settings;
        settings.host = "mail.tram.example";
        settings.user = "loa";
        settings.password = "bí mật lắm";
        settings.sender_address = "loa@tram.example";
        settings.site = "https://loa.tram.example";
        ASSERT_TRUE(save_mail_settings(work, *Keys::random(), settings));
    });
    page("/quan-tri/thu-dien-tu");
    const auto again = with(settings_form(), "version", "1");
    EXPECT_EQ(browser_->post("/quan-tri/thu-dien-tu", with(again, "password", "")).status, 422);
    EXPECT_EQ(browser_->post("/quan-tri/thu-dien-tu", again).status, 303);
    EXPECT_EQ(stored()->password, "bí mật lắm");
}

TEST_P(MessagePageTest, OddSettingsAreRefusedByField) {
    page("/quan-tri/thu-dien-tu");
    for (const auto& [field, text] : Form{{"host", ""}, {"host", "http://mail"}, {"host", "mail\r\nx"}, {"host", "-v"}, {"host", "a/b"}, {"port", "0"},
                                          {"port", "65536"}, {"port", "x"}, {"security", "none"}, {"sender_address", "a@b.vn\r\nBcc: c@d.vn"},
                                          {"sender_address", ""}, {"site", "loa.tram.example"}, {"site", "https://a.vn/x"}, {"site", "javascript://a"},
                                          {"site", "https://a.vn\r\nX: y"}, {"certificate_file", "../key"}, {"user", std::string(300, 'x')}}) {
        const auto answer = browser_->post("/quan-tri/thu-dien-tu", with(settings_form(), field, text));
        EXPECT_EQ(answer.status, 422) << field << "=" << text;
        EXPECT_FALSE(has(answer.body, "bí mật")) << field;
    }
    EXPECT_FALSE(stored());
}

TEST_P(MessagePageTest, TheTestMailGoesThroughTheOutbox) {
    with_server("kind");
    page("/quan-tri/thu-dien-tu");
    EXPECT_EQ(browser_->post("/quan-tri/thu-dien-tu/thu", {{"test_address", "không"}}).status, 422);
    const auto answer = browser_->post("/quan-tri/thu-dien-tu/thu", {{"test_address", "nguyen.van.a@tram.example"}});
    EXPECT_EQ(answer.status, 303);
    run_due();
    const auto outbox = page(answer.location);
    EXPECT_TRUE(has(outbox, "Đã gửi"));
    EXPECT_TRUE(has(outbox, "n…@tram.example"));
    EXPECT_FALSE(has(outbox, "nguyen.van.a@")) << "whose it is shows, not where it goes";
    EXPECT_TRUE(has(outbox, "250 2.0.0 Taken"));
    EXPECT_FALSE(has(outbox, "gui-lai")) << "what was sent can't be sent again";
}

TEST_P(MessagePageTest, TheOutboxIsFilteredRetriedAndCancelled) {
    with_server("rcpt:550 5.1.1 <script>alert(1)</script>");
    tell(kUrgent);
    run_due();
    tell(kUrgent, Id{8});
    const auto all = page("/quan-tri/hop-thu-di");
    EXPECT_TRUE(has(all, "Phan Thị Ngọc Diễm"));
    EXPECT_FALSE(has(all, "<script>alert"));
    EXPECT_TRUE(has(all, "data-copy=\"zalo-"));
    EXPECT_FALSE(has(page("/quan-tri/hop-thu-di?trang-thai=waiting"), "Phan Thị Ngọc Diễm"));
    EXPECT_TRUE(has(page("/quan-tri/hop-thu-di?trang-thai=refused"), "Phan Thị Ngọc Diễm"));
    EXPECT_TRUE(has(page("/quan-tri/hop-thu-di?trang-thai=sent"), "Không có thư nào"));
    for (const auto* odd : {"trang-thai=x", "trang=0", "trang=-1", "trang=99999999999", "trang-thai=sent'--"}) page(std::string("/quan-tri/hop-thu-di?") + odd);
    page("/quan-tri/hop-thu-di");
    for (const auto& mail : outbox()) {
        const auto path = "/quan-tri/hop-thu-di/" + to_string(mail.id);
        EXPECT_EQ(browser_->post(path + "/gui-lai").status, 303);
        EXPECT_EQ(browser_->post(path + "/huy").status, 303);
        EXPECT_EQ(browser_->post(path + "/huy").status, 409);
    }
    run_due();
    for (const auto& mail : outbox()) EXPECT_EQ(mail.state, MailState::Cancelled);
}

INSTANTIATE_TEST_SUITE_P(Engines, MessagePageTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::jobs
