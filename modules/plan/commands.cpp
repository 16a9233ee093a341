// loa plan text, parse, import.
#include <fstream>
#include <iterator>
#include <ostream>

#include "actions.h"
#include "commands.h"
#include "loa/base/text.h"
#include "loa/formats/read_document.h"
#include "loa/identity/authorities.h"
#include "loa/identity/units.h"
#include "loa/identity/work.h"
#include "loa/jobs/command.h"
#include "loa/media/file.h"
#include "loa/media/store.h"
#include "names.h"
#include "queries.h"

namespace loa::plan {

namespace {

using jobs::Command;
using jobs::Invocation;
using Kind = jobs::Parameter::Kind;

constexpr const char* kFile = "FILE";

int print_text(Invocation& invocation) {
    const auto document = formats::read_document_file(invocation.text(kFile));
    if (!document) return invocation.fail(document.failure());
    int number = 0;
    for (const auto& line : document->lines) {
        ++number;
        if (invocation.flag("--numbers")) invocation.out << number << '\t';
        invocation.out << line << '\n';
    }
    return 0;
}

int print_reading(Invocation& invocation) {
    const auto document = formats::read_document_file(invocation.text(kFile));
    if (!document) return invocation.fail(document.failure());
    invocation.out << to_json(read_plan(*document, AgencyNames{})) << '\n';
    return 0;
}

int import_file(Invocation& invocation) {
    if (invocation.flag("--accept-all") == invocation.flag("--draft")) {
        invocation.errors << "loa: say either --draft or --accept-all\n";
        return jobs::exit_code(Reason::Invalid);
    }
    const auto document = formats::read_document_file(invocation.text(kFile));
    if (!document) return invocation.fail(document.failure());
    if (is_too_long(*document)) return invocation.fail(invalid("file", "plan.text_too_long"));
    const std::string path = invocation.text(kFile), file_name = path.substr(path.rfind('/') + 1);
    std::ifstream stream(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const auto store = media::file_store(invocation.registry);
    const web::Upload upload{"file", file_name, store->spooled(bytes), {}, {}};
    const auto file = media::accept_file(*store, upload, {.largest = kLargestPlanFile});
    if (!file) return invocation.fail(file.failure());
    auto& services = invocation.services();
    std::optional<Failure> failure;
    Id plan;
    // A refusal after the import must leave nothing behind, so it is thrown through the transaction.
    struct Refused {};
    try {
        plan = services.database.write([&](storage::Transaction& transaction) {
            Work work = identity::system_work(transaction, services.ids, services.clock.now(), Id{});
            const auto refuse = [&](const Failure& why) {
                failure = why;
                throw Refused{};
            };
            const auto authority = identity::authority_called(work, invocation.text("--authority"));
            if (!authority) refuse(not_found("plan.no_such_authority"));
            work.authority = authority->id;
            const auto unit = identity::unit_called(work, invocation.text("--unit"));
            if (!unit) refuse(not_found("plan.no_such_unit"));
            ImportPlan input;
            input.reading = read_plan(*document, agency_names(work));
            input.lines = document->lines;
            input.file_name = file_name;
            input.file = *file;
            input.drafting_unit = *unit;
            auto imported = import_plan(work, input);
            if (!imported) refuse(imported.failure());
            if (invocation.flag("--accept-all"))
                if (auto accepted = confirm_all(work, *imported); !accepted) refuse(accepted.failure());
            return *imported;
        });
    } catch (const Refused&) {
        return invocation.fail(*failure);
    }
    invocation.out << to_string(plan) << '\n';
    return 0;
}

}  // namespace

void join_commands(Registry& registry) {
    const jobs::Parameter file{kFile, Kind::Place, "The plan: .docx, .doc, .odt, .rtf, .pdf, .md or .txt", true};
    registry.add(Command{"plan text", "Print the plain text that the reader sees, line by line",
                         "Line N of the output is line N of every `source` that `loa plan parse` prints.",
                         {file, {"--numbers", Kind::Flag, "Put its number before each line"}}, print_text});
    registry.add(Command{"plan parse", "Print what the plan says, as JSON",
                         "One JSON object: document, legal_bases, objectives, requirements, themes, channels, "
                         "activities, duties, budget, reporting, warnings. What the plan does not say is null or empty.",
                         {file}, print_reading});
    registry.add(Command{"plan import", "Import a plan as a draft and print its id",
                         "--draft leaves every item to be confirmed on the review page; --accept-all confirms all as "
                         "read. Names that match no unit stay open either way.",
                         {file,
                          {"--authority", Kind::Option, "Name, short name, place or id of the authority", true},
                          {"--unit", Kind::Option, "The drafting unit; the committee itself when not given"},
                          {"--draft", Kind::Flag, "Leave all to be reviewed"},
                          {"--accept-all", Kind::Flag, "Confirm all as read"}},
                         import_file});
}

}  // namespace loa::plan
