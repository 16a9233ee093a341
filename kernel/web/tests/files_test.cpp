// Files on their way in and out of a real server.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "loa/base/secrets.h"
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

constexpr std::size_t kLimit = 100 << 20;
const std::string kCookie = "Cookie: " + std::string(kSessionCookie) + "=person=7\r\n";

/// Bytes that no run length shortens, the same at each call.
std::string noise(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint64_t state = 88172645463325252ULL;
    for (auto& byte : bytes) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        byte = static_cast<char>(state);
    }
    return bytes;
}

struct FilesTest : testing::TestWithParam<Line> {
    House house;
    ServerSettings settings;
    std::unique_ptr<Server> server;
    fs::path folder = fs::temp_directory_path() / ("loa_web_files_" + std::to_string(::getpid()));

    FilesTest() {
        fs::remove_all(folder);
        fs::create_directory(folder);
        settings.port = 0;
        if (GetParam() == Line::Tls) settings.certificate = shared_certificate();
        settings.spool = folder;
        settings.transfer_time = seconds(1);
        house.verbs = "plan.draft";
        for (const auto& [path, access] : {std::pair("/gui", Access::SignedIn), std::pair("/gop-y", Access::Public)}) {
            house.route(Method::Get, path, access, [](const Request&, Work&) {
                return show({"t/public_form", "Tệp", {}});
            });
            Route form;
            form.method = Method::Post;
            form.pattern = path;
            form.access = access;
            form.files_limit = kLimit;
            form.handler = [](const Request& request, Work&) {
                std::string said = request.form.text("ten");
                for (const auto& upload : request.uploads)
                    said += "|" + upload.file_name + " " + std::to_string(upload.bytes().size()) + " " + upload.content->sha256();
                return bytes(said, "text/plain");
            };
            house.registry.add(form);
        }
    }
    ~FilesTest() override {
        if (server) server->stop();
        fs::remove_all(folder);
    }
    Wire connect() {
        if (!server) server = Server::start(house.open(settings), settings);
        return Wire(server->port(), GetParam());
    }
    /// The form's token.
    std::string token() {
        auto wire = connect();
        wire.send("GET /gui HTTP/1.1\r\nHost: loa\r\n" + kCookie + "\r\n");
        const auto page = wire.answer();
        const auto at = page.find("name=\"csrf\" value=\"") + 19;
        return page.substr(at, page.find('"', at) - at);
    }
    static std::string part(const std::string& name, const std::string& text) {
        return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text + "\r\n";
    }
    static std::string form_of(const std::string& csrf, const std::string& file) {
        return part("csrf", csrf) + part("ten", "chào") +
               "--XX\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.bin\"\r\n\r\n" + file + "\r\n--XX--\r\n";
    }
    static std::string head(std::size_t length, const std::string& path = "/gui", const std::string& more = kCookie) {
        return "POST " + path + " HTTP/1.1\r\nHost: loa\r\nContent-Type: multipart/form-data; boundary=XX\r\n" + more +
               "Content-Length: " + std::to_string(length) + "\r\n\r\n";
    }
    std::ptrdiff_t spooled() const { return std::distance(fs::directory_iterator(folder), {}); }
    bool spool_empties() const {
        for (int turn = 0; turn < 500 && spooled() > 0; ++turn) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return spooled() == 0;
    }
};

TEST_P(FilesTest, AFormWithAFileIsReadFromDisk) {
    const auto file = noise(5'000'000);
    const auto body = form_of(token(), file);
    auto wire = connect();
    for (int turn = 0; turn < 2; ++turn) {  // the connection is good for another one
        wire.send(head(body.size()) + body);
        const auto answer = wire.answer();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
        EXPECT_THAT(answer, EndsWith("chào|a.bin 5000000 " + sha256(file)));
    }
    EXPECT_TRUE(spool_empties());
}

TEST_P(FilesTest, AFormInSmallPiecesIsTheSame) {
    const auto body = form_of(token(), "\r\n--X\r\n--XY");
    auto wire = connect();
    wire.send(head(body.size()));
    for (const char byte : body) wire.send(std::string_view(&byte, 1));
    EXPECT_THAT(wire.answer(), EndsWith("chào|a.bin 11 " + sha256("\r\n--X\r\n--XY")));
}

