// The organisation's records as cases that can be valued, and what each case still lacks in plain
// words. Nothing is presumed silently. docs/method/case.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/flow/forecast_records.h"
#include "rooms/investment/engine/initiatives.h"
#include "rooms/risk/records.h"
#include "rooms/strategy/records.h"

namespace tiebeam::investment {

// Ids that no initiative may have: figures of several cases go by them.
constexpr std::string_view kAllCases = "portfolio", kFundedCases = "funded", kOpenCases = "open";
[[nodiscard]] bool is_group(std::string_view id);

// A benefit that is a bare amount of money stands in a case as an effect on this, worth 1 a unit.
constexpr std::string_view kBareBenefit = "benefit_a_year";
[[nodiscard]] bool counts_bare_benefit(const BusinessCase& one, const Cases& cases);

// All that cases are made of. Records of each type sorted by id.
struct CaseRecords {
  std::vector<Initiative> initiatives;
  std::vector<InitiativeEffect> effects;
  std::vector<strategy::Kpi> kpis;
  std::vector<risk::Driver> drivers;
  std::vector<risk::DriverLoading> loadings;
  std::vector<InvestmentPolicy> policies;
  flow::InitiativeForecasts forecasts;
  Currency currency;
  Instant as_of{};
  Day today{};
};

// How every case is counted. Where no policy says otherwise: ours, docs/method/case.md.
struct Policy {
  std::string id;  // of the record; empty: nobody agreed to one
  double discount_rate = 0.08;
  int horizon_years = 5;
  bool mid_year = false;
  double sign_off_tolerance = 0.1;
  std::vector<std::string> presumed;  // "8 % a year", as far as nobody said so
};
[[nodiscard]] Policy policy_of(const std::vector<InvestmentPolicy>& policies);

enum class Delay : std::uint8_t { given, forecast, unknown };

struct RecordCase {
  std::string id, name;
  std::optional<std::size_t> at;  // place in Cases::initiatives; none: it cannot be valued
  Delay delay = Delay::unknown;   // where the time until it is of use comes from
  std::optional<flow::InitiativeForecast> forecast;  // shown beside a duration that was given
  std::vector<std::string> effects;  // records behind BusinessCase::effects, in that order
  std::vector<std::string> missing;  // what it lacks, or cannot be counted, and why
};

struct RecordCases {
  Cases cases;  // faults_of(cases) is empty
  Policy policy;
  std::vector<RecordCase> each;  // of every initiative, by id
};

// A case needs at least a cost or an effect whose KPI is worth something. What is faulty, in
// another currency or contradicts itself is left out and told.
[[nodiscard]] RecordCases cases_of_records(const CaseRecords& records);

// What one unit more of the KPI is worth a year. The record says what a unit in the better
// direction is worth, so less of a KPI whose direction is down earns money, and the sign of an
// amount on such a KPI does not matter. none: no worth, another currency, or a KPI that should rise
// and costs money when it does; then `why` says so.
struct UnitWorth {
  std::optional<double> amount;
  std::string why;
};
[[nodiscard]] UnitWorth worth_of(const strategy::Kpi& kpi, Currency currency);

}  // namespace tiebeam::investment
