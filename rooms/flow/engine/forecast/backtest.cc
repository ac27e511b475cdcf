#include "rooms/flow/engine/forecast/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "quant/quantile.h"

namespace tiebeam::flow {
namespace {

constexpr std::int64_t kSecondsAWeek = 604'800;
constexpr std::int64_t kFirstMonday = 345'600;  // 1970-01-05T00:00:00Z
constexpr std::size_t kHalfYear = 26, kYear = 52;
constexpr std::size_t kFirstOrigin = 60;
constexpr std::size_t kLeastWeeks = 130;
struct Ladder {
  std::size_t weeks, step;
};
constexpr Ladder kHorizons[] = {{4, 4}, {8, 6}, {13, 8}};

std::int64_t week_of(std::int64_t seconds) {
  const std::int64_t since = seconds - kFirstMonday;
  return since >= 0 ? since / kSecondsAWeek : (since + 1) / kSecondsAWeek - 1;
}

std::uint64_t total(std::span<const std::uint32_t> weeks) {
  std::uint64_t out = 0;
  for (const std::uint32_t week : weeks) out += week;
  return out;
}

double year_before(const Series& series, std::size_t origin) {
  const std::size_t from = origin > kYear ? origin - kYear : 0;
  return series.sum(from, origin - from) / static_cast<double>(origin - from);
}

std::size_t quantile_of(const quant::Counts& counts, double p) {
  return quant::quantile(counts, p).value_or(counts.chance.size());
}

double share_of(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

// ---- when ----
constexpr std::size_t kWhenWeeks = 52, kWhenStep = 26, kWhenWork = 8;

struct WhenCase {
  std::size_t series, origin, items, took;        // took: weeks, 52 when not within them
  std::vector<double> said = {}, reference = {};  // P(done by week h), h = 1..52
};

std::vector<WhenCase> when_cases(std::span<const Series> all) {
  std::vector<WhenCase> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Series& series = all[i];
    for (std::size_t t = kFirstOrigin; t + kWhenWeeks <= series.size(); t += kWhenStep) {
      const auto items =
          static_cast<std::size_t>(std::floor(kWhenWork * year_before(series, t) + 0.5));
      if (items < 1) continue;
      std::size_t took = 1;
      while (took < kWhenWeeks && series.sum(t, took) < static_cast<double>(items)) ++took;
      out.push_back({.series = i, .origin = t, .items = items, .took = took});
    }
  }
  return out;
}

// Says for every case what the chance of being done is, week by week.
void say_when(std::span<const Series> all, const Method& method, std::vector<WhenCase>& cases) {
  for (WhenCase& one : cases) {
    const std::span<const std::uint32_t> weeks(all[one.series].finished);
    const auto last = weeks.subspan(one.origin - kBootstrapWeeks, kBootstrapWeeks);
    for (const double below : quant::chances_below(last, one.items, kWhenWeeks))
      one.reference.push_back(1 - below);
  }
  for (std::size_t h = 1; h <= kWhenWeeks; ++h) {
    const Horizon horizon(all, h, method);
    for (WhenCase& one : cases) {
      const double done = 1 - horizon.chance_below(one.series, one.origin, one.items);
      one.said.push_back(one.said.empty() ? done : std::max(one.said.back(), done));
    }
  }
}

// CRPS in weeks up to the cap: the sum over h of (P(done by h) - [done by h])^2.
double score_when(const std::vector<double>& said, std::size_t took) {
  double out = 0;
  for (std::size_t h = 1; h < kWhenWeeks; ++h) {
    const double off = said[h - 1] - (took <= h ? 1.0 : 0.0);
    out += off * off;
  }
  return out;
}

std::size_t week_at(const std::vector<double>& said, double p) {
  for (std::size_t h = 1; h < kWhenWeeks; ++h) {
    if (said[h - 1] >= p - quant::kShareTolerance) return h;
  }
  return kWhenWeeks;
}

std::optional<WhenRow> when_row(std::span<const Series> all, const Method& method) {
  std::vector<WhenCase> cases = when_cases(all);
  if (cases.empty()) return std::nullopt;
  WhenRow row;
  std::vector<double> score(all.size(), 0), reference(all.size(), 0);
  std::size_t held_85 = 0, held_95 = 0, weeks_85 = 0;
  say_when(all, method, cases);
  for (const WhenCase& one : cases) {
    score[one.series] += score_when(one.said, one.took);
    reference[one.series] += score_when(one.reference, one.took);
    const std::size_t p85 = week_at(one.said, 0.85);
    held_85 += one.took <= p85, weeks_85 += p85;
    held_95 += one.took <= week_at(one.said, 0.95);
  }
  double ratios = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    row.crps_weeks += score[i], row.reference_weeks += reference[i];
    if (reference[i] > 0) ++row.series, ratios += score[i] / reference[i];
  }
  const auto n = static_cast<double>(cases.size());
  row.origins = cases.size();
  row.crps_ratio = row.series == 0 ? 0 : ratios / static_cast<double>(row.series);
  row.crps_weeks /= n, row.reference_weeks /= n;
  row.held_p85 = share_of(held_85, cases.size());
  row.held_p95 = share_of(held_95, cases.size());
  row.mean_p85_weeks = static_cast<double>(weeks_85) / n;
  return row;
}

}  // namespace

