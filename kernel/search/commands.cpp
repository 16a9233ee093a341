#include "commands.h"

#include <fmt/format.h>

#include <ostream>

#include "loa/identity/authorities.h"
#include "loa/identity/work.h"
#include "loa/jobs/command.h"
#include "loa/search/search.h"
#include "loa/storage/snapshot.h"

namespace loa::search {

namespace {

/// One transaction for each source and authority, so that the others' writes come in between.
int rebuild_all(jobs::Invocation& invocation) {
    auto& services = invocation.services();
    const auto within = [&](Id authority, auto&& what) {
        return services.database.write([&](storage::Transaction& transaction) {
            Work work = identity::system_work(transaction, services.ids, services.clock.now(), authority);
            return what(work);
        });
    };
    for (const auto& authority : within(Id{}, [](Work& work) { return identity::authorities_on(work, work.today()); })) {
        std::int64_t documents = 0;
        for (const auto& source : invocation.registry.all<SearchSource>())
            documents += within(authority.id, [&](Work& work) { return rebuild(work, source); });
        invocation.out << fmt::format("{}: {} documents\n", authority.name, documents);
    }
    return 0;
}

/// Inside the one transaction of a restore.
void rebuild_restored(const Registry& registry, Work& work) {
    for (const auto& authority : identity::authorities_on(work, work.today())) {
        Work own = identity::system_work(work.db, work.ids, work.now, authority.id);
        for (const auto& source : registry.all<SearchSource>()) rebuild(own, source);
    }
}

}  // namespace

void join_commands(Registry& registry) {
    registry.add(storage::LeftOut{"search_document", "made again from the records"});
    registry.add(storage::LeftOut{"search_words", "made again from the records, as each database keeps words"});
    registry.add(storage::LeftOut{"search_filling", "tells of the index, which is made again"});
    registry.add(storage::AfterRestore{"search.rebuild", rebuild_restored});
    registry.add(jobs::Command{"search rebuild", "Fill the search index anew from the records",
                               "For an index that `loa doctor` found damaged, or after rows were changed by hand. The "
                               "program may go on serving meanwhile.",
                               {}, rebuild_all});
}

}  // namespace loa::search
