#include "loa/jobs/testing.h"
#include "test_places.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace loa::jobs::testing {

namespace fs = std::filesystem;

namespace {

const std::string kSupport = LOA_SOURCE_DIR "/kernel/jobs/tests/support/";  // the app's tests have these servers too

std::string output_of(const std::string& command) {
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error(command);
    std::string text;
    char buffer[4096];
    for (std::size_t n; (n = ::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    if (::pclose(pipe) != 0) throw std::runtime_error(command);
    return text;
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    auto address = loopback(0);
    socklen_t length = sizeof address;
    ::bind(socket, reinterpret_cast<const sockaddr*>(&address), length);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
    ::close(socket);
    return ntohs(address.sin_port);
}

bool answers(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const auto address = loopback(port);
    const bool connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

std::vector<fs::path> files_in(const fs::path& folder, const std::string& ending) {
    std::vector<fs::path> files;
    if (fs::exists(folder))
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.is_regular_file() && (ending.empty() || entry.path().extension() == ending)) files.push_back(entry.path());
    return files;
}

}  // namespace

Folder::Folder() {
    std::string name = (fs::temp_directory_path() / "loa-mail.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

Program::Program(const std::vector<std::string>& arguments) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    process_ = ::fork();
    if (process_ == 0) {
        ::setpgid(0, 0);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
        std::vector<char*> words;
        for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
        words.push_back(nullptr);
        ::execvp(words[0], words.data());
        ::_exit(127);
    }
    ::setpgid(process_, process_);
    ::close(ends[1]);
    output_ = ends[0];
}

Program::~Program() {
    // Politely first: opensmtpd ends its children, which have left the group.
    ::kill(-process_, SIGTERM);
    for (int i = 0; i < 50; ++i) {
        if (::waitpid(process_, nullptr, WNOHANG) != 0) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ::kill(-process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    ::close(output_);
}

std::string Program::line() {
    std::string text;
    for (char c; ::read(output_, &c, 1) == 1 && c != '\n';) text += c;
    return text;
}

Certificate make_certificate(const fs::path& folder) {
    const Certificate made{(folder / "certificate.pem").string(), (folder / "key.pem").string()};
    output_of(fmt::format("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout {} -out {} -days 2 "
                          "-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null",
                          made.key, made.file));
    return made;
}

ReadMail read_mail(const fs::path& file) {
    const auto text = output_of("python3 " + kSupport + "read_mail.py " + file.string());
    ReadMail mail;
    for (std::size_t at = 0; at < text.size();) {
        const auto middle = text.find('\x1f', at), end = text.find('\x1e', at);
        mail[text.substr(at, middle - at)] = text.substr(middle + 1, end - middle - 1);
        at = end + 1;
    }
    return mail;
}

ReadMail read_mail_bytes(const std::string& bytes) {
    const Folder folder;
    const auto file = folder.path() / "mail";
    std::ofstream(file, std::ios::binary) << bytes;
    return read_mail(file);
}

SmtpServer::SmtpServer(const std::string& behaviour, const std::string& security) {
    std::vector<std::string> arguments{"python3", kSupport + "smtp_server.py", folder_.path().string(), behaviour, security};
    if (security != "none") {
        certificate_ = make_certificate(folder_.path());
        arguments.insert(arguments.end(), {certificate_.file, certificate_.key});
    }
    program_ = std::make_unique<Program>(arguments);
    port_ = std::stoi(program_->line());
}

std::size_t SmtpServer::count() const { return files_in(folder_.path(), ".mail").size(); }

std::vector<ReadMail> SmtpServer::mails() const {
    std::vector<ReadMail> mails;
    for (std::size_t n = 1; n <= count(); ++n) {
        std::ifstream file(folder_.path() / (std::to_string(n) + ".mail"), std::ios::binary);
        std::string sender, receiver;
        std::getline(file, sender);
        std::getline(file, receiver);
        auto mail = read_mail_bytes({std::istreambuf_iterator<char>(file), {}});
        mail["envelope_from"] = sender;
        mail["envelope_to"] = receiver;
        mails.push_back(std::move(mail));
    }
    return mails;
}

std::unique_ptr<OpenSmtpd> OpenSmtpd::start(std::string& why) {
    if (::access("/usr/sbin/smtpd", X_OK) != 0) why = "opensmtpd is not installed; run tools/setup test";
    if (::geteuid() != 0) why = "opensmtpd changes to users of its own, which only root can";
    if (!why.empty()) return nullptr;
    auto server = std::make_unique<OpenSmtpd>();
    server->port_ = free_port();
    server->program_ = std::make_unique<Program>(std::vector<std::string>{
        "sh", kSupport + "opensmtpd.sh", server->folder_.path().string(), std::to_string(server->port_)});
    for (int i = 0; i < 200 && !answers(server->port_); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (answers(server->port_)) return server;
    why = "opensmtpd does not start; may this user make mount namespaces?";
    return nullptr;
}

std::vector<ReadMail> OpenSmtpd::wait_for_mails(std::size_t count) const {
    const auto box = folder_.path() / "mail" / "new";
    for (int i = 0; i < 400 && files_in(box, "").size() < count; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    std::vector<ReadMail> mails;
    for (const auto& file : files_in(box, "")) mails.push_back(read_mail(file));
    return mails;
}

}  // namespace loa::jobs::testing
