#include "ingest/stamp_column.h"

#include <fmt/format.h>

#include <cstring>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {
constexpr std::int64_t kDay = 86'400'000'000;
constexpr int kQuarter = 900;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::size_t kDateBytes = 10, kIsoBytes = 19;  // 2026-11-21, 2026-11-21T08:30:00

// The six digits of "08:30:00" by place, as one number each; nothing when it is none.
std::optional<std::int64_t> clock_seconds(const char* text) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  // Digits become their value, colons 0; what is neither sets the highest bit of its byte.
  bytes ^= 0x30303A30303A3030U;
  if (((bytes | (bytes + 0x76767F76767F7676U)) & 0x8080808080808080U) != 0) return std::nullopt;
  const auto two = [&](unsigned at) {
    return static_cast<std::int64_t>((bytes >> (8 * at) & 0xFFU) * 10 +
                                     (bytes >> (8 * at + 8) & 0xFFU));
  };
  const std::int64_t hour = two(0), minute = two(3), second = two(6);
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return (hour * 60 + minute) * 60 + second;
}

// Start of a day such as "2026-11-21"; nothing when parse_stamp has to look at it.
std::optional<std::int64_t> iso_day(std::string_view text) {
  const auto parsed = parse_stamp(text);
  const auto* stamp = std::get_if<Stamp>(&parsed);
  if (stamp == nullptr || text[4] != '-' || text[7] != '-' || stamp->is_numeric || stamp->has_time)
    return std::nullopt;
  return wall_micros(stamp->year, stamp->first, stamp->second, 0);
}
}  // namespace

Packed StampColumn::pack(std::int64_t micros, const Stamp& stamp) {
  int quarters = kNoOffset;
  if (stamp.offset_seconds && stamp.is_numeric) {
    quarters += *stamp.offset_seconds / kQuarter;
  } else if (stamp.offset_seconds) {
    micros -= *stamp.offset_seconds * kSecond;
  }
  const bool ends_day = stamp.is_numeric && stamp.micros == kDay;
  if (ends_day) micros -= kDay;
  return micros * (1 << kTimeShift) + (quarters << kOffsetShift) + (ends_day ? kEndsDay : 0) +
         (stamp.is_numeric ? kIsNumeric : 0) + (stamp.offset_seconds ? kHasOffset : 0);
}

// "2026-11-21T08:30:00", also with a blank between and with Z: what almost every row has.
std::optional<Packed> StampColumn::read_iso(std::string_view text) {
  const bool is_utc = text.size() == kIsoBytes + 1 && text.back() == 'Z';
  if (text.size() != kIsoBytes && !is_utc) return std::nullopt;
  if (text[kDateBytes] != 'T' && text[kDateBytes] != ' ') return std::nullopt;
  const auto seconds = clock_seconds(text.data() + kDateBytes + 1);
  if (!seconds) return std::nullopt;
  if (text.substr(0, kDateBytes) != last_date_) {
    const auto day = iso_day(text.substr(0, kDateBytes));
    if (!day) return std::nullopt;
    last_date_ = text.substr(0, kDateBytes);
    last_day_ = *day;
  }
  ++evidence_.values;
  evidence_.without_offset += !is_utc;
  return (last_day_ + *seconds * kSecond) * (1 << kTimeShift) + (kNoOffset << kOffsetShift) +
         (is_utc ? kHasOffset : 0);
}

