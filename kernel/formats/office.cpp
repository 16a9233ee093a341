#include "office.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>
#include <utility>

#include "archive.h"
#include "file_problems.h"
#include "loa/formats/process.h"
#include "programs.h"
#include "xml.h"

namespace loa::formats {

namespace {

/// Groups within groups of an RTF. Word's own files stay under 30.
constexpr int kRtfDepth = 256;

/// How far behind a backslash the text goes on: one character that it escapes, or "\binN " and N bytes that are none.
std::size_t escaped_at(std::string_view rtf, std::size_t at) {
    if (!rtf.substr(at).starts_with("\\bin")) return 1;
    const std::size_t digits = at + 4, end = std::min(rtf.find_first_not_of("0123456789", digits), rtf.size());
    std::size_t count = 0;
    std::from_chars(rtf.data() + digits, rtf.data() + end, count);
    return end - at + std::min(count, rtf.size() - end);
}

/// That every group is closed, and none lies in too many others. Rich Text Format Specification 1.9.1.
Result<> check_rtf(std::string_view rtf) {
    int depth = 0;
    for (std::size_t at = rtf.find_first_of("{}\\"); at < rtf.size(); at = rtf.find_first_of("{}\\", at + 1)) {
        if (rtf[at] == '\\') {
            at += escaped_at(rtf, at);
            continue;
        }
        depth += rtf[at] == '{' ? 1 : -1;
        if (depth == 0) return Done{};
        if (depth < 0 || depth > kRtfDepth) return damaged();
    }
    return damaged();
}

/// That the archive is whole, its texts are of a size that a document has, and neither names what stands elsewhere.
Result<> check_odt(std::string_view odt) {
    auto archive = Archive::open(odt);
    if (!archive) return archive.failure();
    for (const char* part : {"content.xml", "styles.xml"}) {
        if (!archive->contains(part)) continue;
        const auto text = archive->read(part);
        if (!text) return text.failure();
        if (auto sound = each_xml_part(*text, 0, [](const XmlPart&) { return Done{}; }); !sound) return sound;
    }
    return Done{};
}

/// What is known of a file without LibreOffice, which takes seconds to find that half of it is missing.
Result<> check(std::string_view bytes, std::string_view extension) {
    if (extension == "rtf") return check_rtf(bytes);
    if (extension == "odt") return check_odt(bytes);
    return Done{};
}

}  // namespace

Result<std::string> converted_to_docx(std::string_view bytes, std::string_view extension,
                                      const ReadingLimits& limits) {
    if (const auto sound = check(bytes, extension); !sound) return sound.failure();
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
