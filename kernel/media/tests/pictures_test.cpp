#include "loa/media/pictures.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>

#include "loa/formats/process.h"
#include "loa/jobs/queue.h"
#include "loa/jobs/runner.h"
#include "loa/storage/testing.h"
#include "loa/web/route.h"
#include "position.h"
#include "webp.h"

namespace loa::media {
namespace {

namespace fs = std::filesystem;

#define NEEDS_LIBVIPS() \
    if (!renditions_are_made()) GTEST_SKIP() << "libvips-tools is not installed"

std::string little(std::uint32_t number, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i));
    return out;
}
std::string big(std::uint32_t number, int bytes) {
    const auto reversed = little(number, bytes);
    return {reversed.rbegin(), reversed.rend()};
}

std::string png_chunk(const std::string& name, const std::string& content) {
    const auto checked = name + content;
    return big(static_cast<std::uint32_t>(content.size()), 4) + checked +
           big(static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()))), 4);
}
/// Black, one bit a point.
std::string png(std::uint32_t width, std::uint32_t height) {
    const std::string row((width + 7) / 8 + 1, '\0');
    std::string packed(64 << 20, '\0');
    z_stream stream{};
    ::deflateInit(&stream, 9);
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    for (std::uint32_t line = 0; line < height; ++line) {
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(row.data()));
        stream.avail_in = static_cast<uInt>(row.size());
        ::deflate(&stream, Z_NO_FLUSH);
    }
    ::deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    ::deflateEnd(&stream);
    return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", big(width, 4) + big(height, 4) + std::string("\1\0\0\0\0", 5)) + png_chunk("IDAT", packed) + png_chunk("IEND", "");
}

/// Exif (TIFF, little-endian) with 10°48'30.12" N 105°20'15" E; its offsets count from "II".
std::string exif() {
    const auto entry = [](std::uint32_t tag, std::uint32_t type, std::uint32_t count, const std::string& value) {
        return little(tag, 2) + little(type, 2) + little(count, 4) + value;
    };
    const auto angle = [](std::uint32_t degrees, std::uint32_t minutes, std::uint32_t hundredths) {
        return little(degrees, 4) + little(1, 4) + little(minutes, 4) + little(1, 4) + little(hundredths, 4) + little(100, 4);
    };
    constexpr std::uint32_t kGps = 26, kAngles = kGps + 2 + 4 * 12 + 4;
    return std::string("II*\0", 4) + little(8, 4) + little(1, 2) + entry(0x8825, 4, 1, little(kGps, 4)) + little(0, 4) + little(4, 2) +
           entry(1, 2, 2, std::string("N\0\0\0", 4)) + entry(2, 5, 3, little(kAngles, 4)) + entry(3, 2, 2, std::string("E\0\0\0", 4)) +
           entry(4, 5, 3, little(kAngles + 24, 4)) + little(0, 4) + angle(10, 48, 3012) + angle(105, 20, 1500);
}
const Position kHongNgu{10'808'367, 105'337'500};

class PicturesTest : public ::testing::Test {
  protected:
    /// What another program makes of a small picture of ours.
    std::string converted(const std::string& ending) {
        const auto from = written("from.png", png(400, 300)), to = folder_.path() / ("to." + ending);
        const auto program = formats::find_program("vips", {"/usr/local/bin", "/usr/bin"});
        const auto made = formats::run({.program = program.value(), .arguments = {"copy", from.string(), to.string()}, .memory_bytes = std::size_t{2} << 30});
        EXPECT_TRUE(made.succeeded()) << made.errors;
        return folder_.read(to.filename().string(), 1 << 20).value_or("");
    }
    std::string jpeg_with_position() {
        const auto plain = converted("jpg");
        const auto app1 = std::string("Exif\0\0", 6) + exif();
        return plain.substr(0, 2) + "\xFF\xE1" + big(static_cast<std::uint32_t>(app1.size() + 2), 2) + app1 + plain.substr(2);
    }
    Result<PictureLook> look(const std::string& bytes) { return look_at_picture(written("picture", bytes)); }
    fs::path written(const std::string& name, const std::string& bytes) {
        return folder_.write(std::to_string(++files_) + "-" + name, bytes);
    }

    formats::TemporaryFolder folder_;
    int files_ = 0;
};

TEST_F(PicturesTest, ThePositionIsReadAndNotPassedOn) {
    NEEDS_LIBVIPS();
    const auto original = jpeg_with_position();
    const auto found = look(original);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->position, kHongNgu);
    for (const auto* copy : {&found->thumbnail, &found->published}) {
        EXPECT_TRUE(copy->starts_with("RIFF"));
        EXPECT_EQ(copy->find("EXIF"), std::string::npos);
        EXPECT_EQ(copy->find("XMP "), std::string::npos);
        const auto again = look(*copy);
        ASSERT_TRUE(again) << "what was left is still a picture";
        EXPECT_EQ(again->position, std::nullopt);
    }
    EXPECT_LT(found->thumbnail.size(), original.size());
}

