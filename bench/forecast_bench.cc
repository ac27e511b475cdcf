// How long a forecast takes: the exact sums, the method, a question when its weeks are prepared.
// Peer: bench/forecast_numpy.py, a million trials of the same 52 weeks. Run:
// build/bench/bench/forecast_bench
#include <benchmark/benchmark.h>

#include "rooms/flow/engine/forecast/outlook.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kItems = 200, kWeeksAhead = 52;

// 4 to 14 items a week, the same numbers as in forecast_numpy.py.
std::vector<std::uint32_t> weeks_of(std::size_t weeks, std::size_t seed) {
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < weeks; ++i)
    out.push_back(4 + static_cast<std::uint32_t>(((i + seed) * 7919) % 97 % 11));
  return out;
}
std::vector<Series> streams(std::size_t count, std::size_t weeks) {
  std::vector<Series> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(make_series("s" + std::to_string(i), 0, weeks_of(weeks, 13 * i)));
  return out;
}
std::vector<std::size_t> all_working(std::size_t weeks) {
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k <= weeks; ++k) out.push_back(k);
  return out;
}

// When are 200 items done, drawn from 52 weeks: chance for each of the next 52 weeks.
void ExactBootstrap(benchmark::State& state) {
  const auto history = weeks_of(52, 0);
  for (auto _ : state) benchmark::DoNotOptimize(quant::chances_below(history, kItems, kWeeksAhead));
}
BENCHMARK(ExactBootstrap)->Unit(benchmark::kMicrosecond);

// The same question to the method, its 52 weeks ahead prepared; range(0): streams in the pool.
void WhenPrepared(benchmark::State& state) {
  const auto all = streams(static_cast<std::size_t>(state.range(0)), 208);
  const Outlook outlook(std::make_shared<const Horizons>(all), 0, all_working(kWeeksAhead));
  outlook.prepare(kWeeksAhead);
  const std::vector<ScopePoint> scope{{kItems, 1.0}};
  for (auto _ : state) benchmark::DoNotOptimize(outlook.done_by_week(scope, kWeeksAhead));
}
BENCHMARK(WhenPrepared)->Arg(1)->Arg(12)->Arg(200)->Unit(benchmark::kMicrosecond);

// A range of items instead of a number.
void WhenRangePrepared(benchmark::State& state) {
  const auto all = streams(12, 208);
  const Outlook outlook(std::make_shared<const Horizons>(all), 0, all_working(kWeeksAhead));
  outlook.prepare(kWeeksAhead);
  const auto scope = points_of({.low = 150, .high = 300, .split = 0.1});
  for (auto _ : state) benchmark::DoNotOptimize(outlook.done_by_week(scope, kWeeksAhead));
}
BENCHMARK(WhenRangePrepared)->Unit(benchmark::kMicrosecond);

// Preparing the 52 weeks from the history.
void Prepare(benchmark::State& state) {
  const auto all = streams(static_cast<std::size_t>(state.range(0)), 208);
  for (auto _ : state) {
    const Outlook outlook(std::make_shared<const Horizons>(all), 0, all_working(kWeeksAhead));
    outlook.prepare(kWeeksAhead);
    benchmark::DoNotOptimize(outlook.weeks());
  }
}
BENCHMARK(Prepare)->Arg(1)->Arg(12)->Arg(200)->Unit(benchmark::kMillisecond);

// 200 teams x 10 dates: at least so many in 85 of 100, for every team and date.
void Portfolio(benchmark::State& state) {
  const auto all = streams(200, 208);
  for (auto _ : state) {
    const Horizons horizons(all);
    std::size_t sum = 0;
    for (std::size_t own = 0; own < all.size(); ++own) {
      for (std::size_t h = 2; h <= 20; h += 2)
        sum += horizons.over(h).from(own, all[own].size()).quantile(0.15);
    }
    benchmark::DoNotOptimize(sum);
  }
}
BENCHMARK(Portfolio)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace tiebeam::flow
