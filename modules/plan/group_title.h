// The title of a group of activities as it is read on the screen.
#pragma once

#include <string>
#include <string_view>

namespace loa::plan {

/// Papers print it in capitals, which are hard to read: "TRUYỀN THÔNG CƠ SỞ" → "Truyền thông cơ sở". Abbreviations
/// stay ("UBND"), and so does a title that is not in capitals from end to end. The words stored are not touched.
std::string readable_group_title(std::string_view title);

}  // namespace loa::plan
