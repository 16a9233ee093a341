#include "loa/web/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "compression.h"
#include "loa/base/fault.h"
#include "loa/web/feed.h"
#include "tests/support/certificate_files.h"
#include "tests/support/house.h"
#include "tests/support/wire.h"

namespace loa::web {
namespace {

using std::chrono::seconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Everything holds on a plain line and by TLS.
struct ServerTest : testing::TestWithParam<Line> {
    House house;
    ServerSettings settings;
    std::unique_ptr<Server> server;
    std::atomic<bool> gate{true};  // closed: "/langsam" waits
    std::atomic<int> in_handler{0};

    ServerTest() {
        settings.port = 0;
        if (GetParam() == Line::Tls) settings.certificate = shared_certificate();
        settings.header_time = seconds(1);
        settings.idle_time = seconds(2);
        settings.transfer_time = seconds(1);
        house.assets = {{"assets/a.css", "body { color: #112233; }"}};
        house.route(Method::Get, "/chao", Access::Public, [](const Request& request, Work&) {
            return bytes("chào " + request.query.text("ten"), "text/plain; charset=utf-8");
        });
        house.route(Method::Get, "/cho", Access::Public, [this](const Request&, Work&) {
            ++in_handler;
            while (!gate) std::this_thread::sleep_for(std::chrono::milliseconds(2));
            return bytes("xong", "text/plain");
        });
        house.route(Method::Get, "/to", Access::Public, [](const Request&, Work&) {
            return bytes(std::string(std::size_t{32} << 20, 'x'), "application/octet-stream");
        });
        Route form;
        form.method = Method::Post;
        form.pattern = "/gui";
        form.access = Access::Public;
        form.body_limit = 200'000;
        form.handler = [](const Request&, Work&) { return bytes("", "text/plain"); };
        house.registry.add(form);
    }
    ~ServerTest() override {
        gate = true;
        if (server) server->stop();
    }
    Wire connect() {
        if (!server) server = Server::start(house.open(settings), settings);
        return Wire(server->port(), GetParam());
    }
    std::string get(const std::string& target, const std::string& headers = {}) {
        auto wire = connect();
        wire.send("GET " + target + " HTTP/1.1\r\nHost: loa\r\n" + headers + "\r\n");
        return wire.answer();
    }
    static std::string post_head(std::size_t length) {
        return "POST /gui HTTP/1.1\r\nHost: loa\r\nContent-Type: text/plain\r\nContent-Length: " +
               std::to_string(length) + "\r\n";
    }
};

TEST_P(ServerTest, AnswersAndKeepsTheConnection) {
    auto wire = connect();
    for (int turn = 0; turn < 3; ++turn) {
        wire.send("GET /chao?ten=b%C3%A0 HTTP/1.1\r\nHost: loa\r\n\r\n");
        const auto answer = wire.answer();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
        EXPECT_THAT(answer, HasSubstr("Date: "));
        EXPECT_THAT(answer, HasSubstr("Connection: keep-alive"));
        EXPECT_THAT(answer, EndsWith("chào bà"));
    }
    wire.send("GET /chao HTTP/1.1\r\nHost: loa\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(wire.rest(), HasSubstr("Connection: close"));
}

TEST_P(ServerTest, AnswersPipelinedRequestsInOrder) {
    auto wire = connect();
    std::string requests;
    for (int turn = 0; turn < 50; ++turn)
        requests += turn % 10 == 0
                        ? "GET /healthz HTTP/1.1\r\nHost: loa\r\n\r\n"
                        : "GET /chao?ten=" + std::to_string(turn) + " HTTP/1.1\r\nHost: loa\r\n\r\n";
    wire.send(requests);
    for (int turn = 0; turn < 50; ++turn)
        EXPECT_THAT(wire.answer(), EndsWith(turn % 10 == 0 ? "ok\n" : "chào " + std::to_string(turn)));
}

TEST_P(ServerTest, AnswersByteByByte) {
    auto wire = connect();
    for (const char c : std::string("GET /chao?ten=x HTTP/1.1\r\nHost: loa\r\n\r\n"))
        wire.send(std::string_view(&c, 1));
    EXPECT_THAT(wire.answer(), EndsWith("chào x"));
}

TEST_P(ServerTest, HeadHasTheLengthAndNoBody) {
    auto wire = connect();
    for (const auto* path : {"/chao?ten=x", "/healthz"}) {
        wire.send(std::string("HEAD ") + path + " HTTP/1.1\r\nHost: loa\r\n\r\n");
        EXPECT_THAT(
            wire.answer("HEAD"),
            HasSubstr(std::string(path) == "/healthz" ? "Content-Length: 3\r\n" : "Content-Length: 7\r\n"));
    }
}

TEST_P(ServerTest, RefusesWhatIsNoRequest) {
    connect();
    for (const auto& [bytes, status] : std::vector<std::pair<std::string, std::string>>{
             {"nonsense\r\n\r\n", "400"},
             {"GET / HTTP/1.1\r\n\r\n", "400"},  // no host
             {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
             {"GET / HTTP/9.9\r\nHost: a\r\n\r\n", "400"},
             {"DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", "405"},
             {"POST /gui HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "411"},
             {"POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "400"},
             {"POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", "400"},
             {"POST /gui HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
              "4"},
             {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", "431"}}) {
        auto wire = connect();
        wire.send(bytes);
        wire.end_sending();
        const auto answer = wire.rest();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + status)) << bytes.substr(0, 60);
        EXPECT_THAT(answer, HasSubstr("\r\nContent-Security-Policy: default-src 'none';")) << bytes.substr(0, 60);
    }
    EXPECT_THAT(get("/chao"), HasSubstr("200 OK"));
}

TEST_P(ServerTest, ReadsABodyAndInvitesIt) {
    auto wire = connect();
    const std::string body(150'000, 'b');
    wire.send(post_head(body.size()) + "\r\n" + body);
    EXPECT_THAT(wire.answer(), StartsWith("HTTP/1.1 403"));  // read to its end, and no form of ours
    wire.send(post_head(body.size()) + "Expect: 100-continue\r\n\r\n");
    EXPECT_THAT(wire.answer(), StartsWith("HTTP/1.1 100 Continue"));
    wire.send(body);
    EXPECT_THAT(wire.answer(), StartsWith("HTTP/1.1 403"));
}

TEST_P(ServerTest, AnswersWhatCameTogetherWithTheEndOfABody) {
    auto wire = connect();
    wire.send(post_head(150'000) + "\r\n" + std::string(150'000, 'b') + "GET /chao?ten=x HTTP/1.1\r\nHost: loa\r\n\r\n");
    EXPECT_THAT(wire.answer(), StartsWith("HTTP/1.1 403"));
    EXPECT_THAT(wire.answer("GET", seconds(1)), EndsWith("chào x"));
}

TEST_P(ServerTest, RefusesABodyThatIsTooLarge) {
    auto wire = connect();
    // All of it is on its way before the answer is read.
    EXPECT_TRUE(wire.send(post_head(1'000'000) + "\r\n" + std::string(1'000'000, 'b')));
    const auto answer = wire.rest();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 413"));
    EXPECT_THAT(answer, HasSubstr("<h1>413"));
    EXPECT_THAT(answer, HasSubstr("Connection: close"));
}

TEST_P(ServerTest, AllBodiesTogetherAreLimited) {
    settings.bodies = 250'000;
    auto first = connect();
    first.send(post_head(200'000) + "\r\n" + std::string(1000, 'x'));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    auto second = connect();
    second.send(post_head(100'000) + "\r\n" + std::string(100'000, 'x'));
    EXPECT_THAT(second.rest(), StartsWith("HTTP/1.1 503"));
    first.send(std::string(199'000, 'x'));
    EXPECT_THAT(first.answer(), StartsWith("HTTP/1.1 403"));
    auto third = connect();
    third.send(post_head(100'000) + "\r\n" + std::string(100'000, 'x'));
    EXPECT_THAT(third.answer(), StartsWith("HTTP/1.1 403"));
}

TEST_P(ServerTest, SlowClientsAreCutOff) {
    auto head = connect();
    auto body = connect();
    auto reader = connect();
    auto silent = connect();
    head.send("GET /chao HTTP/1.1\r\nHost: loa\r\n");
    body.send(post_head(10'000) + "\r\n" + std::string(10, 'x'));
    reader.send("GET /to HTTP/1.1\r\nHost: loa\r\n\r\n");  // and does not read its 32 MiB
    const auto begin = std::chrono::steady_clock::now();
    std::atomic<bool> trickling{true};
    std::thread trickle([&] {
        while (trickling) {
            head.send("X: y\r\n");
            body.send("x");
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    });
    EXPECT_TRUE(head.is_closed(seconds(10)));
    EXPECT_TRUE(body.is_closed(seconds(10)));
    EXPECT_TRUE(silent.is_closed(seconds(10)));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(8));
    trickling = false;
    trickle.join();
    while (house.dispatcher->figures().connections > 0 && std::chrono::steady_clock::now() < begin + seconds(30))
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const auto read = reader.rest();
    EXPECT_THAT(read, StartsWith("HTTP/1.1 200"));
    EXPECT_LT(read.size(), std::size_t{32} << 20);
    EXPECT_TRUE(reader.is_closed(seconds(1)));
    EXPECT_THAT(get("/chao"), HasSubstr("200 OK"));
}

TEST_P(ServerTest, IdleConnectionsEnd) {
    auto wire = connect();
    wire.send("GET /chao HTTP/1.1\r\nHost: loa\r\n\r\n");
    EXPECT_FALSE(wire.answer().empty());
    std::this_thread::sleep_for(std::chrono::milliseconds(1200));  // longer than a head may take, but idle
    wire.send("GET /chao HTTP/1.1\r\nHost: loa\r\n\r\n");
    EXPECT_FALSE(wire.answer().empty());
    EXPECT_TRUE(wire.is_closed(seconds(6)));
}

TEST_P(ServerTest, AFullLineIsRefused) {
    settings.workers = 1;
    settings.waiting = 1;
    gate = false;
    auto working = connect();
    working.send("GET /cho HTTP/1.1\r\nHost: loa\r\n\r\n");
    while (in_handler == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    auto waiting = connect();
    waiting.send("GET /cho HTTP/1.1\r\nHost: loa\r\n\r\n");
    while (house.dispatcher->figures().waiting == 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    auto third = connect();
    third.send("GET /chao HTTP/1.1\r\nHost: loa\r\n\r\n");
    const auto refused = third.answer();
    EXPECT_THAT(refused, StartsWith("HTTP/1.1 503"));
    EXPECT_THAT(refused, HasSubstr("Retry-After: "));
    // What needs no worker still answers, on the same connection too.
    third.send("GET /healthz HTTP/1.1\r\nHost: loa\r\n\r\n");
    EXPECT_THAT(third.answer(), EndsWith("ok\n"));
    gate = true;
    EXPECT_THAT(working.answer(), EndsWith("xong"));
    EXPECT_THAT(waiting.answer(), EndsWith("xong"));
}

TEST_P(ServerTest, HoldsAThousandIdleConnections) {
    settings.idle_time = settings.header_time = seconds(60);
    settings.waiting = 1000;
    std::vector<Wire> wires;
    for (int count = 0; count < 1000; ++count) wires.push_back(connect());
    for (auto& wire : wires) wire.send("GET /healthz HTTP/1.1\r\nHost: loa\r\n\r\n");
    int answered = 0;
    for (auto& wire : wires) answered += wire.answer().ends_with("ok\n");
    EXPECT_EQ(answered, 1000);
    EXPECT_EQ(house.dispatcher->figures().connections, 1000);
    EXPECT_THAT(get("/chao"), HasSubstr("200 OK"));
    // Each is still good for another request.
    for (auto& wire : wires) wire.send("GET /chao HTTP/1.1\r\nHost: loa\r\n\r\n");
    for (auto& wire : wires) answered -= wire.answer().ends_with("chào ");
    EXPECT_EQ(answered, 0);
}

TEST_P(ServerTest, TurnsAwayOneTooMany) {
    settings.connections = 2;
    settings.header_time = seconds(30);
    auto first = connect();
    auto second = connect();
    while (house.dispatcher->figures().connections < 2)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (GetParam() == Line::Tls) {
        EXPECT_THROW(connect(), std::runtime_error);  // nothing can be said before a handshake
    } else {
        auto third = connect();
        EXPECT_THAT(third.rest(), StartsWith("HTTP/1.1 503"));
    }
    first.send("GET /chao HTTP/1.1\r\nHost: loa\r\n\r\n");
    EXPECT_THAT(first.answer(), HasSubstr("200 OK"));
}

TEST_P(ServerTest, StopsWhenRequestsUnderWayAreAnswered) {
    gate = false;
    settings.idle_time = seconds(60);
    auto working = connect();
    auto idle = connect();
    working.send("GET /cho HTTP/1.1\r\nHost: loa\r\n\r\n");
    while (in_handler == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    const auto port = server->port();
    std::thread stopping([&] { server->stop(); });
    EXPECT_TRUE(idle.is_closed(seconds(5)));
    EXPECT_THROW(Wire late(port, GetParam()), std::runtime_error);
    gate = true;
    const auto answer = working.rest();
    EXPECT_THAT(answer, EndsWith("xong"));
    EXPECT_THAT(answer, HasSubstr("Connection: close"));
    stopping.join();
    EXPECT_EQ(house.dispatcher->figures().connections, 0);
}

TEST_P(ServerTest, ManyThreadsShareAPort) {
    settings.io_threads = 3;
    std::vector<Wire> wires;
    for (int count = 0; count < 60; ++count) wires.push_back(connect());
    for (auto& wire : wires) wire.send("GET /chao?ten=x HTTP/1.1\r\nHost: loa\r\n\r\n");
    for (auto& wire : wires) EXPECT_THAT(wire.answer(), EndsWith("chào x"));
}

TEST_P(ServerTest, ServesAssetsForGood) {
    connect();
    const std::string address = *Assets(house.assets).address("a.css");
    const auto answer = get(address);
    EXPECT_THAT(answer, HasSubstr("Cache-Control: public, max-age=31536000, immutable"));
    EXPECT_THAT(answer, HasSubstr("Content-Type: text/css"));
    EXPECT_THAT(answer, EndsWith("#112233; }"));
    const auto etag_at = answer.find("ETag: ") + 6;
    const auto etag = answer.substr(etag_at, answer.find("\r\n", etag_at) - etag_at);
    const auto same = get("/assets/a.css", "If-None-Match: " + etag + "\r\n");
    EXPECT_THAT(same, StartsWith("HTTP/1.1 304"));
    EXPECT_THAT(get("/assets/b.css"), StartsWith("HTTP/1.1 404"));
}

TEST_P(ServerTest, SaysWhereItCannotListen) {
    connect();
    auto taken = settings;
    taken.address = "203.0.113.7";
    EXPECT_THROW(Server::start(*house.dispatcher, taken), Fault);
}

std::string name_of(const testing::TestParamInfo<Line>& line) { return line.param == Line::Tls ? "Tls" : "Plain"; }
TEST_P(ServerTest, TellsOpenPagesThatSomethingChanged) {
    std::atomic<std::int64_t> stamp = 41;
    house.registry.add(ChangeStamp{[&](storage::Transaction&, Id) { return stamp.load(); }});
    house.route(Method::Get, "/su-kien", Access::Public, [](const Request& request, Work&) { return events(Id{7}, request.query.number("tu").value_or(0)); });
    auto wire = connect(), quiet = connect();
    wire.send("GET /su-kien?tu=40 HTTP/1.1\r\nHost: loa\r\nAccept-Encoding: gzip\r\n\r\n");
    quiet.send("GET /su-kien?tu=41 HTTP/1.1\r\nHost: loa\r\n\r\n");
    while (house.dispatcher->figures().connections < 2) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    stamp = 42;
    std::this_thread::sleep_for(std::chrono::milliseconds(2200));  // longer than a request may take
    const auto before = std::chrono::steady_clock::now();
    server->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, seconds(3)) << "who listens does not hold up the end";
    const auto heard = wire.rest();
    EXPECT_THAT(heard, HasSubstr("Content-Type: text/event-stream\r\n"));
    EXPECT_THAT(heard, Not(HasSubstr("Content-Length")));
    EXPECT_THAT(heard, Not(HasSubstr("Content-Encoding")));
    EXPECT_THAT(heard, EndsWith("id: 41\ndata: 41\n\nid: 42\ndata: 42\n\n"));
    EXPECT_THAT(quiet.rest(), EndsWith("\r\n\r\nid: 42\ndata: 42\n\n")) << "nothing new to begin with";
}

INSTANTIATE_TEST_SUITE_P(On, ServerTest, testing::Values(Line::Plain, Line::Tls), name_of);

}  // namespace
}  // namespace loa::web
