#include "loa/base/secrets.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "loa/base/check.h"
#include "loa/base/digest.h"
#include "loa/base/fault.h"
#include "loa/base/text.h"

namespace loa {

namespace {

constexpr std::size_t kShortestSecret = 16;
constexpr std::size_t kRootDigits = 64;

void need_sodium() {
    static const int started = sodium_init();
    if (started < 0) throw Fault("libsodium does not start");
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string hashed(std::string_view text, std::string_view key) {
    need_sodium();
    std::string hash(32, '\0');
    crypto_generichash(bytes_of(hash), hash.size(), bytes_of(text), text.size(), bytes_of(key), key.size());
    return hash;
}

std::optional<std::string> from_hexadecimal(std::string_view digits) {
    std::string bytes(digits.size() / 2, '\0');
    std::size_t got = 0;
    if (digits.size() % 2 != 0 || sodium_hex2bin(bytes_of(bytes), bytes.size(), digits.data(), digits.size(), nullptr,
                                                 &got, nullptr) != 0 || got != bytes.size())
        return std::nullopt;
    return bytes;
}

class OpenFile {
  public:
    explicit OpenFile(int number) : number_(number) {}
    ~OpenFile() {
        if (number_ >= 0) ::close(number_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    explicit operator bool() const { return number_ >= 0; }
    int number() const { return number_; }

  private:
    int number_;
};

[[noreturn]] void broken(const std::filesystem::path& path, std::string_view what) {
    throw Fault("the secret file " + path.string() + " " + std::string(what));
}

/// Whole under another name first: of two programs that start at once, one makes it and both use it.
bool make(const std::filesystem::path& path, std::string_view digits) {
    const std::string temporary = path.string() + "." + random_token(8);
    {
        const OpenFile file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        const std::string line = std::string(digits) + "\n";
        if (!file || ::write(file.number(), line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
            ::fsync(file.number()) != 0)
            broken(path, std::string("can't be made: ") + std::strerror(errno));
    }
    const bool made = ::link(temporary.c_str(), path.c_str()) == 0;
    if (!made && errno != EEXIST) broken(path, std::string("can't be made: ") + std::strerror(errno));
    ::unlink(temporary.c_str());
    return made;
}

std::string read_or_make(const std::filesystem::path& path) {
    need_sodium();
    if (!std::filesystem::exists(path)) make(path, random_token(kRootDigits / 2));
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!file || ::fstat(file.number(), &status) != 0) broken(path, "can't be read");
    if ((status.st_mode & 077) != 0) broken(path, "can be read by others; chmod 600 it");
    std::string text(kRootDigits + 2, '\0');
    const auto got = ::read(file.number(), text.data(), text.size());
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    auto root = from_hexadecimal(trimmed(text));
    if (!root || root->size() != kRootDigits / 2) broken(path, "is damaged");
    return *std::move(root);
}

}  // namespace

std::string hexadecimal(std::string_view bytes) {
    std::string digits(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes_of(bytes), bytes.size());
    digits.pop_back();
    return digits;
}

std::string random_bytes(std::size_t count) {
    need_sodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_token(std::size_t bytes) { return hexadecimal(random_bytes(bytes)); }

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.digits();
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::shared_ptr<const Keys> Keys::from_text(std::string_view secret) {
    if (secret.size() < kShortestSecret) throw Fault("LOA_SECRET is shorter than 16 characters");
    return std::make_shared<const Keys>([root = hashed(secret, {})] { return root; });
}

std::shared_ptr<const Keys> Keys::from_file(std::filesystem::path path) {
    return std::make_shared<const Keys>([path = std::move(path)] { return read_or_make(path); });
}

std::shared_ptr<const Keys> Keys::random() {
    return std::make_shared<const Keys>([root = random_bytes(kRootDigits / 2)] { return root; });
}

const std::string& Keys::root() const {
    std::call_once(once_, [this] { root_ = root_source_(); });
    return root_;
}

std::string Keys::digits() const { return hexadecimal(root()); }

std::string Keys::fingerprint() const { return hexadecimal(derived("base.fingerprint")).substr(0, 16); }

bool make_secret_file(const std::filesystem::path& path, std::string_view digits) {
    need_sodium();
    return make(path, digits);
}

std::string Keys::derived(std::string_view purpose) const { return hashed(purpose, root()); }

std::string Keys::seal(std::string_view purpose, std::string_view bound_to, std::string_view text) const {
    const std::string key = derived(purpose);
    std::string sealed = random_bytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    const std::size_t nonce = sealed.size();
    sealed.resize(nonce + text.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed) + nonce, nullptr, bytes_of(text), text.size(),
                                               bytes_of(bound_to), bound_to.size(), nullptr, bytes_of(sealed),
                                               bytes_of(key));
    return hexadecimal(sealed);
}

std::optional<std::string> Keys::unseal(std::string_view purpose, std::string_view bound_to,
                                        std::string_view sealed) const {
    const auto bytes = from_hexadecimal(sealed);
    constexpr std::size_t nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (!bytes || bytes->size() < nonce + tag) return std::nullopt;
    const std::string key = derived(purpose);
    std::string text(bytes->size() - nonce - tag, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(text), nullptr, nullptr, bytes_of(*bytes) + nonce,
                                                   bytes->size() - nonce, bytes_of(bound_to), bound_to.size(),
                                                   bytes_of(*bytes), bytes_of(key)) != 0)
        return std::nullopt;
    return text;
}

std::shared_ptr<const Keys> keys_in(const Registry& registry) {
    const auto& all = registry.all<std::shared_ptr<const Keys>>();
    LOA_CHECK(all.size() == 1);
    return all.front();
}

}  // namespace loa
