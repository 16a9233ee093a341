// The key of an encrypted backup: 128 random bits that a person can write down, in nine groups of four digits of
// which the last tells a slip of the pen.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loa::app {

class BackupKey {
  public:
    static BackupKey random();
    /// As a person types it: any case, blanks, dashes. Nothing if it is no key, which a mistyped one is.
    static std::optional<BackupKey> from_words(std::string_view words);

    /// "3f2a-90b1-…": shown once.
    std::string words() const;
    /// 32 bytes that encrypt.
    std::string cipher_key() const;
    /// 16 hexadecimal digits that stand in each backup it locked, and tell keys apart.
    std::string fingerprint() const;

  private:
    explicit BackupKey(std::string bytes) : bytes_(std::move(bytes)) {}
    std::string bytes_;
};

}  // namespace loa::app
