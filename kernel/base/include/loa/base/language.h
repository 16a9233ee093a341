// The two languages of the interface. Documents are Vietnamese whatever the interface speaks.
#pragma once

#include <string_view>

namespace loa {

enum class Language { Vietnamese, English };

/// "vi" or "en", as in <html lang>.
constexpr std::string_view code(Language language) { return language == Language::Vietnamese ? "vi" : "en"; }

}  // namespace loa
