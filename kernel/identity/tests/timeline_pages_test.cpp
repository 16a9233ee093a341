// /nhat-ky: who reads it, its pages, its export, its check; refusals and readings that become lines.
#include <boost/json.hpp>

#include <map>

#include "loa/base/secrets.h"
#include "loa/base/text.h"
#include "loa/identity/deputies.h"
#include "loa/identity/handover.h"
#include "loa/identity/join.h"
#include "loa/identity/people.h"
#include "loa/identity/timeline.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "loa/web/testing.h"
#include "support/on_engine.h"

namespace loa::identity {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kPassword = "một câu dễ nhớ 2024";

class TimelinePages : public OnEngine {
  protected:
    void SetUp() override {
        OnEngine::SetUp();
        if (IsSkipped()) return;
        office_ = town().office("Phòng Văn hóa và Thông tin");
        diem_ = account("Phan Thị Ngọc Diễm", "diem", Role::Clerk);
        auditor_ = account("Người Kiểm Tra", "auditor", Role::Auditor);
        registry_.add(town().keys());
        join(registry_);
        dispatcher_ = web::make_dispatcher(registry_, services(), web_hooks(registry_), {});
    }
    void TearDown() override { dispatcher_.reset(); }

    web::Services services() { return {database(), town().clock(), town().ids()}; }
    Id account(const std::string& name, const std::string& sign_in_name, Role role) {
        static const PasswordHash hash = testing::weak_hash(kPassword);
        return town().write(Id{}, [&](Work& work) {
            return create_person(work, {.name = name, .sign_in_name = sign_in_name, .password = hash, .unit = office_,
                                        .role = role, .valid_from = day(2024, 1, 1)})
                .value();
        });
    }
    web::Browser signed_in(const std::string& name) {
        web::Browser browser(*dispatcher_);
        browser.get("/dang-nhap");
        const auto answer = browser.post("/dang-nhap", {{"sign_in_name", name}, {"password", std::string(kPassword)}, {"ve", "/"}, {"language", "vi"}});
        EXPECT_EQ(answer.status, 303);
        return browser;
    }
    Id add(const std::string& event, const std::vector<Change>& changes = {}, const std::vector<Change>& personal = {}) {
        return town().write(diem_, [&](Work& work) { return record(work, subject(), event, changes, personal); });
    }
    Ref subject() { return {"identity.unit", town().authority(), office_}; }
    void seal() {
        town().write(Id{}, [](Work& work) {
            while (seal_timeline(work)) {
            }
        });
    }
    std::vector<TimelineLine> lines_of(const std::string& event) {
        return town().read(Id{}, [&](Work& work) { return timeline_lines(work, {.event_prefix = event}); });
    }
    void write_quiet_acts_down() {
        database().write([&](storage::Transaction& transaction) {
            Work work = system_work(transaction, town().ids(), town().clock().now(), Id{});
            jobs::enqueue(work, "identity.record_quiet_acts", "{}");
        });
        jobs::run_due_jobs(registry_, services());
    }
    web::Browser::Answer exported(web::Browser& browser, const std::string& format,
                                  std::vector<std::pair<std::string, std::string>> filter = {}) {
        browser.get("/nhat-ky");
        filter.emplace_back("format", format);
        return browser.post("/nhat-ky/xuat", filter);
    }

