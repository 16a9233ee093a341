// The evidence form on a telephone as the server sees it: what comes twice is one piece, times are questioned, and files that
// were made to hurt leave nothing behind. What the browser does without a network is a journey's.
#include <chrono>

#include "loa/base/text.h"
#include "loa/media/pictures.h"
#include "tests/support/on_both.h"
#include "tests/support/page_text.h"

namespace loa::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string big(std::size_t number, int bytes) {
    std::string out;
    for (int i = bytes; i-- > 0;) out += static_cast<char>(number >> (8 * i));
    return out;
}
std::string segment(const char* marker, const std::string& content) { return std::string("\xFF") + marker + big(content.size() + 2, 2) + content; }

/// Exif (big-endian TIFF) with DateTimeOriginal alone; its offsets count from "MM". `entries` is what its directory claims to hold.
std::string exif(const std::string& moment, std::size_t entries = 1, std::size_t count = 20, std::size_t next = 0) {
    return std::string("Exif\0\0MM\0*", 10) + big(8, 4) + big(entries, 2) + big(0x8769, 2) + big(4, 2) + big(1, 4) + big(26, 4) + big(next, 4) +
           big(entries, 2) + big(0x9003, 2) + big(2, 2) + big(count, 4) + big(44, 4) + big(next, 4) + moment + std::string(1, '\0');
}
/// A grey JPEG up to where its points begin: a look at its head needs no more.
std::string jpeg(const std::string& exif_of_it, std::size_t width = 640, std::size_t height = 480) {
    return "\xFF\xD8" + (exif_of_it.empty() ? "" : segment("\xE1", exif_of_it)) + segment("\xDB", std::string(1, '\0') + std::string(64, '\1')) +
           segment("\xC0", "\x08" + big(height, 2) + big(width, 2) + std::string("\1\1\x11\0", 4)) + segment("\xDA", std::string("\1\1\0\0\x3F\0", 6)) + std::string(64, '\0') + "\xFF\xD9";
}

/// A head that says more than it has, or leads round in a circle. libexif takes the time where its entry is whole, whatever
/// stands around it; else the picture is one without a time, which is asked nothing.
struct Bomb {
    const char* name;
    std::string head;
    bool time_is_read;
};
std::vector<Bomb> bombs() {
    return {{"entries beyond its end", exif("2026:03:01 08:15:00", 0xFFFF), true},
            {"a text of four billion letters", exif("2026:03:01 08:15:00", 1, 0xFFFFFFFF), false},
            {"a directory that follows itself", exif("", 1, 20, 8), false},
            {"a directory beyond its end", std::string("Exif\0\0MM\0*\xFF\xFF\xFF\xFF", 14), false}};
}

/// Each test names its pieces as no other does: they stand beside each other on one line.
class OnSiteTest : public OnBoth {
  protected:
    void SetUp() override {
        OnBoth::SetUp();
        if (IsSkipped()) return;
        assignment_ = commune().town().read(Id{}, [&](Work& work) {
            for (const auto& row : work.db.query("plan.assignments_by_plan", {work.authority, commune().issued()}))
                if (row.id("unit_id") == commune().other_unit()) return row.id("id");
            return Id{};
        });
        line_ = "/ke-hoach/" + to_string(commune().issued()) + "/viec/" + to_string(assignment_);
    }
    web::Browser& officer() { return commune().visitor("other_unit"); }
    static Form form(const std::string& what, const std::string& day = "01/04/2026") { return {{"what", what}, {"done_on", day}, {"number_source", "Sổ theo dõi"}}; }
    web::Browser::Answer sent_once(const Form& fields, const std::string& name = "", const std::string& bytes = "") {
        std::vector<web::SentFile> files;
        if (!name.empty()) files.push_back({"files", name, bytes});
        return send(officer(), line_ + "/minh-chung", fields, files);
    }
    std::size_t pieces_called(const std::string& what) {
        return commune().town().read(Id{}, [&](Work& work) {
            std::size_t found = 0;
            for (const auto& row : work.db.query("plan.evidence_by_assignment", {work.authority, assignment_})) found += row.text("what") == what;
            return found;
        });
    }
    /// As the script sends it.
    web::Response by_script(web::Browser& browser, Form fields, const std::string& line) {
        web::Request request;
        request.method = web::Method::Post;
        request.target = line + "/minh-chung";
        request.remote_address = "127.0.0.1";
        std::string cookies;
        for (const auto& [name, value] : browser.cookies()) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
        request.headers.add("host", "localhost");
        request.headers.add("cookie", cookies);
        request.headers.add("accept", "application/json");
        static const std::string mark = "name=\"csrf\" value=\"";
        const auto page = browser.get("/ghi-minh-chung").body;  // nothing for whom it sends to sign in
        request.form.add("csrf", page.empty() ? "" : between(page, mark, "\"").substr(mark.size()));
        for (auto& [name, value] : fields) request.form.add(std::move(name), std::move(value));
        return commune().dispatcher().handle(std::move(request));
    }
    void needs_libvips() {
        if (!media::renditions_are_made()) GTEST_SKIP() << "libvips-tools is not installed";
    }

