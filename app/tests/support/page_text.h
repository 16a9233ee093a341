// What stands on a page, for tests that look at one part of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loa::app {

/// From the first `begin` to the next `end`; "" where there is none.
std::string between(const std::string& text, const std::string& begin, const std::string& end);
/// Where the first link in it leads.
std::string link_in(const std::string& html);
/// Without its tags, their attributes and the blanks around them.
std::string words_of(const std::string& html);
/// The parts of `links` that lead to no element of the page.
std::vector<std::string> leading_nowhere(const std::string& page, const std::string& links);
/// Does the form show the value in its field of that name: typed, chosen or ticked?
bool shows(const std::string& form, const std::string& name, const std::string& typed);

}  // namespace loa::app
