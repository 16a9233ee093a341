#include "multipart.h"

#include <algorithm>

#include "forms.h"
#include "loa/base/text.h"
#include "path.h"

namespace loa::web {

namespace {

constexpr std::size_t kPartHead = 8 << 10;  // bytes of the headers of one part

struct Disposition {
    std::string_view name;
    std::optional<std::string> file_name;  // decoded, not yet cleaned
};

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

/// What browsers write for a quote and a line break inside a quoted name (HTML standard, multipart encoding).
std::string unescaped(std::string_view name) {
    std::string out = replaced(name, "%22", "\"");
    out = replaced(out, "%0D%0A", " ");
    return replaced(out, "\\\"", "\"");
}

/// `form-data; name="…"; filename="…"`: takes one parameter off the front of `rest`.
struct Parameter {
    std::string name;
    std::string_view value;
};
std::optional<Parameter> next_parameter(std::string_view& rest) {
    while (!rest.empty() && (rest.front() == ';' || rest.front() == ' ' || rest.front() == '\t'))
        rest.remove_prefix(1);
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    Parameter parameter{lower_ascii(trimmed(rest.substr(0, equals))), {}};
    rest.remove_prefix(equals + 1);
    if (rest.starts_with('"')) {
        std::size_t end = 1;
        while (end < rest.size() && (rest[end] != '"' || rest[end - 1] == '\\')) ++end;
        if (end == rest.size()) return std::nullopt;
        parameter.value = rest.substr(1, end - 1);
        rest.remove_prefix(end + 1);
    } else {
        const auto end = std::min(rest.find(';'), rest.size());
        parameter.value = trimmed(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return parameter;
}

std::optional<Disposition> parse_disposition(std::string_view value) {
    const auto kind_end = std::min(value.find(';'), value.size());
    if (lower_ascii(trimmed(value.substr(0, kind_end))) != "form-data") return std::nullopt;
    auto rest = value.substr(kind_end);
    Disposition disposition;
    bool named = false;
    while (auto parameter = next_parameter(rest)) {
        if (parameter->name == "name") {
            disposition.name = parameter->value;
            named = true;
        } else if (parameter->name == "filename" && !disposition.file_name) {
            disposition.file_name = unescaped(parameter->value);
        } else if (parameter->name == "filename*") {
            // RFC 8187: UTF-8''…, and it goes before the plain one.
            const auto mark = parameter->value.find("''");
            if (mark == std::string_view::npos || lower_ascii(parameter->value.substr(0, mark)) != "utf-8")
                return std::nullopt;
            disposition.file_name = percent_decoded(parameter->value.substr(mark + 2));
            if (!disposition.file_name) return std::nullopt;
        }
    }
    if (!named) return std::nullopt;
    return disposition;
}

std::optional<Disposition> parse_part_head(std::string_view head) {
    for (const auto line : split(head, '\n')) {
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && lower_ascii(line.substr(0, colon)) == "content-disposition")
            return parse_disposition(trimmed(line.substr(colon + 1)));
    }
    return std::nullopt;
}

/// Text of a form: UTF-8 in NFC, without NUL.
std::optional<std::string> form_text(std::string_view bytes) {
    auto text = to_nfc(bytes);
    if (text && text->find('\0') != std::string::npos) text.reset();
    return text;
}

}  // namespace

MultipartReader::MultipartReader(std::string_view boundary, Limits limits)
    : delimiter_("\r\n--" + std::string(boundary)), limits_(std::move(limits)) {}

bool MultipartReader::take(std::string_view bytes) {
    if (refusal_ != 0 || state_ == State::Closed) return refusal_ == 0;  // what follows the end counts for nothing
    input_.append(bytes);
    while (refusal_ == 0 && step()) {
    }
    input_.erase(0, at_);
    at_ = 0;
    return refusal_ == 0;
}

std::optional<Form> MultipartReader::finish() {
    if (refusal_ != 0 || state_ != State::Closed) return std::nullopt;
    return std::move(form_);
}

bool MultipartReader::step() {
    switch (state_) {
        case State::Opening: return read_opening();
        case State::BoundaryEnd: return read_boundary_end();
        case State::Head: return read_head();
        case State::Content: return read_content();
        case State::Closed: break;
    }
    return false;
}

bool MultipartReader::refuse(int status) {
    if (refusal_ == 0) refusal_ = status;
    return false;
}

void MultipartReader::count(std::size_t bytes) {
    counted_ += bytes;
    if (counted_ > limits_.fields) refuse(413);
}

bool MultipartReader::read_opening() {
    const auto opening = std::string_view(delimiter_).substr(2);
    const auto rest = std::string_view(input_).substr(at_);
    if (!opening.starts_with(rest.substr(0, opening.size()))) return refuse(400);
    if (rest.size() < opening.size()) return false;
    at_ += opening.size();
    state_ = State::BoundaryEnd;
    return true;
}

bool MultipartReader::read_boundary_end() {
    const auto rest = std::string_view(input_).substr(at_, 2);
    if (rest.size() < 2) return false;
    if (rest != "--" && rest != "\r\n") return refuse(400);
    at_ += 2;
    state_ = rest == "--" ? State::Closed : State::Head;
    return true;
}

bool MultipartReader::read_head() {
    const auto rest = std::string_view(input_).substr(at_);
    const auto end = rest.substr(0, kPartHead).find("\r\n\r\n");
    if (end == std::string_view::npos) return rest.size() < kPartHead ? false : refuse(400);
    count(end);
    begin_part(rest.substr(0, end));
    // The blank line may be the delimiter's own line break: then the content is empty.
    at_ += end + 2;
    lead_ = 2;
    state_ = State::Content;
    return refusal_ == 0;
}

bool MultipartReader::read_content() {
    const auto rest = std::string_view(input_).substr(at_);
    const auto end = rest.find(delimiter_);
    const bool ends = end != std::string_view::npos;
    // Without it, the last bytes may still be the begin of a delimiter.
    const auto sure = ends ? end : rest.size() - std::min(rest.size(), delimiter_.size() - 1);
    if (sure > lead_) {
        add_content(rest.substr(lead_, sure - lead_));
        lead_ = 0;
        at_ += sure;
    } else if (ends) {
        at_ += end;
    }
    if (!ends || refusal_ != 0) return false;
    at_ += delimiter_.size();
    end_part();
    state_ = State::BoundaryEnd;
    return refusal_ == 0;
}

void MultipartReader::begin_part(std::string_view head) {
    part_ = {};
    const auto disposition = parse_part_head(head);
    auto name = disposition ? form_text(unescaped(disposition->name)) : std::nullopt;
    if (!name) return void(refuse(400));
    part_.name = *std::move(name);
    if (!disposition->file_name) return;
    part_.file_name = clean_file_name(*disposition->file_name);
    if (!part_.file_name || (!limits_.spool && !part_.file_name->empty())) refuse(400);
}

void MultipartReader::add_content(std::string_view bytes) {
    if (!part_.file_name) {
        count(bytes.size());
        if (refusal_ == 0) part_.text.append(bytes);
        return;
    }
    if (!limits_.spool || (!part_.file && form_.uploads.size() == kFormUploads)) return void(refuse(400));
    if (!part_.file) part_.file = std::make_shared<SpooledFile>(*limits_.spool);
    part_.file->append(bytes);
}

void MultipartReader::end_part() {
    if (!part_.file_name) {
        auto text = form_text(part_.text);
        if (!text || form_.fields.items().size() == kFormFields) return void(refuse(400));
        form_.fields.add(std::move(part_.name), *std::move(text));
        return;
    }
    if (part_.file_name->empty() && !part_.file) return;  // nothing was chosen
    if (form_.uploads.size() == kFormUploads) return void(refuse(400));
    if (!part_.file) part_.file = std::make_shared<SpooledFile>(*limits_.spool);
    part_.file->complete();
    form_.uploads.push_back({std::move(part_.name), *std::move(part_.file_name), std::move(part_.file), {}, {}});
}

}  // namespace loa::web
