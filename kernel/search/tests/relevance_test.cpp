#include <algorithm>
#include <random>

#include <gmock/gmock.h>

#include "loa/base/text.h"
#include "support/library.h"

namespace loa::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Titles = std::vector<std::string>;

class RelevanceTest : public Library {};

TEST_P(RelevanceTest, VietnameseIsFoundHoweverItIsTyped) {
    put("Kế hoạch 15/KH-UBND về tuyên truyền cải cách hành chính năm 2024", "Niêm yết thủ tục tại bộ phận Một cửa.");
    put("Đăng ký hộ khẩu", "Công dân nộp hồ sơ tại Công an phường.");
    put("Giấy phép xây dựng nhà ở", "Ủy ban nhân dân thành phố Hồng Ngự hoà giải tranh chấp đất đai.");
    const std::string plan = "Kế hoạch 15/KH-UBND về tuyên truyền cải cách hành chính năm 2024";
    const struct {
        std::string_view query;
        Titles found;
    } cases[] = {
        {"cải cách", {plan}},
        {"cai cach", {plan}},
        {"CAI CACH", {plan}},
        {"Cải  Cách\tHành", {plan}},
        {"ca\xCC\x89i ca\xCC\x81""ch", {plan}},  // decomposed, as macOS sends it
        {"cải cach hanh chính", {plan}},
        {"hành chính cải cách", {plan}},  // the words in another order
        {"cải cách hành chín", {plan}},   // not finished
        {"cải cách hành c", {plan}},
        {"15/KH-UBND", {plan}},
        {"15/kh-ubnd", {plan}},
        {"Số: 15/KH-UBND", {plan}},  // as it is printed
        {"KH-UBND", {plan}},
        {"5/KH-UBND", {}},
        {"15/KH", {plan}},
        {"dang ky", {"Đăng ký hộ khẩu"}},
        {"đang kí", {}},
        {"ho khau", {"Đăng ký hộ khẩu"}},
        {"dat dai", {"Giấy phép xây dựng nhà ở"}},
        {"d", {"Đăng ký hộ khẩu", "Giấy phép xây dựng nhà ở"}},
        {"đ", {"Đăng ký hộ khẩu", "Giấy phép xây dựng nhà ở"}},
        {"hòa giải", {"Giấy phép xây dựng nhà ở"}},  // written "hoà giải"
        {"Uỷ ban", {"Giấy phép xây dựng nhà ở"}},    // written "Ủy ban"
        {"một cửa", {plan}},
        {"“một cửa”", {plan}},
        {"\"mot cua\"", {plan}},
        {"\"cửa một\"", {}},
        {"\"cách cải\" hành", {}},
        {"\"hành chính\" tuyên", {plan}},
        {"công an đất đai", {}},  // every word, in one document
        {"xyz", {}},
        {"2024", {plan}},
    };
    for (const auto& [query, found] : cases) {
        auto got = titles(query), expected = found;
        std::sort(got.begin(), got.end());
        std::sort(expected.begin(), expected.end());
        EXPECT_EQ(got, expected) << query;
    }
}

TEST_P(RelevanceTest, ExactMarksStandBeforeOthers) {
    put("Tờ cáo bạch");
    put("Tố cáo");
    put("To cao");
    EXPECT_EQ(titles("tố cáo").front(), "Tố cáo");
    EXPECT_EQ(titles("tờ cáo").front(), "Tờ cáo bạch");
    EXPECT_EQ(titles("to cao").size(), 3u);
    put("cai cach");
    put("cải cách");
    EXPECT_THAT(titles("cải cách"), ElementsAre("cải cách", "cai cach"));
}

TEST_P(RelevanceTest, ThePhraseStandsBeforeScatteredWords) {
    put("Tài liệu một", "Hồ sơ gửi cho cơ quan đăng ký; thời hạn do hộ gia đình chọn, qua cửa khẩu.");
    put("Tài liệu hai", "Thủ tục về hộ khẩu của công dân, kèm theo nhiều giấy tờ khác mà cơ quan yêu cầu nộp.");
    EXPECT_THAT(titles("hộ khẩu"), ElementsAre("Tài liệu hai", "Tài liệu một"));
    EXPECT_THAT(titles("\"hộ khẩu\""), ElementsAre("Tài liệu hai"));
}

TEST_P(RelevanceTest, TitlesStandBeforeBodies) {
    put("Thông báo", "Nội dung: cải cách hành chính, cải cách hành chính.");
    put("Cải cách hành chính", "Nội dung khác hẳn.");
    EXPECT_THAT(titles("cải cách hành chính"), ElementsAre("Cải cách hành chính", "Thông báo"));
}

TEST_P(RelevanceTest, NoPhraseReachesFromTheTitleIntoTheBody) {
    put("Cải", "cách");
    put("Khác", "cải cách");
    EXPECT_THAT(titles("\"cải cách\""), ElementsAre("Khác"));
}

