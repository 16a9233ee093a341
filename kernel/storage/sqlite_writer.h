// The thread on which all writes to a SQLite file happen: steps that wait together share one commit, and with
// it one flush of the disk.
#pragma once

#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "sqlite_checkpointer.h"
#include "sqlite_connection.h"
#include "sqlite_transaction.h"

namespace loa::storage {

class SqliteWriter {
  public:
    explicit SqliteWriter(const std::string& path);
    /// Does what still waits.
    ~SqliteWriter();
    SqliteWriter(const SqliteWriter&) = delete;
    SqliteWriter& operator=(const SqliteWriter&) = delete;

    /// Returns when the step is on the disk; throws what the step threw, or why the commit failed.
    void run(const std::function<void(Transaction&)>& step);
    /// Runs a step that needs the connection itself, in the same way.
    void run_on_connection(const std::function<void(SqliteConnection&)>& step);

  private:
    struct Waiting {
        const std::function<void(Transaction&)>& step;
        std::promise<void> answer;
        std::optional<SqliteTransaction> transaction;
        std::exception_ptr error;
    };

    void loop();
    void write(const std::vector<Waiting*>& group);
    void run_step(Waiting& waiting);
    void acknowledge(Waiting& waiting);

    SqliteConnection connection_;
    SqliteCheckpointer checkpointer_;
    std::mutex mutex_;
    std::condition_variable something_waits_;
    std::vector<Waiting*> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace loa::storage
