#include "rooms/risk/exposure_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/figure_kit.h"
#include "model/figure_text.h"
#include "quant/figure_values.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

constexpr const char* kMethod = "docs/method/risk.md";
constexpr double kHalfWidth = 1.6448536269514722;  // standard errors of a 90 % interval

struct Quantile {
  const char* key;
  double share;
  const char* label;
};
constexpr Quantile kQuantiles[] = {
    {"risk.loss.p50", 0.5, "Half of all years lose no more"},
    {"risk.loss.p90", 0.9, "Loss in a bad year (1 in 10)"},
    {"risk.loss.p95", 0.95, "Loss in a very bad year (1 in 20)"},
    {"risk.loss.p99", 0.99, "Loss in the worst year of a century (1 in 100)"},
};

std::string why_none(const Exposed& found) {
  if (!found.records) return "the organisation's currency cannot be read";
  const auto unfinished = std::ranges::count(found.records->left_out, "scenario", &LeftOut::type);
  if (unfinished == 0)
    return "no scenario is written down yet: what could happen, how often and what it would cost";
  return unfinished == 1 ? "the one scenario there is lacks something: see what it needs"
                         : fmt::format("none of {} scenarios is finished: see what each needs",
                                       counted(unfinished));
}

class Making {
 public:
  Making(const Exposed& found, Instant as_of)
      : found_(found), draft_(specs(), as_of), simulation_(found.simulation.get()) {}

  std::vector<Figure> all() {
    counts();
    for (const FigureSpec& spec : specs()) {
      if (spec.key.starts_with("risk.scenarios")) continue;
      Figure& figure = draft_.at(spec.key);
      if (!simulation_) {
        say(figure, Status::not_measurable, why_none(found_));
        continue;
      }
      rests(figure);
    }
    if (!simulation_) return draft_.take();
    above_ = static_cast<std::size_t>(years().end() - std::ranges::upper_bound(years(), 0.0));
    mean("risk.loss.mean", simulation_->portfolio);
    for (const Quantile& each : kQuantiles) quantile(each);
    tail();
    quant::set_share(draft_.at("risk.loss.none"), years().size() - above_, years().size(), 1, {});
    without();
    appetite();
    return draft_.take();
  }

 private:
  static const std::vector<FigureSpec>& specs() {
    static const std::vector<FigureSpec> all = loss_specs();
    return all;
  }
  [[nodiscard]] const Register& wanted() const { return found_.records->wanted; }

  void counts() {
    const std::size_t finished = found_.records ? wanted().scenarios.size() : 0;
    const auto unfinished =
        found_.records ? std::ranges::count(found_.records->left_out, "scenario", &LeftOut::type)
                       : 0;
    Figure& all = draft_.at("risk.scenarios.finished");
    all.value = static_cast<double>(finished);
    rest_on(all, "scenario", finished, "with how often and how much");
    Figure& left = draft_.at("risk.scenarios.unfinished");
    left.value = static_cast<double>(unfinished);
    rest_on(left, "scenario", static_cast<std::size_t>(unfinished), "that lack something");
  }

  void rests(Figure& figure) const {
    rest_on(figure, "scenario", wanted().scenarios.size(), "finished");
    if (!simulation_->in_place.empty()) {
      TrailInput input;
      input.record_type = "control";
      input.count = static_cast<std::int64_t>(simulation_->in_place.size());
      input.filter = "in place";
      figure.trail.inputs.push_back(std::move(input));
    }
    figure.n = static_cast<std::int64_t>(found_.trials);
    figure.trail.seed = found_.seed;
    figure.trail.notes.push_back(
        fmt::format("{} simulated years", counted(static_cast<std::int64_t>(found_.trials))));
    const auto left = std::ranges::count(found_.records->left_out, "scenario", &LeftOut::type);
    if (left > 0)
      figure.trail.notes.push_back(
          left == 1 ? std::string("1 scenario is not finished and left out")
                    : fmt::format("{} scenarios are not finished and left out", counted(left)));
  }

