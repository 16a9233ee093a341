// PDF files made in the test: words at places, in a font of which every letter is half as wide as high.
#pragma once

#include <string>
#include <vector>

namespace loa::formats::testing {

struct Placed {
    double x = 0, y = 0;  // points from the upper left corner of an A4 page; y of the base line
    std::string text;     // UTF-8
    double size = 14;
};
using PdfPage = std::vector<Placed>;

/// `trailer` is added to the trailer dictionary (/Encrypt …).
std::string pdf_of(const std::vector<PdfPage>& pages, const std::string& trailer = {});
/// One page that is nothing but this picture: a PGM file (P5, 8 bit).
std::string pdf_of_picture(const std::string& pgm);

inline double width_of(const std::string& ascii, double size = 14) {
    return static_cast<double>(ascii.size()) * size / 2;
}

}  // namespace loa::formats::testing
