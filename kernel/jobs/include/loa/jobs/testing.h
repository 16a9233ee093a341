// Mail servers for tests, and what a mail program makes of what they took. They are compiled into test programs alone
// (tests/support/mail_servers.cpp): nothing of them is in the library.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace loa::jobs::testing {

/// A new folder, removed at the end.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Another program, killed with all its children at the end.
class Program {
  public:
    explicit Program(const std::vector<std::string>& arguments);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    /// Of its standard output; waits for it.
    std::string line();

  private:
    int process_ = 0;
    int output_ = -1;
};

/// A self-made certificate for localhost and 127.0.0.1: {certificate, key} in the folder.
struct Certificate {
    std::string file, key;
};
Certificate make_certificate(const std::filesystem::path& folder);

/// By name, as support/read_mail.py tells.
using ReadMail = std::map<std::string, std::string>;
ReadMail read_mail(const std::filesystem::path& file);
ReadMail read_mail_bytes(const std::string& bytes);

/// support/smtp_server.py.
class SmtpServer {
  public:
    /// `security` is "none", "starttls" or "tls".
    explicit SmtpServer(const std::string& behaviour, const std::string& security = "none");
    int port() const { return port_; }
    /// In the order they came; without the envelope's lines.
    std::vector<ReadMail> mails() const;
    std::size_t count() const;
    std::string certificate() const { return certificate_.file; }

  private:
    Folder folder_;
    Certificate certificate_;
    std::unique_ptr<Program> program_;
    int port_ = 0;
};

/// The real one; nothing where it can't run, and `why` then says so.
class OpenSmtpd {
  public:
    static std::unique_ptr<OpenSmtpd> start(std::string& why);
    int port() const { return port_; }
    /// Waits until so many have been delivered, at most 20 s.
    std::vector<ReadMail> wait_for_mails(std::size_t count) const;

  private:
    Folder folder_;
    std::unique_ptr<Program> program_;
    int port_ = 0;
};

}  // namespace loa::jobs::testing