  [[nodiscard]] const std::vector<double>& years() const { return simulation_->kept->rising; }

  void amount(Figure& figure, double value, std::optional<Interval> interval) const {
    const auto money = money_of(value, wanted().currency);
    if (!money)
      return say(figure, Status::not_measurable, "the amount is beyond what money can hold");
    figure.value = *money;
    figure.interval = interval;
  }

  void mean(std::string_view key, const Measures& measures) {
    const double half = kHalfWidth * measures.se;
    amount(draft_.at(key), measures.ale,
           Interval{std::max(0.0, measures.ale - half), measures.ale + half, quant::kLevel});
  }

  void quantile(const Quantile& wanted) {
    Figure& figure = draft_.at(wanted.key);
    const std::size_t n = years().size(), rank = quant::rank_of(n, wanted.share);
    if (n - rank < quant::kTrialsBeyond && years()[rank - 1] > 0)
      return say(figure, Status::too_few, "too few simulated years lie beyond it: ask for more");
    std::optional<Interval> interval;
    if (const auto bounds = quant::rank_bounds(n, wanted.share))
      interval = Interval{years()[bounds->low - 1], years()[bounds->high - 1], quant::kLevel};
    amount(figure, years()[rank - 1], interval);
  }

  void tail() {
    Figure& figure = draft_.at("risk.loss.tvar95");
    const auto& value = simulation_->portfolio.tvar[0];
    if (!value)
      return say(figure, Status::too_few, "too few simulated years lie beyond it: ask for more");
    amount(figure, *value, std::nullopt);
  }

  void without() {
    const auto& avoided = simulation_->avoided;
    mean("risk.loss.without_controls", avoided ? avoided->residual : simulation_->portfolio);
    Figure& figure = draft_.at("risk.controls.avoided");
    if (!avoided)
      return say(figure, Status::not_measurable,
                 "no control is in place, or none that takes anything off a finished scenario");
    amount(figure, avoided->reduction.value, yearly_range(*avoided));
    say_range(*avoided, wanted().currency, figure);
  }

  void appetite() {
    Figure& figure = draft_.at("risk.appetite.factor");
    TrailInput input;
    input.record_type = "appetite";
    input.count = static_cast<std::int64_t>(simulation_->appetite.size());
    figure.trail.inputs.push_back(std::move(input));
    const AppetiteResult* worst = most_pressing(simulation_->appetite);
    if (!worst)
      return say(figure, Status::not_measurable,
                 "nobody has agreed yet how much loss is tolerated how often");
    figure.value = factor_of(*worst);
    figure.interval = Interval{worst->probability.low / worst->point.probability,
                               worst->probability.high / worst->point.probability, quant::kLevel};
    figure.trail.notes.push_back(fmt::format("of a loss above {}: agreed in {}, comes to {}",
                                             money_words(worst->point.loss, wanted().currency),
                                             years_words(worst->point.probability),
                                             years_words(worst->probability.value)));
  }

  const Exposed& found_;
  FigureDraft draft_;
  const Simulation* simulation_;
  std::size_t above_ = 0;  // years with a loss
};

}  // namespace

std::optional<Interval> yearly_range(const SetResult& set) {
  if (set.p05 == 0 && set.p95 == 0 && set.reduction.value != 0) return std::nullopt;
  return Interval{set.p05, set.p95, quant::kLevel};
}

void say_range(const SetResult& set, const Currency& currency, Figure& figure) {
  figure.trail.notes.push_back(
      yearly_range(set) ? std::string("the range holds 9 in 10 single years")
                        : std::string("more than 9 in 10 single years are the same either way"));
  figure.trail.notes.push_back(fmt::format(
      "the simulated years leave open whether the mean is {} or {} (9 in 10)",
      money_words(set.reduction.low, currency), money_words(set.reduction.high, currency)));
}

std::optional<Money> money_of(double amount, const Currency& currency) {
  const double minor = std::round(amount * std::pow(10, currency.digits()));
  if (!(std::abs(minor) < 9e18)) return std::nullopt;
  return Money(static_cast<std::int64_t>(minor), currency);
}

