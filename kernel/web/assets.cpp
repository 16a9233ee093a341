#include "loa/web/assets.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "compression.h"
#include "content_hash.h"

namespace loa::web {

namespace {

constexpr std::array<std::string_view, 2> kRoots{"assets/", "kernel/web/public/"};
constexpr std::string_view kServedAt = "/assets/";

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kTypes{{
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".xml", "application/xml"},
    {".map", "application/json"},
}};

std::string_view content_type_of(std::string_view name) {
    const auto found = std::find_if(kTypes.begin(), kTypes.end(),
                                    [&](const auto& type) { return name.ends_with(type.first); });
    return found == kTypes.end() ? "application/octet-stream" : found->second;
}

/// "assets/officer.css" → "officer.css"; "" for a file that is no asset.
std::string_view asset_name(std::string_view path) {
    for (const auto root : kRoots)
        if (path.starts_with(root)) return path.substr(root.size());
    return {};
}

std::size_t extension_at(std::string_view name) {
    const auto slash = name.rfind('/');
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash) ? name.size()
                                                                                             : dot;
}

/// esbuild's "app-4F3KQ2ZT.js": eight of A–Z and 2–7 after a dash.
bool carries_hash(std::string_view name) {
    const auto stem = name.substr(0, extension_at(name));
    if (stem.size() < 10 || stem[stem.size() - 9] != '-') return false;
    return std::all_of(stem.end() - 8, stem.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); });
}

std::string hashed_address(std::string_view name, std::string_view bytes) {
    std::string address(kServedAt);
    if (carries_hash(name)) return address.append(name);
    const auto dot = extension_at(name);
    return address.append(name.substr(0, dot))
        .append(".")
        .append(content_hash(bytes))
        .append(name.substr(dot));
}

using Files = std::map<std::string_view, std::string_view>;

/// `url(…)` of a style sheet, each handed to `address`; an empty answer leaves it as it is.
template <class Address>
std::string with_addresses(std::string_view sheet, Address address) {
    std::string out;
    for (;;) {
        const auto open = sheet.find("url(");
        const auto close = open == std::string_view::npos ? open : sheet.find(')', open);
        if (close == std::string_view::npos) return out.append(sheet);
        out.append(sheet.substr(0, open + 4));
        auto inner = sheet.substr(open + 4, close - open - 4);
        if (inner.size() >= 2 && (inner.front() == '"' || inner.front() == '\''))
            inner = inner.substr(1, inner.size() - 2);
        const std::string replaced = address(inner);
        out.append(replaced.empty() ? sheet.substr(open + 4, close - open - 4) : std::string_view(replaced));
        sheet.remove_prefix(close);
    }
}

/// The name that a style sheet means by `reference`, from the folder the sheet stands in.
std::string resolved(std::string_view sheet, std::string_view reference) {
    if (reference.starts_with(kServedAt)) return std::string(reference.substr(kServedAt.size()));
    const auto slash = sheet.rfind('/');
    std::string folder(slash == std::string_view::npos ? std::string_view() : sheet.substr(0, slash + 1));
    while (reference.starts_with("./")) reference.remove_prefix(2);
    while (reference.starts_with("../") && !folder.empty()) {
        folder.pop_back();
        folder.erase(folder.rfind('/') + 1);
        reference.remove_prefix(3);
    }
    return folder.append(reference);
}

std::shared_ptr<const std::string> form_of(const Files& files, std::string_view name, std::string_view suffix,
                                           std::string_view bytes, Coding coding) {
    if (bytes.empty()) return nullptr;
    const auto made = files.find(std::string(name).append(suffix));
    if (made != files.end()) return std::make_shared<const std::string>(made->second);
    return is_compressible(content_type_of(name)) ? compressed_if_smaller(bytes, coding, Effort::Once)
                                                  : nullptr;
}

bool is_form(std::string_view name) {
    return name.ends_with(".br") || name.ends_with(".gz");
}

/// Packed as tightly as it goes, which is slow: once, however many dispatchers a process makes.
const Assets& of_program() {
    static const Assets assets(embedded_files(""));
    return assets;
}

}  // namespace

Assets::Assets() : Assets(of_program()) {}

Assets::Assets(const std::vector<EmbeddedFile>& embedded) {
    Files files;
    for (const auto& file : embedded)
        if (const auto name = asset_name(file.path); !name.empty()) files.emplace(name, file.bytes);
    std::map<std::string, std::string, std::less<>> addresses;
    for (const auto& [name, bytes] : files)
        if (!is_form(name)) addresses.emplace(name, hashed_address(name, bytes));
    for (const auto& [name, bytes] : files) {
        if (is_form(name)) continue;
        Asset asset{
            std::string(name), addresses[std::string(name)], std::string(content_type_of(name)), {}, {}, {}};
        std::string text(bytes);
        if (name.ends_with(".css")) {
            text = with_addresses(bytes, [&, sheet = name](std::string_view reference) {
                const auto found = addresses.find(resolved(sheet, reference));
                return found == addresses.end() ? std::string() : found->second;
            });
            // The forms beside it hold the text with the bare names.
            if (text != bytes) {
                asset.address = hashed_address(name, text);
                asset.gzip = compressed_if_smaller(text, Coding::Gzip, Effort::Once);
                asset.brotli = compressed_if_smaller(text, Coding::Brotli, Effort::Once);
            }
        }
        if (text == bytes) {
            asset.gzip = form_of(files, name, ".gz", bytes, Coding::Gzip);
            asset.brotli = form_of(files, name, ".br", bytes, Coding::Brotli);
        }
        asset.plain = std::make_shared<const std::string>(std::move(text));
        assets_.push_back(std::move(asset));
    }
}

const std::string* Assets::address(std::string_view name) const {
    const auto found =
        std::find_if(assets_.begin(), assets_.end(), [&](const auto& asset) { return asset.name == name; });
    return found == assets_.end() ? nullptr : &found->address;
}

const Asset* Assets::at(std::string_view path) const {
    if (!path.starts_with(kServedAt)) return nullptr;
    const auto found = std::find_if(assets_.begin(), assets_.end(), [&](const auto& asset) {
        return asset.address == path || asset.name == path.substr(kServedAt.size());
    });
    return found == assets_.end() ? nullptr : &*found;
}

}  // namespace loa::web