    Id assignment_;
    std::string line_;
};

TEST_P(OnSiteTest, ThePageHoldsHerOpenLinesAndMayAskWhereSheIs) {
    const auto page = officer().get("/ghi-minh-chung");
    ASSERT_EQ(page.status, 200);
    EXPECT_THAT(page.body, AllOf(HasSubstr("value=\"" + line_ + "\""), HasSubstr("data-issued=\"2026-04-01\""), HasSubstr(line_ + "?ghi=1#them")));
    EXPECT_THAT(page.body, HasSubstr(" data-owner=\"" + to_string(commune().town().authority()) + "-" + to_string(commune().person("other_unit")) + "-0\""));
    EXPECT_THAT(page.header("Permissions-Policy"), HasSubstr("geolocation=(self)"));
    EXPECT_THAT(officer().get("/viec-don-vi").header("Permissions-Policy"), HasSubstr("geolocation=()")) << "and no other page";
    EXPECT_THAT(page.header("Content-Security-Policy"), AllOf(HasSubstr("worker-src 'self'"), HasSubstr("manifest-src 'self'"), HasSubstr("script-src 'self';")));
    EXPECT_THAT(commune().visitor("clerk").get("/ghi-minh-chung").body, Not(HasSubstr(line_))) << "another unit's line";
    const auto manifest = commune().visitor("stranger").get("/ghi-minh-chung/manifest.webmanifest");
    EXPECT_EQ(manifest.response.content_type, "application/manifest+json");
    EXPECT_THAT(manifest.body, AllOf(HasSubstr("\"start_url\":\"/ghi-minh-chung\""), HasSubstr("\"display\":\"standalone\"")));
    for (const char* icon : {"/assets/icon-192.png", "/assets/icon-512.png"}) {
        EXPECT_THAT(manifest.body, HasSubstr(icon));
        EXPECT_EQ(officer().get(icon).response.content_type, "image/png");
    }
    EXPECT_EQ(officer().get("/assets/on_site.worker.js").header("Service-Worker-Allowed"), "/");
    EXPECT_EQ(officer().get("/assets/officer.js").header("Service-Worker-Allowed"), "");
}

TEST_P(OnSiteTest, WhatComesTwiceIsOnePieceAlsoAfterTheAnswersAreForgotten) {
    auto twice = form("Lắp panô");
    twice.emplace_back("request_id", "0123456789abcdef-1");
    twice.emplace_back("sent_as", "0123456789abcdef-1");
    const auto first = sent_once(twice);
    EXPECT_EQ(first.status, 303) << words_of(first.body);
    EXPECT_EQ(sent_once(twice).location, first.location);
    EXPECT_EQ(pieces_called("Lắp panô"), 1u);
    // Ten days later the answer is long forgotten; other words under the same id are that piece too.
    commune().town().write(Id{}, [](Work& work) { work.db.run("identity.forget_answers", {work.now}); return 0; });
    twice[0].second = "Lắp panô, gửi lại";
    EXPECT_EQ(sent_once(twice).status, 303);
    EXPECT_EQ(pieces_called("Lắp panô"), 1u);
    EXPECT_EQ(pieces_called("Lắp panô, gửi lại"), 0u);
    for (const char* bad : {"'; drop table x; --", "ngắn", "0123456789ABCDEF", "0000000000000000000000000000000000000000000000000000000000000000000000"}) {
        auto refused = form("Mã lạ");
        refused.emplace_back("sent_as", bad);
        const auto answer = sent_once(refused);
        EXPECT_EQ(answer.status, 422) << bad;
        EXPECT_THAT(words_of(answer.body), HasSubstr("Mã của lần ghi không hợp lệ"));
    }
    EXPECT_EQ(pieces_called("Mã lạ"), 0u);
}

TEST_P(OnSiteTest, AScriptIsToldTheSentencesAndNothingOfOthers) {
    const auto refused = by_script(officer(), form("Gửi bằng máy", "31/03/2026"), line_);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.content_type, "application/json");
    EXPECT_EQ(*refused.body, "{\"problems\":[\"Ngày làm 31/03/2026 trước ngày ban hành kế hoạch 01/04/2026: cần giải trình.\"]}");
    EXPECT_EQ(by_script(officer(), form("Gửi bằng máy"), line_).status, 303) << "without the version of a line that was seen days ago";
    EXPECT_EQ(by_script(commune().visitor("other_authority"), form("Của người khác"), line_).status, 404);
    EXPECT_EQ(pieces_called("Của người khác"), 0u);
    auto left = commune().sign_in_again("former");
    EXPECT_EQ(by_script(left, form("Đã nghỉ"), line_).status, 403);
    EXPECT_EQ(pieces_called("Đã nghỉ"), 0u);
}

