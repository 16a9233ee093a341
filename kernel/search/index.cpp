#include "loa/base/check.h"
#include "loa/base/text.h"
#include "loa/search/search.h"
#include "dialect.h"
#include "words.h"

namespace loa::search {

namespace {

constexpr std::size_t kLongestBody = 200'000;  // bytes
constexpr std::size_t kBodyGap = 8;            // no phrase reaches from the title into the body
constexpr std::size_t kLastPosition = 16'000;  // tsvector counts to 16,383

std::string_view first_bytes(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while ((static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
    return text.substr(0, most);
}

/// FTS5 counts the words itself; the toned ones simply follow.
std::string for_fts5(const IndexWords& words) { return joined(words.folded, " ") + " " + joined(words.toned, " "); }

/// "'cai':1A 'cach':2A '=cải':1A …"; words hold no quote.
std::string for_tsvector(const IndexWords& words, std::size_t before, char weight) {
    std::string out;
    for (const auto* list : {&words.folded, &words.toned}) {
        std::size_t position = before;
        for (const auto& word : *list) {
            if (++position > kLastPosition) break;
            out += "'" + word + "':" + std::to_string(position) + weight + " ";
        }
    }
    return out;
}

void add_words(Work& work, Id id, const IndexWords& title, const IndexWords& body) {
    if (engine_of(work.db) == storage::Engine::Sqlite)
        work.db.run("search.add_words", {work.authority, id, for_fts5(title), for_fts5(body)});
    else
        work.db.run("search.add_words",
                    {work.authority, id, for_tsvector(title, 0, 'A'),
                     for_tsvector(body, std::max(title.folded.size(), title.toned.size()) + kBodyGap, 'D')});
}

/// ["unit:7","verb:plan.approve"]; readers hold no quote.
std::string to_json(const Visibility& visibility) { return "[\"" + joined(visibility.readers(), "\",\"") + "\"]"; }

}  // namespace

Visibility Visibility::operator|(const Visibility& other) const {
    Visibility both = *this;
    both.readers_.insert(both.readers_.end(), other.readers_.begin(), other.readers_.end());
    return both;
}

void index(Work& work, const SearchDocument& document) {
    LOA_CHECK(document.ref.authority == work.authority && document.ref.id && document.path.starts_with('/'));
    const auto body = first_bytes(document.body, kLongestBody);
    const Id id = work.db
                      .one("search.put_document",
                           {work.authority, work.new_id(), document.ref.kind, document.ref.id, document.kind_label,
                            document.title, body, document.path, to_json(document.visibility), work.now})
                      ->id("id");
    work.db.run("search.remove_words", {work.authority, id});
    add_words(work, id, index_words(document.title), index_words(body));
}

void remove(Work& work, const Ref& ref) {
    if (ref.authority != work.authority) return;
    const auto row = work.db.one("search.document_by_ref", {work.authority, ref.kind, ref.id});
    if (!row) return;
    work.db.run("search.remove_words", {work.authority, row->id("id")});
    work.db.run("search.remove_document", {work.authority, row->id("id")});
}

std::int64_t rebuild(Work& work, const SearchSource& source) {
    for (const auto& kind : source.ref_kinds) {
        work.db.run("search.remove_words_of_kind", {work.authority, kind});
        work.db.run("search.remove_documents_of_kind", {work.authority, kind});
    }
    source.index_all(work);
    for (const auto& kind : source.ref_kinds) work.db.run("search.put_filling", {work.authority, kind, work.now});
    std::int64_t documents = 0;
    for (const auto& kind : source.ref_kinds)
        documents += work.db.one("search.count_documents_of_kind", {work.authority, kind})->number("documents");
    return documents;
}

}  // namespace loa::search