TEST_F(PicturesTest, EveryKindThatPhonesMakeIsRead) {
    NEEDS_LIBVIPS();
    for (const auto* ending : {"jpg", "png", "webp", "heic", "tif", "gif"}) EXPECT_TRUE(look(converted(ending))) << ending;
}

TEST_F(PicturesTest, SixtyMegapixelsAreAPhoto) {
    NEEDS_LIBVIPS();
    EXPECT_TRUE(look(png(9'000, 6'700)));
}

TEST_F(PicturesTest, ABombIsNotUnpacked) {
    NEEDS_LIBVIPS();
    const auto bomb = png(60'000, 60'000);
    EXPECT_LT(bomb.size(), 1u << 20);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(look(bomb));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10)) << "its head says enough";
}

TEST_F(PicturesTest, WhatIsBrokenOrNoPictureIsRefused) {
    NEEDS_LIBVIPS();
    EXPECT_FALSE(look(""));
    EXPECT_FALSE(look("\x89PNG\r\n\x1a\n"));
    EXPECT_FALSE(look(std::string("\xFF\xD8\xFF\xE0\0\x10JFIF", 10)));
    EXPECT_FALSE(look("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script>alert(1)</script></svg>"));
    EXPECT_FALSE(look("%PDF-1.4\n"));
    EXPECT_FALSE(look(std::string(100'000, 'x')));
}

TEST(TakenAt, IsReadOrNothing) {
    const std::string mark = "exif-ifd2-DateTimeOriginal: ";
    EXPECT_EQ(taken_in("width: 3\n" + mark + "2026:04:01 08:15:30 (2026:04:01 08:15:30, ASCII, 20 components, 20 bytes)\n"),
              start_of(*Date::from(2026, 4, 1)).plus_seconds(8 * 3600 + 15 * 60 + 30));
    EXPECT_FALSE(taken_in(""));
    for (const auto* bad : {"", "0000:00:00 00:00:00", "2026:02:30 08:00:00", "2026:04:01 24:00:00", "2026:04:01 08:60:00", "2026-04-01 08:00:00",
                            "2026:04:01", "    :  :     :  :  ", "2026:04:01 08:15:3x", "2026:04:01 08:15:300", "-026:04:01 08:15:30"})
        EXPECT_FALSE(taken_in(mark + bad + " (x)\n")) << bad;
}

TEST(Position, IsReadOrNothing) {
    const std::string north = "exif-ifd3-GPSLatitudeRef: N (N, ASCII)\n", south = "exif-ifd3-GPSLatitudeRef: S (S, ASCII)\n",
                      latitude = "exif-ifd3-GPSLatitude: 10/1 48/1 3012/100 (10, 48, 30.12)\n", east = "exif-ifd3-GPSLongitudeRef: E (E)\n",
                      longitude = "exif-ifd3-GPSLongitude: 105/1 20/1 1500/100 (105)\n";
    EXPECT_EQ(position_in("width: 3\n" + north + latitude + east + longitude), kHongNgu);
    EXPECT_EQ(position_in(south + latitude + east + longitude), (Position{-10'808'367, 105'337'500}));
    EXPECT_FALSE(position_in(""));
    EXPECT_FALSE(position_in(north + latitude + east));
    EXPECT_FALSE(position_in(latitude + longitude));
    for (const auto* bad : {"91/1 0/1 0/1", "1/0 0/1 0/1", "-1/1 0/1 0/1", "1/1", "1/1 2/1 3/1 4/1", "a/b c/d e/f", "99999999999999999999/1 0/1 0/1", ""})
        EXPECT_FALSE(position_in(north + "exif-ifd3-GPSLatitude: " + bad + " (x)\n" + east + longitude)) << bad;
    EXPECT_FALSE(position_in(north + "exif-ifd3-GPSLatitude: 0/1 0/1 0/1 (0)\n" + east + "exif-ifd3-GPSLongitude: 0/1 0/1 0/1 (0)\n")) << "no fix";
}

TEST(WebP, KeepsPointsOnly) {
    const auto chunk = [](const std::string& name, const std::string& content) {
        return name + little(static_cast<std::uint32_t>(content.size()), 4) + content + std::string(content.size() % 2, '\0');
    };
    const auto riff = [](const std::string& chunks) { return "RIFF" + little(static_cast<std::uint32_t>(chunks.size() + 4), 4) + "WEBP" + chunks; };
    const auto points = chunk("VP8 ", "points");
    EXPECT_EQ(only_points(riff(points)), riff(points));
    EXPECT_EQ(only_points(riff(chunk("VP8X", std::string("\x3C", 1) + std::string(9, '\0')) + chunk("ICCP", "icc") + points + chunk("EXIF", "here") + chunk("XMP ", "who") + chunk("????", "?"))),
              riff(chunk("VP8X", std::string("\x10", 1) + std::string(9, '\0')) + points));
    EXPECT_FALSE(only_points(""));
    EXPECT_FALSE(only_points("RIFF"));
    EXPECT_FALSE(only_points(riff(chunk("EXIF", "here"))));
    EXPECT_FALSE(only_points(riff(points).substr(0, 20)));
    EXPECT_FALSE(only_points(riff("VP8 \xFF\xFF\xFF\xFF")));
}

// ---- the job -----------------------------------------------------------------------------------------------------

class RenditionsTest : public ::testing::TestWithParam<storage::Engine> {
  protected:
    void SetUp() override {
        database_ = storage::testing::fresh_database(GetParam());
        if (!database_) GTEST_SKIP() << "LOA_TEST_POSTGRES names no server";
        root_ = fs::temp_directory_path() / ("loa_renditions_" + std::to_string(::getpid()));
        fs::remove_all(root_);
        store_ = std::make_shared<FileStore>(root_);
        jobs::join(registry_);
        join(registry_, store_);
        registry_.add(FileGuard{"plan.evidence", [](Work&, const Ref& owner) { return owner.id == Id{5}; }});
    }
    void TearDown() override { fs::remove_all(root_); }
    template <class Step>
    auto write(Step&& step) {
        return database_->write([&](storage::Transaction& db) {
            auto work = jobs::system_work(db, ids_, clock_.now(), Id{11});
            return step(work);
        });
    }
    File added(const std::string& name, const std::string& bytes, Id owner = Id{5}) {
        const auto file = accept_file(*store_, {"tep", name, store_->spooled(bytes), {}, {}});
        EXPECT_TRUE(file);
        const Id id = write([&](Work& work) { return add_file(work, *file, {"plan.evidence", Id{11}, owner}); });
        jobs::run_due_jobs(registry_, {*database_, clock_, ids_});
        return *write([&](Work& work) { return file_by_id(work, id); });
    }
    web::Response get(Id id, const std::string& name) {
        web::Request request;
        request.parameters.add("id", to_string(id));
        request.parameters.add("rendition", name);
        const auto& routes = registry_.all<web::Route>();
        const auto route = std::find_if(routes.begin(), routes.end(), [](const auto& each) { return each.pattern == "/tep/{id}/{rendition:text}"; });
        return write([&](Work& work) { return route->handler(request, work); });
    }

    std::unique_ptr<storage::Database> database_;
    FixedClock clock_{Instant{1705280400000}};
    IdSource ids_{1, clock_};
    fs::path root_;
    std::shared_ptr<FileStore> store_;
    Registry registry_;
};

TEST_P(RenditionsTest, APictureGetsItsCopies) {
    NEEDS_LIBVIPS();
    const auto file = added("ảnh họp.png", png(4000, 3000));
    EXPECT_EQ(write([&](Work& work) { return thumbnail_path(work, file); }), file_path(file.id) + "/anh-nho");
    for (const auto* name : {"anh-nho", "cong-khai"}) {
        const auto response = get(file.id, name);
        ASSERT_EQ(response.status, 200) << name;
        EXPECT_EQ(response.content_type, "image/webp");
        EXPECT_TRUE(response.file);
    }
    EXPECT_EQ(get(file.id, "khac").status, 404);
    EXPECT_EQ(get(added("b.png", png(20, 20), Id{6}).id, "anh-nho").status, 404) << "who may not read the file may not read its copies";
    EXPECT_TRUE(write([&](Work& work) { return remove_file(work, file.id); }));
    EXPECT_FALSE(write([&](Work& work) { return rendition(work, file.id, RenditionKind::Thumbnail); }));
}

TEST_P(RenditionsTest, ABombKeepsItsOriginalAndNothingElse) {
    NEEDS_LIBVIPS();
    const auto file = added("bom.png", png(60'000, 60'000));
    EXPECT_EQ(write([&](Work& work) { return thumbnail_path(work, file); }), "");
    EXPECT_EQ(get(file.id, "anh-nho").status, 404);
    EXPECT_TRUE(store_->has(file.sha256));
    EXPECT_TRUE(write([&](Work& work) { return jobs::dead_jobs(work).empty(); }));
}

TEST_P(RenditionsTest, APaperHasNone) {
    const auto file = added("a.pdf", "%PDF-1.7\n");
    EXPECT_EQ(write([&](Work& work) { return thumbnail_path(work, file); }), "");
}

INSTANTIATE_TEST_SUITE_P(Engines, RenditionsTest, ::testing::ValuesIn(storage::testing::engines()),
                         storage::testing::engine_name<::testing::TestParamInfo<storage::Engine>>);

}  // namespace
}  // namespace loa::media
