// Word files made in the test.
#pragma once

#include <string>
#include <string_view>

#include "loa/formats/testing.h"

namespace loa::formats::testing {

/// A Word file with this body (what stands in <w:body>), and styles.xml and numbering.xml where given: what
/// stands in <w:styles> and <w:numbering>.
std::string docx_of(std::string_view body, std::string_view numbering = {}, std::string_view styles = {});

/// <w:p><w:r><w:t>…</w:t></w:r></w:p>, with paragraph and run properties where given.
std::string p(std::string_view text, std::string_view paragraph_properties = {},
              std::string_view run_properties = {});
std::string r(std::string_view text, std::string_view run_properties = {});
/// A paragraph of a list.
std::string item(int list, int level, std::string_view text);
/// One w:lvl.
std::string level(int level, std::string_view format, std::string_view text, std::string_view more = {});

std::string repeated(std::string_view part, std::size_t times);

#if defined(LOA_SANITIZED)
inline constexpr int kMoreEntriesThanAllowed = 5'000;  // the zip library's own lists take minutes for more
#else
inline constexpr int kMoreEntriesThanAllowed = 70'000;  // more than a zip of the first kind can count
#endif

}  // namespace loa::formats::testing
