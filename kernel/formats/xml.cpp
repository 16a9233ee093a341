#include "xml.h"

#include <utility>

#include "file_problems.h"
#include "loa/base/text.h"

namespace loa::formats {

namespace {

enum class Verdict { Sound, Damaged, Unsafe, TooLarge };

/// Walks the tags once, without a stack: depth, count, and no "<!" but comments and CDATA.
class Scan {
  public:
    explicit Scan(std::string_view text) : text_(text) {}

    Verdict run() {
        for (at_ = text_.find('<'); at_ != text_.npos; at_ = text_.find('<', at_))
            if (const Verdict verdict = step(); verdict != Verdict::Sound) return verdict;
        return depth_ == 0 && nodes_ > 0 ? Verdict::Sound : Verdict::Damaged;
    }

  private:
    Verdict step() {
        const std::string_view rest = text_.substr(at_);
        if (rest.starts_with("<!--")) return skip_past("-->", 4);
        if (rest.starts_with("<![CDATA[")) return skip_past("]]>", 9);
        if (rest.starts_with("<!")) return Verdict::Unsafe;
        if (rest.starts_with("<?")) return skip_past("?>", 2);
        if (rest.starts_with("</")) {
            if (--depth_ < 0) return Verdict::Damaged;
            return skip_past(">", 2);
        }
        return open();
    }

    Verdict skip_past(std::string_view end, std::size_t from) {
        const std::size_t found = text_.find(end, at_ + from);
        if (found == text_.npos) return Verdict::Damaged;
        at_ = found + end.size();
        return Verdict::Sound;
    }

    Verdict open() {
        ++at_;
        nodes_ += 2;  // itself, and the text that may follow
        for (;;) {
            at_ = text_.find_first_of("\"'>", at_);
            if (at_ == text_.npos) return Verdict::Damaged;
            if (text_[at_] == '>') break;
            at_ = text_.find(text_[at_], at_ + 1);
            if (at_ == text_.npos) return Verdict::Damaged;
            ++at_;
            ++nodes_;
        }
        if (text_[at_ - 1] != '/' && ++depth_ > kXmlDepth) return Verdict::Unsafe;
        ++at_;
        return nodes_ > kXmlNodes ? Verdict::TooLarge : Verdict::Sound;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t nodes_ = 0;
    int depth_ = 0;
};

}  // namespace

Result<Xml> Xml::parse(std::string text) {
    if (!is_utf8(text)) return damaged();
    switch (Scan(text).run()) {
        case Verdict::Sound:
            break;
        case Verdict::Damaged:
            return damaged();
        case Verdict::Unsafe:
            return unsafe_xml();
        case Verdict::TooLarge:
            return too_large_inside();
    }
    constexpr unsigned int kOptions =
        pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_ws_pcdata_single;
    Xml xml;
    xml.text_ = std::make_unique<std::string>(std::move(text));
    xml.tree_ = std::make_unique<pugi::xml_document>();
    const auto parsed =
        xml.tree_->load_buffer_inplace(xml.text_->data(), xml.text_->size(), kOptions, pugi::encoding_utf8);
    if (!parsed || !xml.root()) return damaged();
    return xml;
}

bool is_on(pugi::xml_node node) {
    if (!node) return false;
    const std::string_view value = val_of(node, "1");
    return value != "0" && value != "false" && value != "off" && value != "none";
}

}  // namespace loa::formats
