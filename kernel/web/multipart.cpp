#include <string>

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

/// Adds one part to the form; false when it can't be one.
bool add_part(Form& form, std::string_view head, std::string_view content) {
    const auto disposition = parse_part_head(head);
    if (!disposition) return false;
    auto name = to_nfc(unescaped(disposition->name));
    if (!name || name->find('\0') != std::string::npos) return false;
    if (!disposition->file_name) {
        auto value = to_nfc(content);
        if (!value || value->find('\0') != std::string::npos || form.fields.items().size() == kFormFields)
            return false;
        form.fields.add(*std::move(name), *std::move(value));
        return true;
    }
    auto file_name = clean_file_name(*disposition->file_name);
    if (!file_name) return false;
    if (file_name->empty() && content.empty()) return true;  // nothing was chosen
    if (form.uploads.size() == kFormUploads) return false;
    form.uploads.push_back({*std::move(name), *std::move(file_name), std::string(content)});
    return true;
}

}  // namespace

std::optional<Form> parse_multipart(std::string_view body, std::string_view boundary) {
    const std::string opening = "--" + std::string(boundary);
    const std::string delimiter = "\r\n" + opening;
    if (!body.starts_with(opening)) return std::nullopt;
    body.remove_prefix(opening.size());
    Form form;
    for (;;) {
        if (body.starts_with("--")) return form;
        if (!body.starts_with("\r\n")) return std::nullopt;
        body.remove_prefix(2);
        const auto head_end = body.substr(0, kPartHead).find("\r\n\r\n");
        if (head_end == std::string_view::npos) return std::nullopt;
        const auto content_end = body.find(delimiter, head_end + 2);
        if (content_end == std::string_view::npos) return std::nullopt;
        // The blank line may be the delimiter's own line break: then the content is empty.
        const auto content_begin = std::min(head_end + 4, content_end);
        if (!add_part(form, body.substr(0, head_end),
                      body.substr(content_begin, content_end - content_begin)))
            return std::nullopt;
        body.remove_prefix(content_end + delimiter.size());
    }
}

}  // namespace loa::web