TEST_P(RelevanceTest, PagesNeitherRepeatNorSkip) {
    for (int i = 0; i < 25; ++i) put("Tin " + std::to_string(i), i % 2 == 0 ? "cải cách" : "cách nào cải");
    std::vector<std::string> all;
    for (int offset = 0; offset < 30; offset += 10) {
        const auto page = hits("cải cách", 10, offset);
        EXPECT_EQ(page.more, offset < 20);
        for (const auto& hit : page.hits) all.push_back(hit.title);
    }
    EXPECT_EQ(all.size(), 25u);
    std::sort(all.begin(), all.end());
    EXPECT_EQ(std::unique(all.begin(), all.end()), all.end());
}

std::string shown(const Hit& hit) {
    std::string text;
    for (const auto& part : hit.snippet) text += part.marked ? "[" + part.text + "]" : part.text;
    return text;
}

TEST_P(RelevanceTest, TheSnippetShowsWhereAndWhy) {
    std::string filler;
    for (int i = 0; i < 60; ++i) filler += "chữ ";
    put("A", filler + "về công tác cải cách hành chính\nnăm nay. " + filler);
    EXPECT_NE(shown(hits("cải cách").hits.at(0)).find("về công tác [cải cách] hành chính năm nay."), std::string::npos)
        << shown(hits("cải cách").hits.at(0));
    EXPECT_NE(shown(hits("cai cach").hits.at(0)).find("[cải cách]"), std::string::npos);
    EXPECT_NE(shown(hits("chính cải").hits.at(0)).find("[cải] cách hành [chính]"), std::string::npos);
    EXPECT_NE(shown(hits("hành chí").hits.at(0)).find("[hành]"), std::string::npos);
    EXPECT_TRUE(shown(hits("cải").hits.at(0)).starts_with("… "));
    EXPECT_TRUE(shown(hits("cải").hits.at(0)).ends_with(" …"));
    put("Tên riêng", "<b>Đậm</b> & \"nháy\"");
    EXPECT_EQ(shown(hits("riêng").hits.at(0)), "<b>Đậm</b> & \"nháy\"");
    put("Trống", "");
    EXPECT_EQ(shown(hits("trống").hits.at(0)), "");
}

TEST_P(RelevanceTest, AThousandDocuments) {
    // About 1,400 syllables, a few of them everywhere and most of them rare, as in real text.
    std::mt19937 random(5);
    std::vector<std::string> syllables;
    for (const auto* onset : {"b", "c", "d", "đ", "g", "h", "kh", "l", "m", "n", "ph", "qu", "s", "t", "th", "tr", "v", "x"})
        for (const auto* rime : {"a", "á", "à", "ai", "ài", "ái", "an", "án", "ang", "áng", "anh", "ánh", "ao", "áo", "âu",
                                 "ăn", "ắn", "ăng", "âm", "ậm", "ê", "ế", "ệ", "i", "í", "iên", "iện", "iêu", "iểu", "o",
                                 "ó", "ong", "ông", "ồng", "ơ", "ở", "ơi", "ời", "u", "ú", "ủ", "ung", "úng", "ươ", "ường",
                                 "ưa", "ứa", "y", "ý", "ôi", "ối", "ôn", "ổn", "om", "óm", "êm", "ếm", "im", "ím", "op",
                                 "óp", "at", "át", "ạt", "et", "ét", "it", "ít", "uôn", "uộn", "uôi", "uổi", "oan", "oán",
                                 "oang", "oáng", "uy", "úy"})
            syllables.push_back(std::string(onset) + rime);
    std::shuffle(syllables.begin(), syllables.end(), random);
    const auto text = [&](int words) {
        std::string out;
        for (int i = 0; i < words; ++i) {
            const double u = static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
            out += syllables[static_cast<std::size_t>(u * u * u * static_cast<double>(syllables.size() - 1))] + " ";
        }
        return out;
    };
    std::vector<std::string> titles_put;
    town_->write({}, [&](Work& work) {
        for (int i = 0; i < 1000; ++i) {
            titles_put.push_back(text(8));
            index(work, {.ref = {"test.document", work.authority, work.new_id()}, .kind_label = "search.title",
                         .title = titles_put.back(), .body = text(300), .path = "/x"});
        }
    });
    put("Cây kim", "Nội dung có cụm từ hiếm: lấn chiếm hành lang.");
    for (int i = 0; i < 50; ++i) {
        const auto& title = titles_put[random() % titles_put.size()];
        const auto query = squeezed(title.substr(0, title.find(' ', 9 + random() % 8)));
        const auto found = hits(i % 2 == 0 ? query : fold(query)).hits;
        EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const Hit& hit) { return fold(hit.title).starts_with(fold(query)); }))
            << query;
    }
    EXPECT_EQ(titles("lấn chiếm hành lang").front(), "Cây kim");
    EXPECT_EQ(titles("lan chiem").front(), "Cây kim");
}

INSTANTIATE_TEST_SUITE_P(Engines, RelevanceTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::search
