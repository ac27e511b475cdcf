#include "rooms/risk/risk.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "model/figure_text.h"
#include "quant/marginal.h"
#include "rooms/risk/exposure_figures.h"

namespace tiebeam::risk {
namespace {

constexpr const char* kMethod = "docs/method/risk.md";
constexpr double kMostErrors = 5;  // standard errors between simulation and formula

class Figures {
 public:
  explicit Figures(RiskAnswer& answer) : answer_(answer) {}

  // The figures of one column: a scenario, or the portfolio.
  void add_all(const std::string& key, const std::string& name, const Measures& measures,
               std::size_t scenarios) {
    scenarios_ = scenarios;
    Figure& ale = amount(key + ".ale", name + ": mean loss a year", "mean of all simulated years",
                         measures.ale);
    ale.interval = Interval{measures.ale - kHalfWidth * measures.se,
                            measures.ale + kHalfWidth * measures.se, quant::kLevel};
    share(key + ".p_zero", name + ": years without a loss", measures.p_zero);
    constexpr std::array<std::string_view, kShares.size()> kNames = {"p50", "p75", "p90",
                                                                     "p95", "p99", "p999"};
    for (std::size_t i = 0; i < kShares.size(); ++i) {
      const std::string label =
          fmt::format("{}: {:g} of 100 years cost no more", name, kShares[i] * 100);
      quantile(fmt::format("{}.{}", key, kNames[i]), label,
               fmt::format("x of rank ceil({} n) of the simulated years", kShares[i]),
               measures.quantiles[i]);
    }
    for (std::size_t i = 0; i < kTails.size(); ++i) {
      const double worst = 100 - kTails[i] * 100;
      quantile(fmt::format("{}.tvar{:g}", key, kTails[i] * 100),
               fmt::format("{}: mean of the worst {:g} of 100 years", name, worst),
               "mean of the worst n (1 - q) years, the last in part", measures.tvar[i]);
    }
  }

 private:
  static constexpr double kHalfWidth = 1.6448536269514722;

  Figure& blank(std::string key, std::string label, std::string unit, std::string formula) {
    Figure figure;
    figure.key = std::move(key);
    figure.label = std::move(label);
    figure.unit = std::move(unit);
    figure.n = static_cast<std::int64_t>(answer_.simulation.trials);
    figure.trail.formula = std::move(formula);
    figure.trail.method = kMethod;
    figure.trail.seed = answer_.simulation.seed;
    figure.trail.inputs.push_back(input());
    answer_.figures.push_back(std::move(figure));
    return answer_.figures.back();
  }

  [[nodiscard]] TrailInput input() const {
    TrailInput out;
    if (answer_.source.file.empty()) {
      out.record_type = "scenario";
      out.count = static_cast<std::int64_t>(scenarios_);
      out.filter = "finished";
      return out;
    }
    out.import_file = answer_.source.file;
    out.sha256 = answer_.source.sha256;
    out.rows = static_cast<std::int64_t>(scenarios_);
    return out;
  }

  Figure& amount(std::string key, std::string label, std::string formula, double value) {
    Figure& figure = blank(std::move(key), std::move(label), "money", std::move(formula));
    if (const auto money = money_of(value, answer_.wanted.currency)) {
      figure.value = *money;
    } else {
      figure.status = Status::not_measurable;
      figure.reason = "the amount is beyond what money can hold";
    }
    return figure;
  }

  void quantile(std::string key, std::string label, std::string formula,
                std::optional<double> value) {
    if (value) {
      amount(std::move(key), std::move(label), std::move(formula), *value);
      return;
    }
    Figure& figure = blank(std::move(key), std::move(label), "money", std::move(formula));
    figure.status = Status::too_few;
    figure.reason = fmt::format("fewer than {} simulated years lie beyond it; ask for more trials",
                                quant::kTrialsBeyond);
  }

  void share(std::string key, std::string label, double value) {
    blank(std::move(key), std::move(label), "share", "years without a loss / all").value = value;
  }