    Registry registry_;
    std::unique_ptr<web::Dispatcher> dispatcher_;
    Id office_, diem_, auditor_;
};

std::string link(const std::string& body, const std::string& mark) {
    const auto at = body.find(mark);
    if (at == std::string::npos) return "";
    const auto begin = body.rfind("href=\"", at) + 6;
    std::string address = body.substr(begin, body.find('"', begin) - begin);
    for (auto found = address.find("&amp;"); found != std::string::npos; found = address.find("&amp;")) address.replace(found, 5, "&");
    return address;
}

TEST_P(TimelinePages, NobodyWritesAndOnlyAuditorsAndAdministratorsRead) {
    auto clerk = signed_in("diem"), auditor = signed_in("auditor");
    for (const auto* path : {"/nhat-ky", "/nhat-ky/kiem-tra"}) {
        EXPECT_EQ(clerk.get(path).status, 403) << path;
        EXPECT_EQ(auditor.get(path).status, 200) << path;
        auditor.get("/nhat-ky");
        EXPECT_EQ(auditor.post(path).status, 405) << path << ": there is nothing to send";
    }
    clerk.get("/tai-khoan");
    EXPECT_EQ(clerk.post("/nhat-ky/xuat", {{"format", "csv"}}).status, 403);
    web::Browser stranger(*dispatcher_);
    stranger.get("/dang-nhap");
    EXPECT_THAT(stranger.post("/nhat-ky/xuat", {{"format", "csv"}}).location, StartsWith("/dang-nhap"));
    EXPECT_EQ(auditor.post("/nhat-ky/xuat", {{"format", "csv"}, {"csrf", "forged"}}).status, 403);
    EXPECT_THAT(lines_of("identity.timeline_exported"), IsEmpty());
}

TEST_P(TimelinePages, FiltersAreCombinedAndStayInTheAddress) {
    add("test.first", {{"name", "", "một"}});
    town().clock().set(town().clock().now().plus_seconds(24 * 3600));
    add("test.second", {{"name", "", "hai"}});
    auto browser = signed_in("auditor");
    const std::string query = "/nhat-ky?event=test.&person=" + to_string(diem_) + "&unit=" + to_string(office_) +
                              "&subject_kind=identity.unit&subject=" + to_string(office_) + "&from=2024-01-16&to=16/01/2024";
    const auto page = browser.get(query).body;
    EXPECT_THAT(page, HasSubstr("hai"));
    EXPECT_THAT(page, Not(HasSubstr(">một<")));
    EXPECT_THAT(page, HasSubstr("Chỉ người: Phan Thị Ngọc Diễm"));
    EXPECT_THAT(page, HasSubstr("value=\"16/01/2024\""));
    EXPECT_EQ(browser.get("/nhat-ky?event=%27%3B&unit=x&subject=-1&below=0&above=abc&from=x").status, 200);
}

TEST_P(TimelinePages, PagesLeadBackAndForthWhileLinesAreAdded) {
    std::vector<std::string> ids;
    for (int i = 0; i < 120; ++i) ids.push_back(to_string(add("test.done")));
    auto browser = signed_in("auditor");
    const auto first = browser.get("/nhat-ky?event=test.").body;
    EXPECT_THAT(first, HasSubstr(ids[70]));
    EXPECT_THAT(first, Not(HasSubstr(ids[69] + "<")));
    add("test.done");
    const auto second = browser.get(link(first, "Cũ hơn")).body;
    EXPECT_THAT(second, HasSubstr(ids[69]));
    EXPECT_THAT(second, HasSubstr(ids[20]));
    EXPECT_THAT(second, Not(HasSubstr(ids[70] + "<")));
    const auto third = browser.get(link(second, "Cũ hơn")).body;
    EXPECT_THAT(third, HasSubstr(ids[0]));
    EXPECT_EQ(link(third, "Cũ hơn"), "");
    EXPECT_THAT(browser.get(link(third, "Mới hơn")).body, HasSubstr(ids[69] + "<"));
    const auto newest = browser.get(link(second, "Mới hơn")).body;
    EXPECT_THAT(newest, HasSubstr(ids[119])) << "the beginning is a whole page again";
}

TEST_P(TimelinePages, TheExportHoldsWhatIsFilteredAndIsALine) {
    add("test.done", {{"name", "", "=1+1"}});
    add("other.done");
    seal();
    auto browser = signed_in("auditor");
    const auto csv = exported(browser, "csv", {{"event", "test."}});
    EXPECT_EQ(csv.status, 200);
    EXPECT_THAT(csv.body, StartsWith("\xEF\xBB\xBFid,at,person,"));
    EXPECT_THAT(csv.body, HasSubstr("\"test.done\""));
    EXPECT_THAT(csv.body, Not(HasSubstr("other.done")));
    EXPECT_THAT(csv.header("Content-Disposition"), HasSubstr("attachment; filename=\"nhat-ky-2024-01-15.csv\""));
    EXPECT_EQ(csv.header("Cache-Control"), "no-store");
    const auto exports = lines_of("identity.timeline_exported");
    ASSERT_EQ(exports.size(), 1U);
    EXPECT_EQ(exports[0].person, auditor_);
    EXPECT_THAT(exports[0].changes, ::testing::Contains(Change{"lines", "", "1"}));
    EXPECT_THAT(exports[0].changes, ::testing::Contains(Change{"event", "", "test."}));
    EXPECT_EQ(browser.post("/nhat-ky/xuat", {{"format", "csv"}}).status, 200) << "again from the same page";
}

TEST_P(TimelinePages, NoCellIsAFormula) {
    town().write(Id{}, [&](Work& work) {
        const Id rogue = create_person(work, {.name = "=HYPERLINK(\"http://x\")", .sign_in_name = "rogue",
                                              .password = testing::weak_hash(kPassword), .unit = office_,
                                              .role = Role::Clerk, .valid_from = day(2024, 1, 1)}).value();
        work.actor = {.person = rogue, .name = "", .system = false, .grants = {}};
        record(work, subject(), "test.done");
    });
    auto browser = signed_in("auditor");
    EXPECT_THAT(exported(browser, "csv").body, HasSubstr(",\"'=HYPERLINK(\"\"http://x\"\")\","));
}

/// As README.md of this library writes the chain down, from nothing but the exported file.
std::string hash_of_block(std::int64_t authority, std::int64_t block, const std::string& previous,
                          const std::map<Id, json::object>& lines) {
    std::string text;
    const auto part = [&](std::string_view each) { text += std::to_string(each.size()) + ":" + std::string(each); };
    part("loa timeline block 1");
    part(std::to_string(authority));
    part(std::to_string(block));
    part(previous);
    for (const auto& [id, line] : lines) {
        part(line.at("id").as_string());
        part(std::to_string(line.at("at_milliseconds").as_int64()));
        const std::string acting_for(line.at("acting_for").as_string());
        part(std::string(line.at("person").as_string()) + (acting_for == "0" ? "" : " for " + acting_for));
        for (const auto* name : {"event", "subject_kind", "subject_authority", "subject", "changes", "personal_digest"})
            part(line.at(name).as_string());
    }
    return sha256(text);
}

TEST_P(TimelinePages, AnAuditorChecksTheChainFromTheExportAlone) {
    add("test.done", {{"name", "", "“một” \\ \"hai\""}}, {{"telephone", "", "0912 345 678"}});
    seal();
    town().write(diem_, [&](Work& work) {
        work.actor.acting_for = auditor_;
        record(work, subject(), "test.again");
    });
    seal();
    auto browser = signed_in("auditor");
    std::map<std::int64_t, std::map<Id, json::object>> blocks;
    const auto body = exported(browser, "jsonl").body;
    for (const auto text : split(body, '\n')) {
        if (text.empty()) continue;
        const auto line = json::parse({text.data(), text.size()}).as_object();
        if (line.at("block").is_null()) continue;
        blocks[line.at("block").as_int64()].emplace(*parse_id(std::string_view(line.at("id").as_string())), line);
    }
    ASSERT_GE(blocks.size(), 2U);
    std::string previous;
    for (const auto& [block, lines] : blocks) {
        const auto& some = lines.begin()->second;
        EXPECT_EQ(std::string(some.at("block_previous_hash").as_string()), previous) << block;
        previous = hash_of_block(town().authority().value, block, previous, lines);
        EXPECT_EQ(std::string(some.at("block_hash").as_string()), previous) << block;
    }
}

TEST_P(TimelinePages, TheCheckTellsTheUnsealedTailAndWhatIsWrong) {
    const Id touched = add("test.done");
    seal();
    add("test.done");
    auto browser = signed_in("auditor");
    const auto whole = browser.get("/nhat-ky/kiem-tra").body;
    EXPECT_THAT(whole, HasSubstr("Nhật ký còn nguyên vẹn"));
    EXPECT_THAT(whole, HasSubstr("Số dòng chưa niêm phong"));
    const auto head = town().read(Id{}, [](Work& work) { return timeline_head(work); });
    EXPECT_THAT(whole, HasSubstr(head.hash));
    const auto with_head = [&](const std::string& hash) {
        return browser.get("/nhat-ky/kiem-tra?block=" + std::to_string(head.block) + "&hash=" + hash).body;
    };
    EXPECT_THAT(with_head(upper(head.hash)), HasSubstr("còn nguyên vẹn"));
    EXPECT_THAT(with_head(std::string(64, 'a')), HasSubstr("phần cuối của nhật ký bị cắt hoặc viết lại"));
    EXPECT_EQ(browser.get("/nhat-ky/kiem-tra?block=-1&hash=%3Cb%3E").status, 200);
    database().script("update identity_timeline_line set at = at + 1 where id = " + to_string(touched));
    EXPECT_THAT(browser.get("/nhat-ky/kiem-tra").body, HasSubstr("không còn khớp mã đã niêm phong"));
}

TEST_P(TimelinePages, ARefusalIsOneLineForPersonRouteAndHour) {
    auto clerk = signed_in("diem");
    for (int i = 0; i < 20; ++i) EXPECT_EQ(clerk.get("/nhat-ky").status, 403);
    EXPECT_EQ(clerk.get("/nguoi-dung").status, 403);
    EXPECT_THAT(lines_of("identity.refused"), IsEmpty()) << "a request that is refused writes nothing";
    write_quiet_acts_down();
    auto lines = lines_of("identity.refused");
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1].person, diem_);
    EXPECT_EQ(lines[1].at, town().clock().now());
    EXPECT_THAT(lines[1].changes, ::testing::ElementsAre(Change{"route", "", "GET /nhat-ky"}));
    clerk.get("/nhat-ky");
    write_quiet_acts_down();
    EXPECT_EQ(lines_of("identity.refused").size(), 2U) << "still the same hour";
    town().clock().set(town().clock().now().plus_seconds(3600));
    clerk.get("/nhat-ky");
    write_quiet_acts_down();
    EXPECT_EQ(lines_of("identity.refused").size(), 3U);
}

