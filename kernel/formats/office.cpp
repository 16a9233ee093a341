#include "office.h"

#include <cstddef>
#include <string>
#include <utility>

#include "file_problems.h"
#include "loa/formats/process.h"
#include "programs.h"

namespace loa::formats {

Result<std::string> converted_to_docx(std::string_view bytes, std::string_view extension,
                                      const ReadingLimits& limits) {
    const TemporaryFolder folder;
    const std::string source = "source." + std::string(extension);
    folder.write(source, bytes);
    Command command;
    // A profile of its own: two LibreOffice over one profile fail in silence.
    command.arguments = {"-env:UserInstallation=file://" + (folder.path() / "profile").string(),
                         "--headless",
                         "--norestore",
                         "--convert-to",
                         "docx:MS Word 2007 XML",
                         "--outdir",
                         folder.path().string(),
                         source};
    // One thread: the stacks of many would use up what it may write to where there are many processors.
    command.environment = {{"HOME", folder.path().string()}, {"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}, {"MAX_CONCURRENCY", "1"}};
    command.folder = folder.path();
    command.memory_bytes = std::size_t{4} << 30;  // of addresses, most of them never used
    // An empty page takes 160 MB, twelve scanned pages in a .doc 230; with its libraries it is some 320 MB resident.
    command.written_bytes = 240U << 20;
    command.time = limits.program_time;
    command.processor_time = limits.processor_time;
    const auto outcome = run_program("soffice", "libreoffice-writer-nogui", std::move(command), limits);
    if (!outcome) return outcome.failure();
    auto docx = folder.read("source.docx", limits.bytes);
    if (!docx) return damaged();
    return *std::move(docx);
}

}  // namespace loa::formats
