#include "loa/jobs/notices.h"

#include <boost/json.hpp>

#include "letter.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/queue.h"
#include "message_pages.h"
#include "outbox.h"
#include "preferences.h"

namespace loa::jobs {

namespace json = boost::json;

namespace {

constexpr std::int64_t kYear = std::int64_t{365} * 24 * 3600;
constexpr std::int64_t kReadKept = kYear, kUnreadKept = 2 * kYear;
constexpr const char* kForgetNotices = "jobs.forget_notices";

using Args = std::vector<std::pair<std::string, std::string>>;

bool is_own_path(std::string_view path) {
    return path.empty() || (path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\"));
}

/// [["plan", "15/KH-UBND"], …]: pairs, because their order counts.
json::array pairs_of(const Args& args) {
    json::array list;
    for (const auto& [name, text] : args) list.push_back(json::array{name, text});
    return list;
}

/// Where an argument is a sentence of its own: ["reason", {"key": …, "args": […]}].
std::string to_json(const Message& message) {
    auto list = pairs_of(message.args);
    for (const auto& [name, sentence] : message.sentences)
        list.push_back(json::array{name, json::object{{"key", sentence.key}, {"args", pairs_of(sentence.args)}}});
    return json::serialize(list);
}

Args args_in(const json::value& pairs) {
    Args args;
    for (const auto& pair : pairs.as_array())
        if (const auto* text = pair.at(1).if_string()) args.emplace_back(pair.at(0).as_string(), *text);
    return args;
}

void read_args(const std::string& text, Message& message) {
    const auto list = json::parse(text);
    message.args = args_in(list);
    for (const auto& pair : list.as_array())
        if (const auto* sentence = pair.at(1).if_object())
            message.sentences.emplace_back(std::string(pair.at(0).as_string()), Sentence{std::string(sentence->at("key").as_string()), args_in(sentence->at("args"))});
}

}  // namespace

Message message_in(const storage::Row& row) {
    Message message{row.text("key"), {}, row.text("path"), row.text("about"), row.optional_date("deadline")};
    read_args(row.text("args"), message);
    return message;
}

std::string text_of(const Message& message, Language language) {
    auto args = message.args;
    for (const auto& [name, sentence] : message.sentences) args.emplace_back(name, i18n::translate(language, sentence.key, sentence.args));
    return i18n::translate(language, message.key, args);
}

namespace {

Notice notice_from(const storage::Row& row) {
    return {row.id("id"), row.text("kind"), message_in(row), row.instant("created_at"), row.optional_instant("read_at")};
}

}  // namespace

void notify(Work& work, Id person, const MessageKind& kind, const Message& message) {
    notify_all(work, kind, {{person, message}});
}

void notify_all(Work& work, const MessageKind& kind, const std::vector<News>& news) {
    std::vector<Id> people;
    for (const auto& [person, message] : news) {
        LOA_CHECK(person && is_own_path(message.path));
        people.push_back(person);
    }
    const auto ways = ways_to(work, std::move(people), kind);
    std::vector<storage::Values> notices;
    for (const auto& [person, message] : news) {
        const auto& way = ways.at(person);
        const auto [in_bell, mail_time] = way.channels;
        if (!in_bell && mail_time == MailTime::Never) continue;
        storage::Value mail;
        if (mail_time == MailTime::AtOnce) mail = add_mail(work, person, kind.name, way.mail_at);
        notices.push_back({work.authority, work.new_id(), person, kind.name, message.key, to_json(message), message.path,
                           message.about, message.deadline, in_bell ? 1 : 0, code(mail_time), mail, work.now});
    }
    work.db.run_batch("jobs.add_notice", notices);
}

void read_unread_notices_ahead(Work& work) {
    work.db.read_ahead("jobs.unread_notices", {work.authority, work.actor.person});
}

std::int64_t unread_notices(Work& work) {
    return work.db.one("jobs.unread_notices", {work.authority, work.actor.person})->number("unread");
}

std::vector<Notice> notices(Work& work, int limit, int offset) {
    std::vector<Notice> list;
    for (const auto& row : work.db.query("jobs.notices", {work.authority, work.actor.person, limit, offset}))
        list.push_back(notice_from(row));
    return list;
}

Result<Notice> read_notice(Work& work, Id id) {
    const auto row = work.db.one("jobs.read_notice", {work.authority, id, work.actor.person, work.now});
    if (!row) return not_found("jobs.no_notice");
    return notice_from(*row);
}

std::int64_t read_all_notices(Work& work) {
    return work.db.run("jobs.read_all_notices", {work.authority, work.actor.person, work.now});
}

std::int64_t forget_notices(Work& work, int most) {
    return work.db.run("jobs.forget_notices", {work.now.plus_seconds(-kReadKept), work.now.plus_seconds(-kUnreadKept), most});
}

void join_forgetting(Registry& registry) {
    registry.add(JobKind{.name = kForgetNotices, .handler = [](Work& work, const Job& job) {
                             constexpr int kPortion = 5000;
                             if (forget_notices(work, kPortion) == kPortion) enqueue(work, job.kind, "{}", {.unique_key = job.kind});
                             return Result<Done>(Done{});
                         }});
    registry.add(Schedule{.name = kForgetNotices, .job_kind = kForgetNotices, .daily_at = ClockTime{3, 50}});
}

NoticeCounts count_notices(Work& work) {
    return {work.db.one("jobs.count_of_notices", {work.authority})->number("notices"), work.db.one("jobs.count_of_notices_twice", {work.authority})->number("notices")};
}

}  // namespace loa::jobs
