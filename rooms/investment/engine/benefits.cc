#include "rooms/investment/engine/benefits.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "quant/quantile.h"
#include "rooms/investment/engine/block.h"
#include "rooms/investment/engine/case_trials.h"

namespace tiebeam::investment {
namespace {

using std::chrono::sys_days;

// An input's value in every trial, certain or not.
class Rows {
 public:
  Rows(const PreparedCase& initiative, const CaseTrials& trials)
      : initiative_(initiative), trials_(trials) {}
  [[nodiscard]] double at(std::size_t input, std::size_t trial) const {
    const auto& row = trials_.inputs[input];
    return row.empty() ? initiative_.inputs[input].draw.value() : row[trial];
  }

 private:
  const PreparedCase& initiative_;
  const CaseTrials& trials_;
};

Promise summary_of(std::vector<double> values) {
  Promise out;
  const double size = static_cast<double>(values.size());
  out.mean = std::accumulate(values.begin(), values.end(), 0.0) / size;
  std::ranges::sort(values);
  const auto at = [&](double p) { return quant::inverse_ecdf(std::span<const double>(values), p); };
  out.p05 = at(0.05);
  out.p10 = at(0.1);
  out.p50 = at(0.5);
  out.p90 = at(0.9);
  out.p95 = at(0.95);
  return out;
}

}  // namespace

std::vector<Promise> promises_of(const Cases& cases, const Settings& settings, std::size_t effect,
                                 const std::vector<double>& days) {
  const Shared shared = draw_shared(cases, settings);
  const PreparedCase initiative = prepare(cases, cases.initiatives.front(), settings.seed);
  const CaseTrials trials = simulate(initiative, shared, settings);
  const Rows rows(initiative, trials);
  const std::size_t ramp_at = initiative.effects[effect].own_ramp
                                  ? place_of(effect, EffectInput::ramp)
                                  : place_of(Input::adoption_ramp);
  const std::size_t n = settings.trials;
  std::vector<double> full(n), from(n), ramp(n);
  for (std::size_t i = 0; i < n; ++i) {
    const bool works = trials.works.empty() || trials.works[i] > 0;
    full[i] = works ? rows.at(place_of(effect, EffectInput::change), i) *
                          rows.at(place_of(effect, EffectInput::share), i) *
                          rows.at(place_of(Input::adoption), i)
                    : 0;
    from[i] =
        rows.at(place_of(Input::duration), i) + rows.at(place_of(effect, EffectInput::delay), i);
    ramp[i] = rows.at(ramp_at, i);
  }
  std::vector<Promise> out;
  std::vector<double> values(n);
  for (const double day : days) {
    for (std::size_t i = 0; i < n; ++i) {
      const double gone = day - from[i];
      const double share = gone < 0 ? 0 : ramp[i] > 0 ? std::min(1.0, gone / ramp[i]) : 1;
      values[i] = full[i] * share + 0.0;
    }
    out.push_back(summary_of(values));
  }
  return out;
}

bool Realised::is_inside() const {
  const double change = record.change.value_or(0);
  return change >= promise.p10 && change <= promise.p90;
}

Realisation realisation_of(const std::vector<EffectBenefit>& effects) {
  Realisation out;
  for (const EffectBenefit& effect : effects) {
    if (effect.readings.empty()) continue;
    const Realised& newest = effect.readings.back();
    out.promised += newest.promise.mean * effect.worth;
    out.realised += newest.record.change.value_or(0) * effect.worth;
    ++out.effects;
    out.readings += effect.readings.size();
    out.inside +=
        static_cast<std::size_t>(std::ranges::count_if(effect.readings, &Realised::is_inside));
  }
  return out;
}

std::optional<double> Realisation::ratio() const {
  if (effects == 0 || !(promised > 0)) return std::nullopt;
  return realised / promised;
}

void add(Realisation& to, const Realisation& other) {
  to.promised += other.promised;
  to.realised += other.realised;
  to.effects += other.effects;
  to.readings += other.readings;
  to.inside += other.inside;
}

AdoptionShare adoption_after(const std::vector<AdoptionGroup>& groups,
                             const std::vector<AdoptionReading>& readings, std::optional<int> days,
                             Day today) {
  AdoptionShare out;
  const auto of_group = [&](const AdoptionReading& reading) {
    return sys_days{*reading.on} <= sys_days{today} &&
           std::ranges::find(groups, reading.group.str(), &AdoptionGroup::id) != groups.end();
  };
  std::optional<sys_days> first;
  for (const AdoptionReading& reading : readings) {
    if (!reading.on || !of_group(reading)) continue;
    const sys_days day{*reading.on};
    if (!first || day < *first) first = day;
  }
  if (!first) {
    out.why = groups.empty() ? "nobody who should use it is named yet"
                             : "nobody has counted who uses it yet";
    return out;
  }
  const sys_days until =
      days ? *first + std::chrono::days{*days} : std::max(*first, sys_days{today});
  if (days && sys_days{today} < until) {
    out.why = fmt::format("{} days from the first count are not over: they are on {}", *days,
                          format_day_long(Day{until}));
    return out;
  }
  for (const AdoptionGroup& group : groups) {
    if (group.eligible.value_or(0) <= 0) continue;
    const AdoptionReading* newest = nullptr;
    for (const AdoptionReading& reading : readings) {
      if (reading.group.str() != group.id || !reading.on || !of_group(reading)) continue;
      if (sys_days{*reading.on} > until) continue;
      if (newest == nullptr || *newest->on <= *reading.on) newest = &reading;
    }
    out.eligible += *group.eligible;
    if (newest != nullptr) out.active += newest->active.value_or(0);
  }
  if (out.eligible == 0) {
    out.why = "no group says how many people it has";
    return out;
  }
  out.share = static_cast<double>(out.active) / static_cast<double>(out.eligible);
  return out;
}

}  // namespace tiebeam::investment
