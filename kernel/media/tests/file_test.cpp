#include "loa/media/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "loa/storage/testing.h"
#include "loa/web/route.h"
#include "names.h"

namespace loa::media {
namespace {

namespace fs = std::filesystem;

const std::string kPdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n";
const std::string kPng("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
const std::string kJpeg("\xFF\xD8\xFF\xE0\0\x10JFIF", 10);

class FileTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        root_ = fs::temp_directory_path() / ("loa_files_" + std::to_string(::getpid()));
        fs::remove_all(root_);
        store_ = std::make_shared<FileStore>(root_);
    }
    void TearDown() override { fs::remove_all(root_); }

    template <class Step>
    auto write(Step&& step, Id authority = Id{11}) {
        return database_->write([&](storage::Transaction& db) {
            auto work = jobs::system_work(db, ids_, clock_.now(), authority);
            work.actor = {.person = Id{7}, .name = "", .system = false, .grants = {}};
            return step(work);
        });
    }
    Result<AcceptedFile> accept(std::string_view name, std::string_view bytes, const AcceptRules& rules = {}) {
        return accept_file(*store_, {"tep", std::string(name), store_->spooled(bytes), {}, {}}, rules);
    }
    std::string problem(const Result<AcceptedFile>& result) {
        EXPECT_EQ(result.failure().problems.at(0).field, "tep");
        return result.failure().problems.at(0).key;
    }
    Id added(std::string_view name = "Kế hoạch.pdf", const std::string& bytes = kPdf, Id owner = Id{5}) {
        const auto file = accept(name, bytes);
        return write([&](Work& work) { return add_file(work, *file, {"plan.evidence", Id{11}, owner}); });
    }

    std::unique_ptr<storage::Database> database_;
    FixedClock clock_{Instant{1705280400000}};
    IdSource ids_{1, clock_};
    fs::path root_;
    std::shared_ptr<FileStore> store_;
};

TEST_P(FileTest, ARecordKnowsWhoPutWhatWhere) {
    const Id id = added();
    const auto file = write([&](Work& work) { return file_by_id(work, id); });
    ASSERT_TRUE(file);
    EXPECT_EQ(file->owner, (Ref{"plan.evidence", Id{11}, Id{5}}));
    EXPECT_EQ(file->name, "Kế hoạch.pdf");
    EXPECT_EQ(file->media_type, "application/pdf");
    EXPECT_EQ(file->size, static_cast<std::int64_t>(kPdf.size()));
    EXPECT_EQ(file->created_by, Id{7});
    EXPECT_EQ(file->created_at, clock_.now());
    EXPECT_EQ(store_->read(file->sha256), kPdf);
    EXPECT_FALSE(write([&](Work& work) { return file_by_id(work, id); }, Id{12})) << "another authority's";
}

TEST_P(FileTest, FilesOfARecordComeInOrder) {
    added("b.pdf");
    added("a.png", kPng);
    added("c.pdf", kPdf, Id{6});
    const auto files = write([](Work& work) { return files_of(work, {"plan.evidence", Id{11}, Id{5}}); });
    ASSERT_EQ(files.size(), 2u);
    EXPECT_EQ(files[0].name, "b.pdf");
    EXPECT_EQ(files[1].name, "a.png");
    EXPECT_TRUE(write([](Work& work) { return files_of(work, {"plan.plan", Id{11}, Id{5}}); }).empty());
    EXPECT_TRUE(write([](Work& work) { return files_of(work, {"plan.evidence", Id{12}, Id{5}}); }).empty());
}

TEST_P(FileTest, TheBytesAreTheTypeNotTheName) {
    EXPECT_EQ(accept("ảnh.PNG", kPng)->media_type, "image/png");
    EXPECT_EQ(accept("ảnh.jpeg", kJpeg)->media_type, "image/jpeg");
    EXPECT_EQ(accept("ghi chú.txt", "Khóm 3: đã niêm yết\n")->media_type, "text/plain");
    EXPECT_EQ(accept("ảnh", kPng)->name, "ảnh.png");
    EXPECT_EQ(accept("", kPng)->name, "tep.png");
    EXPECT_EQ(problem(accept("ảnh.png", kPdf)), "media.type_mismatch");
    EXPECT_EQ(problem(accept("hoá đơn.pdf.exe", kPdf)), "media.type_mismatch");
    EXPECT_EQ(problem(accept("trang.txt", "<!DOCTYPE html><html><script>alert(1)</script></html>")), "media.type_refused");
    EXPECT_EQ(problem(accept("anh.svg", "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>")), "media.type_refused");
    EXPECT_EQ(problem(accept("virus.exe", std::string("MZ\x90\0\3\0\0\0", 8))), "media.type_refused");
    EXPECT_EQ(problem(accept("trống.pdf", "")), "media.empty");
    EXPECT_EQ(problem(accept("lớn.pdf", kPdf, {.largest = 10})), "media.too_large");
    EXPECT_EQ(problem(accept("ảnh.png", kPng, {.types = {"application/pdf"}})), "media.type_refused");
    EXPECT_TRUE(accept("vừa.pdf", kPdf, {.largest = static_cast<std::int64_t>(kPdf.size()), .types = {"application/pdf"}}));
}

TEST_P(FileTest, WhatIsRefusedBeforehandIsNotLookedAt) {
    const web::Upload gone{"tep", "", nullptr, invalid("tep", "media.sent_gone"), {}};
    EXPECT_EQ(problem(accept_file(*store_, gone)), "media.sent_gone");
    web::Request request;
    request.uploads = {gone};
    EXPECT_EQ(problem(accept_upload(*store_, request, "tep")), "media.sent_gone");
}

TEST_P(FileTest, WhatIsRefusedIsNotStored) {
    static_cast<void>(accept("ảnh.png", kPdf));
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) files += entry.is_regular_file();
    EXPECT_EQ(files, 0);
}

