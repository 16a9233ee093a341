// Words and where they stand on the page: what poppler and tesseract know of a document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loa/base/result.h"

namespace loa::formats {

/// In points of the page (or pixels of a scan); y grows downwards.
struct Word {
    double left = 0, top = 0, right = 0, bottom = 0;
    std::string text;  // NFC

    double height() const { return bottom - top; }
};

struct Page {
    double width = 0, height = 0;
    std::vector<Word> words;
};

/// What `pdftotext -bbox` prints. Fails with formats.damaged or formats.too_large_inside.
Result<std::vector<Page>> pages_of_bbox(std::string_view xhtml);
/// What `tesseract … tsv` prints of one page; words it is hardly sure of are taken all the same.
Page page_of_tsv(std::string_view tsv);

/// Printed lines: words on one height, from left to right, with what a program tore apart joined again
/// ("đo ạn" → "đoạn": the gap is far narrower than a blank).
struct PrintedLine {
    std::vector<Word> words;
    double left = 0, top = 0, right = 0, bottom = 0;
    int page = 0;

    double height() const { return bottom - top; }
    std::string text() const;
};

/// The lines of all pages in reading order, without page numbers and without what is printed at the head or
/// foot of most pages.
std::vector<PrintedLine> printed_lines(const std::vector<Page>& pages);

}  // namespace loa::formats
