// What the database refused, told apart far enough for an Action or the retry to act on it.
#pragma once

#include <string>

#include "loa/base/fault.h"

namespace loa::storage {

enum class ErrorKind { Unique, ForeignKey, Check, NotNull, Busy, Serialization, Connection, Other };

class DatabaseError : public Fault {
  public:
    DatabaseError(ErrorKind kind, std::string constraint, const std::string& what)
        : Fault(what), kind_(kind), constraint_(std::move(constraint)) {}

    ErrorKind kind() const { return kind_; }
    /// The constraint that was violated, without a shard's number; "" where the engine does not name it.
    const std::string& constraint() const { return constraint_; }
    /// Another transaction or the network got in the way: the same step may succeed when it is run again.
    bool may_pass() const {
        return kind_ == ErrorKind::Busy || kind_ == ErrorKind::Serialization || kind_ == ErrorKind::Connection;
    }

  private:
    ErrorKind kind_;
    std::string constraint_;
};

}  // namespace loa::storage
