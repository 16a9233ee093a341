#include "xml.h"

#include <optional>
#include <utility>

#include "file_problems.h"
#include "loa/base/text.h"
#include "xml_scan.h"

namespace loa::formats {

namespace {

struct Everything {
    bool opened(std::size_t, int) { return true; }
    bool closed(std::size_t, int) { return true; }
};

/// Finds the elements of one level, and takes them to whoever asked.
class PartsOf {
  public:
    PartsOf(std::string_view text, int level, const std::function<Result<>(const XmlPart&)>& each)
        : text_(text), level_(level), each_(each) {}

    bool opened(std::size_t at, int depth) {
        if (depth == level_ - 1) parent_ = local_name_at(at);
        if (depth == level_) begin_ = at;
        return true;
    }
    bool closed(std::size_t end, int depth) {
        if (depth != level_) return true;
        const Result<> done = each_({parent_, local_name_at(begin_), text_.substr(begin_, end - begin_)});
        if (!done) failure_ = done.failure();
        return static_cast<bool>(done);
    }
    const std::optional<Failure>& failure() const { return failure_; }

  private:
    std::string_view local_name_at(std::size_t at) const {
        const std::size_t end = text_.find_first_of(" \t\r\n/>", at + 1);
        const std::string_view name = text_.substr(at + 1, end - at - 1);
        const std::size_t colon = name.find(':');
        return colon == name.npos ? name : name.substr(colon + 1);
    }

    std::string_view text_;
    int level_;
    const std::function<Result<>(const XmlPart&)>& each_;
    std::string_view parent_;
    std::size_t begin_ = 0;
    std::optional<Failure> failure_;
};

std::optional<Failure> failure_of(XmlVerdict verdict) {
    switch (verdict) {
        case XmlVerdict::Sound:
        case XmlVerdict::Stopped:
            return std::nullopt;
        case XmlVerdict::Damaged:
            return damaged();
        case XmlVerdict::Unsafe:
            return unsafe_xml();
        case XmlVerdict::TooLarge:
            return too_large_inside();
    }
    return damaged();
}

constexpr unsigned int kOptions =
    pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_ws_pcdata_single;

}  // namespace

Result<Xml> Xml::parse(std::string text) {
    if (!is_utf8(text)) return damaged();
    Everything everything;
    if (auto failure = failure_of(XmlScan(text, kXmlDepth, kXmlNodes, everything).run())) return *std::move(failure);
    Xml xml;
    xml.text_ = std::make_unique<std::string>(std::move(text));
    xml.tree_ = std::make_unique<pugi::xml_document>();
    const auto parsed =
        xml.tree_->load_buffer_inplace(xml.text_->data(), xml.text_->size(), kOptions, pugi::encoding_utf8);
    if (!parsed || !xml.root()) return damaged();
    return xml;
}

Result<> each_xml_part(std::string_view text, int level, const std::function<Result<>(const XmlPart&)>& each) {
    if (!is_utf8(text)) return damaged();
    PartsOf parts(text, level, each);
    // No tree is made of the whole, so there may be any number of parts; the size of the text bounds them.
    const XmlVerdict verdict = XmlScan(text, kXmlDepth, text.size(), parts).run();
    if (parts.failure()) return *parts.failure();
    if (auto failure = failure_of(verdict)) return *std::move(failure);
    return Done{};
}

pugi::xml_node parsed_part(std::string_view part, pugi::xml_document& tree) {
    return tree.load_buffer(part.data(), part.size(), kOptions, pugi::encoding_utf8) ? tree.first_child() : pugi::xml_node();
}

std::string_view local_name_of(pugi::xml_node node) {
    const std::string_view name = node.name();
    const std::size_t colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

bool is_on(pugi::xml_node node) {
    if (!node) return false;
    const std::string_view value = val_of(node, "1");
    return value != "0" && value != "false" && value != "off" && value != "none";
}

}  // namespace loa::formats
