// A KPI as a figure: its newest reading by a day.
#pragma once

#include <vector>

#include "base/figure.h"
#include "rooms/partnership/engine/wanted.h"
#include "rooms/strategy/records.h"

namespace tiebeam::partnership {

constexpr std::string_view kKpiPrefix = "kpi/";  // of a figure that a partner chose

// key "kpi[churn]"; not_measurable where nobody read it by `day`.
[[nodiscard]] Figure kpi_figure(const strategy::Kpi& kpi,
                                const std::vector<strategy::KpiReading>& readings, Day day,
                                Instant as_of);
[[nodiscard]] Wanted wanted_of(const strategy::Kpi& kpi);

}  // namespace tiebeam::partnership
