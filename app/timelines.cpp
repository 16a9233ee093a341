#include "timelines.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <map>
#include <ostream>
#include <set>

#include "loa/base/text.h"
#include "loa/identity/authorities.h"
#include "loa/identity/timeline.h"
#include "loa/identity/work.h"

namespace loa::app {

namespace {

using Heads = std::map<Id, identity::TimelineHead>;

/// Lines of "<authority> <block> <hash>", as `loa timeline head` writes them; nothing for anything else.
std::optional<Heads> heads_in(const std::string& path) {
    std::ifstream file(path);
    if (!file) return std::nullopt;
    Heads heads;
    for (std::string line; std::getline(file, line);) {
        const auto parts = split(trimmed(line), ' ');
        if (parts.size() == 1 && parts[0].empty()) continue;
        std::int64_t block = 0;
        if (parts.size() != 3 || parts[2].size() != 64) return std::nullopt;
        const auto [end, error] = std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), block);
        const auto authority = parse_id(parts[0]);
        if (error != std::errc{} || end != parts[1].data() + parts[1].size() || block <= 0 || (!authority && parts[0] != "0"))
            return std::nullopt;
        heads[authority.value_or(Id{})] = {block, std::string(parts[2])};
    }
    return heads;
}

std::string name_of(const Work& work) {
    if (!work.authority) return "the installation";
    const auto authority = identity::authority_by_id(work, work.authority);
    return authority ? authority->short_name : to_string(work.authority);
}

/// Each authority in a transaction of its own: none holds up the others, nor SQLite's file, for longer than it must.
template <class Step>
void for_each_authority(jobs::Invocation& invocation, std::set<Id> authorities, Step step) {
    auto& services = invocation.services();
    const auto within = [&](Id authority, auto&& what) {
        services.database.read([&](storage::Transaction& transaction) {
            Work work = identity::system_work(transaction, services.ids, services.clock.now(), authority);
            what(work);
        });
    };
    within(Id{}, [&](const Work& work) {
        for (const Id authority : identity::authorities_with_timeline(work)) authorities.insert(authority);
    });
    for (const Id authority : authorities) within(authority, step);
}

int examine_one(jobs::Invocation& invocation, const Work& work, const Heads& heads) {
    const auto kept = heads.find(work.authority);
    const auto verdict = identity::verify_timeline(work, kept == heads.end() ? std::nullopt : std::optional(kept->second));
    auto& out = invocation.out;
    out << fmt::format("timeline of {}: {} lines in {} blocks, {}", name_of(work), verdict.lines, verdict.blocks,
                       verdict.findings.empty() ? "whole" : fmt::format("{} FINDINGS", verdict.findings.size()));
    if (verdict.unsealed > 0)
        out << fmt::format("; {} not sealed yet, since {}", verdict.unsealed, verdict.unsealed_since->iso());
    if (kept != heads.end() && verdict.findings.empty()) out << fmt::format("; holds the kept block {}", kept->second.block);
    out << '\n';
    for (const auto& finding : verdict.findings) {
        out << fmt::format("  {}: block {}", identity::code(finding.kind), finding.block);
        if (finding.line) out << ", line " << to_string(finding.line);
        out << '\n';
    }
    return static_cast<int>(verdict.findings.size());
}

int print_heads(jobs::Invocation& invocation) {
    for_each_authority(invocation, {}, [&](const Work& work) {
        const auto head = identity::timeline_head(work);
        if (head.block > 0) invocation.out << fmt::format("{} {} {}\n", to_string(work.authority), head.block, head.hash);
    });
    return 0;
}

}  // namespace

const jobs::Parameter& head_parameter() {
    static const jobs::Parameter parameter{"--head", jobs::Parameter::Kind::Option,
                                           "A file of `loa timeline head` that was kept: shows a chain whose end was cut off"};
    return parameter;
}

int examine_timelines(jobs::Invocation& invocation) {
    Heads heads;
    if (const auto path = invocation.text(head_parameter().name); !path.empty()) {
        const auto kept = heads_in(path);
        if (!kept) {
            invocation.fail(invalid("head", "app.no_head_file"));
            return 1;
        }
        heads = *kept;
    }
    std::set<Id> named;  // a chain that is gone as a whole is missed too
    for (const auto& [authority, head] : heads) named.insert(authority);
    int findings = 0;
    for_each_authority(invocation, named, [&](const Work& work) { findings += examine_one(invocation, work, heads); });
    return findings;
}

void join_timeline_commands(Registry& registry) {
    registry.add(jobs::Command{"timeline head", "Print the last sealed block of every timeline, to be kept elsewhere",
                               "A line for each authority: its id (0: the installation), the block, its SHA-256. Whoever keeps them where "
                               "the administrators of the database can't write can tell later, by `loa doctor --head FILE`, that nothing was cut "
                               "off or rewritten.",
                               {}, print_heads});
}

}  // namespace loa::app
