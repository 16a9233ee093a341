#include "qr.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

#include "loa/base/fault.h"

namespace loa::identity {

namespace {
constexpr int kQuietZone = 4;
}  // namespace

QrPicture qr_picture(std::string_view text) {
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), QRcode_free);
    if (!code) throw Fault("a text does not fit into a QR picture");
    QrPicture picture{code->width + 2 * kQuietZone, ""};
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x) {
            const bool dark = (code->data[y * code->width + x] & 1U) != 0;
            if (dark) picture.squares += fmt::format("M{} {}h1v1h-1z", x + kQuietZone, y + kQuietZone);
        }
    return picture;
}

}  // namespace loa::identity
