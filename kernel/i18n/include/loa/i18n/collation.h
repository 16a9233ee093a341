// The order of Vietnamese words: a ă â b c d đ e ê …, tones only where all else is equal (ngang, huyền, hỏi,
// ngã, sắc, nặng), upper case after lower, runs of digits by their number ("Mục 2" before "Mục 10"). ICU's
// rules for "vi", the same in both languages of the interface: the names sorted are Vietnamese either way.
#pragma once

#include <string>
#include <string_view>

namespace loa::i18n {

/// Below 0 when `a` stands before `b`, above 0 when after, 0 when their order is the same.
int compare(std::string_view a, std::string_view b);

/// Hexadecimal text whose plain order of bytes is compare()'s: kept beside a name in a column, so that
/// "order by name_sort_key" is right on any database. Made by ICU 72; a new ICU needs the column anew.
std::string sort_key(std::string_view text);

/// For std::sort, std::map.
struct Before {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const { return compare(a, b) < 0; }
};

}  // namespace loa::i18n
