// Other programs (pdftotext, tesseract, soffice): run with arguments, never through a shell, with an
// environment of only what is named, and with limits on everything a strange file could make them eat.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loa::formats {

struct Command {
    std::filesystem::path program = {};  // absolute
    std::vector<std::string> arguments = {};
    std::vector<std::pair<std::string, std::string>> environment = {};  // all of it
    std::filesystem::path folder = "/";                                 // where it runs
    std::chrono::milliseconds time{20'000};  // of the clock
    std::chrono::seconds processor_time{0};  // 0: as much as of the clock
    std::size_t memory_bytes = 512U << 20;   // address space of each process
    std::size_t written_bytes = 0;           // of it, what the process may write to; 0: all of it
    std::size_t output_bytes = 32U << 20;    // of standard output
    std::size_t file_bytes = 256U << 20;     // of each file it writes
};

enum class Ending {
    Exited,         // by itself; `status` is the exit code
    Killed,         // by a signal, `status`: its own fault, or a limit of memory, CPU or file size
    OutOfTime,      // killed by us
    OutputTooLong,  // killed by us
};

struct Outcome {
    Ending ending = Ending::Exited;
    int status = 0;
    std::string output;
    std::string errors;  // the first 8 KiB of standard error

    bool succeeded() const { return ending == Ending::Exited && status == 0; }
};

/// Runs it to its end. Standard input is empty; of our open files it gets none, and no network where the
/// system lets a user take it away (unprivileged user namespaces); it and all its children that stay in its
/// process group are killed before this returns. Throws Fault if it cannot be started.
Outcome run(const Command& command);

/// The first executable file of that name in those folders.
std::optional<std::filesystem::path> find_program(std::string_view name,
                                                  const std::vector<std::string>& folders);

/// A new folder below the system's one for temporary files, for this user only (0700), removed with all it
/// holds at the end.
class TemporaryFolder {
  public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    const std::filesystem::path& path() const { return path_; }
    /// Writes a file of that name into it and gives its path.
    std::filesystem::path write(std::string_view name, std::string_view bytes) const;
    /// Its bytes; nothing if it is absent, no plain file, or larger than `most` bytes.
    std::optional<std::string> read(std::string_view name, std::size_t most) const;

  private:
    std::filesystem::path path_;
};

}  // namespace loa::formats
