// A portfolio of 300 initiatives held for what-ifs: 10,000 trials, 5 years, six uncertain inputs of
// one's own and five shared drivers each. Peer: bench/whatif_numpy.py. Run:
// build/bench/bench/whatif_bench
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include "rooms/investment/engine/whatif.h"

namespace tiebeam::investment {
namespace {

constexpr std::size_t kInitiatives = 300, kTrials = 10'000;

Estimate lognormal(double low, double high) {
  Estimate out;
  out.shape = Estimate::Shape::lognormal;
  out.parameters = {{"p05", low}, {"p95", high}};
  return out;
}
Estimate pert(double least, double mode, double most) {
  Estimate out;
  out.shape = Estimate::Shape::pert;
  out.parameters = {{"min", least}, {"mode", mode}, {"max", most}};
  return out;
}

// The same numbers as in whatif_numpy.py.
Cases portfolio() {
  Cases cases;
  cases.discount_rate = 0.08;
  cases.horizon_years = 5;
  for (int k = 0; k < 5; ++k) cases.drivers.push_back(fmt::format("driver{}", k));
  cases.kpis.push_back(
      {.id = "gain", .unit = {}, .value_per_unit = Estimate::point(1), .drivers = {}});
  for (std::size_t i = 0; i < kInitiatives; ++i) {
    const double size = 1 + static_cast<double>(i * 7919 % 97) / 10;
    BusinessCase one;
    one.id = fmt::format("i{:03}", i);
    one.one_off_cost = lognormal(50e3 * size, 200e3 * size);
    one.run_cost_a_year = lognormal(5e3 * size, 20e3 * size);
    one.duration = lognormal(60, 500);
    one.adoption = pert(0.2, 0.6, 0.9);
    Effect effect;
    effect.change = lognormal(40e3 * size, 250e3 * size);
    effect.share = pert(0.3, 0.8, 1);
    one.effects.push_back(effect);
    const char* inputs[] = {"one_off_cost", "run_cost_a_year", "duration", "adoption",
                            "gain.change"};
    for (std::size_t k = 0; k < 5; ++k)
      one.drivers.push_back({inputs[k], {{fmt::format("driver{}", k), 0.5}}});
    cases.initiatives.push_back(std::move(one));
  }
  return cases;
}

WhatIf& held() {
  static WhatIf out(portfolio(), 1, kTrials);
  return out;
}

// Every trial, every sum and the portfolio's figures from the start.
void Full(benchmark::State& state) {
  for (auto _ : state) held().compute_all();
  state.counters["portfolio mean"] = held().portfolio().mean;
  state.counters["P(loss)"] = held().portfolio().p_loss;
}
BENCHMARK(Full)->Unit(benchmark::kMillisecond);

// And the figures of each initiative: percentiles, chance of a loss, CVaR, payback.
void FullWithFigures(benchmark::State& state) {
  for (auto _ : state) {
    held().compute_all();
    held().summarise_all();
  }
}
BENCHMARK(FullWithFigures)->Unit(benchmark::kMillisecond);

// One input of one initiative, its figures and the portfolio's.
void OneInput(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    i = (i + 101) % kInitiatives;
    const double size = 1 + static_cast<double>(i * 7919 % 97) / 10;
    benchmark::DoNotOptimize(
        held().change(i, "gain.change", lognormal(40.8e3 * size, 255e3 * size)));
  }
}
BENCHMARK(OneInput)->Unit(benchmark::kMicrosecond);

// The same where the new range is a PERT, whose table is made first.
void OnePertInput(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state) {
    i = (i + 101) % kInitiatives;
    benchmark::DoNotOptimize(
        held().change(i, "adoption", pert(0.2, 0.5 + static_cast<double>(i) / 1000, 0.9)));
  }
}
BENCHMARK(OnePertInput)->Unit(benchmark::kMicrosecond);

// One initiative out, and in again.
void OneOutOrIn(benchmark::State& state) {
  std::size_t i = 0;
  bool in = true;
  for (auto _ : state) {
    if (in) i = (i + 101) % kInitiatives;
    in = !in;
    held().put_in(i, in);
  }
}
BENCHMARK(OneOutOrIn)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tiebeam::investment
