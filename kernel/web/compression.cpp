#include "compression.h"

#include <brotli/encode.h>
#include <libdeflate.h>

#include "loa/base/check.h"
#include "loa/base/text.h"

namespace loa::web {

namespace {

constexpr int kGzipOnceLevel = 12;
constexpr int kGzipEachLevel = 1;  // a third of the time of zlib's level 3, and smaller
constexpr int kBrotliOnceQuality = 9;
constexpr int kBrotliEachQuality = 2;

/// A compressor and its memory, which costs more to get than compressing a short page does.
class Deflater {
  public:
    explicit Deflater(int level) : compressor_(libdeflate_alloc_compressor(level)) { LOA_CHECK(compressor_ != nullptr); }
    ~Deflater() { libdeflate_free_compressor(compressor_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    std::string gzipped(std::string_view bytes) {
        std::string out(libdeflate_gzip_compress_bound(compressor_, bytes.size()), '\0');
        const std::size_t size =
            libdeflate_gzip_compress(compressor_, bytes.data(), bytes.size(), out.data(), out.size());
        LOA_CHECK(size > 0);
        out.resize(size);
        return out;
    }

  private:
    libdeflate_compressor* compressor_;
};

std::string gzipped(std::string_view bytes, Effort effort) {
    if (effort == Effort::Once) return Deflater(kGzipOnceLevel).gzipped(bytes);
    thread_local Deflater deflater(kGzipEachLevel);
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
