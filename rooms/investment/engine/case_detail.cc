#include "rooms/investment/engine/case_detail.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "quant/information.h"
#include "quant/quantile.h"
#include "rooms/investment/engine/block.h"
#include "rooms/investment/engine/from_records.h"
#include "rooms/investment/engine/scales.h"

namespace tiebeam::investment {
namespace {

using Numbers = std::vector<double>;
constexpr std::size_t kPoints = 60;  // of the density
constexpr double kFactors[] = {0.5, 0.75, 1.5, 2};

Numbers first_of(const Numbers& values, std::size_t n) {
  return {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n)};
}

// Value of a level by trial: costs and benefits in proportion.
Numbers npv_at(const Level& level, const CaseTrials& trials, std::size_t n) {
  Numbers out(n);
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = level.benefit_share * trials.npv[i] +
             (level.benefit_share - level.cost_share) * trials.costs[i];
  }
  return out;
}

Numbers npv_of_nothing(const PreparedCase& initiative, const CaseTrials& trials,
                       const Settings& settings, std::size_t n) {
  double annuity = 0;
  for (std::size_t y = 0; y < settings.life; ++y) annuity += settings.discount[y];
  const std::size_t at = place_of(Input::do_nothing_cost_a_year);
  Numbers out(n, -annuity * initiative.inputs[at].draw.value());
  if (trials.inputs[at].empty()) return out;
  for (std::size_t i = 0; i < n; ++i) out[i] = -annuity * trials.inputs[at][i];
  return out;
}

std::vector<LevelValue> values_of(const std::vector<Level>& levels, const PreparedCase& initiative,
                                  const CaseTrials& trials, const Settings& settings) {
  const std::size_t n = settings.trials;
  const double one_off = initiative.inputs[place_of(Input::one_off_cost)].marginal.quantile(0.5);
  std::vector<LevelValue> out;
  out.push_back({.level = {std::string(kDoNothing), "Do nothing", 0, 0},
                 .npv = money_figures(npv_of_nothing(initiative, trials, settings, n)),
                 .one_off_p50 = 0});
  std::vector<Level> all = levels;
  all.push_back({std::string(kAsPlanned), "As planned", 1, 1});
  std::ranges::sort(all, [](const Level& a, const Level& b) {
    return a.cost_share != b.cost_share ? a.cost_share < b.cost_share : a.id < b.id;
  });
  for (const Level& level : all) {
    out.push_back({.level = level,
                   .npv = money_figures(npv_at(level, trials, n)),
                   .one_off_p50 = level.cost_share * one_off});
  }
  return out;
}

// What each way is better than doing nothing, by trial; doing nothing is the first.
quant::Utilities utilities_of(const std::vector<Level>& levels, const CaseTrials& trials,
                              std::size_t n) {
  quant::Utilities out{Numbers(n, 0.0)};
  std::vector<Level> all = levels;
  all.push_back({std::string(kAsPlanned), {}, 1, 1});
  for (const Level& level : all) {
    out.push_back(npv_at(level, trials, n));
    for (std::size_t i = 0; i < n; ++i) out.back()[i] += level.benefit_share * trials.aside[i];
  }
  return out;
}

void set_information(const quant::Utilities& utilities, const PreparedCase& initiative,
                     const Shared& shared, const CaseTrials& trials, const Settings& settings,
                     CaseDetail& out) {
  quant::Information information(utilities, settings.seed);
  out.evpi = information.evpi();
  const std::size_t n = settings.trials;
  const auto add = [&](const std::string& name, const Numbers& x) {
    if (!x.empty()) out.evppi.push_back({name, information.evppi({x.data(), n})});
  };
  for (std::size_t i = 0; i < trials.inputs.size(); ++i)
    add(initiative.inputs[i].name, trials.inputs[i]);
  for (std::size_t k = 0; k < shared.values.size(); ++k) add(shared.kpis[k].name, shared.values[k]);
  add("p_success", trials.works);
  std::ranges::sort(out.evppi, [](const InputWorth& a, const InputWorth& b) {
    return a.evppi != b.evppi ? a.evppi > b.evppi : a.input < b.input;
  });
}

// At most so many digits, which is all that a drawn line shows.
void round_draws(Numbers& values) {
  double most = 0;
  for (const double x : values) most = std::max(most, std::abs(x));
  if (most == 0) return;
  const double unit = std::pow(10, std::floor(std::log10(most)) - 5);
  for (double& x : values) x = std::round(x / unit) * unit + 0.0;
}

class Parts {
 public:
  Parts(const Cases& cases, const Settings& settings) : cases_(cases), settings_(settings) {
    settings_.trials = std::min<std::uint64_t>(kDraws, settings.trials);
    shared_ = draw_shared(cases, settings_);
    initiative_ = prepare(cases, cases.initiatives.front(), settings_.seed);
    npv_ = npv_with({});
  }
  void add_all(CaseDetail& out) {
    const BusinessCase& one = cases_.initiatives.front();
    for (const NamedInput& input : inputs_of(cases_, one)) add(input, out);
    for (const Kpi& kpi : cases_.kpis) {
      if (kpi.id == kBareBenefit) continue;
      out.parts.push_back({.input = kpi.id + ".value_per_unit"});
      fill(out.parts.back());
    }
    if (one.p_success < 1) {
      out.parts.push_back({.input = "p_success", .is_straight = false, .most = 1 / one.p_success});
      fill(out.parts.back());
    }
    out.npv = npv_;
    round_draws(out.npv);
  }

