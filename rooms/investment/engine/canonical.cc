#include "rooms/investment/engine/canonical.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace tiebeam::investment {
namespace {

std::string loadings_text(std::vector<Loading> loadings) {
  std::ranges::sort(loadings, {}, &Loading::driver);
  std::string out;
  for (const Loading& each : loadings)
    out += fmt::format(" {}={}", each.driver, shortest(each.weight));
  return out;
}

void add_settings(const Cases& cases, std::string& out) {
  out += fmt::format("currency {}\nrate {}\nyears {}\npaid {}\nlate {}\n", cases.currency.code(),
                     shortest(cases.discount_rate), cases.horizon_years,
                     cases.timing == quant::Timing::mid_year ? "mid" : "end",
                     cases.late_benefits == quant::Delayed::lost ? "lost" : "deferred");
}

void add_kpis(const Cases& cases, const BusinessCase& one, std::string& out) {
  std::map<std::string, const Kpi*> kpis;
  for (const Effect& effect : one.effects) {
    const Kpi& kpi = cases.kpis[effect.kpi];
    kpis[kpi.id] = &kpi;
  }
  for (const auto& [id, kpi] : kpis) {
    out += fmt::format("kpi {} {}{}\n", id, format_estimate(kpi->value_per_unit),
                       loadings_text(kpi->drivers));
  }
}

}  // namespace

std::string canonical_text(const Cases& cases, const BusinessCase& one) {
  std::string out = "case " + one.id + "\n";
  add_settings(cases, out);
  out += fmt::format("kind {}\nsuccess {}\n",
                     Names<InitiativeKind>::values[static_cast<std::size_t>(one.kind)],
                     shortest(one.p_success));
  std::map<std::string, std::string> inputs;
  for (const NamedInput& input : inputs_of(cases, one)) {
    if (input.is_given) inputs[input.name] = format_estimate(input.estimate);
  }
  for (const auto& [name, estimate] : inputs) out += fmt::format("input {} {}\n", name, estimate);
  add_kpis(cases, one, out);
  std::map<std::string, std::string> drivers;
  for (const InputDrivers& each : one.drivers) drivers[each.of] = loadings_text(each.loadings);
  for (const auto& [of, loadings] : drivers) out += fmt::format("driver {}{}\n", of, loadings);
  std::set<std::string> pairs;
  for (const RankCorrelation& each : one.correlations) {
    const auto [first, second] = std::minmax(each.first, each.second);
    pairs.insert(fmt::format("rank {} {} {}\n", first, second, shortest(each.rank)));
  }
  for (const std::string& pair : pairs) out += pair;
  return out;
}

Cases only_of(const Cases& cases, const BusinessCase& one) {
  Cases out = cases;
  out.kpis.clear();
  out.initiatives = {one};
  std::set<std::string> needed;
  const auto need = [&](const std::vector<Loading>& loadings) {
    for (const Loading& each : loadings) needed.insert(each.driver);
  };
  for (Effect& effect : out.initiatives.front().effects) {
    const Kpi& kpi = cases.kpis[effect.kpi];
    const auto held = std::ranges::find(out.kpis, kpi.id, &Kpi::id);
    effect.kpi = static_cast<std::size_t>(held - out.kpis.begin());
    if (held == out.kpis.end()) out.kpis.push_back(kpi);
    need(kpi.drivers);
  }
  for (const InputDrivers& each : one.drivers) need(each.loadings);
  out.drivers.assign(needed.begin(), needed.end());
  return out;
}

}  // namespace tiebeam::investment
