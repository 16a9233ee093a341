#include "smtp.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "curl.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"
#include "mime.h"

namespace loa::jobs {

namespace {

using Fate = MailAnswer::Fate;

constexpr std::size_t kLongestAnswer = 300;
constexpr std::string_view kHidden = "…";

/// How far the talk has come: a failure means something else at each step.
enum class Step { Agreeing, Envelope, Content, Ended };

struct Talk {
    std::string_view rest;  // of the message
    Step step = Step::Agreeing;
    std::string answer;  // the server's last words, cut
    bool leaving = false;  // QUIT is said; what is answered to that tells nothing
};

std::size_t read_more(char* buffer, std::size_t size, std::size_t count, void* talk_pointer) {
    auto& talk = *static_cast<Talk*>(talk_pointer);
    const auto length = std::min(size * count, talk.rest.size());
    std::memcpy(buffer, talk.rest.data(), length);
    talk.rest.remove_prefix(length);
    // What follows the last byte is the dot, and from there on the server may have taken the mail.
    talk.step = length == 0 ? Step::Ended : Step::Content;
    return length;
}

/// What goes out is looked at for its verb alone: it holds the password.
int listen(CURL*, curl_infotype type, char* bytes, std::size_t length, void* talk_pointer) {
    auto& talk = *static_cast<Talk*>(talk_pointer);
    const std::string_view text(bytes, length);
    if (type == CURLINFO_HEADER_OUT && text.starts_with("MAIL FROM")) talk.step = Step::Envelope;
    if (type == CURLINFO_HEADER_OUT && text.starts_with("QUIT")) talk.leaving = true;
    if (type == CURLINFO_HEADER_IN && !talk.leaving) talk.answer = text.substr(0, kLongestAnswer);
    return 0;
}

/// The password as it stands in a talk: as it is, for AUTH LOGIN, for AUTH PLAIN.
std::array<std::string, 3> secrets_of(const MailSettings& settings) {
    const std::string nul(1, '\0');
    return {settings.password, base64(settings.password), base64(nul + settings.user + nul + settings.password)};
}

/// Without what it may echo of the sign-in.
std::string shown_answer(const Talk& talk, const MailSettings& settings, CURLcode code, const char* own_words) {
    std::string text = to_nfc_lossy(trimmed(talk.answer));
    if (code != CURLE_OK) {
        const std::string own = *own_words != '\0' ? own_words : curl_easy_strerror(code);
        text = text.empty() ? own : fmt::format("{} ({})", text, own);
    }
    if (!settings.password.empty())
        for (const auto& secret : secrets_of(settings)) text = replaced(text, secret, kHidden);
    std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }, ' ');
    return shortened(text, kLongestAnswer);
}

Fate fate_of(const Talk& talk, CURLcode result) {
    if (result == CURLE_OK) return Fate::Sent;
    if (talk.step == Step::Agreeing) return Fate::Later;  // whatever it says, it says it of us, not of this mail
    // A whole answer decides, also behind the dot. 250 or 354 is no refusal: then the connection broke.
    if (talk.answer.starts_with('5')) return Fate::Refused;
    if (talk.answer.starts_with('4')) return Fate::Later;
    return talk.step == Step::Ended ? Fate::Unknown : Fate::Later;
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string address_of_server(const MailSettings& settings) {
    const auto scheme = settings.security == MailSecurity::Tls ? "smtps" : "smtp";
    // Behind the slash stands the name that EHLO tells: the domain that the mail claims to come from.
    const auto domain = settings.sender_address.substr(settings.sender_address.rfind('@') + 1);
    return fmt::format("{}://{}:{}/{}", scheme, settings.host, settings.port, domain);
}

void set_server(CURL* curl, const MailSettings& settings, const SmtpLimits& limits) {
    curl_easy_setopt(curl, CURLOPT_URL, address_of_server(settings).c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");  // whatever the environment says
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connecting.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole.count()));
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(limits.answer.count()));
    const auto use = settings.security == MailSecurity::None ? CURLUSESSL_NONE : CURLUSESSL_ALL;
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(use));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings.certificate_file.empty()) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, settings.certificate_file.c_str());
        curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
    }
    if (settings.user.empty()) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, settings.password.c_str());
}

}  // namespace

MailAnswer send_mail(const MailSettings& settings, const SmtpLimits& limits, const std::string& to, std::string_view message) {
    prepare_curl();
    const std::unique_ptr<CURL, CloseTalk> curl(curl_easy_init());
    const std::unique_ptr<curl_slist, FreeList> recipients(curl_slist_append(nullptr, to.c_str()));
    if (!curl || !recipients) throw Fault("libcurl can't be used");
    Talk talk{.rest = message, .answer = {}};
    std::array<char, CURL_ERROR_SIZE> own_words{};
    set_server(curl.get(), settings, limits);
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, settings.sender_address.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, read_more);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &talk);
    curl_easy_setopt(curl.get(), CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_DEBUGFUNCTION, listen);
    curl_easy_setopt(curl.get(), CURLOPT_DEBUGDATA, &talk);
    curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, own_words.data());
    const auto result = curl_easy_perform(curl.get());
    return {fate_of(talk, result), shown_answer(talk, settings, result, own_words.data())};
}

}  // namespace loa::jobs
