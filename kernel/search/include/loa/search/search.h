// One door to full-text search: FTS5 on SQLite, tsvector on PostgreSQL, the same words and order of hits.
// Vietnamese is found with or without marks ("cai cach", "d" for "đ"); who types marks gets exact hits first.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loa/base/ref.h"
#include "loa/base/registry.h"
#include "loa/base/result.h"
#include "loa/storage/work.h"

namespace loa::search {

/// Who may see a hit; the database leaves the others out, so that not even their number shows.
class Visibility {
  public:
    /// Everyone who is signed in with the authority.
    static Visibility authority() { return Visibility("all"); }
    /// Members of the unit, and of the units above it in the tree.
    static Visibility unit(Id unit) { return Visibility("unit:" + to_string(unit)); }
    /// Those who hold a role in this very unit.
    static Visibility members(Id unit) { return Visibility("member:" + to_string(unit)); }
    /// Those who hold the registered verb throughout the authority: "plan.approve".
    static Visibility verb(std::string_view verb) { return Visibility("verb:" + std::string(verb)); }
    /// Those who hold the verb for this unit (may_in_unit); its SearchSource names the verb.
    static Visibility verb_in(std::string_view verb, Id unit) {
        return Visibility("verb:" + std::string(verb) + "@" + to_string(unit)) | Visibility::verb(verb);
    }
    /// Those to whom a SearchSource::readings gives it when they look: for who reads a record by what may change without
    /// the document, such as the office that puts a plan together.
    static Visibility granted(std::string_view what, Id record) {
        return Visibility("granted:" + std::string(what) + "@" + to_string(record));
    }
    /// These, and those too.
    Visibility operator|(const Visibility& other) const;

    /// A word for each kind of reader: "all", "unit:7", "member:7", "verb:plan.approve", "verb:plan.draft@7",
    /// "granted:plan.lines@12".
    const std::vector<std::string>& readers() const { return readers_; }

  private:
    explicit Visibility(std::string reader) : readers_{std::move(reader)} {}
    std::vector<std::string> readers_;
};

struct SearchDocument {
    Ref ref;
    std::string kind_label;  // translation key of what it is: "plan.plan"; hits are grouped by it
    std::string title;
    std::string body;  // plain text; the first 200,000 bytes count
    std::string path;  // where it is shown
    Visibility visibility = Visibility::authority();
};

/// Adds the document, or replaces the one with the same Ref, in the Work's transaction.
void index(Work& work, const SearchDocument& document);
/// Nothing happens when it is not there.
void remove(Work& work, const Ref& ref);

/// A piece of a snippet; the marked ones are what was looked for.
struct SnippetPart {
    std::string text;
    bool marked = false;
};

struct Hit {
    Ref ref;
    std::string kind_label;
    std::string title;
    std::vector<SnippetPart> snippet;
    std::string path;
};

struct Hits {
    std::vector<Hit> hits;
    bool more = false;  // there are hits after these
};

/// For Work::actor in Work::authority; a stranger finds nothing, the system what every verb allows.
/// What a person types: words (all must occur; the last may be unfinished), "quoted phrases", document numbers
/// ("15/KH-UBND"). Any text is allowed; nothing in it is syntax of the database. At most 16 words count.
/// Order: the phrase with its marks, the phrase, the words with their marks, the words close together, the
/// words, the last word unfinished; within each, titles before bodies. No words: no hits. Hits after the first
/// 500 are not shown. `registry` has the verbs.
Hits find(Work& work, const Registry& registry, std::string_view query, int limit = 20, int offset = 0);

/// Lets the index be filled anew: calls index() for every record of its kinds in Work::authority.
struct SearchSource {
    std::vector<std::string> ref_kinds;
    std::function<void(Work&)> index_all;
    std::vector<std::string_view> verbs_in_units = {};  // those of Visibility::verb_in
    /// The Visibility::granted of Work::actor, asked once for each search.
    std::function<std::vector<Visibility>(Work&)> readings = nullptr;
};

/// Empties the index of the source's kinds in Work::authority and lets it be filled; gives the number of
/// documents. One transaction per source keeps the database's writer free in between.
/// What an installation has never filled, because its kinds came with a newer program, the job search.fill fills.
std::int64_t rebuild(Work& work, const SearchSource& source);

/// What people looked for and did not find: next month's topics. Folded text, no person.
struct Miss {
    std::string query;  // folded: "giay phep xay dung"
    std::int64_t count = 0;
};
/// Between the days, inclusive, most frequent first. The latest minute may still be missing.
std::vector<Miss> misses(Work& work, Date from, Date to, int limit = 50);

/// Adds the page /tim-kiem, the jobs that store what was not found and fill what was never filled, and the command
/// `search rebuild`. The registry must outlive the page.
void join(Registry& registry);

}  // namespace loa::search
