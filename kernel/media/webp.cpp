#include "webp.h"

#include <cstdint>

namespace loa::media {

namespace {

constexpr std::size_t kHead = 8;  // of a chunk: its name and its size

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

void put_number(std::string& bytes, std::size_t at, std::uint32_t number) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i));
}

}  // namespace

std::optional<std::string> only_points(std::string_view webp) {
    if (webp.size() < 12 || !webp.starts_with("RIFF") || webp.substr(8, 4) != "WEBP") return std::nullopt;
    std::string kept(webp.substr(0, 12));
    bool has_points = false;
    for (auto rest = webp.substr(12); !rest.empty();) {
        if (rest.size() < kHead) return std::nullopt;
        const std::size_t size = number_at(rest, 4), padded = size + size % 2;
        if (padded > rest.size() - kHead) return std::nullopt;
        const auto name = rest.substr(0, 4);
        const bool points = name == "VP8 " || name == "VP8L";
        if (points || name == "ALPH") kept += rest.substr(0, kHead + padded);
        if (name == "VP8X") {
            constexpr unsigned char kAlpha = 0x10;  // the only flag that still holds
            if (size != 10) return std::nullopt;
            kept += rest.substr(0, kHead + padded);
            auto& flags = kept[kept.size() - padded];
            flags = static_cast<char>(static_cast<unsigned char>(flags) & kAlpha);
        }
        has_points = has_points || points;
        rest.remove_prefix(kHead + padded);
    }
    if (!has_points) return std::nullopt;
    put_number(kept, 4, static_cast<std::uint32_t>(kept.size() - kHead));
    return kept;
}

}  // namespace loa::media
