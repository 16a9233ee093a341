// parse_bench plans [FOLDER]…   the median time of reading each plan of the demonstration and of those
// folders parse_bench large MEGABYTES   the time and the memory that one plan of that size takes "Reading" is
// what `loa plan parse` does to the bytes of a file. Prints one line of JSON.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/formats/read_document.h"
#include "loa/plan/reading.h"

namespace {

using namespace loa;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kDemonstration = "modules/plan/data/demo/";

struct File {
    std::string name;
    std::string bytes;
};

plan::ParsedPlan read(const File& file) {
    const auto document = formats::read_document(file.bytes, file.name);
    if (!document) throw std::runtime_error(file.name + ": " + document.failure().problems.front().key);
    return plan::read_plan(*document, plan::AgencyNames{});
}

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::vector<File> files_of(const std::vector<std::string>& folders) {
    std::vector<File> files;
    for (const auto& file : embedded_files(kDemonstration))
        files.push_back({std::string(file.path.substr(kDemonstration.size())), std::string(file.bytes)});
    for (const auto& folder : folders)
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            const auto kind = entry.path().extension();
            if ((kind != ".md" && kind != ".docx" && kind != ".txt") || entry.path().stem() == "README")
                continue;
            std::ifstream stream(entry.path(), std::ios::binary);
            files.push_back({entry.path().filename(),
                             {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()}});
        }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
    return files;
}

struct Timing {
    int runs = 0;
    double median = 0;  // milliseconds
};

/// As often as a third of a second allows, and between 31 and 2,000 times.
Timing time_reading(const File& file) {
    constexpr double kEnough = 333;
    constexpr std::size_t kLeast = 31, kMost = 2000;
    read(file);  // the first one also loads the words of the language
    std::vector<double> taken;
    const auto begin = Clock::now();
    while (taken.size() < kLeast || (taken.size() < kMost && milliseconds_since(begin) < kEnough)) {
        const auto start = Clock::now();
        read(file);
        taken.push_back(milliseconds_since(start));
    }
    const auto middle = taken.begin() + static_cast<std::ptrdiff_t>(taken.size() / 2);
    std::nth_element(taken.begin(), middle, taken.end());
    return {static_cast<int>(taken.size()), *middle};
}

int time_plans(const std::vector<std::string>& folders) {
    std::string list;
    for (const auto& file : files_of(folders)) {
        const auto timing = time_reading(file);
        list +=
            fmt::format("{}{{\"name\": \"{}\", \"bytes\": {}, \"runs\": {}, \"median_ms\": {:.4f}}}",
                        list.empty() ? "" : ", ", file.name, file.bytes.size(), timing.runs, timing.median);
    }
    fmt::print("{{\"plans\": [{}]}}\n", list);
    return 0;
}

/// The first plan of the demonstration with its activities (chapter III) over and over, numbered on, until it
/// has that many bytes: a head and a closing part once, as in any plan.
File large_plan(std::size_t bytes) {
    const auto plans = embedded_files(kDemonstration, ".md");
    if (plans.empty()) throw std::runtime_error("the demonstration has no .md plan");
    const std::string_view text = plans.front().bytes;
    const auto chapter = text.find("\n### III.");
    const auto first = text.find("\n#### ", chapter), last = text.find("\n### ", first);
    if (chapter == text.npos || first == text.npos || last == text.npos)
        throw std::runtime_error("the first plan of the demonstration has changed its shape");
    const std::string_view activities = text.substr(first, last - first);
    File file{"large.md", std::string(text.substr(0, first))};
    file.bytes.reserve(bytes + text.size());
    for (int number = 0; file.bytes.size() < bytes;)
        for (const auto line : split(activities, '\n')) {
            const bool heading = line.starts_with("#### ");
            if (heading) file.bytes += fmt::format("#### {}", ++number);
            file.bytes.append(heading ? line.substr(line.find('.')) : line).append("\n");
        }
    file.bytes.append(text.substr(last));
    return file;
}

/// Peak resident memory of this program; getrusage() would also count that of the one that started it.
double peak_megabytes() {
    std::ifstream stream("/proc/self/status");
    for (std::string line; std::getline(stream, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    throw std::runtime_error("/proc/self/status does not tell VmHWM");
}

int time_large_plan(double megabytes) {
    const auto file = large_plan(static_cast<std::size_t>(megabytes * 1024 * 1024));
    const double before = peak_megabytes();
    const auto start = Clock::now();
    const auto plan = read(file);
    const double seconds = milliseconds_since(start) / 1000;
    fmt::print(
        "{{\"bytes\": {}, \"activities\": {}, \"seconds\": {:.3f}, \"peak_mb\": {:.1f}, \"before_mb\": "
        "{:.1f}}}\n",
        file.bytes.size(), plan.activities.size(), seconds, peak_megabytes(), before);
    return 0;
}

int run(const std::vector<std::string>& words) {
    if (!words.empty() && words[0] == "plans") return time_plans({words.begin() + 1, words.end()});
    if (words.size() == 2 && words[0] == "large") return time_large_plan(std::stod(words[1]));
    throw std::invalid_argument("plans [FOLDER]… or large MEGABYTES");
}

}  // namespace

int main(int count, char** words) {
    try {
        return run({words + 1, words + count});
    } catch (const std::exception& error) {
        std::cerr << "parse_bench: " << error.what() << '\n';
        return 2;
    }
}