 private:
  [[nodiscard]] Numbers npv_with(const std::vector<Scale>& scales) const {
    PreparedCase initiative = initiative_;
    Shared shared = shared_;
    const auto done = scale_inputs(scales, initiative, shared, settings_);
    TB_CHECK(done.has_value(), "the inputs are those of the case");
    return first_of(simulate(initiative, shared, settings_).npv, settings_.trials);
  }
  void add(const NamedInput& input, CaseDetail& out) {
    if (!input.is_given || input.name == "do_nothing_cost_a_year") return;
    InputPart part{.input = input.name};
    part.is_straight = !(input.name == "duration" || input.name == "adoption_ramp" ||
                         input.name.ends_with(".delay") || input.name.ends_with(".ramp"));
    if (input.range == Range::share) {
      const auto marginal = quant::Marginal::create(input.estimate);
      part.most = marginal->most() > 0 ? 1 / marginal->most() : 0;
    }
    out.parts.push_back(std::move(part));
    fill(out.parts.back());
  }
  void fill(InputPart& part) {
    if (part.is_straight) {
      // Straight in the input: what it adds is the value less the value without it.
      part.part = npv_;
      const Numbers without = npv_with({{part.input, 0}});
      for (std::size_t i = 0; i < part.part.size(); ++i) part.part[i] -= without[i];
      round_draws(part.part);
      return;
    }
    for (const double factor : kFactors) {
      if (part.most > 0 && factor > part.most) continue;
      part.factors.push_back(factor);
      part.at.push_back(npv_with({{part.input, factor}}));
      round_draws(part.at.back());
    }
  }

  const Cases& cases_;
  Settings settings_;
  Shared shared_;
  PreparedCase initiative_;
  Numbers npv_;
};

Numbers sorted_of(const Numbers& values, std::size_t n) {
  Numbers out = first_of(values, n);
  std::ranges::sort(out);
  return out;
}

Numbers dots_of(const Numbers& sorted) {
  Numbers out;
  for (std::size_t i = 0; i < kDots; ++i) {
    const double p = (static_cast<double>(i) + 0.5) / static_cast<double>(kDots);
    out.push_back(quant::inverse_ecdf(std::span<const double>(sorted), p));
  }
  return out;
}

// Equal steps between the 0.5 and the 99.5 % point; nothing where all trials are alike.
void set_density(const Numbers& sorted, Numbers& x, Numbers& density) {
  const std::span<const double> all(sorted);
  const double low = quant::inverse_ecdf(all, 0.005), high = quant::inverse_ecdf(all, 0.995);
  if (!(high > low)) return;
  const double step = (high - low) / static_cast<double>(kPoints);
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double from = low + step * static_cast<double>(i), to = from + step;
    const auto count =
        std::ranges::lower_bound(sorted, to) - std::ranges::lower_bound(sorted, from);
    x.push_back(from + step / 2);
    density.push_back(static_cast<double>(count) / static_cast<double>(sorted.size()) / step);
  }
}

}  // namespace

CaseDetail detail_of(const Cases& cases, const std::vector<Level>& levels,
                     const Settings& settings) {
  const Shared shared = draw_shared(cases, settings);
  const PreparedCase initiative = prepare(cases, cases.initiatives.front(), settings.seed);
  const CaseTrials trials = simulate(initiative, shared, settings);
  const Numbers sorted = sorted_of(trials.npv, settings.trials);
  CaseDetail out;
  out.dots = dots_of(sorted);
  set_density(sorted, out.density_x, out.density);
  out.levels = values_of(levels, initiative, trials, settings);
  set_information(utilities_of(levels, trials, settings.trials), initiative, shared, trials,
                  settings, out);
  Parts(cases, settings).add_all(out);
  return out;
}

Result<ScaledCase> value_scaled(const Cases& cases, const std::vector<Scale>& scales,
                                const Settings& settings) {
  Shared shared = draw_shared(cases, settings);
  PreparedCase initiative = prepare(cases, cases.initiatives.front(), settings.seed);
  TB_DO(scale_inputs(scales, initiative, shared, settings));
  const CaseTrials trials = simulate(initiative, shared, settings);
  const std::size_t n = settings.trials;
  const Numbers sorted = sorted_of(trials.npv, n);
  Summariser summariser;
  const MoneySummary late = summariser.money({trials.month_late.data(), n});
  ScaledCase out;
  out.npv = money_figures({trials.npv.data(), n});
  out.payback = summariser.payback({trials.payback.data(), n});
  out.month_late = {late.mean, late.standard_error, late.p05, late.p95};
  out.dots = dots_of(sorted);
  set_density(sorted, out.density_x, out.density);
  return out;
}

}  // namespace tiebeam::investment
