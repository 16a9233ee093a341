// A commune with a draft and an issued plan behind the whole program, and everybody who may come to its door:
// for tests that go through the pages.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "loa/base/registry.h"
#include "loa/identity/testing.h"
#include "loa/storage/database.h"
#include "loa/web/testing.h"

namespace loa::app {

using Form = std::vector<std::pair<std::string, std::string>>;

/// What the addresses and forms of a plan name, as it stands now.
struct PlanRecord {
    Id plan, revision, activity, duty, clause, file;
    std::int64_t plan_version = 0, revision_version = 0, document_version = 0;
    std::int64_t activity_version = 0, kind_version = 0, duty_version = 0, clause_version = 0;
};

/// A line of the issued plan, laid on the other unit, with evidence that it has submitted and nobody
/// confirmed.
struct LineRecord {
    Id assignment, occurrence, evidence, file;
    std::int64_t assignment_version = 0, occurrence_version = 0, evidence_version = 0;
};

/// A task that the other unit has under that line, with an item of its checklist.
struct TaskRecord {
    Id task, item;
    std::int64_t version = 0;
};

class Commune {
  public:
    /// Gives nothing where there is no such database server.
    static std::unique_ptr<Commune> on(storage::Engine engine);
    ~Commune();

    /// Column of routes.tsv → a browser in which that person is signed in; "stranger" is nobody.
    web::Browser& visitor(const std::string& name) { return visitors_.at(name); }
    const std::vector<std::string>& visitor_names() const { return visitor_names_; }
    /// Another session of the visitor; of one who cannot sign in, or has not quite, a copy of the browser.
    web::Browser sign_in_again(const std::string& name);
    /// As visitor(), for somebody whom routes.tsv does not know.
    web::Browser add_person(identity::testing::Town& town, const std::string& name, Id unit,
                            const std::vector<identity::Role>& roles, std::optional<identity::Scope> scope = std::nullopt);
    /// More visitors, for routes.tsv alone: "deputy", "narrowed" and kHalfSignedIn.
    void invite_those_between();
    static constexpr const char* kHalfSignedIn = "half_signed_in";

    Id person(const std::string& visitor) const { return people_.at(visitor); }
    /// As of today.
    void end_memberships(const std::string& name);
    /// She was a clerk there once.
    void add_past_membership(const std::string& name, Id unit);
    void pass_time(std::int64_t seconds);

    storage::Database& database() { return *database_; }
    /// Where the store keeps what was uploaded.
    const std::filesystem::path& files() const { return files_; }
    Registry& registry() { return registry_; }
    web::Dispatcher& dispatcher() { return *dispatcher_; }
    identity::testing::Town& town() { return *town_; }
    /// The other authority.
    identity::testing::Town& elsewhere() { return *elsewhere_; }
    Id drafting_unit() const { return culture_; }
    Id other_unit() const { return economy_; }
    Id third_unit() const { return office_; }
    Id draft() const { return draft_; }
    Id issued() const { return issued_; }
    static std::string draft_title();
    static std::string issued_title();

    PlanRecord record(Id plan);
    LineRecord line();
    TaskRecord task();
    /// A Topic of the authority.
    Id topic();
    Id channel();
    /// Of a PDF that the clerk has brought and nobody has read yet.
    Id waiting_file() const { return waiting_file_; }
    /// A table of what was done that other_unit has brought and nobody has taken over.
    Id progress_import() const { return progress_import_; }
    /// An account that is no visitor's, its membership, and a deputyship of its own.
    Id unused_person() const { return unused_; }
    Id unused_membership() const { return unused_membership_; }
    Id deputyship() const { return deputyship_; }
    Id upload() const { return upload_; }
    /// A draft of work to add to the issued plan.
    Id supplement() const { return supplement_; }
    /// A personal link by which the head of a hamlet answers for it, given by the clerk; where it leads: "/tra-loi/…".
    Id personal_link() const { return personal_link_; }
    const std::string& answer_path() const { return answer_path_; }
    /// A line of the issued plan, laid on that hamlet.
    Id hamlet_line();
    /// Does what waits in the queue.
    void run_jobs();
    /// The clerk's notice that her plan was approved.
    Id notice();
    /// A file that /ke-hoach/nhap would read, or that proves what a unit did.
    static web::SentFile file(const std::string& field);
    static std::string password();

    /// All that a refused form must leave as it is: plans with their words, units, people, files, notices,
    /// and the number of lines in the timelines of both authorities.
    std::string state();
    /// The lines of state() that were not there before; "" when nothing was done.
    std::string changes_since(const std::string& before);

  private:
    explicit Commune(std::unique_ptr<storage::Database> database);
    void open_units();
    void open_door();
    void add_account_nobody_uses();
    void invite(const std::string& name, identity::testing::Town& town, Id unit, identity::Role role);
    Id import_plan(const std::string& text);
    void issue(Id plan);
    void review(Id plan);
    void report();
    void divide_work();
    void give_link();

    std::unique_ptr<storage::Database> database_;
    std::unique_ptr<identity::testing::Town> town_, elsewhere_;
    std::filesystem::path files_;
    Registry registry_;
    std::unique_ptr<web::Dispatcher> dispatcher_;
    Id culture_, economy_, office_, draft_, issued_, waiting_file_, unused_, unused_membership_, deputyship_, upload_, supplement_, progress_import_, hamlet_, personal_link_;
    std::string answer_path_;
    std::map<std::string, web::Browser> visitors_;
    std::map<std::string, Id> people_;
    std::vector<std::string> visitor_names_;
};

/// Sends a form with the token of the last page that the browser saw, or of a new one if that one is no good.
web::Browser::Answer send(web::Browser& browser, const std::string& path, const Form& form,
                          const std::vector<web::SentFile>& uploads = {});
/// The same for a form that must go through: the answer is a redirect. Fault with the page if it is not.
web::Browser::Answer sent(web::Browser& browser, const std::string& path, const Form& form,
                          const std::vector<web::SentFile>& uploads = {});
/// Was the form refused for its token?
bool lacked_token(const web::Browser::Answer& answer);

}  // namespace loa::app
