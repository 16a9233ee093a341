// Whole plans with the JSON that is read from them. LOA_ACCEPT=1 rewrites the expected files.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "loa/formats/markdown.h"
#include "loa/formats/plain_text.h"
#include "loa/plan/reading.h"
#include "test_places.h"

namespace loa::plan {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::stringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

ParsedPlan read_file(const fs::path& path) {
    const std::string bytes = content_of(path);
    const auto document = path.extension() == ".md" ? formats::read_markdown(bytes) : formats::read_plain_text(bytes);
    EXPECT_TRUE(document) << path;
    return read_plan(*document, AgencyNames());
}

/// One member of the contract a line, so that a difference can be read.
std::string in_lines(const std::string& json) {
    std::string out;
    const boost::json::value whole = boost::json::parse(json);
    for (const auto& [name, value] : whole.as_object()) {
        out += std::string(name) + "\n";
        if (!value.is_array()) {
            out += "  " + boost::json::serialize(value) + "\n";
            continue;
        }
        for (const auto& element : value.as_array()) out += "  " + boost::json::serialize(element) + "\n";
    }
    return out;
}

TEST(Golden, PlansReadAsExpected) {
    std::size_t plans = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(LOA_TEST_DIR) / "golden")) {
        const fs::path path = entry.path();
        if (path.extension() != ".md" && path.extension() != ".txt") continue;
        ++plans;
        fs::path expected = path;
        expected += ".expected";
        const std::string read = in_lines(to_json(read_file(path)));
        if (std::getenv("LOA_ACCEPT") != nullptr) std::ofstream(expected, std::ios::binary) << read;
        EXPECT_EQ(read, content_of(expected)) << path;
    }
    EXPECT_GE(plans, 10u);
}

}  // namespace
}  // namespace loa::plan
