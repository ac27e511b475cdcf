// A date and time as sources write it, before the order of day and month is known. The order is
// decided for a whole column: ingest/stamp_column.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tiebeam::ingest {

struct Stamp {
  int year = 0;
  int first = 0;               // the month, unless `is_numeric`
  int second = 0;              // the day, unless `is_numeric`
  bool is_numeric = false;     // first and second stand in the order of the text: 3/4/2016
  bool is_short_year = false;  // two digits: 90 to 99 are 19.., 00 to 89 are 20..
  bool is_twelve_hour = false;
  bool has_time = false;
  bool has_dots = false;              // 3.4.2016
  bool names_month = false;           // 21/Nov/26
  bool month_leads = false;           // Nov 21, 2026
  std::int64_t micros = 0;            // since midnight
  std::optional<int> offset_seconds;  // local minus UTC, where the text says so
};

enum class StampFault : std::uint8_t { not_a_date, out_of_range };
// What to write in `expected` of a reject.
[[nodiscard]] std::string_view expected_text(StampFault fault);

// ISO 8601 (T or blank, fractions, Z, +02:00), y/m/d, d/m/y and m/d/y with '/', '-' or '.', month
// names in English, German, French, Spanish and Dutch (21/Nov/26, 21. November 2026, Nov 21, 2026),
// 24 hours or AM/PM. Years outside 1990 to 2100 are placeholders: out_of_range.
[[nodiscard]] std::variant<Stamp, StampFault> parse_stamp(std::string_view text);

// Microseconds since 1970 of a wall clock; `day` must exist.
[[nodiscard]] std::int64_t wall_micros(int year, int month, int day, std::int64_t micros);
[[nodiscard]] int days_in_month(int year, int month);

}  // namespace tiebeam::ingest
