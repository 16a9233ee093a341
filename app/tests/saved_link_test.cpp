// The copy that is kept of what a piece of evidence points to, from a server that is asked for real.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "loa/base/check.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;

/// Answers each who comes with the same bytes, on a port of this machine.
class OnePageServer {
  public:
    explicit OnePageServer(const std::string& bytes)
        : answer_("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(bytes.size()) + "\r\n\r\n" + bytes),
          socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        LOA_CHECK(::bind(socket_, reinterpret_cast<sockaddr*>(&address), length) == 0 && ::listen(socket_, 8) == 0);
        LOA_CHECK(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length) == 0);
        url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/van-ban";
        thread_ = std::thread([this] { answer_each(); });
    }
    ~OnePageServer() {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    OnePageServer(const OnePageServer&) = delete;
    OnePageServer& operator=(const OnePageServer&) = delete;
    const std::string& url() const { return url_; }

  private:
    void answer_each() {
        for (int reader = ::accept(socket_, nullptr, nullptr); reader >= 0; reader = ::accept(socket_, nullptr, nullptr)) {
            char request[4096];
            if (::recv(reader, request, sizeof request, 0) > 0) static_cast<void>(::send(reader, answer_.data(), answer_.size(), MSG_NOSIGNAL));
            ::close(reader);
        }
    }

    std::string answer_, url_;
    int socket_;
    std::thread thread_;
};

/// Evidence is added and the quota moved, so this has a commune of its own.
class SavedLinkTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        commune_ = Commune::on(GetParam());
        if (!commune_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
    }
    web::Browser::Answer page(const std::string& path) { return commune_->sign_in_again("other_unit").get(path); }
    /// The line's page once the job is through.
    std::string page_after(const std::string& url) {
        const auto line = commune_->line();
        const std::string path = "/ke-hoach/" + to_string(commune_->issued()) + "/viec/" + to_string(line.assignment);
        auto browser = commune_->sign_in_again("other_unit");
        browser.get(path);
        const auto sent = browser.post(path + "/minh-chung", {{"version", std::to_string(line.assignment_version)}, {"what", "Bài trên cổng thông tin"},
                                                              {"done_on", "01/04/2026"}, {"link", url}});
        EXPECT_EQ(sent.status, 303) << words_of(sent.body);
        commune_->run_jobs();
        return browser.get(path).body;
    }

    static std::string copy_in(const std::string& line) {
        const auto saved = line.find("Bản chụp</a>");
        return saved == std::string::npos ? "" : line.substr(line.rfind("/tep/", saved), line.rfind('"', saved) - line.rfind("/tep/", saved));
    }

    std::unique_ptr<Commune> commune_;
};

TEST_P(SavedLinkTest, APageIsKeptWithItsTitle) {
    const OnePageServer server("<!doctype html><html><head><title>Phường và xã: tin mới</title></head><body>Nội dung</body></html>");
    const auto line = page_after(server.url());
    ASSERT_THAT(line, HasSubstr("Phường và xã: tin mới"));
    EXPECT_THAT(words_of(line), HasSubstr("Bản chụp"));
    EXPECT_EQ(page(copy_in(line)).status, 200);
}

TEST_P(SavedLinkTest, ADocumentIsKeptAsItsFile) {
    const OnePageServer server("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
    const auto file = page(copy_in(page_after(server.url())));
    EXPECT_EQ(file.status, 200);
    EXPECT_THAT(file.header("Content-Disposition"), HasSubstr("ban-chup-127-0-0-1.pdf"));
}

TEST_P(SavedLinkTest, NothingIsKeptWithoutRoom) {
    commune_->town().write(Id{}, [](Work& work) { work.db.run("media.set_quota", {work.authority, std::int64_t{1}}); });
    const OnePageServer server("<!doctype html><html><body>" + std::string(5000, 'x') + "</body></html>");
    const auto line = page_after(server.url());
    EXPECT_EQ(copy_in(line), "");
    EXPECT_THAT(words_of(line), HasSubstr("không còn đủ chỗ"));
}

LOA_ON_BOTH_ENGINES(SavedLinkTest);

}  // namespace
}  // namespace loa::app
