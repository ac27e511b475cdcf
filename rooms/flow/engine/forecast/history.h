// The weeks a forecast stands on: finished work of value streams in blocks of seven days, counted
// back from the start of the as-of's local day, so that none is partial. docs/method/forecast.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rooms/flow/engine/forecast/series.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

// Full weeks that must be there before a forecast is made, and finishes in them. Ours: of 8 alike
// weeks the next lies within their range 7 times in 9, docs/method/forecast.md.
constexpr std::size_t kWeeksNeeded = 8;
constexpr std::size_t kFinishesNeeded = 5;

struct HistoryWeek {
  Day from{}, to{};  // local days [from, to)
  std::uint32_t finished = 0;
  bool is_shutdown = false;  // no working time in any calendar: left out
};

// The history of some streams together. Weeks are numbered back from now: the last is -1.
struct History {
  std::vector<std::uint32_t> streams;  // indices in FlowLog::streams
  std::string id, name;                // of the only stream; "" and "all work" of everything
  std::string calendar;                // ids of the calendars that shutdowns come from
  std::string zone;
  Day today{};                     // local day of the as-of, whose start ends the last week
  std::vector<HistoryWeek> weeks;  // oldest first, from the first week with a finish on
  Series series;                   // without shutdowns
  std::size_t finished = 0;        // items in them
  std::size_t open = 0;            // items in progress at the as-of
};

// Everything the report knows, or one history a stream, in the order of FlowLog::streams.
// Cost: O(items).
[[nodiscard]] History history_of_all(const FlowReport& report);
[[nodiscard]] std::vector<History> histories(const FlowReport& report);
// The named streams as one. REQUIRES: indices of FlowLog::streams, at least one.
[[nodiscard]] History history_of(const FlowReport& report, std::vector<std::uint32_t> streams);

// The day `weeks` weeks after today.
[[nodiscard]] Day day_ahead(const History& history, std::size_t weeks);
// How many of the next 1, 2, ..., weeks have working time: [weeks + 1], the first is 0.
[[nodiscard]] std::vector<std::size_t> working_weeks_ahead(const FlowReport& report,
                                                           const History& history,
                                                           std::size_t weeks);
// The week of history an instant falls in, as an index of History::weeks; none: in no full week.
[[nodiscard]] std::optional<std::size_t> week_of(const FlowReport& report, const History& history,
                                                 std::int64_t at);

}  // namespace tiebeam::flow
