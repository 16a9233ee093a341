// Moves SQLite's write-ahead log into the database file, so that no writer waits for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "sqlite_connection.h"

namespace loa::storage {

class SqliteCheckpointer {
  public:
    explicit SqliteCheckpointer(const std::string& path);
    ~SqliteCheckpointer();
    SqliteCheckpointer(const SqliteCheckpointer&) = delete;
    SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;

    /// The writer committed, and the log now has this many pages.
    void committed(int pages);

  private:
    void loop();
    /// True if the whole log is in the file.
    bool checkpoint(int how);

    SqliteConnection connection_;
    std::mutex mutex_;
    std::condition_variable something_new_;
    std::chrono::steady_clock::time_point last_commit_;
    int pages_ = 0;  // of the log that may not be in the file; 0 when they all are
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace loa::storage