  RiskAnswer& answer_;
  std::size_t scenarios_ = 1;
};

std::string name_of(const Scenario& scenario) {
  return scenario.title.empty() ? scenario.id : scenario.title;
}

void add_figures(RiskAnswer& answer) {
  Figures figures(answer);
  figures.add_all("risk.portfolio", "All scenarios", answer.simulation.portfolio,
                  answer.wanted.scenarios.size());
  for (std::size_t i = 0; i < answer.wanted.scenarios.size(); ++i) {
    const Scenario& scenario = answer.wanted.scenarios[i];
    figures.add_all("risk.scenario." + scenario.id, name_of(scenario),
                    answer.simulation.scenarios[i].measures, 1);
  }
}

void add_appetite_findings(RiskAnswer& answer) {
  for (const AppetiteResult& each : answer.simulation.appetite) {
    if (each.verdict == quant::Verdict::within) continue;
    const bool breach = each.verdict == quant::Verdict::breach;
    const std::string loss = money_words(each.point.loss, answer.wanted.currency);
    Finding finding;
    finding.rule = breach ? "risk.appetite_breached" : "risk.appetite_undecided";
    finding.severity = breach ? Severity::warning : Severity::info;
    finding.subject = {"register", answer.source.file};
    finding.message =
        fmt::format("more than {} is lost in {}; tolerated is {}", loss,
                    years_words(each.probability.value), years_words(each.point.probability));
    finding.why = "a loss beyond what the board accepts is nobody's decision until it is told";
    finding.act = breach
                      ? "decide on a control, on insurance, or accept it by name with a review date"
                      : "ask for more trials, or narrow the widest estimate";
    finding.figures = {"risk.portfolio.p95", "risk.portfolio.p99"};
    answer.findings.push_back(std::move(finding));
  }
}

// The simulation must agree with the formula where there is one.
void check_formula(RiskAnswer& answer, std::string_view id, const Measures& measures,
                   std::optional<double> exact) {
  if (!exact ||
      std::abs(measures.ale - *exact) <= kMostErrors * measures.se + 1e-9 * std::abs(*exact))
    return;
  if (measures.sd == 0 && measures.ale == 0) return;  // too rare for these trials
  Finding finding;
  finding.rule = "risk.formula_disagrees";
  finding.severity = Severity::error;
  finding.subject = {"scenario", std::string(id)};
  finding.message =
      fmt::format("the simulated mean {:.6g} is more than {} standard errors from the exact {:.6g}",
                  measures.ale, kMostErrors, *exact);
  finding.why = "either the tail is so heavy that the trials miss it, or the simulation is wrong";
  finding.act = "ask for more trials; if it stays, report it with the file and the seed";
  finding.figures = {fmt::format("risk.scenario.{}.ale", id)};
  answer.findings.push_back(std::move(finding));
}

void warn_of(RiskAnswer& answer, const std::string& where, const Estimate& estimate,
             bool from_zero) {
  if (auto warning = quant::warning_of(estimate))
    answer.warnings.push_back(where + ": " + *warning);
  if (!from_zero) return;
  const quant::Marginal law = *quant::Marginal::create(estimate);
  const auto cut = law.least() < 0 && law.cdf(0) > 1e-15 ? law.cut_at_zero() : std::nullopt;
  if (!cut) return;
  answer.warnings.push_back(
      fmt::format("{}: below 0 in {:.2g} of 100 cases, which cannot be; it was cut there and "
                  "rescaled, which moves "
                  "its mean from {:.4g} to {:.4g}",
                  where, 100 * law.cdf(0), law.mean(), cut->mean()));
}

void warn_of_scenario(RiskAnswer& answer, const Scenario& s, const ScenarioResult& result) {
  const std::string id = shown(s.id);
  if (s.frequency) {
    for (const Estimate& each : s.frequency->factors)
      warn_of(answer, id + " frequency", each, s.frequency->law == CountLaw::poisson);
  }
  for (const LossForm& each : s.primary) warn_of(answer, id + " primary_loss", each.amount, true);
  for (const LossForm& each : s.secondary)
    warn_of(answer, id + " secondary_loss", each.amount, true);
  if (result.aggregated) {
    answer.warnings.push_back(
        fmt::format("{}: years with more than {:g} expected events are drawn as one sum "
                    "(aggregated), not event by event",
                    id, kMostEvents));
  }
  if (result.measures.p_zero == 1 && result.ale_exact.value_or(0) > 0) {
    answer.warnings.push_back(fmt::format(
        "{}: no event in {} simulated years; its mean loss a year is {:.4g} by formula", id,
        counted(static_cast<std::int64_t>(answer.simulation.trials)), *result.ale_exact));
  }
}

}  // namespace

Result<RiskAnswer> answer_register(Register wanted, RegisterSource source,
                                   const Settings& settings) {
  TB_TRY(Simulation simulation, simulate(wanted, settings));
  RiskAnswer out{.wanted = std::move(wanted),
                 .simulation = std::move(simulation),
                 .source = std::move(source)};
  add_figures(out);
  if (!out.source.file.empty()) add_appetite_findings(out);  // of records a rule tells them
  for (std::size_t i = 0; i < out.wanted.scenarios.size(); ++i) {
    const ScenarioResult& result = out.simulation.scenarios[i];
    check_formula(out, result.id, result.measures, result.ale_exact);
    warn_of_scenario(out, out.wanted.scenarios[i], result);
  }
  if (!out.simulation.exact)
    out.warnings.emplace_back("with so many trials percentiles are from counts, within 0.4 %");
  if (!out.simulation.best_proven)
    out.warnings.emplace_back(
        "the best set of controls is the best found; not every set was tried");
  return out;
}

std::string money_words(double amount, const Currency& currency) {
  const double unit = amount == 0 ? 1 : std::pow(10, std::floor(std::log10(std::abs(amount))) - 2);
  const double near = unit > 1 ? std::round(amount / unit) * unit : amount;
  return fmt::format("{} {}", currency.code(), rounded(near));
}

std::string years_words(double probability) {
  if (probability <= 0) return "no year";
  if (probability >= 0.995) return "every year";
  if (probability >= 0.3) return fmt::format("{} of 100 years", rounded(probability * 100, 2));
  return fmt::format("1 year in {}", rounded(1 / probability, 2));
}

}  // namespace tiebeam::risk