TEST_P(FilesTest, WhoMayNotComeInSendsNothing) {
    auto stranger = connect();
    stranger.send(head(kLimit, "/gui", ""));  // and no byte of the body
    EXPECT_THAT(stranger.answer(), StartsWith("HTTP/1.1 403"));
    auto elsewhere = connect();
    elsewhere.send(head(kLimit, "/gui", kCookie + "Sec-Fetch-Site: cross-site\r\n"));
    EXPECT_THAT(elsewhere.answer(), StartsWith("HTTP/1.1 403"));
    auto large = connect();
    large.send(head(kLimit + 1));
    EXPECT_THAT(large.answer(), StartsWith("HTTP/1.1 413"));
    auto nobody = connect();
    nobody.send(head(9 << 20, "/gop-y", ""));
    EXPECT_THAT(nobody.answer(), StartsWith("HTTP/1.1 413"));
    auto invited = connect();
    invited.send(head(kLimit, "/gui", kCookie + "Expect: 100-continue\r\n"));
    EXPECT_THAT(invited.answer(), StartsWith("HTTP/1.1 100 "));
    EXPECT_EQ(spooled(), 0);
}

TEST_P(FilesTest, AForgedFormLeavesNothing) {
    const auto body = form_of("forged", noise(1'000'000));
    auto wire = connect();
    wire.send(head(body.size()) + body);
    EXPECT_THAT(wire.answer(), StartsWith("HTTP/1.1 403"));
    EXPECT_TRUE(spool_empties());
}

