// Dates of spreadsheets: days since an epoch, told from other numbers by how the cell is formatted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tiebeam::ingest {

enum class NumberKind : std::uint8_t { number, date, time, padded };

// What a number format shows. `digits`: of padded ("00000"), the least number of digits.
struct NumberFormat {
  NumberKind kind = NumberKind::number;
  std::uint8_t digits = 0;
};
// The built-in formats that name themselves by number alone. Source: ECMA-376 part 1, 18.8.30.
[[nodiscard]] NumberFormat builtin_format(int id);
// By the code of a custom format, such as "dd/mm/yyyy hh:mm" or [$-407]d. mmmm yyyy.
[[nodiscard]] NumberFormat format_of_code(std::string_view code);

// "2026-11-21", with "T08:30:00" where there is a time of day; nothing when it is no day from 1900
// to 9999. The epoch of 1900 counts a 29 February that never was as day 60. Milliseconds are
// rounded. Source: ECMA-376 part 1, 18.17.4.
[[nodiscard]] std::optional<std::string> date_of_serial(double serial, bool since_1904);
// "08:30:00" of the part of a day.
[[nodiscard]] std::string time_of_serial(double serial);

}  // namespace tiebeam::ingest