TEST_P(FileTest, AnUploadThatWasLeftEmptyIsMissing) {
    web::Request request;
    EXPECT_EQ(problem(accept_upload(*store_, request, "tep")), "media.missing");
    request.uploads.push_back({"tep", "", store_->spooled(""), {}, {}});
    EXPECT_EQ(problem(accept_upload(*store_, request, "tep")), "media.missing");
    request.uploads = {{"tep", "C:\\Users\\Diễm\\Kế hoạch.pdf", store_->spooled(kPdf), {}, {}}};
    EXPECT_EQ(accept_upload(*store_, request, "tep")->name, "Kế hoạch.pdf");
}

TEST_P(FileTest, RemovedRecordsLetTheSweepTakeTheBytes) {
    Registry registry;
    join(registry, store_);
    jobs::join(registry);
    const Id one = added("a.pdf"), other = added("b.pdf");
    const auto sha256 = write([&](Work& work) { return file_by_id(work, one)->sha256; });
    const auto sweep = [&] {
        fs::last_write_time(root_ / sha256.substr(0, 2) / sha256, fs::file_time_type::clock::now() - std::chrono::hours(25));
        SystemClock now;
        write([](Work& work) { return jobs::enqueue(work, "media.sweep_bytes", "{}"); });
        jobs::run_due_jobs(registry, {*database_, now, ids_});
    };
    EXPECT_TRUE(write([&](Work& work) { return remove_file(work, one); }));
    EXPECT_FALSE(write([&](Work& work) { return remove_file(work, one); }));
    EXPECT_FALSE(write([&](Work& work) { return remove_file(work, other); }, Id{12}));
    sweep();
    EXPECT_TRUE(store_->has(sha256)) << "the other record still mentions it";
    EXPECT_TRUE(write([&](Work& work) { return remove_file(work, other); }));
    sweep();
    EXPECT_FALSE(store_->has(sha256));
}

// ---- handing out ------------------------------------------------------------------------------------------------

class DownloadTest : public FileTest {
  protected:
    void SetUp() override {
        FileTest::SetUp();
        if (!IsSkipped()) join(registry_, store_);
    }
    web::Response get(Id id, Id authority = Id{11}) {
        web::Request request;
        request.parameters.add("id", to_string(id));
        const auto& routes = registry_.all<web::Route>();
        EXPECT_EQ(routes.at(0).pattern, "/tep/{id}");
        return write([&](Work& work) { return routes.at(0).handler(request, work); }, authority);
    }
    static std::string header(const web::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers)
            if (key == name) return value;
        return "";
    }
    Registry registry_;
};

