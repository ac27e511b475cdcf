// Decides the order of day and month for the columns of a file and says on what evidence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "ingest/import.h"
#include "ingest/stamp_column.h"

namespace tiebeam::ingest {

struct DateOrders {
  DateOrder at = DateOrder::day_first;
  DateOrder created = DateOrder::day_first;
  std::vector<DatesRead> dates;  // of the columns that hold any
  std::vector<std::string> statements;
  std::vector<std::string> warnings;
};

struct OrderHints {
  std::string_view said;                   // day-first | month-first | empty
  DateOrder usual = DateOrder::undecided;  // of the format
  std::string_view format;
  std::string_view file = {};  // to name in errors
};

// A column's own values decide; else what was said, the other column, the format, dots or AM/PM;
// else day first with a warning. Errors: ingest.two_date_orders, ingest.bad_option.
[[nodiscard]] Result<DateOrders> decide_date_orders(const StampColumn& at,
                                                    const StampColumn& created,
                                                    const OrderHints& hints);

struct ZoneNotes {
  std::vector<std::string> statements;
  std::vector<std::string> warnings;
};
// What is to be said of stamps without an offset.
[[nodiscard]] ZoneNotes describe_zone_use(const StampColumn& at, const StampColumn& created,
                                          const Zone& zone, bool is_assumed);

}  // namespace tiebeam::ingest