PastForecast past_forecast(const Horizon& horizon, std::size_t own, std::size_t origin) {
  const Series& series = horizon.all()[own];
  const std::size_t weeks = horizon.weeks();
  TB_CHECK(origin >= kBootstrapWeeks && origin + weeks <= series.size(),
           "a past forecast has a past and an outcome");
  PastForecast out{.series = own, .origin = origin, .weeks = weeks};
  out.came = static_cast<std::size_t>(series.sum(origin, weeks));
  out.scale = std::max(1.0, year_before(series, origin));
  const quant::Counts said = horizon.from(own, origin).counts(out.came);
  out.p05 = quantile_of(said, 0.05);
  out.p15 = quantile_of(said, 0.15);
  out.p50 = quantile_of(said, 0.5);
  out.p85 = quantile_of(said, 0.85);
  out.p95 = quantile_of(said, 0.95);
  out.score = quant::crps(said, out.came);
  out.reference = quant::crps(bootstrap(series, origin, weeks), out.came);
  return out;
}

Counted count_weeks(const Times& times) {
  std::vector<std::int64_t> at = times.at;
  std::ranges::sort(at);
  at.erase(at.begin(), at.begin() + static_cast<std::ptrdiff_t>(at.size() / 100));
  if (at.empty()) return {std::nullopt, "it has no times"};
  std::int64_t first = week_of(at.front());
  const auto weeks = static_cast<std::size_t>(week_of(at.back()) - first);  // the last is partial
  constexpr std::size_t kMostWeeks = 10'000;
  if (weeks > kMostWeeks) return {std::nullopt, fmt::format("it spans {} weeks", weeks)};
  std::vector<std::uint32_t> finished(weeks, 0);
  for (const std::int64_t each : at) {
    const auto week = static_cast<std::size_t>(week_of(each) - first);
    if (week < weeks) ++finished[week];
  }
  std::span<const std::uint32_t> kept(finished);
  const auto is_quiet = [](std::span<const std::uint32_t> part) {
    return total(part) * 2 < kHalfYear;  // a mean below 0.5
  };
  while (kept.size() >= kHalfYear && is_quiet(kept.first(kHalfYear)))
    kept = kept.subspan(1), ++first;
  while (kept.size() >= kHalfYear && is_quiet(kept.last(kHalfYear)))
    kept = kept.first(kept.size() - 1);
  if (kept.size() < kLeastWeeks)
    return {std::nullopt, fmt::format("{} weeks, {} are needed", kept.size(), kLeastWeeks)};
  if (total(kept) < kept.size())
    return {std::nullopt, fmt::format("{} items in {} weeks, at least one a week is needed",
                                      total(kept), kept.size())};
  return {make_series(times.series, first, {kept.begin(), kept.end()}), ""};
}

std::vector<PastForecast> past_forecasts(const Horizon& horizon) {
  const auto* held = std::ranges::find(kHorizons, horizon.weeks(), &Ladder::weeks);
  TB_CHECK(held != std::end(kHorizons), "the protocol looks 4, 8 or 13 weeks ahead");
  const std::span<const Series> all = horizon.all();
  std::vector<PastForecast> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t t = kFirstOrigin; t + held->weeks <= all[i].size(); t += held->step)
      out.push_back(past_forecast(horizon, i, t));
  }
  return out;
}

HorizonRow horizon_row(const Horizon& horizon, const std::vector<PastForecast>& past) {
  const std::span<const Series> all = horizon.all();
  struct Sums {
    std::size_t origins = 0;
    double score = 0, reference = 0;
  };
  std::vector<Sums> sums(all.size());
  std::size_t held_85 = 0, held_95 = 0, inside = 0;
  for (const PastForecast& one : past) {
    Sums& own = sums[one.series];
    ++own.origins;
    own.score += one.score / one.scale;
    own.reference += one.reference / one.scale;
    held_85 += one.held_p85(), held_95 += one.held_p95(), inside += one.inside_90();
  }
  HorizonRow row{.weeks = horizon.weeks(), .origins = past.size()};
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (sums[i].reference <= 0) continue;
    row.each.push_back({all[i].id, sums[i].origins, sums[i].score / sums[i].reference});
    row.crps_ratio += row.each.back().crps_ratio;
  }
  row.series = row.each.size();
  if (row.series > 0) row.crps_ratio /= static_cast<double>(row.series);
  row.held_p85 = share_of(held_85, past.size());
  row.held_p95 = share_of(held_95, past.size());
  row.coverage_90 = share_of(inside, past.size());
  return row;
}

Backtest backtest(const std::vector<Times>& times, const Method& method) {
  Backtest out;
  std::vector<Series> all;
  for (const Times& each : times) {
    Counted counted = count_weeks(each);
    if (counted.series)
      all.push_back(*std::move(counted.series));
    else
      out.left_out.push_back(fmt::format("{}: {}", each.series, counted.reason));
  }
  std::ranges::sort(all, {}, &Series::id);
  std::ranges::sort(out.left_out);
  for (const Ladder& each : kHorizons) {
    const Horizon horizon(all, each.weeks, method);
    out.horizons.push_back(horizon_row(horizon, past_forecasts(horizon)));
  }
  out.when = when_row(all, method);
  return out;
}

}  // namespace tiebeam::flow
