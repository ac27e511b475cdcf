#include "rooms/investment/engine/initiatives.h"

#include <fmt/format.h>

namespace tiebeam::investment {

std::vector<NamedInput> inputs_of(const Cases& cases, const BusinessCase& initiative) {
  std::vector<NamedInput> out;
  const auto add = [&](std::string name, std::string pointer, const std::optional<Estimate>& given,
                       Range range, double otherwise) {
    out.push_back({std::move(name), std::move(pointer), given.value_or(Estimate::point(otherwise)),
                   range, given.has_value()});
  };
  const auto own = [&](std::string_view name, const std::optional<Estimate>& given, Range range,
                       double otherwise) {
    add(std::string(name), fmt::format("/{}", name), given, range, otherwise);
  };
  const BusinessCase& c = initiative;
  own("one_off_cost", c.one_off_cost, Range::not_negative, 0);
  own("run_cost_a_year", c.run_cost_a_year, Range::not_negative, 0);
  own("exit_cost", c.exit_cost, Range::not_negative, 0);
  add("duration", c.is_forecast ? "/delivery" : "/duration", c.duration, Range::not_negative, 0);
  own("adoption", c.adoption, Range::share, 1);
  own("adoption_ramp", c.adoption_ramp, Range::not_negative, 0);
  own("do_nothing_cost_a_year", c.do_nothing_cost_a_year, Range::not_negative, 0);
  for (std::size_t i = 0; i < c.effects.size(); ++i) {
    const Effect& effect = c.effects[i];
    const auto part = [&](std::string_view name, const std::optional<Estimate>& given, Range range,
                          double otherwise) {
      add(fmt::format("{}.{}", cases.kpis[effect.kpi].id, name),
          fmt::format("/effects/{}/{}", i, name), given, range, otherwise);
    };
    part("change", effect.change, Range::any, 0);
    part("delay", effect.delay, Range::not_negative, 0);
    part("ramp", effect.ramp, Range::not_negative, 0);
    part("share", effect.share, Range::share, 1);
  }
  return out;
}

}  // namespace tiebeam::investment
