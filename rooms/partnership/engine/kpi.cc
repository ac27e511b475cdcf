#include "rooms/partnership/engine/kpi.h"

#include <fmt/format.h>

#include "model/figure_kit.h"

namespace tiebeam::partnership {

Figure kpi_figure(const strategy::Kpi& kpi, const std::vector<strategy::KpiReading>& readings,
                  Day day, Instant as_of) {
  const strategy::KpiReading* newest = nullptr;
  std::size_t count = 0;
  for (const strategy::KpiReading& reading : readings) {
    if (reading.kpi.str() != kpi.id || !reading.on || !reading.value || *reading.on > day) continue;
    ++count;
    const bool later = !newest || *reading.on > *newest->on ||
                       (*reading.on == *newest->on && reading.id > newest->id);
    if (later) newest = &reading;
  }
  Figure figure = blank_figure({.key = fmt::format("kpi[{}]", kpi.id),
                                .label = kpi.name,
                                .unit = kpi.unit,
                                .formula = "the newest reading by the day it is shown for",
                                .method = "docs/method/review.md",
                                .version = 1,
                                .reads = {}},
                               as_of);
  rest_on(figure, "kpi_reading", count, fmt::format("of the KPI {}", kpi.id));
  if (newest) {
    figure.value = *newest->value;
    figure.trail.notes.push_back(fmt::format("read on {}", format_day_long(*newest->on)));
  } else {
    say(figure, Status::not_measurable,
        fmt::format(
            "nobody has read it by {}: tiebeam record kpi_reading add kpi={} on=DAY value=N",
            format_day_long(day), kpi.id));
  }
  return figure;
}

Wanted wanted_of(const strategy::Kpi& kpi) {
  return kpi.direction == strategy::Direction::up ? Wanted::up : Wanted::down;
}

}  // namespace tiebeam::partnership
