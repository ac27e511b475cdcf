// Instants, days and zones. Storage and arithmetic are UTC; a Zone is a table handed in by the
// edge (application/zones.h loads it), so nothing here reads a clock or a file.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tiebeam {

using Micros = std::chrono::microseconds;
using Instant = std::chrono::sys_time<Micros>;
using LocalTime = std::chrono::local_time<Micros>;
using Day = std::chrono::year_month_day;

constexpr double kMicrosPerDay = 86'400e6;
// A span in days, the unit of every duration figure.
[[nodiscard]] constexpr double to_days(Micros span) {
  return static_cast<double>(span.count()) / kMicrosPerDay;
}

// Instants outside this range are refused by every reader: a helpdesk older than 1990 or a stamp
// after 2100 is a placeholder (1900-01-01, 9999-12-31, epoch 0), never a fact.
constexpr int kFirstYear = 1990;
constexpr int kLastYear = 2100;

// One IANA zone as a step function of UTC. `steps` is sorted by `from`; before the first step
// the first offset holds. An empty table is UTC.
struct Zone {
  struct Step {
    Instant from;
    std::chrono::seconds offset;  // local minus UTC
  };
  std::string name = "UTC";
  std::vector<Step> steps;
};

[[nodiscard]] std::chrono::seconds offset_at(const Zone& zone, Instant at);
[[nodiscard]] LocalTime to_local(const Zone& zone, Instant at);

// How a local stamp without offset became an instant.
enum class LocalKind : std::uint8_t { unique, repeated_hour, missing_hour };
struct Resolved {
  Instant at;
  LocalKind kind;
};
// The instant of a wall-clock reading. A repeated hour (clocks go back) gives the first occurrence
// not before `not_before`; a missing hour (clocks go forward) is moved forward by the gap.
[[nodiscard]] Resolved to_instant(const Zone& zone, LocalTime local,
                                  std::optional<Instant> not_before = std::nullopt);

// ISO 8601: "2016-05-01", "2016-05-01T08:00", "...:00.123456", "Z", "+02:00", "+0200", or a blank
// for the T. A bare date is 00:00 of that day. Without an offset the stamp is read in `zone`.
// Errors: time.not_iso, time.out_of_range.
[[nodiscard]] Result<Instant> parse_instant(std::string_view text, const Zone& zone = {});
[[nodiscard]] Result<Day> parse_day(std::string_view text);

// "2016-05-01T08:00:00Z"; fractions of a second only when there are any.
[[nodiscard]] std::string format_instant(Instant at);
[[nodiscard]] std::string format_day(Day day);       // "2016-05-01"
[[nodiscard]] std::string format_day_long(Day day);  // "1 May 2016"
[[nodiscard]] Day day_of(Instant at, const Zone& zone = {});
// The Monday that starts the ISO week of `day`.
[[nodiscard]] std::chrono::local_days week_start(std::chrono::local_days day);
// 00:00 of a local day as an instant.
[[nodiscard]] Instant start_of(std::chrono::local_days day, const Zone& zone = {});

}  // namespace tiebeam