TEST_P(TimelinePages, AFormWithoutItsTokenIsNoRefusalOfAPerson) {
    auto clerk = signed_in("diem");
    clerk.get("/tai-khoan");
    EXPECT_EQ(clerk.post("/tai-khoan/thoat-noi-khac", {{"csrf", "forged"}}).status, 403);
    write_quiet_acts_down();
    EXPECT_THAT(lines_of("identity.refused"), IsEmpty());
}

TEST_P(TimelinePages, ReadingPersonalDataIsALine) {
    auto browser = signed_in("auditor");
    browser.get("/nhat-ky?event=test.");
    write_quiet_acts_down();
    EXPECT_THAT(lines_of("identity.personal_read"), IsEmpty()) << "there was none to read";
    add("test.called", {}, {{"telephone", "", "0912 345 678"}});
    EXPECT_THAT(browser.get("/nhat-ky?event=test.").body, HasSubstr("0912 345 678"));
    write_quiet_acts_down();
    ASSERT_EQ(lines_of("identity.personal_read").size(), 1U);
    EXPECT_EQ(lines_of("identity.personal_read")[0].person, auditor_);
}

TEST_P(TimelinePages, WhatIsPersonalIsErasedForGoodAndTheChainStaysWhole) {
    const Id keeper = account("Người Quản Trị", "quan.tri", Role::Administrator);
    const auto as = [&](Id person, const auto& act) {
        town().write(person, [&](Work& work) { ASSERT_TRUE(act(work)) << "as " << to_string(person); });
    };
    as(diem_, [&](Work& work) {
        const auto person = *person_by_id(work, diem_);
        return change_person(work, {.person = diem_, .name = "Phan Thị Thanh Mai", .email = "mai@example.vn", .version = person.version});
    });
    as(town().administrator(), [&](Work& work) {
        return appoint_deputy(work, {.principal = auditor_, .deputy = diem_, .valid_from = work.today(), .last_day = work.today(), .reason = "Nghỉ ốm tại nhà riêng"});
    });
    as(town().administrator(), [&](Work& work) { return hand_over(work, registry_, {.from = auditor_, .to = diem_, .last_day = work.today(), .roles = LeaverRoles::End}); });
    as(diem_, [&](Work& work) {
        const auto person = *person_by_id(work, diem_);
        return change_person(work, {.person = diem_, .name = "Phan Thị Ngọc Diễm", .version = person.version});
    });
    seal();
    constexpr std::string_view kPrivate[] = {"Thanh Mai", "mai@example.vn", "Nghỉ ốm"};
    auto browser = signed_in("quan.tri");
    town().second_factor(keeper);
    const std::string before = browser.get("/nhat-ky").body;
    for (const auto text : kPrivate) EXPECT_THAT(before, HasSubstr(std::string(text)));

    int erased = 0;
    for (const auto* event : {"identity.person_changed", "identity.deputy_", "identity.handed_over"})
        for (const auto& line : lines_of(event)) {
            EXPECT_THAT(line.personal, Not(IsEmpty())) << line.event;
            browser.get("/nhat-ky?event=identity.");
            const auto answer = browser.post("/nhat-ky/" + to_string(line.id) + "/xoa-ca-nhan", {{"ve", "/nhat-ky?event=identity."}});
            EXPECT_EQ(answer.location, "/nhat-ky?event=identity.");
            ++erased;
        }
    ASSERT_EQ(erased, 5);
    seal();
    const std::string page = browser.get("/nhat-ky").body, file = exported(browser, "jsonl").body, table = exported(browser, "csv").body;
    for (const auto text : kPrivate)
        for (const auto& place : {page, file, table}) EXPECT_THAT(place, Not(HasSubstr(std::string(text))));
    EXPECT_THAT(page, HasSubstr("dữ liệu cá nhân của dòng này đã được xóa"));
    EXPECT_THAT(browser.get("/nhat-ky/kiem-tra").body, HasSubstr("Nhật ký còn nguyên vẹn"));
    const auto acts = lines_of("identity.personal_erased");
    ASSERT_EQ(acts.size(), 5U) << "each erasing is a line itself";
    EXPECT_EQ(acts[0].person, keeper);
    EXPECT_EQ(acts[0].subject.kind, "identity.timeline_line");
}

