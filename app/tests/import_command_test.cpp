// `loa plan import`: a plan comes in by command, for scripts and for who has no browser.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "loa/base/embedded.h"
#include "loa/base/text.h"
#include "loa/formats/process.h"
#include "loa/i18n/catalogue.h"
#include "loa/jobs/command.h"
#include "tests/support/hostile_files.h"
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

using ::testing::HasSubstr;

class ImportCommandTest : public OnBoth {
  protected:
    struct Said {
        int code = 0;
        std::string out, errors;
    };

    /// loa plan import FILE --authority "xã Bình Hòa Trung" --draft, with more or other options where they are given.
    Said import(const std::string& name, const std::string& bytes, const std::map<std::string, std::string>& options = {}) {
        const formats::TemporaryFolder folder;
        std::map<std::string, std::string> typed = options;
        typed.insert({{"FILE", folder.write(name, bytes).string()}, {"--authority", "xã Bình Hòa Trung"}, {"--draft", "1"}});
        std::ostringstream out, errors;
        web::Services services{commune().database(), commune().town().clock(), commune().town().ids()};
        const auto open = [&]() -> web::Services& { return services; };
        jobs::Invocation invocation{std::move(typed), out, errors, commune().registry(), open};
        const auto& commands = commune().registry().all<jobs::Command>();
        const auto is_import = [](const jobs::Command& command) { return command.name == "plan import"; };
        const int code = std::find_if(commands.begin(), commands.end(), is_import)->run(invocation);
        return {code, out.str(), errors.str()};
    }

    std::map<std::string, std::int64_t> rows() { return storage::testing::row_counts(commune().database()); }
    /// How many files the store keeps, half-written ones too.
    std::size_t kept_files() {
        std::size_t files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(commune().files())) files += entry.is_regular_file();
        return files;
    }
};

std::string demonstration_plan_in_word() {
    const auto* file = embedded_file("modules/plan/data/demo/ke-hoach-4-docx.docx");
    LOA_CHECK(file != nullptr);
    return std::string(file->bytes);
}

TEST_P(ImportCommandTest, AFileOfWordBecomesADraftWithAllItsActivities) {
    const auto said = import("ke-hoach.docx", demonstration_plan_in_word(), {{"--unit", "Phòng Văn hóa - Xã hội"}});
    ASSERT_EQ(said.code, 0) << said.errors;
    const auto plan = parse_id(trimmed(said.out));
    ASSERT_TRUE(plan) << said.out;
    const auto record = commune().record(*plan);
    const auto activities = commune().town().read(Id{}, [&](Work& work) {
        return work.db.query("plan.activities_by_revision", {work.authority, record.revision});
    });
    ASSERT_EQ(activities.size(), 7u);
    EXPECT_EQ(activities[4].text("title"),
              "Nói chuyện chuyên đề về chuyển đổi số trong sản xuất, mua bán nông sản gắn với thủ tục đăng ký hộ kinh doanh");
    const auto page = commune().visitor("clerk").get("/ke-hoach/" + to_string(*plan) + "/ra-soat");
    EXPECT_EQ(page.status, 200) << "it is the business of the office that was named";
    for (const char* words : {"ke-hoach.docx", "Hoạt động (7)", "Quý II và Quý III năm 2026", "02 buổi, mỗi buổi từ 60 người trở lên"})
        EXPECT_THAT(page.body, HasSubstr(words));
}

TEST_P(ImportCommandTest, WhatMustNotComeInIsRefusedInOneSentenceAndLeavesNothing) {
    const auto before = rows();
    const auto state = commune().state();
    const auto files = kept_files();
    for (const auto& file : hostile_files()) {
        const auto said = import(file.name, file.bytes);
        EXPECT_EQ(said.code, jobs::exit_code(Reason::Invalid)) << file.name;
        EXPECT_EQ(said.errors, i18n::translate(Language::Vietnamese, file.key, file.args) + "\n") << file.name;
        EXPECT_EQ(said.out, "") << file.name;
        EXPECT_EQ(rows(), before) << file.name;
        EXPECT_EQ(kept_files(), files) << file.name;
    }
    EXPECT_EQ(commune().changes_since(state), "");
}

TEST_P(ImportCommandTest, ARefusalAfterReadingLeavesNoRecordEither) {
    const auto before = rows();
    const auto word = demonstration_plan_in_word();
    EXPECT_EQ(import("ke-hoach.docx", word, {{"--authority", "xã Không Có"}}).code, jobs::exit_code(Reason::NotFound));
    EXPECT_EQ(import("ke-hoach.docx", word, {{"--unit", "Phòng Không Có"}}).code, jobs::exit_code(Reason::NotFound));
    EXPECT_EQ(import("ke-hoach.docx", word, {{"--accept-all", "1"}}).code, jobs::exit_code(Reason::Invalid)) << "a draft, or all accepted";
    EXPECT_EQ(import("thu.txt", "Kính gửi bà con.\n").code, jobs::exit_code(Reason::Invalid)) << "a letter is no plan";
    EXPECT_EQ(rows(), before);
}

LOA_ON_BOTH_ENGINES(ImportCommandTest);

}  // namespace
}  // namespace loa::app
