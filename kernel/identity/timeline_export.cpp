#include "timeline_export.h"

#include <boost/json.hpp>

#include <string_view>

#include "page_parts.h"
#include "timeline_text.h"

namespace loa::identity {

namespace {
namespace json = boost::json;

constexpr std::string_view kHead =
    "id,at,person,person_name,acting_for,acting_for_name,event,event_text,subject_kind,subject_authority,subject,changes,personal,erased,block,"
    "block_hash\r\n";

/// =, +, -, @, tab and CR begin a formula somewhere (OWASP, CSV injection).
std::string cell(std::string_view text) {
    std::string quoted = "\"";
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) quoted += '\'';
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string block_text(const TimelineLine& line) {
    return line.block ? std::to_string(*line.block) : "";
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
}
}  // namespace

std::string timeline_csv(const Work& work, const std::vector<TimelineLine>& lines) {
    std::string file = "\xEF\xBB\xBF";
    file += kHead;
    for (const TimelineLine& line : lines) {
        const std::string cells[] = {to_string(line.id), line.at.iso(), to_string(line.person), line.person_name,
                                     line.acting_for ? to_string(line.acting_for) : "", line.acting_for_name, line.event,
                                     tr(work, line.event), line.subject.kind, to_string(line.subject.authority),
                                     to_string(line.subject.id), line.changes_text,
                                     line.personal.empty() ? "" : text_of(line.personal), line.erased ? "1" : "0",
                                     block_text(line), line.block_hash};
        for (const auto& each : cells) file += cell(each) + ',';
        file.back() = '\r';
        file += '\n';
    }
    return file;
}

std::string timeline_jsonl(const std::vector<TimelineLine>& lines) {
    std::string file;
    for (const TimelineLine& line : lines) {
        json::object object{{"id", to_string(line.id)},
                            {"at", line.at.iso()},
                            {"at_milliseconds", line.at.milliseconds},
                            {"person", to_string(line.person)},
                            {"person_name", line.person_name},
                            {"acting_for", to_string(line.acting_for)},
                            {"acting_for_name", line.acting_for_name},
                            {"event", line.event},
                            {"subject_kind", line.subject.kind},
                            {"subject_authority", to_string(line.subject.authority)},
                            {"subject", to_string(line.subject.id)},
                            {"changes", line.changes_text},
                            {"personal", line.personal.empty() ? json::value() : json::value(text_of(line.personal))},
                            {"personal_digest", line.personal_digest},
                            {"erased", line.erased},
                            {"block", line.block ? json::value(*line.block) : json::value()},
                            {"block_hash", text_or_null(line.block_hash)},
                            {"block_previous_hash", line.block_previous_hash}};
        file += json::serialize(object) + '\n';
    }
    return file;
}

}  // namespace loa::identity
