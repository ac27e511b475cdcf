#include "rooms/risk/cli/simulate_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/risk/cli/yearly_words.h"

namespace tiebeam::risk {
namespace {

class Text {
 public:
  explicit Text(const RiskAnswer& answer) : answer_(answer), simulation_(answer.simulation) {}

  std::string all() {
    out_ = cli::wrap(fmt::format(
        "{} of {}, {} simulated years, seed {}.", scenarios(simulation_.scenarios.size()),
        answer_.source.file.empty() ? "the records" : shown(answer_.source.file),
        counted(static_cast<std::int64_t>(simulation_.trials)), simulation_.seed));
    portfolio();
    avoided();
    for (std::size_t i = 0; i < simulation_.scenarios.size(); ++i) scenario(i);
    curve();
    appetite();
    controls();
    for (const Finding& finding : answer_.findings) {
      if (finding.severity == Severity::error)
        out_ += "\n" + cli::wrap("error: " + finding.message + "; " + finding.act);
    }
    if (!answer_.warnings.empty()) out_ += "\n";
    for (const std::string& warning : answer_.warnings) out_ += cli::wrap("warning: " + warning);
    return std::move(out_);
  }

 private:
  static std::string scenarios(std::size_t n) {
    return n == 1 ? "1 scenario" : counted(static_cast<std::int64_t>(n)) + " scenarios";
  }
  [[nodiscard]] std::string money(double amount) const {
    return money_words(amount, answer_.wanted.currency);
  }
  [[nodiscard]] std::string money(const std::optional<double>& amount) const {
    return amount ? money(*amount) : "too few";
  }

  // "; 1 year in 20 costs EUR 520,000 or more, 1 in 100 EUR 1.2m or more"
  [[nodiscard]] std::string tail_words(const Measures& measures) const {
    const auto p95 = measures.quantiles[3], p99 = measures.quantiles[4],
               p999 = measures.quantiles[5];
    std::string out;
    if (p95 && *p95 > 0) out += fmt::format("; 1 year in 20 costs {} or more", money(*p95));
    if (p99 && *p99 > 0)
      out += fmt::format("{}, 1 in 100 {} or more", out.empty() ? "; 1 year in 20 nothing" : "",
                         money(*p99));
    if (p99 && *p99 == 0 && p999 && *p999 > 0)
      out += fmt::format("; 1 year in 1,000 costs {} or more", money(*p999));
    return out;
  }

  void portfolio() {
    const Measures& all = simulation_.portfolio;
    out_ += "\n" +
            cli::wrap(fmt::format(
                "Together they cost {} a year on average{}. Something happens in {}. {}",
                money(all.ale), tail_words(all), years_words(1 - all.p_zero),
                all.tvar[0] ? fmt::format("The worst 5 of 100 years cost {} on average.",
                                          money(*all.tvar[0]))
                            : std::string("Of the worst 5 of 100 years too few were simulated to "
                                          "say what they cost.")));
  }

  void avoided() {
    if (!simulation_.avoided) return;
    const SetResult& all = *simulation_.avoided;
    out_ += cli::wrap(fmt::format(
        "With what is in place; without it they would cost {} a year on average. It avoids {} a "
        "year on average; {}.",
        money(all.residual.ale), money(all.reduction.value),
        yearly_words(all.p10, all.p90, answer_.wanted.currency)));
  }

  void scenario(std::size_t i) {
    const Scenario& from = answer_.wanted.scenarios[i];
    const ScenarioResult& result = simulation_.scenarios[i];
    const Measures& m = result.measures;
    std::string text = fmt::format("{}: ", shown(from.title.empty() ? from.id : from.title, 80));
    if (m.p_zero == 1) {
      text += fmt::format("no event in {} simulated years",
                          counted(static_cast<std::int64_t>(simulation_.trials)));
      if (result.ale_exact.value_or(0) > 0)
        text += fmt::format("; {} a year on average by formula", money(*result.ale_exact));
      text += '.';
    } else {
      text += fmt::format("a loss in {}, {} a year on average{}.", years_words(1 - m.p_zero),
                          money(m.ale), tail_words(m));
    }
    if (result.tail_share)
      text +=
          fmt::format(" It makes up {} of the worst years.", in_words(*result.tail_share, "share"));
    out_ += "\n" + cli::wrap(text);
  }

  void curve() {
    if (simulation_.curve.empty()) return;
    cli::TextTable table(
        {">more than", ">is lost in", ">chance a year", ">9 in 10 sure: from", ">to"});
    for (const CurvePoint& point : simulation_.curve) {
      table.add({money(point.loss), years_words(point.probability.value),
                 share(point.probability.value), share(point.probability.low),
                 share(point.probability.high)});
    }
    out_ += "\nHow much, how often\n" + table.text();
  }

  static std::string share(double value) { return fmt::format("{} %", rounded(value * 100)); }

  void appetite() {
    if (simulation_.appetite.empty()) return;
    cli::TextTable table({">more than", ">tolerated in", ">comes to", "verdict"});
    for (const AppetiteResult& each : simulation_.appetite) {
      table.add({money(each.point.loss), years_words(each.point.probability),
                 years_words(each.probability.value),
                 std::string(quant::verdict_name(each.verdict))});
    }
    out_ += "\nWhat is tolerated\n" + table.text();
  }

  void row(cli::TextTable& table, const std::string& name, const SetResult& set) const {
    table.add({name, money(set.cost), money(set.reduction.value),
               fmt::format("{} to {}", rounded(set.p05), rounded(set.p95)),
               set.rosi ? fmt::format("{}", rounded(*set.rosi)) : "no cost",
               years_words(set.p_worth)});
  }

  void controls() {
    if (simulation_.controls.empty()) return;
    cli::TextTable table(
        {"control", ">costs a year", ">takes away", ">9 in 10 years", ">return", ">worth it in"});
    for (const SetResult& set : simulation_.controls) {
      const Control& control = answer_.wanted.controls[set.controls.front()];
      row(table,
          cli::fit(shown(control.title.empty() ? control.id : control.title), 28) +
              (control.in_place ? " *" : ""),
          set);
    }
    if (simulation_.all_controls) row(table, "all together", *simulation_.all_controls);
    out_ += "\nWhat controls are worth\n" + table.text();
    if (!simulation_.in_place.empty()) out_ += "* in place: what it avoids today\n";
    if (!simulation_.best) return;
    std::vector<std::string> names;
    for (const std::size_t control : simulation_.best->controls)
      names.push_back(shown(answer_.wanted.controls[control].id));
    const std::string budget = money(*answer_.wanted.control_budget);
    out_ += cli::wrap(
        names.empty()
            ? fmt::format("For {} a year no control is worth its cost.", budget)
            : fmt::format("For {} a year the best set is {}: it costs {} and takes away {}.",
                          budget, fmt::join(names, ", "), money(simulation_.best->cost),
                          money(simulation_.best->reduction.value)));
  }

  const RiskAnswer& answer_;
  const Simulation& simulation_;
  std::string out_;
};

}  // namespace

std::string risk_text(const RiskAnswer& answer) { return Text(answer).all(); }

}  // namespace tiebeam::risk