TEST_P(FilesTest, WhatIsCutOffLeavesNothing) {
    const auto body = form_of(token(), noise(3'000'000));
    {
        auto gone = connect();
        gone.send(head(body.size()) + body.substr(0, 2'000'000));
        while (spooled() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    EXPECT_TRUE(spool_empties());
    auto silent = connect();
    silent.send(head(body.size()) + body.substr(0, 2'000'000));
    EXPECT_TRUE(silent.is_closed(seconds(10)));
    EXPECT_TRUE(spool_empties());
}

TEST_P(FilesTest, AFormThatIsNoneIsRefused) {
    const auto csrf = token();
    for (const auto& [body, status] : std::vector<std::pair<std::string, std::string>>{
             {std::string(300'000, 'x'), "400"},
             {form_of(csrf, "x" + std::string(300, 'y')).substr(0, 300), "400"},
             {part("csrf", csrf) + part("ten", std::string(2 << 20, 'x')) + "--XX--\r\n", "413"}}) {
        auto wire = connect();
        wire.send(head(body.size()) + body);
        EXPECT_THAT(wire.answer(), StartsWith("HTTP/1.1 " + status));
    }
    EXPECT_TRUE(spool_empties());
}

TEST_P(FilesTest, ADiskThatRefusesIsSaid) {
    const auto body = form_of(token(), noise(1'000'000));
    fs::rename(folder, folder.string() + "-gone");
    auto wire = connect();
    wire.send(head(body.size()) + body);
    EXPECT_THAT(wire.answer(), StartsWith("HTTP/1.1 503"));
    fs::rename(folder.string() + "-gone", folder);
}

TEST_P(FilesTest, ManyAtOnceStayApart) {
    const auto csrf = token();
    std::vector<std::thread> people;
    std::atomic<int> right{0};
    for (int person = 0; person < 8; ++person)
        people.emplace_back([&, person] {
            const auto file = noise(static_cast<std::size_t>(600'000 + person));
            const auto body = form_of(csrf, file);
            Wire wire(server->port(), GetParam());
            wire.send(head(body.size()) + body);
            right += wire.answer("GET", seconds(30)).ends_with(sha256(file));
        });
    for (auto& person : people) person.join();
    EXPECT_EQ(right, 8);
}

// ---- out ----------------------------------------------------------------------------------------------------

struct SentFilesTest : FilesTest {
    std::string content = noise(3'000'000);
    SentFilesTest() {
        std::ofstream(folder / "to", std::ios::binary) << content;
        house.route(Method::Get, "/to", Access::Public, [this](const Request&, Work&) {
            auto response = file({std::make_shared<const OpenFile>(::open((folder / "to").c_str(), O_RDONLY)), 0, content.size()},
                                 "application/octet-stream");
            response.headers.emplace_back("ETag", "\"dau\"");
            return response;
        });
    }
    std::string get(const std::string& headers, const std::string& method = "GET") {
        auto wire = connect();
        wire.send(method + " /to HTTP/1.1\r\nHost: loa\r\n" + headers + "\r\n");
        return wire.answer(method);
    }
    static std::string body_of(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }
};

TEST_P(SentFilesTest, AWholeFileIsSent) {
    const auto answer = get("Accept-Encoding: gzip, br\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(answer, HasSubstr("Accept-Ranges: bytes\r\n"));
    EXPECT_TRUE(body_of(answer) == content);
    const auto head = get("Range: bytes=0-9\r\n", "HEAD");
    EXPECT_THAT(head, StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(head, HasSubstr("Content-Length: 3000000\r\n"));
    EXPECT_THAT(head, HasSubstr("Accept-Ranges: bytes\r\n"));
    EXPECT_THAT(get("If-None-Match: \"dau\"\r\n"), StartsWith("HTTP/1.1 304"));
}

TEST_P(SentFilesTest, OneRangeIsSent) {
    const struct {
        std::string asked, told;
        std::size_t begin, size;
    } cases[] = {
        {"bytes=0-0", "bytes 0-0/3000000", 0, 1},
        {"bytes=1000000-2999999", "bytes 1000000-2999999/3000000", 1'000'000, 2'000'000},
        {"bytes=2999990-", "bytes 2999990-2999999/3000000", 2'999'990, 10},
        {"bytes=2999990-99999999999999999999999", "bytes 2999990-2999999/3000000", 2'999'990, 10},
        {"bytes=-5", "bytes 2999995-2999999/3000000", 2'999'995, 5},
        {"bytes=-99999999", "bytes 0-2999999/3000000", 0, 3'000'000},
    };
    for (const auto& [asked, told, begin, size] : cases) {
        const auto answer = get("Range: " + asked + "\r\n");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 206 Partial Content")) << asked;
        EXPECT_THAT(answer, HasSubstr("Content-Range: " + told + "\r\n"));
        EXPECT_TRUE(body_of(answer) == content.substr(begin, size)) << asked;
    }
}

TEST_P(SentFilesTest, WhatCantBeCutComesWhole) {
    for (const auto* range : {"bytes=5-4", "bytes=a-b", "bytes=-", "bytes=", "bytes=1", "lines=1-2", "bytes=0-1,5-6", "bytes=--5", "bytes= 0-1"})
        EXPECT_THAT(get(std::string("Range: ") + range + "\r\n").substr(0, 12), "HTTP/1.1 200") << range;
    for (const auto* range : {"bytes=3000000-", "bytes=3000000-3000001", "bytes=-0"}) {
        const auto answer = get(std::string("Range: ") + range + "\r\n");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 416")) << range;
        EXPECT_THAT(answer, HasSubstr("Content-Range: bytes */3000000\r\n"));
        EXPECT_EQ(body_of(answer), "");
    }
    EXPECT_THAT(get("Range: bytes=0-1\r\nIf-Range: \"dau\"\r\n"), StartsWith("HTTP/1.1 206"));
    for (const auto* other : {"\"cu\"", "W/\"dau\"", "Mon, 15 Jan 2024 00:00:00 GMT"})
        EXPECT_THAT(get(std::string("Range: bytes=0-1\r\nIf-Range: ") + other + "\r\n").substr(0, 12), "HTTP/1.1 200");
}

TEST_P(SentFilesTest, AFileThatShrankEndsTheAnswer) {
    connect();
    fs::resize_file(folder / "to", 100'000);
    auto wire = connect();
    wire.send("GET /to HTTP/1.1\r\nHost: loa\r\n\r\n");
    const auto answer = wire.rest();
    EXPECT_THAT(answer, HasSubstr("Content-Length: 3000000"));
    EXPECT_LT(answer.size(), 110'000u);
}

std::string name_of(const testing::TestParamInfo<Line>& line) { return line.param == Line::Tls ? "Tls" : "Plain"; }
INSTANTIATE_TEST_SUITE_P(On, FilesTest, testing::Values(Line::Plain, Line::Tls), name_of);
INSTANTIATE_TEST_SUITE_P(On, SentFilesTest, testing::Values(Line::Plain, Line::Tls), name_of);

}  // namespace
}  // namespace loa::web
