// Numbers, money and days as people here write them. Dates are day/month/year in both languages; the long
// form is that of Decree 30/2020/NĐ-CP, Appendix I. Times of day: Instant::clock_time() and ::vietnamese().
#pragma once

#include <cstdint>
#include <string>

#include "loa/base/date.h"
#include "loa/base/language.h"
#include "loa/base/money.h"

namespace loa::i18n {

/// "1.234.567" in Vietnamese, "1,234,567" in English; negative ones with a true minus, "−5".
std::string number(Language language, std::int64_t value);

/// Exactly `places` (0 … 9) digits after the comma, halves away from zero: 91.35 → "91,4" / "91.4".
/// `value` must be finite and below 10^15.
std::string decimal(Language language, double value, int places);

/// "1.500.000 đồng", number and unit kept together by a no-break space.
std::string money(Language language, Money amount);

/// Whole per cent of `part` in `whole` (> 0), halves up: "67%". A part that is neither nothing nor everything
/// is never shown as 0% or 100%, because both are taken for statements.
std::string percent(Language language, std::int64_t part, std::int64_t whole);

/// "512 B", "1,5 KB", "20 MB": 1024 of one are one of the next; one digit after the comma below 10.
std::string file_size(Language language, std::int64_t bytes);

/// "ngày 05 tháng 01 năm 2024"; "5 January 2024". Days below 10 and months 1 and 2 carry a zero, so that
/// nothing can be written in front of them.
std::string long_date(Language language, Date day);

/// "Thứ Tư, 17/07/2024"; "Wednesday, 17/07/2024".
std::string weekday_date(Language language, Date day);

/// How a due day stands: "còn 12 ngày", "hạn hôm nay", "quá hạn 3 ngày".
std::string until_due(Language language, Date due, Date today);

}  // namespace loa::i18n
