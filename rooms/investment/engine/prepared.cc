#include "rooms/investment/engine/prepared.h"

#include <algorithm>
#include <cmath>

#include "rooms/investment/engine/faults.h"

namespace tiebeam::investment {
namespace {

using quant::kBlock;
using quant::kPad;
constexpr quant::Purpose kInput{0};

quant::Key key_for(std::uint64_t seed, std::string_view kind, std::string_view id,
                   std::string_view input = {}) {
  std::string name(kind);
  name += '/';
  name += id;
  if (!input.empty()) {
    name += '/';
    name += input;
  }
  return quant::key_of(seed, name);
}

DrawnInput drawn(std::string name, const Estimate& estimate, quant::Key key) {
  auto marginal = quant::Marginal::create(estimate);
  TB_CHECK(marginal.has_value(), "estimates were checked");
  quant::Draw draw(*marginal);
  return {.name = std::move(name),
          .marginal = *std::move(marginal),
          .draw = std::move(draw),
          .key = key,
          .drivers = {}};
}

void drive(const Cases& cases, const std::vector<Loading>& loadings, DrawnInput& input) {
  double squares = 0;
  for (const Loading& each : loadings) {
    const auto found = std::ranges::find(cases.drivers, each.driver);
    TB_CHECK(found != cases.drivers.end(), "drivers were checked");
    if (each.weight == 0) continue;
    input.drivers.emplace_back(found - cases.drivers.begin(), each.weight);
    squares += each.weight * each.weight;
  }
  // The order in which drivers are named must not change the sum.
  std::ranges::sort(input.drivers, [&](const auto& a, const auto& b) {
    return cases.drivers[a.first] < cases.drivers[b.first];
  });
  input.own = std::sqrt(std::max(0.0, 1 - squares));
}

Together together_of(const BusinessCase& initiative, const std::vector<DrawnInput>& inputs) {
  Together out;
  const CorrelatedInputs named = correlated_inputs(initiative);
  if (named.names.empty()) return out;
  for (const std::string& name : named.names) {
    const auto found = std::ranges::find(inputs, name, &DrawnInput::name);
    TB_CHECK(found != inputs.end(), "names were checked");
    out.inputs.push_back(static_cast<std::size_t>(found - inputs.begin()));
  }
  out.factor = quant::factor_of(named.scores);
  return out;
}

}  // namespace

std::uint64_t blocks_of(std::uint64_t trials) { return (trials + kBlock - 1) / kBlock; }

Settings settings_of(const Cases& cases, std::uint64_t seed, std::uint64_t trials) {
  const auto life = static_cast<std::size_t>(cases.horizon_years);
  Settings out{.seed = seed,
               .trials = trials,
               .life = life,
               .deferred = cases.late_benefits == quant::Delayed::deferred,
               .discount = {}};
  const int years = cases.horizon_years * (out.deferred ? 2 : 1);
  for (int year = 1; year <= years; ++year)
    out.discount.push_back(quant::discount_factor(year, cases.discount_rate, cases.timing));
  return out;
}

PreparedCase prepare(const Cases& cases, const BusinessCase& initiative, std::uint64_t seed) {
  PreparedCase out{.id = initiative.id,
                   .inputs = {},
                   .effects = {},
                   .together = {},
                   .p_success = initiative.p_success,
                   .success = key_for(seed, "initiative", initiative.id, "success"),
                   .has_do_nothing = initiative.do_nothing_cost_a_year.has_value()};
  for (const NamedInput& each : inputs_of(cases, initiative)) {
    out.inputs.push_back(
        drawn(each.name, each.estimate, key_for(seed, "initiative", initiative.id, each.name)));
  }
  for (const InputDrivers& each : initiative.drivers)
    drive(cases, each.loadings, *std::ranges::find(out.inputs, each.of, &DrawnInput::name));
  for (const Effect& effect : initiative.effects)
    out.effects.push_back({.kpi = effect.kpi, .own_ramp = effect.ramp.has_value()});
  out.together = together_of(initiative, out.inputs);
  return out;
}

Shared draw_shared(const Cases& cases, const Settings& settings) {
  Shared out;
  const std::uint64_t blocks = blocks_of(settings.trials);
  const auto scores = [&](quant::Key key) {
    std::vector<double> z(blocks * kBlock + kPad);
    for (std::uint64_t block = 0; block < blocks; ++block) {
      double* at = z.data() + block * kBlock;
      quant::uniforms(key, kInput, block, at);
      quant::normals(at, kBlock, at);
    }
    return z;
  };
  for (const std::string& driver : cases.drivers)
    out.drivers.push_back(scores(key_for(settings.seed, "driver", driver)));
  for (const Kpi& kpi : cases.kpis) {
    DrawnInput input = drawn(kpi.id + ".value_per_unit", kpi.value_per_unit,
                             key_for(settings.seed, "kpi", kpi.id));
    drive(cases, kpi.drivers, input);
    std::vector<double> x;
    if (!input.draw.constant()) {
      x = scores(input.key);
      if (!input.drivers.empty()) quant::blend(input.own, x.data(), blocks * kBlock);
      for (const auto& [driver, weight] : input.drivers)
        quant::add_driver(weight, out.drivers[driver].data(), blocks * kBlock, x.data());
      for (std::uint64_t block = 0; block < blocks; ++block)
        input.draw.map(x.data() + block * kBlock, kBlock, x.data() + block * kBlock);
    }
    out.kpis.push_back(std::move(input));
    out.values.push_back(std::move(x));
  }
  return out;
}

}  // namespace tiebeam::investment
