#include "forms.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>

#include "multipart.h"

namespace loa::web {
namespace {

const std::string kOpen = "--XX\r\n";
std::string field(const std::string& name, const std::string& value) {
    return kOpen + "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}
std::string file(const std::string& name, const std::string& file_name, const std::string& bytes) {
    return kOpen + "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file_name +
           "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes + "\r\n";
}
const std::string kClose = "--XX--\r\n";

TEST(Urlencoded, ReadsWhatBrowsersSend) {
    const auto fields =
        parse_urlencoded("ten=Ph%C3%B2ng+N%E1%BB%99i+v%E1%BB%A5&a=1&a=2&trong=&chi&&x=%0D%0Ay");
    ASSERT_TRUE(fields);
    EXPECT_EQ(fields->text("ten"), "Phòng Nội vụ");
    EXPECT_EQ(fields->all("a"), (std::vector<std::string>{"1", "2"}));
    EXPECT_TRUE(fields->has("trong"));
    EXPECT_TRUE(fields->has("chi"));
    EXPECT_FALSE(fields->has(""));
    EXPECT_EQ(fields->raw("x"), "\ny");
}

TEST(Urlencoded, MakesNfc) {
    EXPECT_EQ(parse_urlencoded("q=h%C3%B4%CC%A3")->text("q"), "hộ");
}

TEST(Urlencoded, RefusesWhatIsNoText) {
    for (const auto* body : {"a=%", "a=%4", "a=%gg", "a=%ff", "%c3=1", "a=%00", "a=%ed%a0%80", "a=%c0%80"})
        EXPECT_FALSE(parse_urlencoded(body)) << body;
    std::string many;
    for (std::size_t at = 0; at < kFormFields; ++at) many += "a&";
    EXPECT_TRUE(parse_urlencoded(many));
    EXPECT_FALSE(parse_urlencoded(many + "a"));
}

TEST(Fields, ReadsValues) {
    Fields fields;
    fields.add("a", "  x \u00A0");
    fields.add("id", " 12 ");
    fields.add("id", "x");
    fields.add("id", "13");
    fields.add("n", "-5");
    fields.add("m", "1.000");
    fields.add("lines", "một\r\nhai\r\n");
    EXPECT_EQ(fields.text("a"), "x");
    EXPECT_EQ(fields.id("id"), Id{12});
    EXPECT_EQ(fields.ids("id"), (std::vector<Id>{{12}, {13}}));
    EXPECT_EQ(fields.number("n"), -5);
    EXPECT_FALSE(fields.number("m"));
    EXPECT_FALSE(fields.number("absent"));
    EXPECT_EQ(fields.raw("lines"), "một\nhai\n");
    EXPECT_EQ(fields.raw("a"), "  x \u00A0");
}

/// Taken at once, and byte by byte with the same outcome.
std::optional<Form> parse_multipart(const std::string& body, const std::string& boundary) {
    MultipartReader::Limits limits;
    limits.spool = std::filesystem::temp_directory_path();
    MultipartReader whole(boundary, limits), pieces(boundary, limits);
    whole.take(body);
    auto form = whole.finish();
    if (body.size() > 10'000) return form;
    for (const char byte : body) pieces.take(std::string_view(&byte, 1));
    const auto same = pieces.finish();
    EXPECT_EQ(same.has_value(), form.has_value());
    EXPECT_EQ(pieces.refusal(), whole.refusal());
    if (!form || !same) return form;
    EXPECT_EQ(same->fields.items(), form->fields.items());
    EXPECT_EQ(same->uploads.size(), form->uploads.size());
    for (std::size_t at = 0; at < std::min(same->uploads.size(), form->uploads.size()); ++at)
        EXPECT_EQ(same->uploads[at].content->sha256(), form->uploads[at].content->sha256());
    return form;
}

TEST(Multipart, ReadsFieldsAndFiles) {
    const std::string binary("\0\xFF--XX\r\n-\r\n--X", 15);
    const auto form = parse_multipart(field("ten", "Kế hoạch") + field("trong", "") +
                                          file("tep", "C:\\Tài liệu\\kế hoạch.docx", binary) + kClose,
                                      "XX");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->fields.text("ten"), "Kế hoạch");
    EXPECT_TRUE(form->fields.has("trong"));
    ASSERT_EQ(form->uploads.size(), 1u);
    EXPECT_EQ(form->uploads[0].field, "tep");
    EXPECT_EQ(form->uploads[0].file_name, "kế hoạch.docx");
    EXPECT_EQ(form->uploads[0].bytes(), binary);
}

TEST(Multipart, KnowsBrowsersWays) {
    const auto form = parse_multipart(
        file("a", "", "") + file("b", "../../etc/passwd", "x") + file("c", "a%22b\\\"c.txt", "") + kOpen +
            "content-disposition:form-data; NAME=d; filename*=UTF-8''%e2%82%ac.txt\r\n\r\ny\r\n" + kClose,
        "XX");
    ASSERT_TRUE(form);
    ASSERT_EQ(form->uploads.size(), 3u);  // "a" was left empty
    EXPECT_EQ(form->uploads[0].file_name, "passwd");
    EXPECT_EQ(form->uploads[1].file_name, "a\"b\"c.txt");
    EXPECT_EQ(form->uploads[2].file_name, "€.txt");
}

TEST(Multipart, RefusesWhatIsNone) {
    const std::string good = field("a", "b") + kClose;
    EXPECT_TRUE(parse_multipart(good, "XX"));
    EXPECT_TRUE(parse_multipart("--XX--", "XX"));
    for (const auto& body :
         {std::string(), good.substr(0, good.size() - 6), good.substr(1), field("a", "\xFF") + kClose,
          field("\xFF", "x") + kClose, field("a", std::string("\0", 1)) + kClose,
          kOpen + "Content-Type: text/plain\r\n\r\nx\r\n" + kClose, file("a", "\xFF", "x") + kClose,
          kOpen + "Content-Disposition: form-data; name=\"a\r\n\r\nx\r\n" + kClose,
          kOpen + "Content-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n" + kClose,
          kOpen + "X: " + std::string(9000, 'x') +
              "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n" + kClose})
        EXPECT_FALSE(parse_multipart(body, "XX")) << body.substr(0, 80);
    std::string files;
    for (std::size_t at = 0; at <= kFormUploads; ++at) files += file("a", "x", "y");
    EXPECT_FALSE(parse_multipart(files + kClose, "XX"));
}

TEST(Multipart, FilesAreHashedAndGoWithTheirForm) {
    const auto folder = std::filesystem::temp_directory_path() / ("loa_multipart_" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    const auto files = [&] { return std::distance(std::filesystem::directory_iterator(folder), {}); };
    {
        MultipartReader reader("XX", {.spool = folder});
        ASSERT_TRUE(reader.take(file("t", "x.txt", "abc") + kOpen));
        EXPECT_EQ(files(), 1);
    }
    EXPECT_EQ(files(), 0) << "cut off";
    MultipartReader reader("XX", {.spool = folder});
    ASSERT_TRUE(reader.take(file("t", "x.txt", "abc") + kClose));
    auto form = reader.finish();
    EXPECT_EQ(form->uploads.at(0).content->sha256(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(files(), 1);
    const auto kept = folder / "kept";
    form->uploads[0].content->move_to(kept);
    form.reset();
    EXPECT_EQ(files(), 1) << "what was moved stays";
    std::filesystem::remove_all(folder);
}

TEST(Multipart, FieldsAreLimitedAndFilesAreNot) {
    MultipartReader::Limits limits{.fields = 1000};
    limits.spool = std::filesystem::temp_directory_path();
    MultipartReader large(std::string("XX"), limits);
    EXPECT_TRUE(large.take(file("t", "x", std::string(1 << 20, 'x')) + field("a", "b") + kClose));
    EXPECT_TRUE(large.finish());
    MultipartReader text("XX", limits);
    EXPECT_FALSE(text.take(field("a", std::string(2000, 'x'))));
    EXPECT_EQ(text.refusal(), 413);
    MultipartReader heads("XX", limits);
    for (int count = 0; count < 100 && heads.take(file("a", "", "")); ++count) {
    }
    EXPECT_EQ(heads.refusal(), 413) << "parts without content are not free";
    MultipartReader none("XX", {});
    EXPECT_FALSE(none.take(file("t", "x", "abc")));
    EXPECT_EQ(none.refusal(), 400) << "this form takes no files";
    MultipartReader unused("XX", {});
    EXPECT_TRUE(unused.take(file("t", "", "") + kClose)) << "but its browser may say that none was chosen";
}

TEST(Multipart, EveryCutIsRefusedOrRead) {
    const std::string body = field("a", "b") + file("t", "x.txt", "12345") + kClose;
    for (std::size_t size = 0; size < body.size() - 2; ++size)
        EXPECT_FALSE(parse_multipart(body.substr(0, size), "XX")) << size;
}

TEST(Multipart, IsLinear) {
    // Nearly a delimiter, again and again: twice the bytes must not take four times as long.
    const std::string boundary(70, '-');
    const auto seconds = [&](std::size_t megabytes) {
        std::string content;
        while (content.size() < megabytes << 20)
            content += "\r\n-----------------------------------------------------------------------x";
        const std::string body = "--" + boundary +
                                 "\r\nContent-Disposition: form-data; name=\"t\"; filename=\"x\"\r\n\r\n" +
                                 content + "\r\n--" + boundary + "--";
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_TRUE(parse_multipart(body, boundary));
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    seconds(1);
    EXPECT_LT(seconds(16), 2.0);
}

TEST(ContentType, FindsTheBoundary) {
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=----WebKit7"), "----WebKit7");
    EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), "a b");
    EXPECT_FALSE(multipart_boundary("multipart/form-data"));
    EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'x')));
    EXPECT_FALSE(multipart_boundary("multipart/mixed; boundary=a"));
    EXPECT_TRUE(is_urlencoded("application/x-www-form-urlencoded; charset=UTF-8"));
    EXPECT_FALSE(is_urlencoded("application/x-www-form-urlencodedx"));
}

TEST(FileName, IsCleanAndShort) {
    EXPECT_EQ(clean_file_name("/a/b/c\nd.pdf"), "cd.pdf");
    EXPECT_EQ(clean_file_name("h\u00F4\u0323.pdf"), "hộ.pdf");
    const auto name = clean_file_name(std::string(1000, 'x') + ".docx");
    ASSERT_TRUE(name);
    EXPECT_LE(name->size(), 205u);
    EXPECT_TRUE(name->ends_with(".docx"));
    EXPECT_FALSE(clean_file_name("\xC3"));
}

TEST(Cookies, AreReadAsSent) {
    const auto cookies = parse_cookies("a=1; b=x=y;c=; d ; =e;  f=\"q\"");
    EXPECT_EQ(cookies.raw("a"), "1");
    EXPECT_EQ(cookies.raw("b"), "x=y");
    EXPECT_TRUE(cookies.has("c"));
    EXPECT_FALSE(cookies.has("d"));
    EXPECT_EQ(cookies.raw("f"), "\"q\"");
}

}  // namespace
}  // namespace loa::web
