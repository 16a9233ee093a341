#include "backup_content.h"

#include <boost/json.hpp>

#include <charconv>
#include <utility>

#include "backup_refused.h"
#include "loa/base/text.h"

namespace loa::app {

namespace json = boost::json;

namespace {

constexpr std::string_view kFormat = "loa-backup";
constexpr std::int64_t kVersion = 1;
constexpr std::size_t kDeepest = 6;

json::value parsed(std::string_view text, const std::string& where) {
    json::parse_options options;
    options.max_depth = kDeepest;
    json::error_code error;
    auto value = json::parse({text.data(), text.size()}, error, {}, options);
    if (error) damaged(where);
    return value;
}

/// Reads members of an object; what is not there or of another kind is damage.
class Members {
  public:
    Members(const json::value& value, std::string where) : where_(std::move(where)) {
        if (!value.is_object()) damaged(where_);
        object_ = &value.get_object();
    }
    std::string text(std::string_view name) const {
        const auto& value = member(name);
        if (!value.is_string()) damaged(where_);
        return std::string(std::string_view(value.get_string().data(), value.get_string().size()));
    }
    std::int64_t number(std::string_view name) const {
        const auto digits = text(name);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error != std::errc{} || end != digits.data() + digits.size() || number < 0) damaged(where_);
        return number;
    }
    const json::array& list(std::string_view name) const {
        const auto& value = member(name);
        if (!value.is_array()) damaged(where_);
        return value.get_array();
    }
    Members each(const json::value& value) const { return {value, where_}; }

  private:
    const json::value& member(std::string_view name) const {
        const auto* found = object_->if_contains({name.data(), name.size()});
        if (found == nullptr) damaged(where_);
        return *found;
    }
    std::string where_;
    const json::object* object_ = nullptr;
};

json::string text_value(std::string_view text) { return json::string(text.data(), text.size()); }
json::string number_value(std::int64_t number) { return text_value(std::to_string(number)); }

constexpr std::pair<storage::Engine, std::string_view> kEngines[] = {{storage::Engine::Sqlite, "sqlite"},
                                                                     {storage::Engine::Postgres, "postgres"}};
constexpr std::pair<storage::ColumnType, std::string_view> kTypes[] = {{storage::ColumnType::Number, "number"},
                                                                       {storage::ColumnType::Text, "text"}};
constexpr std::pair<LostFile::Why, std::string_view> kWhys[] = {{LostFile::Why::Missing, "missing"}, {LostFile::Why::Changed, "changed"}};

template <class T, std::size_t n>
json::string word_of(const std::pair<T, std::string_view> (&words)[n], T value) {
    for (const auto& [known, word] : words)
        if (known == value) return text_value(word);
    return {};
}

template <class T, std::size_t n>
T value_of(const std::pair<T, std::string_view> (&words)[n], std::string_view text, const std::string& where) {
    for (const auto& [known, word] : words)
        if (word == text) return known;
    damaged(where);
}

/// Table and column names go into statements, so they are held to what our own migrations call things.
std::string checked_name(std::string name, const std::string& where) {
    if (name.empty() || name.size() > 63 || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos) damaged(where);
    return name;
}

std::string checked_digest(std::string digest, const std::string& where) {
    if (!is_digest(digest)) damaged(where);
    return digest;
}

BackupTable table_from(const Members& members, const std::string& where) {
    BackupTable table{checked_name(members.text("name"), where), {}, members.number("rows")};
    for (const auto& value : members.list("columns")) {
        const auto column = members.each(value);
        table.columns.push_back({checked_name(column.text("name"), where), value_of(kTypes, column.text("type"), where)});
    }
    return table;
}

}  // namespace

