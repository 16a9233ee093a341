// A value, or the reason why there is none. What a person can cause or must act on travels as a
// Result; what breaks in the world is an exception (loa/base/fault.h). ADR 0003.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "loa/base/check.h"

namespace loa {

/// Why an action did not happen. One table maps each to an HTTP status, an exit code and a job policy.
enum class Reason { Invalid, Forbidden, NotFound, Conflict, Unavailable };

/// One thing to tell the person: `key` is looked up in the reader's catalogue at the last moment and
/// its {placeholders} are filled from `args`; `field` names the form field it stands beside, or is empty.
struct Problem {
    std::string field;
    std::string key;
    std::vector<std::pair<std::string, std::string>> args;

    bool operator==(const Problem&) const = default;
};

struct Failure {
    Reason reason = Reason::Invalid;
    std::vector<Problem> problems;
};

inline Failure invalid(std::string field, std::string key,
                       std::vector<std::pair<std::string, std::string>> args = {}) {
    return {Reason::Invalid, {{std::move(field), std::move(key), std::move(args)}}};
}
inline Failure invalid(std::vector<Problem> problems) { return {Reason::Invalid, std::move(problems)}; }
inline Failure forbidden(std::string key = "base.forbidden") {
    return {Reason::Forbidden, {{"", std::move(key), {}}}};
}
inline Failure not_found(std::string key = "base.not_found") {
    return {Reason::NotFound, {{"", std::move(key), {}}}};
}
inline Failure conflict(std::string key = "base.conflict",
                        std::vector<std::pair<std::string, std::string>> args = {}) {
    return {Reason::Conflict, {{"", std::move(key), std::move(args)}}};
}
inline Failure unavailable(std::string key, std::vector<std::pair<std::string, std::string>> args = {}) {
    return {Reason::Unavailable, {{"", std::move(key), std::move(args)}}};
}

/// The value of a Result that has nothing to say but "done".
struct Done {};

template <class T = Done>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::move(value)) {}              // NOLINT: implicit on purpose
    Result(Failure failure) : state_(std::move(failure)) {}    // NOLINT: implicit on purpose

    explicit operator bool() const { return std::holds_alternative<T>(state_); }

    const T& value() const& { LOA_CHECK(*this); return std::get<T>(state_); }
    T& value() & { LOA_CHECK(*this); return std::get<T>(state_); }
    T&& value() && { LOA_CHECK(*this); return std::get<T>(std::move(state_)); }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    const Failure& failure() const { LOA_CHECK(!*this); return std::get<Failure>(state_); }

  private:
    std::variant<T, Failure> state_;
};

/// `if (auto failed = failure_of(step())) return *failed;` keeps an action a list of steps.
template <class T>
const Failure* failure_of(const Result<T>& result) {
    return result ? nullptr : &result.failure();
}

}  // namespace loa