TEST_P(OnSiteTest, ADayBeforeThePlanNeedsAnExplanationThatTheOfficeReads) {
    const auto before = commune().state();
    const auto asked = sent_once(form("Lắp panô sớm", "15/03/2026"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(words_of(asked.body), HasSubstr("Ngày làm 15/03/2026 trước ngày ban hành kế hoạch 01/04/2026: cần giải trình."));
    EXPECT_THAT(asked.body, HasSubstr("id=\"e0-explanation\""));
    EXPECT_EQ(commune().changes_since(before), "");
    auto explained = form("Lắp panô sớm", "15/03/2026");
    explained.emplace_back("explanation", "Làm trước theo <b>kế hoạch năm trước</b>");
    EXPECT_EQ(sent_once(explained).status, 303);
    const auto shown = commune().visitor("clerk").get(line_).body;
    EXPECT_THAT(shown, HasSubstr("Giải trình: Làm trước theo &lt;b&gt;kế hoạch năm trước&lt;/b&gt;"));
    explained.back().second = std::string(1001, 'x');
    EXPECT_EQ(sent_once(explained).status, 422);
    EXPECT_EQ(sent_once(form("Việc mai sau", "02/04/2026")).status, 422) << "a day that has not come is no question";
}

TEST_P(OnSiteTest, APhotosOwnTimeIsQuestioned) {
    needs_libvips();
    const auto old = sent_once(form("Ảnh cũ"), "cu.jpg", jpeg(exif("2026:03:01 08:15:00")));
    EXPECT_EQ(old.status, 422);
    EXPECT_THAT(words_of(old.body), HasSubstr("Ảnh “cu.jpg” chụp ngày 01/03/2026, trước ngày ban hành kế hoạch 01/04/2026: cần giải trình."));
    const auto ahead = sent_once(form("Ảnh ngày mai"), "mai.jpg", jpeg(exif("2026:04:02 00:00:00")));
    EXPECT_EQ(ahead.status, 422);
    EXPECT_THAT(words_of(ahead.body), HasSubstr("đồng hồ của máy ảnh có thể sai"));
    EXPECT_EQ(pieces_called("Ảnh cũ") + pieces_called("Ảnh ngày mai"), 0u);
    EXPECT_EQ(sent_once(form("Ảnh hôm nay"), "nay.jpg", jpeg(exif("2026:04:01 08:15:00"))).status, 303);
    EXPECT_EQ(sent_once(form("Ảnh không giờ"), "khong-gio.jpg", jpeg("")).status, 303);
    auto explained = form("Ảnh cũ");
    explained.emplace_back("explanation", "Đồng hồ máy ảnh chạy chậm một tháng");
    EXPECT_EQ(sent_once(explained, "cu.jpg", jpeg(exif("2026:03:01 08:15:00"))).status, 303);
    EXPECT_THAT(words_of(commune().visitor("clerk").get(line_).body), AllOf(HasSubstr("chụp lúc 08:15, 01/03/2026"), HasSubstr("Giải trình: Đồng hồ máy ảnh chạy chậm một tháng")));
}

TEST_P(OnSiteTest, FilesMadeToHurtAreRefusedWholeOrKeptAsWhatTheyAre) {
    needs_libvips();
    struct Hostile {
        const char* name;
        std::string bytes;
        const char* sentence;
    };
    const Hostile refused[] = {{"hong.jpg", jpeg("").substr(0, 60), "Ảnh “hong.jpg” bị hỏng"},
                               {"hong.png", "\x89PNG\r\n\x1a\n" + std::string(40, 'x'), "Ảnh “hong.png” bị hỏng"},
                               {"trang.jpg", "<html><script>alert(1)</script></html>", "trang.jpg"},
                               {"anh.html", jpeg(""), "anh.html"},
                               {"rong.jpg", "", "rong.jpg"}};
    for (const auto& file : refused) {
        SCOPED_TRACE(file.name);
        const auto before = commune().state();
        const auto answer = sent_once(form("Tệp xấu"), file.name, file.bytes);
        EXPECT_EQ(answer.status, 422);
        EXPECT_THAT(words_of(between(answer.body, "role=\"alert\"", "</ul>")), HasSubstr(file.sentence));
        EXPECT_THAT(answer.body, HasSubstr("Tệp xấu</textarea>")) << "what was typed is there";
        EXPECT_EQ(commune().changes_since(before), "");
    }
    EXPECT_EQ(pieces_called("Tệp xấu"), 0u);

    // Of two natures: it is a picture for everybody who gets it.
    EXPECT_EQ(sent_once(form("Hai mặt"), "hai-mat.jpg", jpeg("") + "PK\3\4<script>alert(1)</script>").status, 303);
    const auto shown = officer().get(line_).body;
    const auto begin_of_address = shown.rfind("/tep/", shown.find("hai-mat.jpg"));
    const auto address = shown.substr(begin_of_address, shown.find('"', begin_of_address) - begin_of_address);
    const auto file = officer().get(address);
    ASSERT_EQ(file.status, 200) << address;
    EXPECT_EQ(file.response.content_type, "image/jpeg");
    EXPECT_EQ(file.header("X-Content-Type-Options"), "nosniff");
    EXPECT_THAT(file.header("Content-Security-Policy"), HasSubstr("sandbox"));

    // Sixty megapixels are a photo; a head that says more than it has, or leads round in a circle, says nothing.
    EXPECT_EQ(sent_once(form("Sáu mươi triệu điểm ảnh"), "lon.jpg", jpeg(exif("2026:04:01 08:00:00"), 9000, 6700)).status, 303);
    const auto begin = std::chrono::steady_clock::now();
    for (const auto& bomb : bombs()) {
        const auto answer = sent_once(form(std::string("Đầu tệp nổ: ") + bomb.name), "no.jpg", jpeg(bomb.head));
        EXPECT_EQ(answer.status, bomb.time_is_read ? 422 : 303) << bomb.name << words_of(between(answer.body, "role=\"alert\"", "</ul>"));
        if (bomb.time_is_read) {
            EXPECT_THAT(words_of(answer.body), HasSubstr("trước ngày ban hành")) << bomb.name;
        }
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    commune().run_jobs();
    EXPECT_EQ(officer().get(line_).status, 200);
}

TEST_P(OnSiteTest, ByAPersonalLinkTheyAreTheSame) {
    needs_libvips();
    const Id line = commune().hamlet_line();
    const auto address = commune().answer_path() + "/" + to_string(line);
    web::Browser phone(commune().dispatcher());
    const auto sent_by_link = [&](const std::string& what, const std::string& name, const std::string& bytes) {
        Form fields = form(what);
        fields.emplace_back("version", commune().town().read(Id{}, [&](Work& work) {
            return std::to_string(work.db.one("plan.assignment_by_id", {work.authority, commune().issued(), line})->number("version"));
        }));
        return send(phone, address + "/minh-chung", fields, {{"files", name, bytes}});
    };
    const auto before = commune().state();
    const auto refused = sent_by_link("Ảnh hỏng của ấp", "hong.jpg", jpeg("").substr(0, 60));
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(words_of(between(refused.body, "role=\"alert\"", "</ul>")), HasSubstr("Ảnh “hong.jpg” bị hỏng"));
    EXPECT_THAT(refused.body, HasSubstr("Ảnh hỏng của ấp</textarea>")) << "what was typed is there";
    const auto early = sent_by_link("Ảnh cũ của ấp", "cu.jpg", jpeg(exif("2026:03:01 08:15:00")));
    EXPECT_EQ(early.status, 422);
    EXPECT_THAT(words_of(early.body), HasSubstr("trước ngày ban hành kế hoạch"));
    EXPECT_EQ(sent_by_link("Trang của ấp", "trang.jpg", "<html><script>alert(1)</script></html>").status, 422);
    EXPECT_EQ(commune().changes_since(before), "") << "nothing is left behind";

    EXPECT_EQ(sent_by_link("Hai mặt của ấp", "hai-mat.jpg", jpeg("") + "PK\3\4<script>alert(1)</script>").status, 303);
    EXPECT_EQ(sent_by_link("Ảnh lớn của ấp", "lon.jpg", jpeg(exif("2026:04:01 08:00:00"), 9000, 6700)).status, 303);
    for (const auto& bomb : bombs()) EXPECT_EQ(sent_by_link(std::string("Đầu tệp nổ: ") + bomb.name, "no.jpg", jpeg(bomb.head)).status, bomb.time_is_read ? 422 : 303) << bomb.name;
    commune().run_jobs();
    EXPECT_EQ(phone.get(address).status, 200);
    // For the office it is a picture, whatever else it says.
    const auto shown = commune().visitor("clerk").get("/ke-hoach/" + to_string(commune().issued()) + "/viec/" + to_string(line)).body;
    const auto at = shown.rfind("href=\"/tep/", shown.find("hai-mat.jpg")) + 6;
    const auto file = commune().visitor("clerk").get(shown.substr(at, shown.find('"', at) - at));
    ASSERT_EQ(file.status, 200);
    EXPECT_EQ(file.response.content_type, "image/jpeg");
    EXPECT_EQ(file.header("X-Content-Type-Options"), "nosniff");
}

LOA_ON_BOTH_ENGINES(OnSiteTest);

}  // namespace
}  // namespace loa::app
