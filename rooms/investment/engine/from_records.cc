#include "rooms/investment/engine/from_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "rooms/investment/engine/chances.h"
#include "rooms/investment/engine/faults.h"

namespace tiebeam::investment {
namespace {

using std::chrono::sys_days;

double major_of(Money money) {
  double out = static_cast<double>(money.minor());
  for (int i = 0; i < money.currency().digits(); ++i) out /= 10;
  return out;
}

template <class T, class M>
auto of_initiative(const std::vector<T>& records, M T::* member, const std::string& id) {
  std::vector<const T*> out;
  for (const T& record : records) {
    if ((record.*member).str() == id) out.push_back(&record);
  }
  return out;
}

double days_between(const std::optional<Day>& first, Day last) {
  if (!first) return 0;
  return std::max<double>(0, static_cast<double>((sys_days{last} - sys_days{*first}).count()));
}

class Reader {
 public:
  explicit Reader(const CaseRecords& records) : records_(records) {}
  RecordCases read();

 private:
  void read_drivers();
  void read_one(const Initiative& initiative);
  void read_effects(const Initiative& initiative, BusinessCase& into, RecordCase& told);
  void read_effect(const InitiativeEffect& effect, BusinessCase& into, RecordCase& told);
  // Whether it can be valued by it.
  bool read_delay(const Initiative& initiative, BusinessCase& into, RecordCase& told);
  void forecast_delay(const Initiative& initiative, const flow::InitiativeForecast& from,
                      BusinessCase& into, RecordCase& told);
  void read_loadings(BusinessCase& into, RecordCase& told);
  // An amount a year as an effect.
  Effect bare_benefit(const Estimate& amount);
  // The place of the KPI in the cases; none: it is not worth anything that can be counted.
  std::optional<std::size_t> kpi_at(const std::string& id, RecordCase& told);
  [[nodiscard]] std::vector<std::string> faults_in(const BusinessCase& one) const;

