#include "loa/i18n/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <mutex>
#include <set>

#include "loa/base/fault.h"
#include "loa/base/log.h"
#include "loa/base/text.h"

namespace loa::i18n {

namespace {

constexpr std::string_view kCount = "n";

bool is_name_start(char c) { return c >= 'a' && c <= 'z'; }
bool is_name(char c) { return is_name_start(c) || (c >= '0' && c <= '9') || c == '_'; }

/// The length of the placeholder "{name}" that starts at `at`, 0 when none does.
std::size_t placeholder_length(std::string_view text, std::size_t at) {
    if (text[at] != '{' || at + 1 >= text.size() || !is_name_start(text[at + 1])) return 0;
    std::size_t end = at + 1;
    while (end < text.size() && is_name(text[end])) ++end;
    return end < text.size() && text[end] == '}' ? end + 1 - at : 0;
}

bool has_stray_brace(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = placeholder_length(text, at);
        if (length == 0 && (text[at] == '{' || text[at] == '}')) return true;
        at += length == 0 ? 1 : length;
    }
    return false;
}

const std::string* argument(const Arguments& arguments, std::string_view name) {
    const auto found = std::find_if(arguments.begin(), arguments.end(), [&](const auto& a) { return a.first == name; });
    return found == arguments.end() ? nullptr : &found->second;
}

/// One line per mistake and process, however often a page shows it.
void log_once(std::string_view event, std::string_view key, std::string_view name) {
    static std::mutex mutex;
    static std::set<std::string> seen;
    const std::lock_guard lock(mutex);
    if (seen.insert(fmt::format("{} {} {}", event, key, name)).second)
        log(Level::Error, event, {{"key", std::string(key)}, {"name", std::string(name)}});
}

std::string filled(std::string_view key, std::string_view text, const Arguments& arguments) {
    std::string out;
    out.reserve(text.size() + 16);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = placeholder_length(text, at);
        if (length == 0) {
            out += text[at++];
            continue;
        }
        const auto whole = text.substr(at, length);
        const auto name = whole.substr(1, length - 2);
        if (const auto* value = argument(arguments, name)) {
            out += *value;
        } else {
            out += whole;
            log_once("i18n.missing_argument", key, name);
        }
        at += length;
    }
    return out;
}

std::set<std::string> placeholder_set(std::string_view text) {
    const auto names = placeholders(text);
    return {names.begin(), names.end()};
}

void look_at_text(std::vector<std::string>& findings, Language language, const std::string& key,
                  const std::string& text) {
    const auto say = [&](std::string_view what) {
        findings.push_back(fmt::format("{} ({}): {}", key, code(language), what));
    };
    if (trimmed(text).empty()) say("is empty");
    if (to_nfc_lossy(text) != text) say("is not NFC");
    if (has_stray_brace(text)) say("has a brace that belongs to no placeholder");
}

std::string text_of(const EmbeddedFile& file, std::string_view key, const boost::json::value& value) {
    const auto* text = value.if_string();
    if (text == nullptr) throw Fault(fmt::format("{}: {} is not a text", file.path, key));
    return std::string(text->data(), text->size());
}

}  // namespace

Catalogue::Catalogue(const std::vector<EmbeddedFile>& files) {
    for (const auto& file : files) {
        if (file.path.ends_with("i18n/vi.json")) read(file, vietnamese_);
        if (file.path.ends_with("i18n/en.json")) read(file, english_);
    }
}

const Catalogue& Catalogue::embedded() {
    static const Catalogue catalogue(embedded_files("", ".json"));
    return catalogue;
}

void Catalogue::read(const EmbeddedFile& file, Entries& entries) {
    boost::system::error_code error;
    const auto parsed = boost::json::parse({file.bytes.data(), file.bytes.size()}, error);
    if (error || !parsed.is_object()) throw Fault(fmt::format("{} is not a JSON object {}", file.path, error.message()));
    for (const auto& member : parsed.get_object()) {
        const std::string key(member.key().data(), member.key().size());
        Entry entry;
        if (const auto* forms = member.value().if_object()) {
            if (forms->size() != 2 || !forms->contains("one") || !forms->contains("other"))
                throw Fault(fmt::format("{}: {} needs exactly the forms one and other", file.path, key));
            entry.one = text_of(file, key, forms->at("one"));
            entry.other = text_of(file, key, forms->at("other"));
        } else {
            entry.other = text_of(file, key, member.value());
        }
        if (!entries.emplace(key, std::move(entry)).second)
            throw Fault(fmt::format("{}: {} is defined in another file too", file.path, key));
    }
}

const Catalogue::Entries& Catalogue::entries(Language language) const {
    return language == Language::Vietnamese ? vietnamese_ : english_;
}

std::string Catalogue::translate(Language language, std::string_view key, const Arguments& arguments) const {
    const auto& all = entries(language);
    const auto found = all.find(key);
    if (found == all.end()) {
        log_once("i18n.missing_key", key, code(language));
        return std::string(key);
    }
    const auto* count = argument(arguments, kCount);
    const bool one = !found->second.one.empty() && count != nullptr && *count == "1";
    return filled(key, one ? found->second.one : found->second.other, arguments);
}

std::optional<std::string> Catalogue::text(Language language, std::string_view key) const {
    const auto& all = entries(language);
    const auto found = all.find(key);
    if (found == all.end() || !found->second.one.empty()) return std::nullopt;
    return found->second.other;
}

std::vector<std::string> Catalogue::findings() const {
    std::vector<std::string> out;
    for (const auto& key : keys()) {
        const auto vietnamese = vietnamese_.find(key);
        const auto english = english_.find(key);
        if (vietnamese == vietnamese_.end() || english == english_.end()) {
            out.push_back(key + (english == english_.end() ? ": not in English" : ": not in Vietnamese"));
            continue;
        }
        const auto& vi = vietnamese->second;
        const auto& en = english->second;
        look_at_text(out, Language::Vietnamese, key, vi.other);
        look_at_text(out, Language::English, key, en.other);
        const auto names = placeholder_set(vi.other);
        if (names != placeholder_set(en.other)) out.push_back(key + ": the placeholders differ");
        if (!vi.one.empty()) out.push_back(key + " (vi): Vietnamese has no plural");
        if (en.one.empty()) continue;
        look_at_text(out, Language::English, key, en.one);
        if (!names.contains(std::string(kCount))) out.push_back(key + " (en): a plural without {n}");
        const auto few = placeholder_set(en.one);  // "one" may say "an activity" instead of {n}
        if (!std::includes(names.begin(), names.end(), few.begin(), few.end()))
            out.push_back(key + " (en): a placeholder of one is unknown to other");
    }
    return out;
}

std::vector<std::string> Catalogue::keys() const {
    std::set<std::string> all;
    for (const auto* entries : {&vietnamese_, &english_})
        for (const auto& [key, entry] : *entries) all.insert(key);
    return {all.begin(), all.end()};
}

std::string translate(Language language, std::string_view key, const Arguments& arguments) {
    return Catalogue::embedded().translate(language, key, arguments);
}

std::vector<std::string> placeholders(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = placeholder_length(text, at);
        if (length != 0) names.emplace_back(text.substr(at + 1, length - 2));
        at += length == 0 ? 1 : length;
    }
    return names;
}

}  // namespace loa::i18n
