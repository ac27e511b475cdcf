// A list of tickets has one row a ticket. Rows that share a key would become one ticket with the
// events of all of them: a few are told of, many mean that another column is the key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "ingest/collector.h"

namespace tiebeam::ingest {

// More than 2 of 100 rows: pages of an export that overlap repeat fewer. The audit log of sample/,
// sorted by time and without its sequence, repeats a number in 24 to 58 of 100 rows. Source: ours.
[[nodiscard]] constexpr bool are_many_repeats(std::int64_t repeats, std::int64_t rows) {
  constexpr std::int64_t kMostPercent = 2;
  return repeats * 100 > rows * kMostPercent;
}

// What is to be said of few repeats; nothing without any. `column` as the header spells it.
// Errors: ingest.repeated_keys when they are many, and more than two.
[[nodiscard]] Result<std::optional<std::string>> check_repeated_keys(const RepeatedItems& found,
                                                                     std::string_view file,
                                                                     std::string_view column);

}  // namespace tiebeam::ingest
