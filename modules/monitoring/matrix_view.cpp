#include "matrix_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "line_view.h"
#include "loa/base/text.h"

namespace loa::monitoring {

namespace {

using web::View;

constexpr std::size_t kGapsNamed = 2;
constexpr std::size_t kEmptiest = 2;

/// 0; 1–2; 3–5; 6–11; 12–19; 20 and over.
int level_of(std::int64_t pieces) {
    int level = 0;
    for (const std::int64_t from : {1, 3, 6, 12, 20}) level += pieces >= from ? 1 : 0;
    return level;
}

std::vector<Entry> entries(Work& work, std::string_view statement) {
    std::vector<Entry> entries;
    for (const auto& row : work.db.query(statement, {work.authority, work.today()})) entries.push_back({row.id("id"), row.text("name")});
    return entries;
}

/// What stands behind the sum of a Channel.
std::string path_of_sum(const std::string& channel, const std::string& query) { return "/do-phu/o?hinh-thuc=" + channel + query; }

std::string path_of_cell(const Entry& topic, const Entry& channel, const std::string& query) {
    return fmt::format("/do-phu/o?noi-dung={}&hinh-thuc={}{}", to_string(topic.id), to_string(channel.id), query);
}

/// Where nothing was told: what most activities were planned for comes first, then the Topic and the Channel of which
/// least was told at all.
std::vector<View> emptiest_cells(const Coverage& coverage, const std::vector<Entry>& topics, const std::vector<Entry>& channels, const std::string& query) {
    struct Empty {
        std::int64_t planned, told;
        const Entry *topic, *channel;
    };
    std::vector<Empty> empty;
    for (const auto& topic : topics) {
        std::int64_t of_topic = 0;
        for (const auto& channel : channels) of_topic += coverage.at(topic.id, channel.id).done;
        for (const auto& channel : channels) {
            const Cell cell = coverage.at(topic.id, channel.id);
            if (cell.done == 0) empty.push_back({cell.planned, of_topic + coverage.at(Id{}, channel.id).done, &topic, &channel});
        }
    }
    std::stable_sort(empty.begin(), empty.end(), [](const Empty& a, const Empty& b) {
        return a.planned != b.planned ? a.planned > b.planned : a.told < b.told;
    });
    std::vector<View> views;
    for (std::size_t i = 0; i < std::min(empty.size(), kEmptiest); ++i)
        views.push_back(View().set("name", empty[i].topic->name + ": " + empty[i].channel->name).set("path", path_of_cell(*empty[i].topic, *empty[i].channel, query)));
    return views;
}

View cell_view(Work& work, const Cell& cell, const Entry& topic, const Entry& channel, const std::string& query) {
    View view;
    const bool gap = cell.done == 0 && cell.planned > 0;
    view.set("level", std::to_string(level_of(cell.done))).set("done", cell.done).flag("gap", gap);
    view.set("label", tr(work, gap ? "monitoring.cell_gap" : "monitoring.cell",
                         {{"topic", topic.name}, {"channel", channel.name}, {"n", std::to_string(cell.done)}, {"planned", std::to_string(cell.planned)}}));
    view.set("path", path_of_cell(topic, channel, query));
    return view;
}

}  // namespace

std::vector<Entry> topics(Work& work) { return entries(work, "monitoring.topics"); }
std::vector<Entry> channels(Work& work) { return entries(work, "monitoring.channels"); }

std::vector<formats::SheetTable> matrix_tables(Work& work, const Coverage& coverage) {
    const auto all_topics = topics(work), all_channels = channels(work);
    std::vector<formats::SheetTable> tables;
    struct Sheet {
        const char* name;
        std::int64_t Cell::*figure;
    };
    for (const auto& sheet : {Sheet{"monitoring.sheet_told", &Cell::done}, Sheet{"monitoring.sheet_planned", &Cell::planned}}) {
        formats::SheetTable table{tr(work, sheet.name), {{tr(work, "monitoring.topic"), formats::CellKind::Text, 50}}, {}};
        for (const auto& channel : all_channels) table.columns.push_back({channel.name, formats::CellKind::Number, 16});
        const auto add = [&](const std::string& title, Id topic) {
            std::vector<std::string> row{title};
            for (const auto& channel : all_channels) row.push_back(std::to_string(coverage.at(topic, channel.id).*sheet.figure));
            table.rows.push_back(std::move(row));
        };
        for (const auto& topic : all_topics) add(topic.name, topic.id);
        if (sheet.figure == &Cell::done) add(tr(work, "monitoring.pieces_once"), Id{});
        tables.push_back(std::move(table));
    }
    return tables;
}

View matrix_view(Work& work, const Coverage& coverage, const std::string& query) {
    View view;
    const auto all_topics = topics(work), all_channels = channels(work);
    std::vector<View> columns, rows, totals;
    struct Gaps {
        std::string topic;
        int empty = 0;
    };
    std::vector<Gaps> gaps;
    for (const auto& channel : all_channels) {
        columns.push_back(View().set("name", channel.name));
        const auto done = coverage.at(Id{}, channel.id).done;
        totals.push_back(View().set("done", done).set("path", path_of_sum(to_string(channel.id), query)).set("label", tr(work, "monitoring.cell_sum", {{"channel", channel.name}, {"n", std::to_string(done)}})));
    }
    for (const auto& topic : all_topics) {
        std::vector<View> cells;
        Gaps missing{topic.name};
        for (const auto& channel : all_channels) {
            const Cell cell = coverage.at(topic.id, channel.id);
            missing.empty += cell.done == 0 ? 1 : 0;
            cells.push_back(cell_view(work, cell, topic, channel, query));
        }
        rows.push_back(View().set("name", topic.name).set("cells", std::move(cells)));
        if (missing.empty > 0) gaps.push_back(std::move(missing));
    }
    std::stable_sort(gaps.begin(), gaps.end(), [](const Gaps& a, const Gaps& b) { return a.empty > b.empty; });
    std::vector<std::string> named;
    for (std::size_t i = 0; i < std::min(gaps.size(), kGapsNamed); ++i)
        named.push_back(tr(work, "monitoring.topic_lacks", {{"topic", gaps[i].topic}, {"n", std::to_string(gaps[i].empty)}}));
    view.set("columns", std::move(columns)).set("rows", std::move(rows)).set("totals", std::move(totals));
    view.set("gaps", joined(named, "; ")).flag("no_catalogue", all_topics.empty() || all_channels.empty());
    auto emptiest = emptiest_cells(coverage, all_topics, all_channels, query);
    view.flag("any_empty", !emptiest.empty()).set("emptiest", std::move(emptiest));
    view.set("pieces", coverage.pieces()).set("pieces_path", path_of_sum("", query)).set("unnamed_path", path_of_sum("0", query)).set("unnamed_channel", coverage.at(Id{}, Id{}).done).flag("any_unnamed", coverage.at(Id{}, Id{}).done > 0);
    return view;
}

}  // namespace loa::monitoring
