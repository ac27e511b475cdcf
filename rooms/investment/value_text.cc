#include "rooms/investment/value_text.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "model/figure_text.h"
#include "rooms/investment/engine/figures.h"

namespace tiebeam::investment {
namespace {

std::string of_100(double share) {
  if (share == 0) return "none of the cases";
  if (share > 0 && share < 0.005) return "less than 1 of 100 cases";
  if (share < 1 && share > 0.995) return "more than 99 of 100 cases";
  return fmt::format("{:.0f} of 100 cases", 100 * share);
}

std::string amount(double value, const Cases& cases) {
  Figure figure;
  double minor = value;
  for (int i = 0; i < cases.currency.digits(); ++i) minor *= 10;
  if (std::abs(minor) >= 9e18) return "more than can be told";
  figure.value = Money(std::llround(minor), cases.currency);
  return in_words(figure);
}

std::string loss_text(const CaseValue& value) {
  const double p = value.npv.summary.p_loss;
  if (value.kind == InitiativeKind::mandatory) return "It has to be done. ";
  if (p == 0) return "It loses money in none of the simulated cases. ";
  return fmt::format("In {} it loses money. ", of_100(p));
}

std::string range_text(const Cases& cases, const std::vector<Figure>& figures) {
  const Figure &middle = figure_named(figures, "npv.p50"), &low = figure_named(figures, "npv.p05"),
               &high = figure_named(figures, "npv.p95");
  if (!middle.has_value()) return fmt::format("What it is worth: {}. ", middle.reason);
  std::string out = fmt::format("Over {} {} it is worth {} in the middle case", cases.horizon_years,
                                cases.horizon_years == 1 ? "year" : "years", in_words(middle));
  if (low.has_value() && high.has_value()) {
    out += fmt::format("; nine cases in ten lie between {} and {}", in_words(low), in_words(high));
  }
  return out + ". ";
}

std::string payback_text(const Cases& cases, const CaseValue& value) {
  const PaybackSummary& payback = value.payback;
  if (!payback.p50) {
    return fmt::format("It does not pay back within {} years in the middle case (it does in {}). ",
                       cases.horizon_years, of_100(payback.p_within));
  }
  return fmt::format("It pays back in {} years in the middle case, and within {} years in {}. ",
                     rounded(*payback.p50, 2), cases.horizon_years, of_100(payback.p_within));
}

std::string delay_text(const Cases& cases, const CaseValue& value) {
  const double mean = value.month_late.mean;
  if (mean == 0) return "A month's delay costs nothing. ";
  if (mean < 0) return fmt::format("A month's delay saves {} on average. ", amount(-mean, cases));
  return fmt::format("One month's delay costs {} on average. ", amount(mean, cases));
}

std::string nothing_text(const Cases& cases, const CaseValue& value) {
  if (!value.do_nothing) return {};
  const MoneySummary& advantage = value.do_nothing->advantage;
  const bool better = advantage.mean >= 0;
  return fmt::format("Doing nothing costs {}; against that it is {} {} on average, {} in {}. ",
                     amount(-value.do_nothing->npv, cases), amount(std::abs(advantage.mean), cases),
                     better ? "better" : "worse", better ? "worse" : "better",
                     of_100(better ? advantage.p_loss : 1 - advantage.p_loss));
}

std::string lever_text(const Cases& cases, const CaseValue& value) {
  if (value.swing.empty() || value.swing.front().swing() == 0) return {};
  const SwingRow& first = value.swing.front();
  if (first.input == "p_success") {
    return fmt::format(
        "What matters most is whether it works at all: the luckier tenth of cases is worth {} on "
        "average, the unluckier {}.",
        amount(first.high_mean, cases), amount(first.low_mean, cases));
  }
  return fmt::format(
      "What matters most is {}: where that is lowest (one case in ten) it is worth {} on average, "
      "where it is highest {}.",
      input_in_words(first.input), amount(first.low_mean, cases), amount(first.high_mean, cases));
}

}  // namespace

std::string input_in_words(std::string_view input) {
  constexpr std::pair<std::string_view, std::string_view> kOwn[] = {
      {"one_off_cost", "the one-off cost"},
      {"run_cost_a_year", "the running cost"},
      {"exit_cost", "the cost to leave it"},
      {"duration", "the time until it is of use"},
      {"adoption", "adoption"},
      {"adoption_ramp", "how fast it is adopted"},
      {"do_nothing_cost_a_year", "the cost of doing nothing"},
      {"p_success", "whether it works at all"}};
  for (const auto& [name, words] : kOwn) {
    if (name == input) return std::string(words);
  }
  if (input.starts_with("driver ")) return fmt::format("the driver {}", input.substr(7));
  constexpr std::pair<std::string_view, std::string_view> kParts[] = {
      {".change", "how much {} changes"},
      {".delay", "how late {} follows"},
      {".ramp", "how fast {} follows"},
      {".share", "the share of {} that is its own"},
      {".value_per_unit", "what one unit of {} is worth"}};
  for (const auto& [end, words] : kParts) {
    if (input.ends_with(end))
      return fmt::format(fmt::runtime(words), input.substr(0, input.size() - end.size()));
  }
  return std::string(input);
}

std::string paragraph_of(const Cases& cases, const Valuation& valuation, const CaseValue& value) {
  const auto figures = case_figures(cases, valuation, value);
  return loss_text(value) + range_text(cases, figures) + payback_text(cases, value) +
         delay_text(cases, value) + nothing_text(cases, value) + lever_text(cases, value);
}

}  // namespace tiebeam::investment
