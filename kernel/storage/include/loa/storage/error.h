// What a database said no to. Most of it is a Fault like any other; an Action that must tell a person about
// a unique violation catches it around Transaction::attempt, or better writes "on conflict do nothing".
#pragma once

#include <string>
#include <utility>

#include "loa/base/fault.h"

namespace loa::storage {

enum class ErrorKind {
    Unique,         // also of a primary key
    ForeignKey,
    Check,
    NotNull,
    Busy,           // waited too long for a lock, or the statement ran too long
    Serialization,  // another transaction got in the way; storage has tried 5 times
    Connection,     // the database went away or refuses; storage has tried 5 times
    Other,          // our SQL is wrong, …
    DiskFull,       // or a quota, or a limit on the size of files
};

class DatabaseError : public Fault {
  public:
    DatabaseError(ErrorKind kind, std::string constraint, const std::string& what)
        : Fault(what), kind_(kind), constraint_(std::move(constraint)) {}

    ErrorKind kind() const { return kind_; }
    /// The name of the violated constraint or unique index, the same on both engines; empty where the
    /// database does not tell (foreign keys on SQLite). For NotNull "<table>.<column>".
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
