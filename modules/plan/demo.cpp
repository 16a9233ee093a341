// Demonstration plans: our own writing, for the invented commune, one for each shape that plans come in.
#include "demo.h"

#include <ostream>

#include "actions.h"
#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/formats/read_document.h"
#include "loa/identity/authorities.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/demonstration.h"

namespace loa::plan {

namespace {

constexpr std::string_view kFolder = "modules/plan/data/demo/";

/// The demonstration authority, as a Work of the system.
std::optional<Work> demonstration_work(storage::Transaction& transaction, web::Services& services) {
    Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
    for (const auto& authority : identity::authorities_on(work, work.today()))
        if (authority.demonstration) {
            work.authority = authority.id;
            return work;
        }
    return std::nullopt;
}

Id drafting_unit(Work& work) {
    for (const auto& unit : identity::units_on(work, work.today()))
        if (unit.name == demonstration_drafting_unit()) return unit.id;
    return identity::root_unit(work);
}

void load(const Registry&, web::Services& services, std::ostream&) {
    services.database.write([&](storage::Transaction& transaction) {
        auto work = demonstration_work(transaction, services);
        if (!work) return;
        ship_catalogues(*work);
        AgencyNames names;
        for (const auto& entry : identity::unit_names_on(*work, work->today())) names.add(entry.name);
        for (const auto& file : embedded_files(kFolder)) {
            const std::string name(file.path.substr(kFolder.size()));
            const auto document = formats::read_document(file.bytes, name);
            LOA_CHECK(document);
            ImportPlan input;
            input.reading = read_plan(*document, names);
            input.lines = document->lines;
            input.file_name = name;
            input.drafting_unit = drafting_unit(*work);
            LOA_CHECK(import_plan(*work, input));
        }
    });
}

}  // namespace

std::string demonstration_drafting_unit() {
    const auto* file = embedded_file("modules/plan/data/demo_unit.txt");
    LOA_CHECK(file != nullptr);
    return std::string(trimmed(file->bytes));
}

void join_demonstration(Registry& registry) { registry.add(jobs::Demonstration{10, load}); }

}  // namespace loa::plan
