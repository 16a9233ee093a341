// SHA-256 of what comes in pieces: files that are never whole in memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace loa {

class Sha256 {
  public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    void add(std::string_view bytes);
    /// Of all that was added, in 64 hexadecimal digits; nothing may be added after it.
    std::string digits();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace loa
