#include <unicode/idna.h>
#include <unicode/unistr.h>

#include <memory>

#include "loa/base/text.h"
#include "loa/jobs/mail.h"

namespace loa::jobs {

namespace {

constexpr std::size_t kLongestAddress = 254;  // RFC 5321, 4.5.3.1.3, less the angle brackets
constexpr std::size_t kLongestLocalPart = 64;

/// dot-atom of RFC 5322, 3.2.3.
bool is_local_part(std::string_view text) {
    constexpr std::string_view special = "!#$%&'*+-/=?^_`{|}~.";
    if (text.empty() || text.size() > kLongestLocalPart || text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    for (const char c : text) {
        const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!alphanumeric && special.find(c) == std::string_view::npos) return false;
    }
    return true;
}

/// By UTS 46 for lookup, with the rules of host names: what it lets through is letters, digits, "-" and ".".
std::optional<std::string> ascii_domain(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(
        UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, status));
    if (U_FAILURE(status)) return std::nullopt;
    std::string ascii;
    icu::StringByteSink<std::string> sink(&ascii);
    icu::IDNAInfo findings;
    idna->nameToASCII_UTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, findings, status);
    if (U_FAILURE(status) || findings.hasErrors()) return std::nullopt;
    const auto dot = ascii.rfind('.');
    if (dot == std::string::npos || dot + 2 > ascii.size() - 1) return std::nullopt;
    // "10.0.0.1" is a host but no domain that takes mail.
    return ascii.find_first_not_of("0123456789", dot + 1) == std::string::npos ? std::nullopt : std::optional(ascii);
}

}  // namespace

std::optional<std::string> mail_address(std::string_view text) {
    if (text.size() > 4 * kLongestAddress || !is_utf8(text)) return std::nullopt;
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || !is_local_part(text.substr(0, at))) return std::nullopt;
    const auto domain = ascii_domain(text.substr(at + 1));
    if (!domain) return std::nullopt;
    auto address = std::string(text.substr(0, at + 1)) + *domain;
    return address.size() > kLongestAddress ? std::nullopt : std::optional(std::move(address));
}

}  // namespace loa::jobs
