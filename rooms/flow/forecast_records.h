// When the open work of each initiative will be done, handed to other rooms through a book: ask the
// book for the figure kInitiativeForecasts, then for what it keeps under that name.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/figure.h"

namespace tiebeam::flow {

// A figure, and the name under which the book keeps an InitiativeForecasts.
constexpr std::string_view kInitiativeForecasts = "flow.forecast.initiatives";

struct InitiativeForecast {
  std::string initiative;
  std::vector<std::string> streams;    // ids of those that do the work
  bool has_own_items = false;          // else all open work of its value stream is looked at
  std::size_t open = 0, finished = 0;  // items, as of `today`
  std::size_t scope = 0;  // items that the streams must finish until the open ones are done
  double own_share = 1;   // of what the streams finished lately
  Day today{};            // weeks are counted from its start
  std::vector<double> done_by_week;  // chance by the end of week 1, 2, ...; never falling
  // Where those end below 95 of 100: of the weeks after them, were the pace of all of them to go on
  // as it is. Not a forecast: what a plan has to reckon with. May end below 1.
  std::vector<double> later_by_week;
  bool is_over = false;            // its stage is done: `open` is 0 whatever is open
  std::optional<Day> finished_on;  // where nothing is open: when its last own item was finished
  Status status = Status::ok;      // too_few: no forecast can be made, for `reason`
  std::string reason;
};

struct InitiativeForecasts {
  // By initiative; only those with a stream or own items that are not stopped.
  std::vector<InitiativeForecast> each;
};

}  // namespace tiebeam::flow