void StampColumn::count(const Stamp& stamp, const Place& place, bool is_day_first,
                        bool is_month_first) {
  ++evidence_.values;
  evidence_.short_years += stamp.is_short_year;
  evidence_.without_offset += !stamp.offset_seconds;
  evidence_.without_time += !stamp.has_time;
  evidence_.has_twelve_hours |= stamp.is_twelve_hour;
  evidence_.named += stamp.names_month;
  evidence_.named_month_first += stamp.month_leads;
  evidence_.numeric += stamp.is_numeric;
  if (!stamp.is_numeric) return;
  evidence_.has_dots |= stamp.has_dots;
  if (is_day_first && evidence_.day_first++ == 0) {
    evidence_.day_first_line = place.line;
    evidence_.day_first_text = shown(place.text);
    evidence_.day_first_column = place.column.empty() ? column() : std::string(place.column);
  }
  if (is_month_first && evidence_.month_first++ == 0) {
    evidence_.month_first_line = place.line;
    evidence_.month_first_text = shown(place.text);
    evidence_.month_first_column = place.column.empty() ? column() : std::string(place.column);
  }
  evidence_.ambiguous += !is_day_first && !is_month_first && stamp.first != stamp.second;
}

std::string StampColumn::label() const {
  std::string out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool is_last = i + 1 == columns_.size();
    out += fmt::format("{}'{}'", i == 0 ? "" : is_last ? " and " : ", ", shown(columns_[i], 40));
  }
  return out;
}

std::variant<Packed, StampFault> StampColumn::read(std::string_view text, std::uint32_t line,
                                                   std::string_view column) {
  if (const auto iso = read_iso(text)) return *iso;
  if (text == last_text_ && !text.empty()) {
    count(last_stamp_, {text, line, column}, last_is_day_first_, last_is_month_first_);
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
  count(stamp, {text, line, column}, is_day_first, is_month_first);
  last_text_ = text;
  last_stamp_ = stamp;
  last_is_day_first_ = is_day_first;
  last_is_month_first_ = is_month_first;
  return last_ = pack(wall_micros(stamp.year, month, day, stamp.micros), stamp);
}

Result<DateOrder> StampColumn::order() const {
  if (evidence_.day_first > 0 && evidence_.month_first > 0) {
    const std::string &day = evidence_.day_first_column, &month = evidence_.month_first_column;
    const std::string what = "dates in two orders";
    const std::string message =
        day == month ? fmt::format(
                           "column '{}' has {}: '{}' (line {}) puts the day first, '{}' (line {}) "
                           "the month",
                           day, what, evidence_.day_first_text, evidence_.day_first_line,
                           evidence_.month_first_text, evidence_.month_first_line)
                     : fmt::format(
                           "columns {} have {}: '{}' ('{}', line {}) puts the day first, '{}' "
                           "('{}', line {}) the month",
                           label(), what, evidence_.day_first_text, day, evidence_.day_first_line,
                           evidence_.month_first_text, month, evidence_.month_first_line);
    auto fault = Error{Kind::invalid,
                       "ingest.two_date_orders",
                       message,
                       fmt::format("{} values have a first part above 12, {} a second one",
                                   evidence_.day_first, evidence_.month_first),
                       "export the dates as 2026-11-21, or each part of the file by itself",
                       month};
    return std::unexpected(std::move(fault));
  }
  if (evidence_.day_first > 0) return DateOrder::day_first;
  if (evidence_.month_first > 0) return DateOrder::month_first;
  return DateOrder::undecided;
}

std::int64_t StampColumn::numeric_micros(Packed packed, DateOrder order) {
  const std::int64_t wall = packed >> kTimeShift;
  const std::int64_t quarters = ((packed >> kOffsetShift) & 0x7F) - kNoOffset;
  const std::int64_t shift = quarters * kQuarter * kSecond - ((packed & kEndsDay) != 0 ? kDay : 0);
  if (order != DateOrder::month_first || (packed & kIsNumeric) == 0) return wall - shift;
  const std::int64_t day_number = (wall >= 0 ? wall : wall - kDay + 1) / kDay;
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day_number}}};
  const auto day = static_cast<int>(static_cast<unsigned>(date.day()));
  const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
  if (day > 12) return wall - shift;
  return wall_micros(static_cast<int>(date.year()), day, month, wall - day_number * kDay) - shift;
}

}  // namespace tiebeam::ingest