bool is_digest(std::string_view text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

std::string manifest_text(const Manifest& manifest) {
    json::array migrations, tables, left_out, heads;
    for (const auto& each : manifest.migrations)
        migrations.push_back(json::object{{"file", text_value(each.file)}, {"sha256", text_value(each.checksum)}});
    for (const auto& table : manifest.tables) {
        json::array columns;
        for (const auto& column : table.columns)
            columns.push_back(json::object{{"name", text_value(column.name)}, {"type", word_of(kTypes, column.type)}});
        tables.push_back(json::object{{"name", text_value(table.name)}, {"rows", number_value(table.rows)}, {"columns", std::move(columns)}});
    }
    for (const auto& name : manifest.left_out) left_out.push_back(text_value(name));
    for (const auto& head : manifest.heads)
        heads.push_back(json::object{{"authority", number_value(head.authority.value)},
                                     {"block", number_value(head.block)},
                                     {"hash", text_value(head.hash)}});
    return json::serialize(json::object{{"format", text_value(kFormat)},
                                        {"version", number_value(kVersion)},
                                        {"program", text_value(manifest.program)},
                                        {"made_at", number_value(manifest.made_at.milliseconds)},
                                        {"engine", word_of(kEngines, manifest.engine)},
                                        {"migrations", std::move(migrations)},
                                        {"tables", std::move(tables)},
                                        {"left_out", std::move(left_out)},
                                        {"files", number_value(manifest.files)},
                                        {"file_bytes", number_value(manifest.file_bytes)},
                                        {"timeline_heads", std::move(heads)},
                                        {"secret", text_value(manifest.secret)}});
}

Manifest manifest_from(std::string_view text) {
    const std::string where = "manifest.json";
    const auto value = parsed(text, where);
    const Members members(value, where);
    if (members.text("format") != kFormat) refuse(invalid("FILE", "app.backup_foreign"));
    if (members.number("version") != kVersion) refuse(invalid("FILE", "app.backup_newer", {{"migration", members.text("program")}}));
    Manifest manifest;
    manifest.program = members.text("program");
    manifest.made_at = {members.number("made_at")};
    manifest.engine = value_of(kEngines, members.text("engine"), where);
    for (const auto& each : members.list("migrations")) {
        const auto migration = members.each(each);
        manifest.migrations.push_back({migration.text("file"), checked_digest(migration.text("sha256"), where)});
    }
    for (const auto& each : members.list("tables")) manifest.tables.push_back(table_from(members.each(each), where));
    for (const auto& each : members.list("left_out")) {
        if (!each.is_string()) damaged(where);
        manifest.left_out.push_back(checked_name(std::string(each.get_string().data(), each.get_string().size()), where));
    }
    manifest.files = members.number("files");
    manifest.file_bytes = members.number("file_bytes");
    for (const auto& each : members.list("timeline_heads")) {
        const auto head = members.each(each);
        manifest.heads.push_back({Id{head.number("authority")}, head.number("block"), checked_digest(head.text("hash"), where)});
    }
    manifest.secret = members.text("secret");
    return manifest;
}

std::string end_text(const BackupEnd& end) {
    json::array digests, lost;
    for (const auto& digest : end.digests) digests.push_back(text_value(digest));
    for (const auto& file : end.lost)
        lost.push_back(json::object{{"sha256", text_value(file.sha256)}, {"name", text_value(file.name)}, {"why", word_of(kWhys, file.why)}});
    return json::serialize(json::object{{"tables", std::move(digests)}, {"lost_files", std::move(lost)}});
}

BackupEnd end_from(std::string_view text) {
    const std::string where = "end.json";
    const auto value = parsed(text, where);
    const Members members(value, where);
    BackupEnd end;
    for (const auto& each : members.list("tables")) {
        if (!each.is_string()) damaged(where);
        end.digests.push_back(checked_digest(std::string(each.get_string().data(), each.get_string().size()), where));
    }
    for (const auto& each : members.list("lost_files")) {
        const auto file = members.each(each);
        end.lost.push_back({checked_digest(file.text("sha256"), where), file.text("name"), value_of(kWhys, file.text("why"), where)});
    }
    return end;
}

std::string row_line(const storage::Values& values) {
    json::array row;
    row.reserve(values.size());
    for (const auto& value : values) {
        if (const auto* number = value.number())
            row.emplace_back(number_value(*number));
        else if (const auto* text = value.text())
            row.emplace_back(text_value(*text));
        else
            row.emplace_back(nullptr);
    }
    return json::serialize(row) + "\n";
}

storage::Values row_from(std::string_view line, const std::vector<storage::Column>& columns, const std::string& where) {
    const auto value = parsed(line, where);
    if (!value.is_array() || value.get_array().size() != columns.size()) damaged(where);
    storage::Values values;
    values.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& cell = value.get_array()[i];
        if (cell.is_null()) {
            values.emplace_back();
            continue;
        }
        if (!cell.is_string()) damaged(where);
        const std::string_view text(cell.get_string().data(), cell.get_string().size());
        if (columns[i].type == storage::ColumnType::Text) {
            if (text.find('\0') != std::string_view::npos || !is_utf8(text)) damaged(where);
            values.emplace_back(text);
            continue;
        }
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || end != text.data() + text.size()) damaged(where);
        values.emplace_back(number);
    }
    return values;
}

}  // namespace loa::app
