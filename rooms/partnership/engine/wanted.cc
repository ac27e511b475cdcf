#include "rooms/partnership/engine/wanted.h"

#include <algorithm>

#include "model/figure_text.h"

namespace tiebeam::partnership {
namespace {

struct Direction {
  std::string_view prefix;
  Wanted wanted;
};
// The longest prefix that fits decides.
constexpr Direction kDirections[] = {
    {"flow.cycle_time.", Wanted::down},
    {"flow.lead_time.", Wanted::down},
    {"flow.age.", Wanted::down},
    {"flow.throughput.", Wanted::up},
    {"flow.efficiency", Wanted::up},
    {"flow.expectation.share", Wanted::up},
    {"flow.purpose.share", Wanted::up},
    {"flow.rework.", Wanted::down},
    {"flow.pingpong.", Wanted::down},
    {"flow.handoffs.", Wanted::down},
    {"flow.net_flow.", Wanted::down},
    {"flow.load.now", Wanted::down},
    {"flow.unplanned.share", Wanted::down},
    {"flow.truck_factor", Wanted::up},
    {"flow.unmapped.share", Wanted::down},
    {"governance.saydo.kept", Wanted::up},
    {"governance.saydo.overdue", Wanted::down},
    {"governance.decisions.", Wanted::down},
    {"governance.decisions.in_time", Wanted::up},
    {"partnership.engagement.held", Wanted::up},
    {"partnership.relevance", Wanted::up},
};

std::optional<double> number(const Figure& figure) {
  if (const auto* value = std::get_if<double>(&figure.value)) return *value;
  if (const auto* money = std::get_if<Money>(&figure.value))
    return static_cast<double>(money->minor());
  return std::nullopt;
}

bool holds(const Figure& figure, double value) {
  return figure.interval && figure.interval->low <= value && value <= figure.interval->high;
}

}  // namespace

Wanted wanted_of(std::string_view key) {
  const Direction* best = nullptr;
  for (const Direction& one : kDirections) {
    if (key.starts_with(one.prefix) && (!best || one.prefix.size() > best->prefix.size()))
      best = &one;
  }
  return best ? best->wanted : Wanted::neither;
}

std::string_view wanted_name(Wanted wanted) {
  constexpr std::string_view names[] = {"neither", "up", "down"};
  return names[static_cast<std::size_t>(wanted)];
}

std::string_view trend_name(Trend trend) {
  constexpr std::string_view names[] = {"unknown", "same", "unclear", "better", "worse", "moved"};
  return names[static_cast<std::size_t>(trend)];
}

Trend trend_of(const Figure& now, const std::optional<Figure>& before, Wanted wanted) {
  const auto a = number(now), b = before ? number(*before) : std::nullopt;
  if (!a || !b || now.unit != before->unit) return Trend::unknown;
  if (*a == *b || in_words(now) == in_words(*before)) return Trend::same;
  if (holds(now, *b) && holds(*before, *a)) return Trend::unclear;
  if (wanted == Wanted::neither) return Trend::moved;
  return (*a > *b) == (wanted == Wanted::up) ? Trend::better : Trend::worse;
}

}  // namespace tiebeam::partnership
