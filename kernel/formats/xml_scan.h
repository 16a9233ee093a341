// Goes over the tags of an XML text once, without a stack and without a tree: what is refused is refused before
// anything is allocated for it, and a part of a text of any size can be found.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace loa::formats {

enum class XmlVerdict { Sound, Damaged, Unsafe, TooLarge, Stopped };

/// `Visitor` has bool opened(at, depth) for the "<" of an element with so many above it, and bool closed(end, depth)
/// for the place behind its last ">"; false stops the scan.
template <class Visitor>
class XmlScan {
  public:
    XmlScan(std::string_view text, int deepest, std::size_t most_nodes, Visitor& visitor)
        : text_(text), deepest_(deepest), most_nodes_(most_nodes), visitor_(visitor) {}

    XmlVerdict run() {
        for (at_ = text_.find('<'); at_ != text_.npos; at_ = text_.find('<', at_))
            if (const XmlVerdict verdict = step(); verdict != XmlVerdict::Sound) return verdict;
        return depth_ == 0 && nodes_ > 0 ? XmlVerdict::Sound : XmlVerdict::Damaged;
    }

  private:
    XmlVerdict step() {
        const std::string_view rest = text_.substr(at_, 9);
        if (rest.starts_with("<!--")) return skip_past("-->", 4);
        if (rest.starts_with("<![CDATA[")) return skip_past("]]>", 9);
        if (rest.starts_with("<!")) return XmlVerdict::Unsafe;
        if (rest.starts_with("<?")) return skip_past("?>", 2);
        if (!rest.starts_with("</")) return open();
        if (--depth_ < 0) return XmlVerdict::Damaged;
        if (const auto verdict = skip_past(">", 2); verdict != XmlVerdict::Sound) return verdict;
        return visitor_.closed(at_, depth_) ? XmlVerdict::Sound : XmlVerdict::Stopped;
    }

    XmlVerdict skip_past(std::string_view end, std::size_t from) {
        const std::size_t found = text_.find(end, at_ + from);
        if (found == text_.npos) return XmlVerdict::Damaged;
        at_ = found + end.size();
        return XmlVerdict::Sound;
    }

    XmlVerdict open() {
        if (!visitor_.opened(at_, depth_)) return XmlVerdict::Stopped;
        ++at_;
        nodes_ += 2;  // itself, and the text that may follow
        for (;;) {
            at_ = text_.find_first_of("\"'>", at_);
            if (at_ == text_.npos) return XmlVerdict::Damaged;
            if (text_[at_] == '>') break;
            at_ = text_.find(text_[at_], at_ + 1);
            if (at_ == text_.npos) return XmlVerdict::Damaged;
            ++at_;
            ++nodes_;
        }
        const bool empty = text_[at_ - 1] == '/';
        ++at_;
        if (empty && !visitor_.closed(at_, depth_)) return XmlVerdict::Stopped;
        if (!empty && ++depth_ > deepest_) return XmlVerdict::Unsafe;
        return nodes_ > most_nodes_ ? XmlVerdict::TooLarge : XmlVerdict::Sound;
    }

    std::string_view text_;
    int deepest_;
    std::size_t most_nodes_;
    Visitor& visitor_;
    std::size_t at_ = 0;
    std::size_t nodes_ = 0;
    int depth_ = 0;
};

}  // namespace loa::formats
