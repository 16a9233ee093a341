// QR pictures, for a page's SVG.
#pragma once

#include <string>
#include <string_view>

namespace loa::identity {

struct QrPicture {
    int size = 0;         // squares on a side, with the quiet zone of four around it (ISO/IEC 18004)
    std::string squares;  // the dark ones, as the "d" of an SVG path
};
/// Medium error correction. Fault: more than fits (about 2,300 bytes).
QrPicture qr_picture(std::string_view text);

}  // namespace loa::identity
