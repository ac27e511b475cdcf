// How fast changes reach production and how often they harm it: deployment frequency, lead time of
// changes, change failure, recovery and rework, in the window asked. docs/method/dora.md.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/figures.h"
#include "quant/survival.h"
#include "rooms/flow/engine/dora/deliveries.h"
#include "rooms/flow/engine/states.h"
#include "rooms/flow/engine/window.h"

namespace tiebeam::flow {

// Something watched from its beginning on: `index` is that of the change or the outage.
struct Watched {
  std::uint32_t index;
  quant::Spell spell;
};

struct DoraMonth {
  Day start{};
  bool is_full = false;
  std::int64_t deployments = 0, days = 0, failed = 0, incidents = 0, rework = 0;
};
struct DoraService {
  std::string service;  // empty: none is named
  std::int64_t deployments = 0, failed = 0, rework = 0, open_incidents = 0;
  std::optional<double> a_week, days_a_week, lead_p50, lead_p85, recovery_p50, recovery_p85;
  std::optional<Interval> failure_interval;
};

struct Dora {
  DeliveryLog log;
  Window window;
  std::vector<Period> weeks;
  RateWeeks rates;
  std::vector<std::uint32_t> shipped;  // index in log.shipments: finished in the window
  std::vector<bool> has_failed;        // by index in log.shipments: an incident is tied to it
  std::vector<Watched> lead, recovery, recovery_from_deploy;
  quant::Curve lead_curve, recovery_curve, from_deploy_curve;
  std::vector<DoraMonth> months;
  std::vector<DoraService> services;
  std::size_t negative = 0;  // changes committed after they were deployed: left out
  bool has_deployments = false, has_changes = false, has_incidents = false, tells_rework = false;
};

[[nodiscard]] Dora compute_dora(const Snapshot& snapshot, const Asked& asked);
[[nodiscard]] std::shared_ptr<const Dora> dora_of(const FigureBook& book);
// The days of `zone` on which something was deployed, of all or of one service: their first
// deployment each, by day.
struct DeployDay {
  Day day;
  std::uint32_t shipment;
};
[[nodiscard]] std::vector<DeployDay> deploy_days(const Dora& dora, const Zone& zone,
                                                 std::optional<std::uint32_t> service = {});

[[nodiscard]] const std::vector<FigureSpec>& dora_specs();
[[nodiscard]] std::vector<Figure> dora_figures(const Dora& dora, const Snapshot& snapshot);
[[nodiscard]] std::vector<Evidence> dora_evidence(const Dora& dora, const Snapshot& snapshot,
                                                  std::string_view key, std::size_t offset,
                                                  std::size_t limit);
[[nodiscard]] FigureFamily dora_family();

}  // namespace tiebeam::flow
