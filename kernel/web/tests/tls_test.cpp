// What TLS adds to a server: who is let in by which protocol, with which certificate, and what an open line gets. That all
// else is the same as without it, server_test and files_test show.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <thread>
#include <utility>

#include "loa/base/fault.h"
#include "loa/web/server.h"
#include "tests/support/certificate_files.h"
#include "tests/support/house.h"
#include "tests/support/wire.h"

namespace loa::web {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr long kDay = 24 * 3600;

struct Offer {
    int oldest = TLS1_2_VERSION, newest = TLS1_3_VERSION;
    std::string suites = {};     // of TLS 1.2
    std::string protocols = {};  // ALPN, each with its length before it
};
struct Agreed {
    bool done = false;
    std::string error, version, suite, protocol;
    long serial = 0;
};

using ContextPointer = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using TlsPointer = std::unique_ptr<SSL, decltype(&SSL_free)>;

struct TlsTest : testing::Test {
    House house;
    ServerSettings settings;
    std::unique_ptr<Server> server;
    fs::path folder = fs::temp_directory_path() / ("loa_web_tls_" + std::to_string(::getpid()));

    TlsTest() {
        fs::remove_all(folder);
        fs::create_directory(folder);
        settings.port = 0;
        settings.header_time = seconds(1);
        settings.certificate_time = seconds(0);
        settings.certificate = make_certificate(folder, "loa");
        house.assets = {{"assets/a.css", "body { color: #112233; }"}};
        house.route(Method::Get, "/chao", Access::Public, [](const Request& request, Work&) {
            return bytes(request.by_tls ? "kín" : "ngỏ", "text/plain; charset=utf-8");
        });
        house.route(Method::Get, "/mau", Access::Public, [](const Request&, Work&) {
            return show({"t/public_form", "Mẫu", {}});
        });
    }
    ~TlsTest() override {
        if (server) server->stop();
        fs::remove_all(folder);
    }
    std::uint16_t port() {
        if (!server) server = Server::start(house.open(settings), settings);
        return server->port();
    }
    std::string refusal() {
        try {
            Server::start(house.open(settings), settings)->stop();
        } catch (const Fault& fault) {
            return fault.what();
        }
        return {};
    }
    std::string get(const std::string& target) {
        Wire wire(port(), Line::Tls);
        wire.send("GET " + target + " HTTP/1.1\r\nHost: loa\r\n\r\n");
        return wire.answer();
    }
    /// A handshake by OpenSSL's client, which believes this one certificate.
    Agreed shake_hands(const Offer& offer = {}) {
        const ContextPointer context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
        SSL_CTX_set_security_level(context.get(), 0);  // it would refuse itself what the server has to refuse
        SSL_CTX_set_min_proto_version(context.get(), offer.oldest);
        SSL_CTX_set_max_proto_version(context.get(), offer.newest);
        if (!offer.suites.empty()) SSL_CTX_set_cipher_list(context.get(), offer.suites.c_str());
        SSL_CTX_load_verify_file(context.get(), settings.certificate.certificate.c_str());
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
        BIO* bio = BIO_new_connect(("127.0.0.1:" + std::to_string(port())).c_str());
        const TlsPointer tls(SSL_new(context.get()), SSL_free);
        SSL_set1_host(tls.get(), "localhost");
        SSL_set_alpn_protos(tls.get(), reinterpret_cast<const unsigned char*>(offer.protocols.data()),
                            static_cast<unsigned>(offer.protocols.size()));
        SSL_set_bio(tls.get(), bio, bio);
        ERR_clear_error();
        Agreed agreed;
        agreed.done = SSL_connect(tls.get()) == 1;
        if (!agreed.done) {
            const char* reason = ERR_reason_error_string(ERR_peek_error());
            agreed.error = reason ? reason : "closed";
            return agreed;
        }
        agreed.version = SSL_get_version(tls.get());
        agreed.suite = SSL_get_cipher_name(tls.get());
        agreed.serial = ASN1_INTEGER_get(X509_get0_serialNumber(SSL_get0_peer_certificate(tls.get())));
        const unsigned char* chosen = nullptr;
        unsigned length = 0;
        SSL_get0_alpn_selected(tls.get(), &chosen, &length);
        if (length > 0) agreed.protocol.assign(reinterpret_cast<const char*>(chosen), length);
        return agreed;
    }
    void spoil(const fs::path& file) {
        std::ofstream(file) << "nothing of the kind\n";
        fs::last_write_time(file, fs::file_time_type::clock::now());
    }
};

TEST_F(TlsTest, SpeaksWhatIsStrongAndNothingElse) {
    EXPECT_EQ(shake_hands().version, "TLSv1.3");
    EXPECT_EQ(shake_hands({.newest = TLS1_2_VERSION}).version, "TLSv1.2");
    for (const int old : {TLS1_VERSION, TLS1_1_VERSION}) {
        const auto agreed = shake_hands({.oldest = old, .newest = old, .suites = "ALL:@SECLEVEL=0"});
        EXPECT_FALSE(agreed.done);
        EXPECT_EQ(agreed.error, "tlsv1 alert protocol version");
    }
    const auto strong = shake_hands({.newest = TLS1_2_VERSION, .suites = "ECDHE-ECDSA-AES128-GCM-SHA256"});
    EXPECT_EQ(strong.suite, "ECDHE-ECDSA-AES128-GCM-SHA256");
    for (const auto* weak : {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-GCM-SHA256"})
        EXPECT_EQ(shake_hands({.newest = TLS1_2_VERSION, .suites = weak}).error, "sslv3 alert handshake failure") << weak;
}

TEST_F(TlsTest, NamesItsProtocol) {
    EXPECT_EQ(shake_hands({.protocols = "\x02h2\x08http/1.1"}).protocol, "http/1.1");
    EXPECT_EQ(shake_hands().protocol, "");
    EXPECT_EQ(shake_hands({.protocols = "\x02h2"}).error, "tlsv1 alert no application protocol");
}

TEST_F(TlsTest, CookiesAndAddressesStayInside) {
    EXPECT_THAT(get("/chao"), EndsWith("kín"));
    EXPECT_THAT(get("/mau"), HasSubstr("; HttpOnly; SameSite=Lax; Secure\r\n"));
    // Pages, kept pages, assets, refusals: a browser must not come by an open line, whatever it saw first.
    for (const auto* target : {"/mau", "/chao", "/chao", "/assets/a.css", "/healthz", "/none"})
        EXPECT_THAT(get(target), HasSubstr("\r\nStrict-Transport-Security: max-age=31536000\r\n")) << target;
    Wire wire(port(), Line::Tls);
    wire.send("nonsense\r\n\r\n");
    EXPECT_THAT(wire.answer(), HasSubstr("\r\nStrict-Transport-Security: "));
}

TEST_F(TlsTest, AnOpenLineIsToldNothingOfTls) {
    settings.certificate = {};
    Wire wire(port());
    for (const auto* target : {"/mau", "/chao", "/assets/a.css"}) {
        wire.send(std::string("GET ") + target + " HTTP/1.1\r\nHost: loa\r\nX-Forwarded-Proto: https\r\n\r\n");
        const auto answer = wire.answer();
        EXPECT_THAT(answer, Not(HasSubstr("Strict-Transport-Security"))) << target;
        EXPECT_THAT(answer, Not(HasSubstr("; Secure"))) << target;
    }
}

TEST_F(TlsTest, PlainHttpIsLetGo) {
    Wire wire(port());
    wire.send("GET /chao HTTP/1.1\r\nHost: loa\r\n\r\n");
    EXPECT_TRUE(wire.is_closed(seconds(5)));
    EXPECT_THAT(wire.rest(), Not(HasSubstr("HTTP/1.1")));
    EXPECT_THAT(get("/chao"), StartsWith("HTTP/1.1 200"));
}

TEST_F(TlsTest, SlowHandshakesAreCutOffAndCounted) {
    Wire silent(port()), slow(port());
    const auto begin = std::chrono::steady_clock::now();
    while (house.dispatcher->figures().connections < 2) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    const std::string hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
    for (std::size_t i = 0; i < 100 && slow.send(hello.substr(i % hello.size(), 1)); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_TRUE(slow.is_closed(seconds(5)));
    EXPECT_TRUE(silent.is_closed(seconds(5)));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(4));
    while (house.dispatcher->figures().connections > 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

TEST_F(TlsTest, ARenewedCertificateIsTakenUp) {
    Wire before(port(), Line::Tls);
    EXPECT_EQ(shake_hands().serial, 1);
    make_certificate(folder, "loa", 2);
    EXPECT_EQ(shake_hands().serial, 2);
    before.send("GET /chao HTTP/1.1\r\nHost: loa\r\n\r\n");
    EXPECT_THAT(before.answer(), EndsWith("kín")) << "who was there before stays";
}

TEST_F(TlsTest, WhatCannotBeUsedIsNotTakenUp) {
    port();
    const fs::path kept = folder / "kept.pem";
    fs::copy_file(settings.certificate.certificate, kept);
    const auto still_served = [&] {
        const auto renewed = std::exchange(settings.certificate.certificate, kept);  // what the client believes
        const auto agreed = shake_hands();
        settings.certificate.certificate = renewed;
        return agreed.serial == 1;
    };
    make_certificate(folder, "loa", 2, {-2 * kDay, -kDay});
    EXPECT_TRUE(still_served());
    spoil(settings.certificate.certificate);
    EXPECT_TRUE(still_served());
    fs::remove(settings.certificate.certificate);
    EXPECT_TRUE(still_served());
    // The certificate first, its key a moment later.
    const auto next = make_certificate(folder, "next", 3);
    fs::rename(next.certificate, settings.certificate.certificate);
    EXPECT_TRUE(still_served());
    fs::rename(next.key, settings.certificate.key);
    EXPECT_EQ(shake_hands().serial, 3);
}

TEST_F(TlsTest, ALookIsTakenOnceInAWhile) {
    settings.certificate_time = seconds(3600);
    EXPECT_EQ(shake_hands().serial, 1);
    fs::copy_file(settings.certificate.certificate, folder / "kept.pem");
    make_certificate(folder, "loa", 2);
    settings.certificate.certificate = folder / "kept.pem";
    EXPECT_EQ(shake_hands().serial, 1);
}

TEST_F(TlsTest, FilesThatCannotServeAreRefused) {
    const auto good = settings.certificate;
    const auto other = make_certificate(folder, "other");
    EXPECT_EQ(refusal(), "");
    settings.certificate = {good.certificate, {}};
    EXPECT_THAT(refusal(), StartsWith("TLS takes a certificate and its key; name both"));
    settings.certificate = {{}, good.key};
    EXPECT_THAT(refusal(), StartsWith("TLS takes a certificate and its key; name both"));
    settings.certificate = {folder / "none.pem", good.key};
    EXPECT_EQ(refusal(), "the certificate " + (folder / "none.pem").string() +
                             " can't be read (No such file or directory); check its path and who may read it");
    settings.certificate = {good.certificate, folder / "none.key"};
    EXPECT_THAT(refusal(), HasSubstr("none.key can't be read (No such file or directory)"));
    settings.certificate = {good.certificate, other.key};
    EXPECT_EQ(refusal(), "the key " + other.key.string() + " does not belong to the certificate " + good.certificate.string() +
                             "; name the two that were made together");
    settings.certificate = {good.key, good.key};
    EXPECT_THAT(refusal(), HasSubstr("can't be used (no start line); it has to be a file in PEM form"));
    settings.certificate = make_certificate(folder, "old", 1, {-30 * kDay, -kDay});
    EXPECT_THAT(refusal(), testing::MatchesRegex("the certificate .*/old.pem ran out on 20.*Z; renew it"));
    settings.certificate = make_certificate(folder, "future", 1, {kDay, 30 * kDay});
    EXPECT_THAT(refusal(), HasSubstr("is good only from 20"));
}

TEST_F(TlsTest, AKeyWithAPasswordIsRefusedWithoutAsking) {
    const auto locked = folder / "locked.key";
    const std::string command = "openssl pkey -aes256 -passout pass:bi-mat -in " + settings.certificate.key.string() + " -out " + locked.string();
    ASSERT_EQ(std::system(command.c_str()), 0);
    settings.certificate.key = locked;
    EXPECT_THAT(refusal(), HasSubstr("it has to be a file in PEM form without a password"));
}

TEST_F(TlsTest, ANewOneIsAskedForInTime) {
    const Instant now = SystemClock().now();
    const auto end_of = [&](long days) { return check_certificate(make_certificate(folder, "end", 1, {-kDay, days * kDay}), now); };
    EXPECT_TRUE(is_to_be_renewed(end_of(29), now));
    EXPECT_FALSE(is_to_be_renewed(end_of(31), now));
    testing::internal::CaptureStderr();
    make_certificate(folder, "loa", 1, {-kDay, 29 * kDay});
    shake_hands();
    shake_hands();
    server->stop();
    const auto told = testing::internal::GetCapturedStderr();
    EXPECT_THAT(told, HasSubstr("runs out soon; renew it"));
    EXPECT_EQ(told.find("runs out soon"), told.rfind("runs out soon")) << "once a day";
}

}  // namespace
}  // namespace loa::web