std::vector<FigureSpec> loss_specs() {
  std::vector<FigureSpec> out;
  const auto add = [&](std::string key, std::string label, std::string unit, std::string formula) {
    out.push_back(
        {std::move(key), std::move(label), std::move(unit), std::move(formula), kMethod, 1, {}});
  };
  add("risk.scenarios.finished", "Scenarios that can be simulated", "scenarios",
      "count of scenarios with how often they happen and what an event costs");
  add("risk.scenarios.unfinished", "Scenarios that lack something", "scenarios",
      "count of scenarios without one of them, or with one that cannot be meant");
  add("risk.loss.mean", "Loss a year on average", "money",
      "mean of all simulated years with the controls in place");
  for (const Quantile& each : kQuantiles)
    add(each.key, each.label, "money",
        fmt::format("x of rank ceil({} n) of the simulated years with the controls in place",
                    each.share));
  add("risk.loss.tvar95", "Mean of the worst 5 of 100 years", "money",
      "mean of the worst n (1 - 0.95) simulated years, the last in part");
  add("risk.loss.none", "Chance of a year without any loss", "share",
      "years without a loss / all simulated years");
  add("risk.loss.without_controls", "Loss a year on average without any control", "money",
      "mean of the same simulated years without the controls in place");
  add("risk.controls.avoided", "What the controls in place avoid a year", "money",
      "mean over simulated years of loss without them - loss with them, year by year");
  add("risk.appetite.factor", "How many times as likely as agreed", "times",
      "chance of a loss above an agreed amount / chance agreed for it: the largest of the breached "
      "points, else of the undecided ones, else of all");
  out.back().version = 2;
  return out;
}

std::vector<Figure> loss_figures(const Exposed& found, Instant as_of) {
  return Making(found, as_of).all();
}

namespace {

// The point that the figure tells comes first.
std::vector<Evidence> appetite_evidence(const Exposed& found) {
  std::vector<Evidence> out;
  std::string first;
  const Register& wanted = found.records->wanted;
  const AppetiteResult* told = most_pressing(found.simulation->appetite);
  for (std::size_t i = 0; i < found.simulation->appetite.size(); ++i) {
    const AppetiteResult& each = found.simulation->appetite[i];
    if (&each == told) first = "appetite/" + found.records->appetite_ids[i];
    out.push_back({.subject = "appetite/" + found.records->appetite_ids[i],
                   .value = factor_of(each),
                   .what = fmt::format("more than {}: agreed in {}, comes to {}",
                                       money_words(each.point.loss, wanted.currency),
                                       years_words(each.point.probability),
                                       years_words(each.probability.value)),
                   .places = {}});
  }
  std::ranges::sort(out, [&](const Evidence& a, const Evidence& b) {
    return std::tuple(a.subject != first, -*a.value, a.subject) <
           std::tuple(b.subject != first, -*b.value, b.subject);
  });
  return out;
}

std::vector<Evidence> control_evidence(const Exposed& found) {
  std::vector<Evidence> out;
  for (const std::size_t at : found.simulation->in_place) {
    const SetResult& each = found.simulation->controls[at];
    out.push_back({.subject = "control/" + found.records->wanted.controls[at].id,
                   .value = each.reduction.value,
                   .what = "avoids alone, with the others in place",
                   .places = {}});
  }
  return out;
}

std::vector<Evidence> scenario_evidence(const Exposed& found, std::string_view key) {
  std::vector<Evidence> out;
  const Simulation& all = *found.simulation;
  for (std::size_t i = 0; i < all.scenarios.size(); ++i) {
    const ScenarioResult& each = all.scenarios[i];
    const bool tail = key == "risk.loss.tvar95" && each.tail_share && all.portfolio.tvar[0];
    const double value = tail ? *each.tail_share * *all.portfolio.tvar[0] : each.measures.ale;
    out.push_back({.subject = "scenario/" + each.id,
                   .value = value,
                   .what = fmt::format("{}; a loss in {}",
                                       tail ? "part of the worst years" : "mean of a year",
                                       years_words(1 - each.measures.p_zero)),
                   .places = {}});
  }
  std::ranges::sort(out, [](const Evidence& a, const Evidence& b) {
    return std::tuple(-*a.value, a.subject) < std::tuple(-*b.value, b.subject);
  });
  return out;
}

std::vector<Evidence> unfinished_evidence(const Exposed& found) {
  std::vector<Evidence> out;
  for (const LeftOut& each : found.records->left_out) {
    if (each.type != "scenario") continue;
    std::string what;
    for (const Lack& lack : each.lacks) what += (what.empty() ? "" : "; ") + lack.what;
    out.push_back({.subject = "scenario/" + each.id, .value = {}, .what = what, .places = {}});
  }
  return out;
}

}  // namespace

