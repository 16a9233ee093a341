#include "loa/formats/testing_pdf.h"

#include <fmt/format.h>

#include <sstream>
#include <stdexcept>

#include "loa/base/text.h"

namespace loa::formats::testing {

namespace {

constexpr double kHeight = 842, kWidth = 595;

class PdfWriter {
  public:
    int add(const std::string& object) {
        offsets_.push_back(body_.size());
        body_ += fmt::format("{} 0 obj\n{}\nendobj\n", offsets_.size(), object);
        return static_cast<int>(offsets_.size());
    }
    int add_stream(const std::string& dictionary, const std::string& content) {
        return add(
            fmt::format("<< {} /Length {} >>\nstream\n{}\nendstream", dictionary, content.size(), content));
    }
    std::string finished(int root, const std::string& trailer) {
        const std::size_t table = body_.size();
        body_ += fmt::format("xref\n0 {}\n0000000000 65535 f \n", offsets_.size() + 1);
        for (const std::size_t offset : offsets_) body_ += fmt::format("{:010} 00000 n \n", offset);
        body_ += fmt::format("trailer\n<< /Size {} /Root {} 0 R {} >>\nstartxref\n{}\n%%EOF\n",
                             offsets_.size() + 1, root, trailer, table);
        return body_;
    }

  private:
    std::string body_ = "%PDF-1.4\n";
    std::vector<std::size_t> offsets_;
};

std::string hexadecimal(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();)
        out += fmt::format("{:04X}", static_cast<unsigned>(next_code_point(text, at)));
    return out;
}

int catalogue(PdfWriter& pdf, const std::vector<int>& pages, int tree) {
    std::string kids;
    for (const int page : pages) kids += fmt::format("{} 0 R ", page);
    const int written = pdf.add(fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages.size()));
    if (written != tree) throw std::logic_error("page tree is not where its pages look for it");
    return pdf.add(fmt::format("<< /Type /Catalog /Pages {} 0 R >>", tree));
}

}  // namespace

std::string pdf_of(const std::vector<PdfPage>& pages, const std::string& trailer) {
    PdfWriter pdf;
    const int names = pdf.add_stream("",
                                     "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                                     "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap");
    const int metrics = pdf.add(
        "<< /Type /FontDescriptor /FontName /Test /Flags 4 /Ascent 800 /Descent -200 "
        "/FontBBox [0 -200 500 800] /ItalicAngle 0 /CapHeight 700 /StemV 80 >>");
    const int letters = pdf.add(fmt::format(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (Identity) /Supplement 0 >> /FontDescriptor {} 0 R /DW 500 >>",
        metrics));
    const int font =
        pdf.add(fmt::format("<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H "
                            "/DescendantFonts [{} 0 R] /ToUnicode {} 0 R >>",
                            letters, names));
    const int tree = font + 2 * static_cast<int>(pages.size()) + 1;
    std::vector<int> numbers;
    for (const PdfPage& page : pages) {
        std::string content = "BT\n";
        for (const Placed& word : page)
            content += fmt::format("/F {} Tf 1 0 0 1 {} {} Tm <{}> Tj\n", word.size, word.x, kHeight - word.y,
                                   hexadecimal(word.text));
        const int stream = pdf.add_stream("", content + "ET");
        numbers.push_back(
            pdf.add(fmt::format("<< /Type /Page /Parent {} 0 R /MediaBox [0 0 {} {}] /Contents {} 0 R "
                                "/Resources << /Font << /F {} 0 R >> >> >>",
                                tree, kWidth, kHeight, stream, font)));
    }
    return pdf.finished(catalogue(pdf, numbers, tree), trailer);
}

std::string pdf_of_picture(const std::string& pgm) {
    std::istringstream header(pgm);
    std::string magic;
    int width = 0, height = 0, most = 0;
    header >> magic >> width >> height >> most;
    const std::string grey = pgm.substr(static_cast<std::size_t>(header.tellg()) + 1);
    PdfWriter pdf;
    const int picture = pdf.add_stream(
        fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray "
                    "/BitsPerComponent 8",
                    width, height),
        grey);
    const int stream = pdf.add_stream("", fmt::format("{} 0 0 {} 0 0 cm /P Do", kWidth, kHeight));
    const int tree = stream + 2;
    const int page =
        pdf.add(fmt::format("<< /Type /Page /Parent {} 0 R /MediaBox [0 0 {} {}] /Contents {} 0 R "
                            "/Resources << /XObject << /P {} 0 R >> >> >>",
                            tree, kWidth, kHeight, stream, picture));
    return pdf.finished(catalogue(pdf, {page}, tree), "");
}

}  // namespace loa::formats::testing