TEST_P(DownloadTest, TheOwnerDecidesWhoReads) {
    const Id mine = added("a.pdf", kPdf, Id{5}), theirs = added("b.pdf", kPdf, Id{6});
    EXPECT_EQ(get(mine).status, 404) << "no guard, no reader";
    registry_.add(FileGuard{"plan.evidence", [](Work& work, const Ref& owner) {
                                EXPECT_EQ(owner.kind, "plan.evidence");
                                EXPECT_EQ(work.actor.person, Id{7});
                                return owner.id == Id{5};
                            }});
    const auto response = get(mine);
    EXPECT_EQ(response.status, 200);
    ASSERT_TRUE(response.file);
    EXPECT_EQ(response.file->size, kPdf.size());
    EXPECT_EQ(header(response, "ETag"), "\"" + store_->spooled(kPdf)->sha256() + "\"");
    EXPECT_EQ(response.content_type, "application/pdf");
    EXPECT_EQ(get(theirs).status, 404);
    EXPECT_EQ(get(mine, Id{12}).status, 404);
    EXPECT_EQ(get(Id{1}).status, 404);
}

TEST_P(DownloadTest, AHostileFileCannotActAsOurPage) {
    const File text{.id = Id{1}, .owner = {}, .name = "a.txt", .media_type = "text/plain", .size = 1, .sha256 = "",
                    .created_by = {}, .created_at = {}};
    const auto saved = file_response(text, *store_->open(store_->put("<script>alert(1)</script>").sha256));
    EXPECT_TRUE(header(saved, "Content-Disposition").starts_with("attachment;"));
    EXPECT_EQ(header(saved, "X-Content-Type-Options"), "nosniff");
    EXPECT_TRUE(header(saved, "Content-Security-Policy").starts_with("sandbox;"));
    EXPECT_EQ(saved.content_type, "text/plain");
    EXPECT_EQ(header(saved, "Cache-Control"), "private, no-cache");
}

TEST_P(DownloadTest, OnlyPdfAndPicturesAreShown) {
    for (const auto* type : {"application/pdf", "image/png", "image/jpeg", "image/webp"})
        EXPECT_TRUE(content_disposition("a", type).starts_with("inline;")) << type;
    for (const auto* type : {"image/gif", "image/heic", "text/plain", "text/html", "image/svg+xml", "application/msword"})
        EXPECT_TRUE(content_disposition("a", type).starts_with("attachment;")) << type;
}

INSTANTIATE_TEST_SUITE_P(Engines, FileTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);
INSTANTIATE_TEST_SUITE_P(Engines, DownloadTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

// ---- names -----------------------------------------------------------------------------------------------------

TEST(Names, AreMadeFit) {
    const struct {
        std::string_view given, kept;
    } cases[] = {
        {"Kế hoạch.docx", "Kế hoạch.docx"},
        {"Ke\xCC\x82\xCC\x81 hoa\xCC\xA3""ch.docx", "Kế hoạch.docx"},  // as macOS sends it
        {"../../../etc/passwd", "passwd"},
        {"C:\\Users\\Diễm\\Báo cáo.xlsx", "Báo cáo.xlsx"},
        {"..\\..\\a.txt", "a.txt"},
        {".htaccess", "htaccess"},
        {"...", ""},
        {"", ""},
        {"a\r\nSet-Cookie: x=1.txt", "a Set-Cookie: x=1.txt"},
        {std::string_view("a\0b.txt", 7), "ab.txt"},
        {"anh\xE2\x80\xAEgpj.exe", "anhgpj.exe"},  // right-to-left override
        {"a.exe. . ", "a.exe"},
        {"\xFF\xFE.txt", "txt"},
    };
    for (const auto& [given, kept] : cases) EXPECT_EQ(clean_name(given), kept) << given;
    std::string lengthy;
    for (int i = 0; i < 300; ++i) lengthy += "ệ";
    const auto cut = clean_name(lengthy + ".docx");
    EXPECT_TRUE(cut.ends_with("ệ.docx"));
    EXPECT_LE(cut.size(), 120u * 3 + 5);
}

TEST(Names, EndingsAreFound) {
}

TEST(Names, TravelInHeaders) {
    EXPECT_EQ(content_disposition("Kế hoạch số 15.pdf", "application/pdf"),
              "inline; filename=\"ke hoach so 15.pdf\"; "
              "filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%2015.pdf");
    const auto hostile = content_disposition("a\"; filename=\"b.html", "text/plain");
    EXPECT_EQ(hostile, "attachment; filename=\"a__ filename=_b.html\"; filename*=UTF-8''a%22%3B%20filename%3D%22b.html");
    EXPECT_EQ(content_disposition("日本.txt", "text/plain").find('\xE6'), std::string::npos);
}

}  // namespace
}  // namespace loa::media