  const CaseRecords& records_;
  RecordCases out_;
  std::map<std::string, std::size_t> kpis_;
};

void Reader::read_drivers() {
  for (const risk::Driver& driver : records_.drivers) out_.cases.drivers.push_back(driver.id);
}

std::optional<std::size_t> Reader::kpi_at(const std::string& id, RecordCase& told) {
  const auto record = std::ranges::find(records_.kpis, id, &strategy::Kpi::id);
  if (record == records_.kpis.end()) {
    told.missing.push_back(
        fmt::format("the KPI '{}' is not on record: its effect is not counted", id));
    return std::nullopt;
  }
  const UnitWorth worth = worth_of(*record, records_.currency);
  if (!worth.amount) {
    told.missing.push_back(worth.why + ": its effect is not counted");
    return std::nullopt;
  }
  if (record->value_agreed_by.empty()) {
    told.missing.push_back(
        fmt::format("nobody in finance has agreed to what \"{}\" is worth", record->name));
  }
  for (const risk::DriverLoading& loading : records_.loadings) {
    if (loading.kpi.str() != id) continue;
    told.missing.push_back(
        fmt::format("the driver '{}' cannot move what \"{}\" is worth: that is one agreed amount",
                    loading.driver.str(), record->name));
  }
  const auto [held, is_new] = kpis_.emplace(id, out_.cases.kpis.size());
  if (is_new) {
    Kpi kpi{.id = id,
            .unit = record->unit,
            .value_per_unit = Estimate::point(*worth.amount),
            .drivers = {}};
    out_.cases.kpis.push_back(std::move(kpi));
  }
  return held->second;
}

Effect Reader::bare_benefit(const Estimate& amount) {
  const auto [held, is_new] = kpis_.emplace(std::string(kBareBenefit), out_.cases.kpis.size());
  if (is_new) {
    out_.cases.kpis.push_back({.id = std::string(kBareBenefit),
                               .unit = "money",
                               .value_per_unit = Estimate::point(1),
                               .drivers = {}});
  }
  return {.kpi = held->second, .change = amount, .delay = {}, .ramp = {}, .share = {}};
}

void Reader::read_effect(const InitiativeEffect& effect, BusinessCase& into, RecordCase& told) {
  if (!effect.change) return;
  if (effect.kpi.str() == kBareBenefit) return;  // the word for an amount of money
  const auto kpi = kpi_at(effect.kpi.str(), told);
  if (!kpi) return;
  if (std::ranges::find(into.effects, *kpi, &Effect::kpi) != into.effects.end()) {
    told.missing.push_back(
        fmt::format("it has two effects on \"{}\": only the first is counted, write them as one",
                    effect.kpi.str()));
    return;
  }
  into.effects.push_back({.kpi = *kpi,
                          .change = *effect.change,
                          .delay = effect.delay,
                          .ramp = effect.ramp,
                          .share = effect.share});
  told.effects.push_back(effect.id);
}

void Reader::read_effects(const Initiative& initiative, BusinessCase& into, RecordCase& told) {
  const auto effects =
      of_initiative(records_.effects, &InitiativeEffect::initiative, initiative.id);
  for (const InitiativeEffect* effect : effects) read_effect(*effect, into, told);
  if (!into.effects.empty()) return;
  if (initiative.benefit_a_year) {
    into.effects.push_back(bare_benefit(*initiative.benefit_a_year));
    told.effects.emplace_back();
    told.missing.emplace_back(
        "what it brings is an amount of money: no KPI will show whether it came");
  } else if (effects.empty())
    told.missing.emplace_back("it has no effect on a KPI yet: it is counted as bringing nothing");
}

// The delay of the forecast `from`, which is not too little to say.
void Reader::forecast_delay(const Initiative& initiative, const flow::InitiativeForecast& from,
                            BusinessCase& into, RecordCase& told) {
  into.is_forecast = true;
  told.delay = Delay::forecast;
  if (from.open == 0) {
    into.duration =
        Estimate::point(days_between(initiative.starts, from.finished_on.value_or(from.today)));
    return;
  }
  // Days that have gone by since its first day of work count, too.
  const double gone = days_between(initiative.starts, from.today);
  if (auto until = days_until(from.done_by_week, gone, from.reason)) {
    into.duration = std::move(until->days);
    return;
  }
  DaysUntil late = days_until_late(from.done_by_week, from.later_by_week, gone);
  into.duration = std::move(late.days);
  told.missing.push_back(std::move(late.note));
}

bool Reader::read_delay(const Initiative& initiative, BusinessCase& into, RecordCase& told) {
  const auto& all = records_.forecasts.each;
  const auto found = std::ranges::find(all, initiative.id, &flow::InitiativeForecast::initiative);
  if (found != all.end()) told.forecast = *found;
  if (initiative.duration) {
    told.delay = Delay::given;
    into.duration = initiative.duration;
    return true;
  }
  if (!told.forecast) {
    told.missing.emplace_back(
        "how long it takes is not known, and no value stream says so: it is counted as of use from "
        "its first day");
    return true;
  }
  if (found->status != Status::ok) {
    told.missing.push_back(fmt::format(
        "how long it takes cannot be forecast, as {}: write its duration, then it can be valued",
        found->reason));
    return false;
  }
  forecast_delay(initiative, *found, into, told);
  return true;
}

void Reader::read_loadings(BusinessCase& into, RecordCase& told) {
  Cases look;
  look.kpis = out_.cases.kpis;
  std::set<std::string> names;
  for (const NamedInput& input : inputs_of(look, into)) names.insert(input.name);
  for (const risk::DriverLoading& loading : records_.loadings) {
    if (loading.initiative.str() != into.id || !loading.weight) continue;
    if (!names.contains(loading.input)) {
      told.missing.push_back(
          fmt::format("the driver '{}' moves '{}', which is no estimate of this "
                      "case: it is left out",
                      loading.driver.str(), shown(loading.input)));
      continue;
    }
    auto held = std::ranges::find(into.drivers, loading.input, &InputDrivers::of);
    if (held == into.drivers.end())
      held = into.drivers.insert(into.drivers.end(),
                                 InputDrivers{.of = loading.input, .loadings = {}});
    held->loadings.push_back({loading.driver.str(), *loading.weight});
  }
}

std::vector<std::string> Reader::faults_in(const BusinessCase& one) const {
  std::vector<std::string> out;
  Cases look = out_.cases;
  look.initiatives = {one};
  for (const NamedInput& input : inputs_of(look, one)) {
    if (!input.is_given) continue;
    for (const Error& error : faults_of(input, input.name)) out.push_back(error.message);
  }
  if (!out.empty()) return out;
  for (const Error& error : faults_of(look)) out.push_back(error.message);
  return out;
}

void Reader::read_one(const Initiative& initiative) {
  RecordCase told;
  told.id = initiative.id;
  told.name = initiative.name;
  BusinessCase one;
  one.id = initiative.id;
  one.title = initiative.name;
  one.kind = initiative.kind;
  one.one_off_cost = initiative.one_off_cost;
  one.run_cost_a_year = initiative.run_cost_a_year;
  one.exit_cost = initiative.exit_cost;
  one.p_success = initiative.p_success ? initiative.p_success->value() : 1;
  one.adoption = initiative.adoption;
  one.adoption_ramp = initiative.adoption_ramp;
  one.do_nothing_cost_a_year = initiative.do_nothing_cost_a_year;
  if (!one.one_off_cost && !one.run_cost_a_year)
    told.missing.emplace_back("it has no cost yet, neither once nor a year");
  read_effects(initiative, one, told);
  const bool has_delay = read_delay(initiative, one, told);
  read_loadings(one, told);
  const bool has_money = one.one_off_cost || one.run_cost_a_year || one.exit_cost ||
                         one.do_nothing_cost_a_year || !one.effects.empty();
  const auto faults = faults_in(one);
  told.missing.insert(told.missing.end(), faults.begin(), faults.end());
  const bool is_reserved = is_group(one.id);
  if (is_reserved)
    told.missing.push_back(fmt::format("'{}' is the name of several cases together", one.id));
  if (has_money && has_delay && faults.empty() && !is_reserved) {
    told.at = out_.cases.initiatives.size();
    out_.cases.initiatives.push_back(std::move(one));
  }
  out_.each.push_back(std::move(told));
}

RecordCases Reader::read() {
  out_.policy = policy_of(records_.policies);
  Cases& cases = out_.cases;
  cases.currency = records_.currency;
  cases.discount_rate = out_.policy.discount_rate;
  cases.horizon_years = out_.policy.horizon_years;
  cases.timing = out_.policy.mid_year ? quant::Timing::mid_year : quant::Timing::end_of_year;
  cases.as_of = records_.as_of;
  read_drivers();
  for (const Initiative& initiative : records_.initiatives) read_one(initiative);
  return std::move(out_);
}

}  // namespace

bool is_group(std::string_view id) {
  return id == kAllCases || id == kFundedCases || id == kOpenCases;
}

bool counts_bare_benefit(const BusinessCase& one, const Cases& cases) {
  return one.effects.size() == 1 && cases.kpis[one.effects.front().kpi].id == kBareBenefit;
}

Policy policy_of(const std::vector<InvestmentPolicy>& policies) {
  Policy out;
  const InvestmentPolicy none;
  const InvestmentPolicy& said = policies.empty() ? none : policies.front();
  out.id = said.id;
  out.mid_year = said.mid_year;
  if (said.discount_rate) {
    out.discount_rate = said.discount_rate->value();
  } else {
    out.presumed.push_back(fmt::format("{} a year", shortest(out.discount_rate)));
  }
  if (said.horizon_years) {
    out.horizon_years = static_cast<int>(*said.horizon_years);
  } else {
    out.presumed.push_back(fmt::format("{} years", out.horizon_years));
  }
  if (said.sign_off_tolerance) out.sign_off_tolerance = said.sign_off_tolerance->value();
  return out;
}

UnitWorth worth_of(const strategy::Kpi& kpi, Currency currency) {
  if (!kpi.value_per_unit)
    return {.amount = std::nullopt, .why = fmt::format("\"{}\" has no agreed worth", kpi.name)};
  const Money worth = *kpi.value_per_unit;
  if (worth.currency() != currency) {
    return {.amount = std::nullopt,
            .why = fmt::format("\"{}\" is worth {}, and the organisation counts in {}", kpi.name,
                               worth.currency().code(), currency.code())};
  }
  const double amount = major_of(worth);
  if (amount == 0) return {.amount = 0.0, .why = {}};
  if (kpi.direction == strategy::Direction::down) return {.amount = -std::abs(amount), .why = {}};
  if (amount < 0) {
    return {
        .amount = std::nullopt,
        .why = fmt::format("\"{}\" should go up, yet a unit more is said to cost money", kpi.name)};
  }
  return {.amount = amount, .why = {}};
}

RecordCases cases_of_records(const CaseRecords& records) { return Reader(records).read(); }

}  // namespace tiebeam::investment