TEST_P(TimelinePages, OnlyAdministratorsEraseAndOnlyWhatIsThere) {
    const Id keeper = account("Người Quản Trị", "quan.tri", Role::Administrator);
    const Id line = add("test.called", {}, {{"telephone", "", "0912 345 678"}}), bare = add("test.done");
    const std::string path = "/nhat-ky/" + to_string(line) + "/xoa-ca-nhan";
    auto clerk = signed_in("diem"), auditor = signed_in("auditor");
    EXPECT_THAT(auditor.get("/nhat-ky").body, Not(HasSubstr("xoa-ca-nhan"))) << "no button for who may not";
    EXPECT_EQ(auditor.post(path).status, 403);
    clerk.get("/tai-khoan");
    EXPECT_EQ(clerk.post(path).status, 403);
    auto browser = signed_in("quan.tri");
    town().second_factor(keeper);
    const auto page = browser.get("/nhat-ky?event=test.").body;
    EXPECT_THAT(page, HasSubstr(path));
    EXPECT_THAT(page, Not(HasSubstr(to_string(bare) + "/xoa-ca-nhan"))) << "nothing personal there";
    EXPECT_EQ(browser.post("/nhat-ky/" + to_string(bare) + "/xoa-ca-nhan").status, 404);
    EXPECT_THAT(lines_of("identity.personal_erased"), IsEmpty());
    EXPECT_EQ(browser.post(path, {{"ve", "//example.org"}}).location, "/nhat-ky") << "never to another site";
    browser.get("/nhat-ky");
    EXPECT_EQ(browser.post(path).status, 404) << "once";
    ASSERT_EQ(lines_of("identity.personal_erased").size(), 1U);
}

TEST_P(TimelinePages, WhatIsDoneToAJobIsALine) {
    registry_.add(jobs::JobKind{.name = "test.fail", .handler = [](Work&, const jobs::Job&) -> Result<> { return conflict("test.changed"); }});
    const Id job = town().write(Id{}, [](Work& work) { return jobs::enqueue(work, "test.fail", "{}"); });
    jobs::run_due_jobs(registry_, services());
    town().write(town().administrator(), [&](Work& work) { ASSERT_TRUE(jobs::discard_job(work, registry_, job)); });
    const auto lines = lines_of("jobs.discarded");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].person, town().administrator());
    EXPECT_EQ(lines[0].subject.id, job);
    EXPECT_THAT(lines[0].changes, ::testing::ElementsAre(Change{"kind", "", "test.fail"}));
}

LOA_ON_BOTH_ENGINES(TimelinePages);

}  // namespace
}  // namespace loa::identity
