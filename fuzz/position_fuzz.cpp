// What another program says of a picture, and what it made of it: both may be anything, for the picture was.
#include <cstdint>
#include <string_view>

#include "../kernel/media/position.h"
#include "../kernel/media/webp.h"

namespace {

void require(bool promise) {
    if (!promise) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace loa::media;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto position = position_in(bytes)) {
        require(position->latitude >= -90'000'000 && position->latitude <= 90'000'000);
        require(position->longitude >= -180'000'000 && position->longitude <= 180'000'000);
    }
    if (const auto points = only_points(bytes)) {
        require(points->size() <= size);
        require(only_points(*points) == points);
    }
    return 0;
}
