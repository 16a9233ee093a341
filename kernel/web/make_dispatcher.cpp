// The dispatcher of the program: with everything that is embedded in it.
#include "dispatcher.h"
#include "loa/i18n/catalogue.h"

namespace loa::web {

std::unique_ptr<Dispatcher> make_dispatcher(const Registry& registry, Services services, Hooks hooks,
                                            const ServerSettings& settings) {
    DispatcherParts parts;
    parts.assets = embedded_files("");
    parts.templates = Templates::embedded_sources();
    parts.text = [](Language language, std::string_view key) {
        return i18n::Catalogue::embedded().text(language, key);
    };
    parts.translate = [](Language language, std::string_view key, const i18n::Arguments& arguments) {
        return i18n::translate(language, key, arguments);
    };
    return std::make_unique<LiveDispatcher>(registry, services, std::move(hooks), settings, std::move(parts));
}

}  // namespace loa::web
