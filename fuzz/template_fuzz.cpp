// Template text of any shape: it is refused or renders, and no value ever comes out unescaped.
#include <cstdint>
#include <string_view>

#include "loa/base/fault.h"
#include "loa/web/templates.h"

namespace {

// Nothing but a value holds this byte, so behind it stands what escaping made of "<".
constexpr char kMark = '\x02';

std::optional<std::string> text(loa::Language language, std::string_view key) {
    if (key == "t.a") return language == loa::Language::English ? "a {x} <b>" : "{x}{y.z}";
    if (key == "t.b") return "{";
    return std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace loa::web;
    static const Assets assets(std::vector<loa::EmbeddedFile>{{"assets/a.css", "x"}});
    std::string file(reinterpret_cast<const char*>(data), size);
    if (file.find(kMark) != file.npos) return 0;
    // A second file behind the first NUL, so that partials meet.
    const auto cut = file.find('\0');
    std::string part = cut == file.npos ? "{{x}}" : file.substr(cut + 1);
    file.resize(std::min(cut, file.size()));
    try {
        const Templates templates(
            {{"t/p", file}, {"t/_q", part}, {"x", "{{x}}"}, {"web/layout_plain", "<{{x}}>{{{body}}}"}}, text,
            assets);
        templates.check();
        const std::string hostile = std::string(1, kMark) + "<{{x}}";
        View view, rows;
        rows.set("x", hostile).set("z", hostile);
        view.set("x", hostile)
            .set("a", std::vector<View>{rows, rows})
            .set("y", rows)
            .flag("b")
            .set("body", hostile)
            .set("icon_svg", hostile);
        const std::string html = templates.render("t/p", "plain", loa::Language::English, view, {});
        for (std::size_t at = html.find(kMark); at != html.npos; at = html.find(kMark, at + 1))
            if (!html.substr(at + 1).starts_with("&lt;{{x}}")) __builtin_trap();
        templates.render_bare("t/_q", loa::Language::Vietnamese, view);
    } catch (const loa::Fault&) {
    }
    return 0;
}
