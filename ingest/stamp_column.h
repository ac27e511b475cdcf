// All stamps of one column: what order day and month have is decided by the whole column, in one
// pass. Stamps are kept packed in 64 bits and resolved to instants at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "ingest/stamp.h"

namespace tiebeam::ingest {

enum class DateOrder : std::uint8_t { undecided, day_first, month_first };

// A stamp as read: wall clock or instant, with day and month possibly swapped. kMissing: none.
using Packed = std::int64_t;

class StampColumn {
 public:
  explicit StampColumn(std::string column) : columns_{std::move(column)} {}
  // Several columns of one system, which share their evidence.
  explicit StampColumn(std::vector<std::string> columns) : columns_(std::move(columns)) {}

  // `column`: which of several it stands in.
  [[nodiscard]] std::variant<Packed, StampFault> read(std::string_view text, std::uint32_t line,
                                                      std::string_view column = {});

  // Evidence of what was read so far. day_first: values whose first part is above 12.
  struct Evidence {
    std::int64_t values = 0, day_first = 0, month_first = 0, ambiguous = 0;
    std::int64_t numeric = 0, named = 0, named_month_first = 0;  // the others begin with the year
    std::int64_t short_years = 0, without_offset = 0, without_time = 0;
    bool has_dots = false, has_twelve_hours = false;
    std::uint32_t day_first_line = 0, month_first_line = 0;
    std::string day_first_text, month_first_text;
    std::string day_first_column, month_first_column;
  };
  [[nodiscard]] const Evidence& evidence() const { return evidence_; }
  [[nodiscard]] std::string column() const { return columns_.empty() ? "" : columns_.front(); }
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] std::string label() const;  // 'Created', or 'Created', 'Resolved' and 'Closed'
  // By the column's own values. Errors: ingest.two_date_orders.
  [[nodiscard]] Result<DateOrder> order() const;

  // The wall clock of `packed` under an order, or its instant when it carries an offset.
  [[nodiscard]] static std::int64_t micros(Packed packed, DateOrder order) {
    return (packed & kIsNumeric) == 0 ? packed >> kTimeShift : numeric_micros(packed, order);
  }
  [[nodiscard]] static bool has_offset(Packed packed) { return (packed & kHasOffset) != 0; }

 private:
  // Packed: microseconds, then 7 bits for the offset in quarter hours (64: applied or none), a bit
  // for 24:00 (the day is the one that ends), a bit for is_numeric, a bit for has_offset. The first
  // two are for numeric stamps only. A numeric stamp is packed day first when it can be read both
  // ways; so it can be iff its day, as packed, is at most 12.
  static constexpr Packed kHasOffset = 1, kIsNumeric = 2, kEndsDay = 4;
  static constexpr int kOffsetShift = 3, kTimeShift = 10, kNoOffset = 64;
  static Packed pack(std::int64_t micros, const Stamp& stamp);
  [[nodiscard]] static std::int64_t numeric_micros(Packed packed, DateOrder order);
  [[nodiscard]] std::optional<Packed> read_iso(std::string_view text);
  struct Place {
    std::string_view text;
    std::uint32_t line;
    std::string_view column;
  };
  void count(const Stamp& stamp, const Place& place, bool is_day_first, bool is_month_first);
  std::vector<std::string> columns_;
  Evidence evidence_;
  std::string last_date_;      // of the last ISO stamp
  std::int64_t last_day_ = 0;  // microseconds since 1970 of its start
  std::string last_text_;      // most exports repeat a stamp in row after row
  Packed last_ = 0;
  Stamp last_stamp_;
  bool last_is_day_first_ = false, last_is_month_first_ = false;
};

}  // namespace tiebeam::ingest
