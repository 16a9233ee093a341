// What is posted to the import page and must not come in: one sentence, and nothing of it stays.
#include <filesystem>

#include "loa/base/text.h"
#include "loa/i18n/catalogue.h"
#include "tests/support/hostile_files.h"
#include "tests/support/on_both.h"

namespace loa::app {
namespace {

class HostileImportTest : public OnBoth {
  protected:
    web::Browser::Answer post(const std::string& name, const std::string& bytes) {
        return send(commune().visitor("clerk"), "/ke-hoach/nhap", {}, {{"file", name, bytes}});
    }
    /// What the page says in the end: of a file that a job reads, once that has been done.
    web::Browser::Answer refused(const std::string& name, const std::string& bytes) {
        auto answer = post(name, bytes);
        if (!answer.location.starts_with("/ke-hoach/nhap/")) return answer;
        ++swept_tomorrow_;
        commune().run_jobs();
        answer = commune().visitor("clerk").get(answer.location);
        EXPECT_EQ(answer.status, 200) << name;
        answer.status = 422;  // said by a page of its own
        return answer;
    }
    /// How many files the store keeps, half-written ones too.
    std::size_t kept_files() {
        using Files = std::filesystem::recursive_directory_iterator;
        std::size_t files = 0;
        for (const auto& entry : Files(commune().files())) files += entry.is_regular_file();
        return files;
    }
    /// Without the one line that says why the last file was refused, the timeline's that a file came and went, and the
    /// answers kept for forms sent twice.
    std::map<std::string, std::int64_t> rows() {
        auto rows = storage::testing::row_counts(commune().database());
        for (const char* table : {"plan_waiting_file", "identity_timeline_line", "identity_timeline_personal", "identity_answer"}) rows.erase(table);
        return rows;
    }
    std::string changes_since(const std::string& state) {
        std::string changes = commune().changes_since(state);
        const bool timeline_alone = changes.starts_with("timeline ") && changes.find('\n') + 1 == changes.size();
        return timeline_alone ? "" : changes;
    }

    std::size_t swept_tomorrow_ = 0;  // bytes that a job had to have on disk, and no record mentions any more
};

std::size_t times(std::string_view part, std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST_P(HostileImportTest, EachIsRefusedInOneSentenceAndLeavesNothing) {
    post("khong-co-gi.txt", " ");  // a sending of the clerk's, so that what every sending leaves is there
    commune().run_jobs();
    const auto before = rows();
    ASSERT_GT(before.at("plan_plan"), 0);
    ASSERT_TRUE(before.contains("media_file") && before.contains("jobs_job") && before.contains("search_document"));
    const auto state = commune().state();
    const auto files = kept_files();
    for (const auto& file : hostile_files()) {
        SCOPED_TRACE(file.name);
        const auto answer = refused(file.name, file.bytes);
        EXPECT_EQ(answer.status, 422) << file.name;
        const auto sentence = i18n::translate(Language::Vietnamese, file.key, file.args);
        EXPECT_EQ(times("<li><a href=\"#file\">", answer.body), 1u) << file.name;
        EXPECT_EQ(times("<li><a href=\"#file\">" + sentence + "</a></li>", answer.body), 1u)
            << file.name << ": " << sentence << "\n" << shortened(answer.body.substr(std::min(answer.body.size(), answer.body.find("role=\"alert\""))), 600);
        EXPECT_EQ(rows(), before) << file.name;
        EXPECT_EQ(changes_since(state), "") << file.name;
        EXPECT_EQ(kept_files(), files + swept_tomorrow_) << file.name;
    }
}

TEST_P(HostileImportTest, LettersInPiecesAreReadAsWhole) {
    const auto before = storage::testing::row_counts(commune().database());
    const auto answer = post("roi.txt", "KE\u0302\u0301 HOA\u0323CH\nTuye\u0302n truye\u0302\u0300n ca\u0309i ca\u0301ch ha\u0300nh chi\u0301nh na\u0306m 2026\n\n"
                                        "I. MU\u0323C \u0110I\u0301CH\n- Na\u0302ng cao nha\u0323\u0302n thu\u031B\u0301c.\n");
    ASSERT_EQ(answer.status, 303) << shortened(answer.body, 2000);
    const auto page = commune().visitor("clerk").get(answer.location);
    EXPECT_THAT(page.body, ::testing::HasSubstr("Tuyên truyền cải cách hành chính năm 2026"));
    EXPECT_EQ(storage::testing::row_counts(commune().database()).at("plan_plan"), before.at("plan_plan") + 1);
}

LOA_ON_BOTH_ENGINES(HostileImportTest);

}  // namespace
}  // namespace loa::app
