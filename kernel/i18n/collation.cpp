#include "loa/i18n/collation.h"

#include <unicode/coll.h>
#include <unicode/unistr.h>

#include <memory>
#include <vector>

#include "loa/base/check.h"

namespace loa::i18n {

namespace {

icu::StringPiece piece(std::string_view text) { return {text.data(), static_cast<int32_t>(text.size())}; }

/// Made once; comparing and making keys are const and safe from many threads.
const icu::Collator& collator() {
    static const std::unique_ptr<const icu::Collator> vietnamese = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale("vi"), status));
        LOA_CHECK(U_SUCCESS(status));
        made->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);
        made->setAttribute(UCOL_NORMALIZATION_MODE, UCOL_ON, status);
        LOA_CHECK(U_SUCCESS(status));
        return made;
    }();
    return *vietnamese;
}

}  // namespace

int compare(std::string_view a, std::string_view b) {
    UErrorCode status = U_ZERO_ERROR;
    const auto result = collator().compareUTF8(piece(a), piece(b), status);
    LOA_CHECK(U_SUCCESS(status));
    return result;
}

std::string sort_key(std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    const auto wide = icu::UnicodeString::fromUTF8(piece(text));
    std::vector<uint8_t> key(text.size() * 3 + 16);
    auto length = collator().getSortKey(wide, key.data(), static_cast<int32_t>(key.size()));
    if (static_cast<std::size_t>(length) > key.size()) {
        key.resize(static_cast<std::size_t>(length));
        length = collator().getSortKey(wide, key.data(), length);
    }
    LOA_CHECK(length > 0);
    std::string out;
    out.reserve(static_cast<std::size_t>(length) * 2);
    for (std::size_t i = 0; i + 1 < static_cast<std::size_t>(length); ++i) {  // the last byte is a zero
        out += kDigits[key[i] >> 4];
        out += kDigits[key[i] & 15];
    }
    return out;
}

}  // namespace loa::i18n
