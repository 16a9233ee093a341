#include "compression.h"

#include <brotli/encode.h>
#include <zlib.h>

#include "loa/base/check.h"
#include "loa/base/text.h"

namespace loa::web {

namespace {

std::string gzipped(std::string_view bytes, int level) {
    z_stream stream{};
    constexpr int kGzipWindow = 15 + 16;
    LOA_CHECK(deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int end = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    LOA_CHECK(end == Z_STREAM_END);
    return out;
}

std::string brotlied(std::string_view bytes, int quality) {
    std::string out(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
    std::size_t size = out.size();
    LOA_CHECK(BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                                    reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                    reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE);
    out.resize(size);
    return out;
}

/// "br;q=0" refuses; any other weight accepts.
bool is_refused(std::string_view parameters) {
    const auto q = parameters.find("q=");
    if (q == std::string_view::npos) return false;
    const auto weight = trimmed(parameters.substr(q + 2));
    return weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

Coding best_coding(std::string_view accept_encoding) {
    Coding best = Coding::Plain;
    for (const auto part : split(accept_encoding, ',')) {
        const auto coding = trimmed(part.substr(0, part.find(';')));
        if (is_refused(part.substr(coding.size()))) continue;
        if (coding == "br") return Coding::Brotli;
        if (coding == "gzip") best = Coding::Gzip;
    }
    return best;
}

std::string_view name(Coding coding) {
    switch (coding) {
        case Coding::Plain:
            return "";
        case Coding::Gzip:
            return "gzip";
        case Coding::Brotli:
            return "br";
    }
    return "";
}

std::string compressed(std::string_view bytes, Coding coding, Effort effort) {
    switch (coding) {
        case Coding::Plain:
            return std::string(bytes);
        case Coding::Gzip:
            return gzipped(bytes, effort == Effort::Once ? 9 : 4);
        case Coding::Brotli:
            return brotlied(bytes, effort == Effort::Once ? 9 : 3);
    }
    return std::string(bytes);
}

std::shared_ptr<const std::string> compressed_if_smaller(std::string_view bytes, Coding coding,
                                                         Effort effort) {
    if (bytes.size() < kCompressedFrom) return nullptr;
    auto smaller = compressed(bytes, coding, effort);
    return smaller.size() < bytes.size() ? std::make_shared<const std::string>(std::move(smaller)) : nullptr;
}

bool is_compressible(std::string_view content_type) {
    const auto type = content_type.substr(0, content_type.find(';'));
    return type.starts_with("text/") || type == "application/json" || type == "image/svg+xml" ||
           type == "application/javascript" || type == "application/manifest+json" ||
           type == "application/xml" || type.ends_with("+xml");
}

}  // namespace loa::web
