#include "compression.h"

#include <brotli/encode.h>
#include <zlib.h>

#include "loa/base/check.h"
#include "loa/base/text.h"

namespace loa::web {

namespace {

struct GzipSettings {
    int level, memory;
};
constexpr GzipSettings kGzipOnce{9, 9};
// The last level of zlib's quick search: half the time of the next one, 4 to 6 percent more bytes. For pages of
// some kilobytes more memory is only more to clear.
constexpr GzipSettings kGzipEach{3, 6};
constexpr int kBrotliOnceQuality = 9;
constexpr int kBrotliEachQuality = 2;

/// A compressor and its memory, which costs more to get and to clear than compressing a short page does.
class Deflater {
  public:
    explicit Deflater(GzipSettings settings) {
        constexpr int kGzipWindow = 15 + 16;
        LOA_CHECK(deflateInit2(&stream_, settings.level, Z_DEFLATED, kGzipWindow, settings.memory,
                               Z_DEFAULT_STRATEGY) == Z_OK);
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    std::string gzipped(std::string_view bytes) {
        LOA_CHECK(deflateReset(&stream_) == Z_OK);
        std::string out(deflateBound(&stream_, bytes.size()), '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(bytes.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        LOA_CHECK(deflate(&stream_, Z_FINISH) == Z_STREAM_END);
        out.resize(stream_.total_out);
        return out;
    }

  private:
    z_stream stream_{};
};

std::string gzipped(std::string_view bytes, Effort effort) {
    if (effort == Effort::Once) return Deflater(kGzipOnce).gzipped(bytes);
    thread_local Deflater deflater(kGzipEach);
    return deflater.gzipped(bytes);
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

Coding best_coding(std::string_view accept_encoding, Effort effort) {
    const Coding preferred = effort == Effort::Once ? Coding::Brotli : Coding::Gzip;
    Coding best = Coding::Plain;
    for (const auto part : split(accept_encoding, ',')) {
        const auto word = trimmed(part.substr(0, part.find(';')));
        if ((word != "br" && word != "gzip") || is_refused(part.substr(word.size()))) continue;
        const Coding coding = word == "br" ? Coding::Brotli : Coding::Gzip;
        if (coding == preferred) return coding;
        best = coding;
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
            return gzipped(bytes, effort);
        case Coding::Brotli:
            return brotlied(bytes, effort == Effort::Once ? kBrotliOnceQuality : kBrotliEachQuality);
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
