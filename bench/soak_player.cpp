// Loa with one kind of job more, which counts how often each of its jobs was done (bench/soak runs it as servers and
// workers, and kills them). Nothing else is different: `serve` and `work` are those of the program.
//
//     soak_player migrate | fill JOBS | serve | work | report        with LOA_DATABASE, LOA_FILES
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <string>

#include "loa/jobs/queue.h"
#include "loa/storage/migrator.h"
#include "program.h"
#include "serve.h"

namespace {

using namespace loa;

constexpr int kAuthorities = 4;
constexpr int kBatch = 100;  // as an action that assigns a plan to a hundred units

Result<Done> count(Work& work, const jobs::Job& job) {
    work.db.run("soak_probe.count", {work.authority, job.id, job.attempt});
    return Done{};
}

void fill(web::Services& services, int jobs) {
    for (int made = 0; made < jobs; made += kBatch)
        services.database.write([&](storage::Transaction& db) {
            const Id authority{1 + made / kBatch % kAuthorities};
            auto work = jobs::system_work(db, services.ids, services.clock.now(), authority);
            for (int i = made; i < std::min(made + kBatch, jobs); ++i) jobs::enqueue(work, "soak_probe.count", "{}");
        });
}

void report(web::Services& services) {
    services.database.read([&](storage::Transaction& db) {
        const auto queue = jobs::queue_state(db, services.clock.now());
        const auto effects = *db.one("soak_probe.effects");
        std::cout << fmt::format(R"({{"left": {}, "dead": {}, "jobs": {}, "attempts": {}, "doubles": {}}})", queue.waiting + queue.running,
                                 queue.dead, effects.number("jobs"), effects.optional_number("attempts").value_or(0),
                                 effects.number("doubles"))
                  << '\n';
    });
}

int play(const std::string& command, const std::string& argument) {
    const auto config = app::read_config();
    if (command == "migrate") {
        storage::migrate(*storage::Database::open(config.database));
        return 0;
    }
    Registry registry;
    app::join_all(registry, config);
    registry.add(jobs::JobKind{.name = "soak_probe.count", .handler = count});
    if (command == "serve") return app::serve(registry, config, {.listen = "127.0.0.1:0"});
    if (command == "work") return app::work_on_jobs(registry, config);
    app::Installation installation(config);
    if (command == "fill") fill(installation.services(), std::stoi(argument));
    if (command == "report") report(installation.services());
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return play(count > 1 ? arguments[1] : "", count > 2 ? arguments[2] : "");
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