std::vector<Evidence> loss_evidence(const Exposed& found, std::string_view key, std::size_t offset,
                                    std::size_t limit) {
  if (!found.records) return {};
  std::vector<Evidence> all;
  if (key == "risk.scenarios.unfinished") {
    all = unfinished_evidence(found);
  } else if (found.simulation) {
    all = key == "risk.appetite.factor"    ? appetite_evidence(found)
          : key == "risk.controls.avoided" ? control_evidence(found)
                                           : scenario_evidence(found, key);
  }
  const std::size_t first = std::min(offset, all.size()),
                    last = std::min(all.size(), first + limit);
  return {all.begin() + static_cast<std::ptrdiff_t>(first),
          all.begin() + static_cast<std::ptrdiff_t>(last)};
}

RowFigures::RowFigures(Instant as_of, Currency currency, const Exposed* found)
    : as_of_(as_of), currency_(currency), found_(found) {}

Figure RowFigures::blank(RowFigure row, std::string_view type, std::string_view id) const {
  Figure out;
  out.key = std::move(row.key);
  out.label = std::move(row.label);
  out.unit = std::move(row.unit);
  out.as_of = as_of_;
  out.trail.formula = std::move(row.formula);
  out.trail.method = kMethod;
  TrailInput input;
  input.record_type = type;
  input.count = 1;
  input.filter = id;
  out.trail.inputs.push_back(std::move(input));
  if (found_) {
    out.n = static_cast<std::int64_t>(found_->trials);
    out.trail.seed = found_->seed;
  }
  return out;
}

Figure RowFigures::money(Figure figure, std::optional<double> amount,
                         std::optional<Interval> interval) const {
  const auto money = amount ? money_of(*amount, currency_) : std::nullopt;
  if (!money)
    return not_known(std::move(figure),
                     amount ? "the amount is beyond what money can hold" : "nobody said it yet");
  figure.value = *money;
  figure.interval = interval;
  return figure;
}

Figure RowFigures::avoided(Figure figure, const SetResult& set) const {
  say_range(set, currency_, figure);
  return money(std::move(figure), set.reduction.value, yearly_range(set));
}

Figure RowFigures::number(Figure figure, double value, std::optional<Interval> interval) {
  figure.value = value;
  figure.interval = interval;
  return figure;
}

Figure RowFigures::not_known(Figure figure, std::string reason) {
  say(figure, Status::not_measurable, std::move(reason));
  return figure;
}

Figure RowFigures::mean(RowFigure row, std::string_view type, std::string_view id,
                        const Measures& measures) const {
  const double half = kHalfWidth * measures.se;
  return money(blank(std::move(row), type, id), measures.ale,
               Interval{std::max(0.0, measures.ale - half), measures.ale + half, quant::kLevel});
}

Figure RowFigures::percentile(RowFigure row, std::string_view type, std::string_view id,
                              const std::optional<double>& value) const {
  if (value) return money(blank(std::move(row), type, id), value);
  Figure out = blank(std::move(row), type, id);
  say(out, Status::too_few, "too few simulated years lie beyond it: ask for more");
  return out;
}

}  // namespace tiebeam::risk
