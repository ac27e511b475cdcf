#include "ingest/stamp_column.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {
constexpr std::int64_t kDay = 86'400'000'000;
// Packed: microseconds, then 7 bits for the offset in quarter hours (0: applied or none), a bit for
// 24:00 (the day is the one that ends), a bit for is_numeric, a bit for has_offset. A numeric stamp
// is packed day first when it can be read both ways; so it can be iff its day, as packed, is at
// most 12.
constexpr Packed kHasOffset = 1, kIsNumeric = 2, kEndsDay = 4;
constexpr int kOffsetShift = 3, kTimeShift = 10, kNoOffset = 64;
constexpr int kQuarter = 900;

Packed pack(std::int64_t micros, const Stamp& stamp) {
  int quarters = kNoOffset;
  if (stamp.offset_seconds && stamp.is_numeric) {
    quarters += *stamp.offset_seconds / kQuarter;
  } else if (stamp.offset_seconds) {
    micros -= *stamp.offset_seconds * std::int64_t{1'000'000};
  }
  const bool ends_day = stamp.is_numeric && stamp.micros == kDay;
  if (ends_day) micros -= kDay;
  return micros * (1 << kTimeShift) + (quarters << kOffsetShift) + (ends_day ? kEndsDay : 0) +
         (stamp.is_numeric ? kIsNumeric : 0) + (stamp.offset_seconds ? kHasOffset : 0);
}
}  // namespace

void StampColumn::count(const Stamp& stamp, std::string_view text, std::uint32_t line,
                        bool is_day_first, bool is_month_first) {
  ++evidence_.values;
  evidence_.short_years += stamp.is_short_year;
  evidence_.without_offset += !stamp.offset_seconds;
  evidence_.without_time += !stamp.has_time;
  evidence_.has_twelve_hours |= stamp.is_twelve_hour;
  if (!stamp.is_numeric) return;
  evidence_.has_dots |= stamp.has_dots;
  if (is_day_first && evidence_.day_first++ == 0) {
    evidence_.day_first_line = line;
    evidence_.day_first_text = shown(text);
  }
  if (is_month_first && evidence_.month_first++ == 0) {
    evidence_.month_first_line = line;
    evidence_.month_first_text = shown(text);
  }
  evidence_.ambiguous += !is_day_first && !is_month_first && stamp.first != stamp.second;
}

std::variant<Packed, StampFault> StampColumn::read(std::string_view text, std::uint32_t line) {
  if (text == last_text_ && !text.empty()) {
    count(last_stamp_, text, line, last_is_day_first_, last_is_month_first_);
    return last_;
  }
  const auto parsed = parse_stamp(text);
  if (const auto* fault = std::get_if<StampFault>(&parsed)) return *fault;
  const Stamp& stamp = std::get<Stamp>(parsed);
  const bool is_day_first = stamp.is_numeric && stamp.first > 12;
  const bool is_month_first = stamp.is_numeric && stamp.second > 12;
  const bool day_leads = stamp.is_numeric && !is_month_first;
  const int month = day_leads ? stamp.second : stamp.first,
            day = day_leads ? stamp.first : stamp.second;
  if (stamp.is_numeric && stamp.offset_seconds.value_or(0) % kQuarter != 0)
    return StampFault::not_a_date;
  count(stamp, text, line, is_day_first, is_month_first);
  last_text_ = text;
  last_stamp_ = stamp;
  last_is_day_first_ = is_day_first;
  last_is_month_first_ = is_month_first;
  return last_ = pack(wall_micros(stamp.year, month, day, stamp.micros), stamp);
}

Result<DateOrder> StampColumn::order() const {
  if (evidence_.day_first > 0 && evidence_.month_first > 0) {
    auto fault = Error{
        Kind::invalid,
        "ingest.two_date_orders",
        fmt::format(
            "column '{}' has dates in two orders: '{}' (line {}) puts the day first, '{}' (line "
            "{}) the month",
            column_, evidence_.day_first_text, evidence_.day_first_line, evidence_.month_first_text,
            evidence_.month_first_line),
        fmt::format("{} values have a first part above 12, {} a second one", evidence_.day_first,
                    evidence_.month_first),
        "export the dates as 2026-11-21, or each part of the file by itself",
        column_};
    return std::unexpected(std::move(fault));
  }
  if (evidence_.day_first > 0) return DateOrder::day_first;
  if (evidence_.month_first > 0) return DateOrder::month_first;
  return DateOrder::undecided;
}

std::int64_t StampColumn::micros(Packed packed, DateOrder order) {
  const std::int64_t wall = packed >> kTimeShift;
  const std::int64_t quarters = ((packed >> kOffsetShift) & 0x7F) - kNoOffset;
  const std::int64_t shift =
      quarters * kQuarter * 1'000'000 - ((packed & kEndsDay) != 0 ? kDay : 0);
  if (order != DateOrder::month_first || (packed & kIsNumeric) == 0) return wall - shift;
  const std::int64_t day_number = (wall >= 0 ? wall : wall - kDay + 1) / kDay;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day_number}}};
  const auto day = static_cast<int>(static_cast<unsigned>(date.day()));
  const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
  if (day > 12) return wall - shift;
  return wall_micros(static_cast<int>(date.year()), day, month, wall - day_number * kDay) - shift;
}

}  // namespace tiebeam::ingest
