// The dispatcher of the program: with everything that is embedded in it.
#include "dispatcher.h"
#include "loa/i18n/catalogue.h"

namespace loa::web {

std::unique_ptr<Dispatcher> make_dispatcher(const Registry& registry, Services services, Hooks hooks,
                                            const ServerSettings& settings) {
    // Once for all dispatchers of a process: reading and packing them takes longer than most tests.
    static const auto assets = std::make_shared<const Assets>(embedded_files(""));
    static const auto templates = std::make_shared<const Templates>(
        Templates::embedded_sources(),
        [](Language language, std::string_view key) { return i18n::Catalogue::embedded().text(language, key); }, *assets);
    DispatcherParts parts;
    parts.assets = assets;
    parts.templates = templates;
    parts.translate = [](Language language, std::string_view key, const i18n::Arguments& arguments) {
        return i18n::translate(language, key, arguments);
    };
    return std::make_unique<LiveDispatcher>(registry, services, std::move(hooks), settings, std::move(parts));
}

}  // namespace loa::web
