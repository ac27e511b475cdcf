#include "rooms/investment/engine/faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/faults.h"
#include "base/json_pointer.h"
#include "base/text.h"
#include "model/json_object.h"
#include "quant/correlation.h"
#include "quant/marginal.h"

namespace tiebeam::investment {
namespace {

using Faults = std::vector<Error>;
// A range that is below 0 in fewer cases than this cannot be told from one that never is.
constexpr double kNever = 1e-9;
// An estimate reaches as far as in 1 of 1,000 cases; exact money ends there (base/money.h), in
// cents.
constexpr double kFar = 0.001, kMost = 9e16;

void append(Faults& faults, Faults more) {
  for (Error& error : more) faults.push_back(std::move(error));
}

using Names = std::vector<std::string_view>;

// Names that a part of the file may use, and what is suggested for one that is none of them.
struct Known {
  explicit Known(Names all) : in_order(std::move(all)), names(in_order.begin(), in_order.end()) {}
  [[nodiscard]] bool has(std::string_view name) const { return names.contains(name); }
  Names in_order;
  std::set<std::string_view> names;
};

void check_loadings(const Known& drivers, const std::vector<Loading>& loadings,
                    const std::string& pointer, Suggestions& suggest, Faults& faults) {
  double squares = 0;
  for (const Loading& each : loadings) {
    squares += each.weight * each.weight;
    if (drivers.has(each.driver)) continue;
    const std::string near = suggest(each.driver, [&] { return drivers.in_order; });
    faults.push_back(unexpected_at("investment.unknown_driver", pointer,
                                   fmt::format("driver '{}'", shown(each.driver)),
                                   "one of drivers[]" + near, "name it in drivers[] of the file"));
  }
  if (squares <= 1 + 1e-12) return;
  faults.push_back(unexpected_at("investment.bad_loading", pointer,
                                 fmt::format("loadings whose squares sum to {}", shortest(squares)),
                                 "loadings whose squares sum to at most 1", "make them smaller"));
}

void check_names(const BusinessCase& initiative, const std::vector<NamedInput>& inputs,
                 const std::string& pointer, Suggestions& suggest, Faults& faults) {
  Names names;
  for (const NamedInput& input : inputs) names.emplace_back(input.name);
  const Known known(std::move(names));
  const std::string hint = fmt::format("choose one of {}", some_of(known.in_order));
  const auto check = [&](const std::string& name, const std::string& at) {
    if (known.has(name)) return;
    const std::string near = suggest(name, [&] { return known.in_order; });
    faults.push_back(unexpected_at("investment.unknown_input", at,
                                   fmt::format("input '{}'", shown(name)),
                                   "an input of the initiative" + near, hint));
  };
  for (const InputDrivers& each : initiative.drivers)
    check(each.of, pointer + "/drivers/" + pointer_part(each.of));
  for (std::size_t i = 0; i < initiative.correlations.size(); ++i) {
    const std::string at = fmt::format("{}/correlations/{}/inputs", pointer, i);
    check(initiative.correlations[i].first, at);
    check(initiative.correlations[i].second, at);
  }
}

void check_pairs(const BusinessCase& initiative, const std::string& pointer, Faults& faults) {
  std::map<std::pair<std::string, std::string>, int> seen;
  for (std::size_t i = 0; i < initiative.correlations.size(); ++i) {
    const RankCorrelation& each = initiative.correlations[i];
    const std::string at = fmt::format("{}/correlations/{}", pointer, i);
    if (each.first == each.second || seen[std::minmax(each.first, each.second)]++ > 0) {
      faults.push_back(unexpected_at("investment.bad_correlation", at,
                                     fmt::format("{} with {}", each.first, each.second),
                                     "two inputs that are not yet paired"));
    }
    for (const InputDrivers& driven : initiative.drivers) {
      if (driven.of != each.first && driven.of != each.second) continue;
      faults.push_back(unexpected_at(
          "investment.bad_correlation", at, fmt::format("{}, which has drivers", driven.of),
          "an input without drivers", "say how it moves with others once: by drivers or by ranks"));
    }
  }
}

// In the order of their names: that of the file is of no matter.
std::vector<std::string> correlated_names(const BusinessCase& initiative) {
  std::vector<std::string> names;
  for (const RankCorrelation& each : initiative.correlations) {
    names.push_back(each.first);
    names.push_back(each.second);
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void check_correlations(const BusinessCase& initiative, const std::string& pointer,
                        Faults& faults) {
  constexpr std::size_t kMostCorrelated = 500;  // their matrix is inverted
  check_pairs(initiative, pointer, faults);
  if (const std::size_t many = correlated_names(initiative).size(); many > kMostCorrelated) {
    faults.push_back(unexpected_at("investment.bad_correlation", pointer + "/correlations",
                                   fmt::format("{} inputs", many),
                                   fmt::format("at most {} correlated inputs", kMostCorrelated),
                                   "let many inputs move together by drivers they share"));
    return;
  }
  const CorrelatedInputs inputs = correlated_inputs(initiative);
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < inputs.scores.n; ++i) {
    rows.emplace_back();
    for (std::size_t j = 0; j < inputs.scores.n; ++j) rows.back().push_back(inputs.scores(i, j));
  }
  if (rows.empty()) return;
  for (Error& error : quant::correlation_faults(rows, inputs.names)) {
    error.field = pointer + "/correlations";
    error.message = fmt::format("{}: {}", error.field, error.message);
    faults.push_back(std::move(error));
  }
}

void check_case(const Cases& cases, std::size_t i, const Known& drivers, Suggestions& suggest,
                Faults& faults) {
  const BusinessCase& initiative = cases.initiatives[i];
  const std::string pointer = fmt::format("/initiatives/{}", i);
  const auto inputs = inputs_of(cases, initiative);
  for (const NamedInput& input : inputs) {
    if (input.is_given) append(faults, faults_of(input, pointer + input.pointer));
  }
  for (const InputDrivers& each : initiative.drivers)
    check_loadings(drivers, each.loadings,
                   fmt::format("{}/drivers/{}", pointer, pointer_part(each.of)), suggest, faults);
  check_correlations(initiative, pointer, faults);
  check_names(initiative, inputs, pointer, suggest, faults);
}

}  // namespace

Faults faults_of(const NamedInput& input, const std::string& pointer) {
  Faults faults = quant::Marginal::faults_of(input.estimate);
  for (Error& error : faults) {
    error.field = pointer + error.field;
    error.message = fmt::format("{}: {}", error.field, error.message);
  }
  if (!faults.empty()) return faults;
  const auto marginal = quant::Marginal::create(input.estimate);
  const std::string found = format_estimate(input.estimate);
  if (input.range == Range::share && (marginal->least() < 0 || marginal->most() > 1)) {
    faults.push_back(unexpected_at(
        "investment.not_a_share", pointer, fmt::format("{}, which can leave 0 to 1", found),
        "a share that stays between 0 and 1",
        R"(write a number, {"kind":"pert","min","mode","max"} or {"kind":"beta","mean","sd"})"));
  }
  if (input.range == Range::not_negative && marginal->quantile(kNever) < 0) {
    faults.push_back(unexpected_at(
        "investment.below_zero", pointer, fmt::format("{}, which can be below 0", found),
        "0 or more", "write a lognormal or a PERT range; what is gained is an effect"));
  }
  return faults;
}

CorrelatedInputs correlated_inputs(const BusinessCase& initiative) {
  CorrelatedInputs out;
  out.names = correlated_names(initiative);
  out.scores = quant::identity(out.names.size());
  const auto place = [&](const std::string& name) {
    return static_cast<std::size_t>(std::ranges::lower_bound(out.names, name) - out.names.begin());
  };
  for (const RankCorrelation& each : initiative.correlations) {
    const std::size_t i = place(each.first), j = place(each.second);
    if (i == j) continue;
    out.scores(i, j) = out.scores(j, i) = quant::gauss_of_spearman(each.rank);
  }
  return out;
}

Faults faults_of(const Cases& cases) {
  Faults faults;
  const Known drivers(Names(cases.drivers.begin(), cases.drivers.end()));
  Suggestions suggest;
  for (std::size_t i = 0; i < cases.kpis.size(); ++i) {
    const std::string pointer = fmt::format("/kpis/{}", i);
    const Kpi& kpi = cases.kpis[i];
    const NamedInput value{
        .name = kpi.id, .pointer = {}, .estimate = kpi.value_per_unit, .range = Range::any};
    append(faults, faults_of(value, pointer + "/value_per_unit"));
    check_loadings(drivers, kpi.drivers, pointer + "/drivers", suggest, faults);
  }
  for (std::size_t i = 0; i < cases.initiatives.size(); ++i)
    check_case(cases, i, drivers, suggest, faults);
  return faults;
}

namespace {

void check_field(const char* name, const std::optional<Estimate>& given, Range range,
                 Faults& faults) {
  if (!given) return;
  const NamedInput input{.name = name, .pointer = {}, .estimate = *given, .range = range};
  for (Error& error : faults_of(input, "")) {
    // Below no pointer: ": found ...", "/: found ...".
    for (const std::string_view none : {"/: ", ": "}) {
      if (error.message.starts_with(none)) error.message.erase(0, none.size());
    }
    error.message = fmt::format("{}: {}", name, error.message);
    error.field = fmt::format("/{}", name);
    faults.push_back(std::move(error));
  }
  const auto marginal = quant::Marginal::create(*given);
  if (!marginal) return;
  const double reach =
      std::max(std::abs(marginal->quantile(kFar)), std::abs(marginal->quantile(1 - kFar)));
  if (reach < kMost) return;
  faults.push_back({.kind = Kind::invalid,
                    .code = "investment.too_large",
                    .message = fmt::format("{}: found {}, which can go beyond 9e16, expected an "
                                           "amount that money can be written in",
                                           name, format_estimate(*given)),
                    .detail = {},
                    .hint = "take away some zeros",
                    .field = fmt::format("/{}", name),
                    .found = format_estimate(*given),
                    .expected = "an amount that money can be written in"});
}

}  // namespace

Faults faults_of(const Initiative& initiative) {
  Faults out;
  check_field("one_off_cost", initiative.one_off_cost, Range::not_negative, out);
  check_field("run_cost_a_year", initiative.run_cost_a_year, Range::not_negative, out);
  check_field("exit_cost", initiative.exit_cost, Range::not_negative, out);
  check_field("benefit_a_year", initiative.benefit_a_year, Range::any, out);
  check_field("duration", initiative.duration, Range::not_negative, out);
  check_field("adoption", initiative.adoption, Range::share, out);
  check_field("adoption_ramp", initiative.adoption_ramp, Range::not_negative, out);
  check_field("do_nothing_cost_a_year", initiative.do_nothing_cost_a_year, Range::not_negative,
              out);
  return out;
}

Faults faults_of(const InitiativeEffect& effect) {
  Faults out;
  check_field("change", effect.change, Range::any, out);
  check_field("delay", effect.delay, Range::not_negative, out);
  check_field("ramp", effect.ramp, Range::not_negative, out);
  check_field("share", effect.share, Range::share, out);
  return out;
}

std::vector<std::string> warnings_of(const Cases& cases, const BusinessCase& initiative) {
  std::vector<std::string> out;
  const auto look = [&](std::string_view name, const Estimate& estimate) {
    if (const auto warning = quant::warning_of(estimate))
      out.push_back(fmt::format("{}, {}: {}", initiative.id, name, *warning));
  };
  for (const NamedInput& input : inputs_of(cases, initiative)) look(input.name, input.estimate);
  for (const Effect& effect : initiative.effects) {
    const Kpi& kpi = cases.kpis[effect.kpi];
    look(kpi.id + ".value_per_unit", kpi.value_per_unit);
  }
  return out;
}

}  // namespace tiebeam::investment
