// Demand against capacity, stream by stream: what comes in, what goes out, when the pile will have
// doubled or gone, and how much a week not to begin so that no more comes in than goes out.
// docs/method/bottlenecks.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "quant/quantile.h"
#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

constexpr std::size_t kDemandWeeks = 8;  // full weeks before a pile is foretold. Source: ours.

enum class Trend : std::uint8_t { too_few, grows, shrinks, steady };
[[nodiscard]] std::string_view trend_name(Trend trend);

struct TypeDemand {
  WorkType type = WorkType::unmapped;
  double arrival_a_week = 0;
  double share = 0;  // of what arrives
};

// A number of weeks or of items a week, with its interval; no `high`: no end in sight.
struct Foretold {
  double value = 0;
  double low = 0;
  std::optional<double> high;
};

struct DemandRow {
  std::string id, name;
  std::size_t weeks = 0;                     // full weeks the rates are measured over
  std::vector<double> arrivals, departures;  // by week; departures are finished or given up
  std::optional<quant::Spread> arrival, throughput, net;  // a week; net: arrivals - departures
  double given_up_a_week = 0;
  std::int64_t now = 0;            // begun and not over
  std::int64_t waiting = 0;        // known and not begun
  std::optional<Foretold> months;  // now and waiting, at this throughput
  Trend trend = Trend::too_few;
  std::optional<Foretold> weeks_to;  // grows: until `now` has doubled; shrinks: until it is gone
  std::optional<Foretold> stop;      // grows: items a week not to begin
  std::vector<TypeDemand> types;     // most first
  std::string reason;                // why there is no forecast
};

struct Demand {
  std::vector<DemandRow> rows;  // by stream id; streams with work only
  DemandRow all;                // every stream together
};

[[nodiscard]] Demand compute_demand(const FlowReport& report);
[[nodiscard]] std::shared_ptr<const Demand> demand_of(const FigureBook& book);

// flow.demand.*
[[nodiscard]] FigureFamily demand_family();

}  // namespace tiebeam::flow
