// What an effect promised for each day, and what has come of it. docs/method/benefits.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/investment/engine/from_records.h"
#include "rooms/investment/engine/prepared.h"

namespace tiebeam::investment {

// How far the KPI was to have moved because of the effect, by day: mean and percentiles of change x
// share x adoption x ramp, 0 where it does not work. Days count from the first day of work.
struct Promise {
  double mean = 0, p05 = 0, p10 = 0, p50 = 0, p90 = 0, p95 = 0;
};
// One promise a day asked for. REQUIRES: `cases` holds one initiative, without faults.
[[nodiscard]] std::vector<Promise> promises_of(const Cases& cases, const Settings& settings,
                                               std::size_t effect, const std::vector<double>& days);

// A reading against what was promised for its day.
struct Realised {
  BenefitReading record;
  double day = 0;  // since the first day of work
  Promise promise;
  [[nodiscard]] bool is_inside() const;  // between P10 and P90
};
struct EffectBenefit {
  std::string effect, kpi;
  double worth = 0;                // money a year for one unit more
  std::vector<Realised> readings;  // by day; those before the first day of work are left out
  std::size_t too_early = 0, too_late = 0;  // too_late: of days still to come, left out
};

// What is realised a year against what was promised for the same days: of each effect its newest
// reading. Money.
struct Realisation {
  double promised = 0, realised = 0;
  std::size_t effects = 0;  // with a reading
  std::size_t readings = 0, inside = 0;
  // realised / promised; none without readings, or where nothing was promised by then.
  [[nodiscard]] std::optional<double> ratio() const;
};
[[nodiscard]] Realisation realisation_of(const std::vector<EffectBenefit>& effects);
void add(Realisation& to, const Realisation& other);

// How many of those who should use it do, after so many days from the first reading of any of its
// groups: active / eligible, each group by its newest reading up to then. Readings of days after
// `today` are left out.
struct AdoptionShare {
  std::optional<double> share;
  std::int64_t active = 0, eligible = 0;
  std::string why;  // of none
};
[[nodiscard]] AdoptionShare adoption_after(const std::vector<AdoptionGroup>& groups,
                                           const std::vector<AdoptionReading>& readings,
                                           std::optional<int> days, Day today);

}  // namespace tiebeam::investment
