// Dates and times as sources write them, a column of them: what was read is a date that exists, is
// packed without loss, and agrees with ISO 8601 where it is that.
#include "base/time.h"
#include "ingest/fuzz_support.h"
#include "ingest/stamp_column.h"

namespace tiebeam {
namespace {

using ingest::DateOrder;
using ingest::Packed;
using ingest::Stamp;
using ingest::StampColumn;

bool is_date(int year, int month, int day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= ingest::days_in_month(year, month);
}

// The instant (or wall clock) a stamp means under an order, worked the plain way.
std::int64_t meant(const Stamp& stamp, DateOrder order) {
  bool day_leads = stamp.is_numeric && order != DateOrder::month_first;
  if (stamp.is_numeric && stamp.first > 12) day_leads = true;
  if (stamp.is_numeric && stamp.second > 12) day_leads = false;
  const int month = day_leads ? stamp.second : stamp.first,
            day = day_leads ? stamp.first : stamp.second;
  return ingest::wall_micros(stamp.year, month, day, stamp.micros) -
         stamp.offset_seconds.value_or(0) * std::int64_t{1'000'000};
}

void check_stamp(const Stamp& stamp, std::string_view text) {
  FUZZ_CHECK(stamp.year >= kFirstYear && stamp.year <= kLastYear);
  FUZZ_CHECK(stamp.micros >= 0 && stamp.micros <= 86'400'000'000);
  FUZZ_CHECK(is_date(stamp.year, stamp.first, stamp.second) ||
             (stamp.is_numeric && is_date(stamp.year, stamp.second, stamp.first)));
  StampColumn column("at");
  for (int i = 0; i < 2; ++i) {  // the second time from memory
    const auto read = column.read(text, 2);
    const auto* packed = std::get_if<Packed>(&read);
    if (packed == nullptr) continue;
    FUZZ_CHECK(StampColumn::has_offset(*packed) == stamp.offset_seconds.has_value());
    for (const DateOrder order : {DateOrder::day_first, DateOrder::month_first})
      FUZZ_CHECK(StampColumn::micros(*packed, order) == meant(stamp, order), text);
  }
  const auto iso = parse_instant(text);
  const bool agrees = !iso || iso->time_since_epoch().count() == meant(stamp, DateOrder::day_first);
  FUZZ_CHECK(agrees, text);
}

}  // namespace

FUZZ(input) {
  StampColumn column("at");
  std::int64_t taken = 0;
  std::uint32_t line = 0;
  for (const std::string_view text : split_at(input, '\n')) {
    const auto parsed = ingest::parse_stamp(text);
    if (const auto* stamp = std::get_if<Stamp>(&parsed)) check_stamp(*stamp, text);
    const auto read = column.read(text, ++line);
    taken += std::holds_alternative<Packed>(read);
  }
  const auto& evidence = column.evidence();
  FUZZ_CHECK(evidence.values == taken);
  FUZZ_CHECK(evidence.day_first + evidence.month_first + evidence.ambiguous <= taken);
  const auto order = column.order();
  if (!order) fuzz::check_error(order.error());
  FUZZ_CHECK(order.has_value() == (evidence.day_first == 0 || evidence.month_first == 0));
}

}  // namespace tiebeam
