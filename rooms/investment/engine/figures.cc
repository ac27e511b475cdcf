#include "rooms/investment/engine/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "quant/quantile.h"
#include "rooms/investment/engine/money.h"

namespace tiebeam::investment {
namespace {

constexpr const char* kMethod = "docs/method/initiative-value.md";
constexpr double kZ95 = 1.6448536269514722;  // standard errors in a 90 % interval of a mean
constexpr double kTrialsBeyond = 50;

class Maker {
 public:
  Maker(const Cases& cases, const Valuation& valuation, std::string of, std::size_t count)
      : cases_(cases), valuation_(valuation), of_(std::move(of)), count_(count) {}

  Figure& add(std::string_view name, std::string label, std::string unit, std::string formula) {
    Figure figure;
    figure.key = fmt::format("investment.{}.{}", of_, name);
    figure.label = std::move(label);
    figure.unit = std::move(unit);
    figure.n = static_cast<std::int64_t>(valuation_.trials);
    figure.as_of = cases_.as_of;
    figure.trail.formula = std::move(formula);
    figure.trail.method = kMethod;
    figure.trail.seed = valuation_.seed;
    TrailInput input;
    input.record_type = "initiative";
    input.count = static_cast<std::int64_t>(count_);
    input.filter = of_ == "portfolio" ? "all of the file" : of_;
    figure.trail.inputs.push_back(std::move(input));
    figure.trail.notes.push_back(
        fmt::format("{} years at {} a year, paid {}; late benefits are {}", cases_.horizon_years,
                    shortest(cases_.discount_rate),
                    cases_.timing == quant::Timing::mid_year ? "in the middle of a year"
                                                             : "at the end of a year",
                    cases_.late_benefits == quant::Delayed::lost ? "lost" : "deferred"));
    out_.push_back(std::move(figure));
    return out_.back();
  }
  static void withhold(Figure& figure, Status status, std::string reason) {
    figure.value = std::monostate{};
    figure.interval.reset();
    figure.status = status;
    figure.reason = std::move(reason);
  }
  void money(std::string_view name, std::string label, double amount,
             std::optional<Bounds> interval, std::string formula, double beyond = 0.5) {
    Figure& figure = add(name, std::move(label), "money", std::move(formula));
    const auto exact = money_of(amount, cases_.currency);
    if (!exact) return withhold(figure, Status::not_measurable, "larger than money can be written");
    figure.value = *exact;
    if (interval) figure.interval = Interval{interval->low, interval->high, quant::kLevel};
    few(figure, beyond);
  }
  void share(std::string_view name, std::string label, double share, std::string formula) {
    Figure& figure = add(name, std::move(label), "share", std::move(formula));
    figure.value = share;
    const auto n = static_cast<double>(valuation_.trials);
    const quant::Spread spread = quant::clopper_pearson(std::round(share * n), n);
    figure.interval = Interval{spread.low, spread.high, quant::kLevel};
  }
  void number(std::string_view name, std::string label, std::string unit,
              std::optional<double> value, std::string formula, Status otherwise,
              const std::string& reason, double beyond = 0.5) {
    Figure& figure = add(name, std::move(label), std::move(unit), std::move(formula));
    if (!value) return withhold(figure, otherwise, reason);
    figure.value = *value;
    few(figure, beyond);
  }
  void summary(std::string_view name, const MoneyFigures& npv);
  std::vector<Figure> take() { return std::move(out_); }
  Figure& last() { return out_.back(); }

 private:
  void few(Figure& figure, double beyond) const {
    if (auto why = too_few_for(beyond, valuation_.trials); !why.empty())
      withhold(figure, Status::too_few, std::move(why));
  }

  const Cases& cases_;
  const Valuation& valuation_;
  std::string of_;
  std::size_t count_;
  std::vector<Figure> out_;
};

std::optional<Bounds> mean_bounds(double mean, double standard_error) {
  return Bounds{mean - kZ95 * standard_error, mean + kZ95 * standard_error};
}

void Maker::summary(std::string_view name, const MoneyFigures& of) {
  const MoneySummary& s = of.summary;
  const auto key = [&](std::string_view part) { return fmt::format("{}.{}", name, part); };
  constexpr double kAlways = 1;  // a mean needs no trials beyond it
  money(name, "Net present value: middle case, with the range of 9 in 10", s.p50,
        Bounds{s.p05, s.p95}, "inverse ECDF of net present value at 0.5; between 0.05 and 0.95",
        0.05);
  money(key("mean"), "Net present value, mean", s.mean, mean_bounds(s.mean, s.standard_error),
        "mean over trials of the discounted cash flows", kAlways);
  money(key("p05"), "In 5 of 100 cases it is worth at most", s.p05, of.p05,
        "inverse ECDF of net present value at 0.05", 0.05);
  money(key("p50"), "Net present value in the middle case", s.p50, of.p50,
        "inverse ECDF of net present value at 0.5");
  money(key("p95"), "In 5 of 100 cases it is worth more than", s.p95, of.p95,
        "inverse ECDF of net present value at 0.95", 0.05);
  share(key("p_loss"), "Chance of a loss", s.p_loss, "share of trials below 0");
  money(key("cvar5"), "Mean of the worst 5 of 100 cases", s.cvar5, std::nullopt,
        "mean of the lowest 5 % of trials", 0.05);
  money(key("shortfall"), "What is missing to 0, on average", s.shortfall, std::nullopt,
        "mean of max(0, -net present value)", kAlways);
}

void add_returns(Maker& make, const CaseValue& value) {
  constexpr const char* kNoCosts = "it costs nothing, so there is no return on costs";
  make.number("roi", "Return on costs: middle case, with the range of 9 in 10", "share",
              value.roi.p50,
              "inverse ECDF of (present benefits - present costs) / present costs at 0.5; between "
              "0.05 and 0.95",
              Status::not_measurable, kNoCosts, 0.05);
  if (Figure& roi = make.last(); roi.has_value() && value.roi.p05 && value.roi.p95)
    roi.interval = Interval{*value.roi.p05, *value.roi.p95, quant::kLevel};
  make.number("roi.p50", "Return on costs in the middle case", "share", value.roi.p50,
              "median of (present benefits - present costs) / present costs",
              Status::not_measurable, kNoCosts);
  make.number("roi.of_means", "Return on costs, of the means", "share", value.roi.of_means,
              "mean net present value / mean present costs", Status::not_measurable, kNoCosts);
  make.number("irr", "Internal rate of return of the mean cash flows", "share", value.irr.rate,
              "rate at which the mean cash flows are worth 0", Status::not_measurable,
              value.irr.reason, 1);
}

void add_paybacks(Maker& make, const Cases& cases, const CaseValue& value) {
  const auto add = [&](std::string_view name, const std::string& what, const PaybackSummary& of) {
    make.share(fmt::format("{}.within", name),
               fmt::format("Chance to {} within {} years", what, cases.horizon_years), of.p_within,
               "share of trials whose cash flows sum to 0 within the horizon");
    make.number(
        fmt::format("{}.p50", name), fmt::format("Years to {}, middle case", what), "years", of.p50,
        "median of the first crossing of 0, straight within a year", Status::not_reached,
        fmt::format("not within {} years in at least half of the cases", cases.horizon_years));
    if (!of.p50) make.last().low = cases.horizon_years;
    make.number(
        fmt::format("{}.p85", name), fmt::format("Years to {}, in 85 of 100 cases", what), "years",
        of.p85, "0.85 quantile of the first crossing of 0, straight within a year",
        Status::not_reached,
        fmt::format("not within {} years in more than 15 of 100 cases", cases.horizon_years), 0.15);
    if (!of.p85) make.last().low = cases.horizon_years;
  };
  add("payback_years", "pay back", value.payback);
  add("discounted_payback_years", "pay back with interest", value.discounted_payback);
}

void add_costs(Maker& make, const CaseValue& value) {
  const auto add = [&](std::string_view name, const char* label, double amount, bool is_given,
                       const char* nobody, double p) {
    make.money(name, label, amount, std::nullopt, fmt::format("estimate at {}", p), 1);
    Figure& figure = make.last();
    figure.n.reset();
    figure.trail.seed.reset();
    if (!is_given) Maker::withhold(figure, Status::not_measurable, nobody);
  };
  const CostFigures& cost = value.cost;
  constexpr const char* kNoOneOff = "nobody has given a one-off cost yet";
  add("one_off_cost.p50", "One-off cost, as often more as less", cost.one_off_p50, cost.has_one_off,
      kNoOneOff, 0.5);
  add("one_off_cost.p90", "One-off cost, more in 1 of 10 cases", cost.one_off_p90, cost.has_one_off,
      kNoOneOff, 0.9);
  add("run_cost.p50", "Running cost a year, as often more as less", cost.run_p50, cost.has_run,
      "nobody has given a running cost yet", 0.5);
  add("exit_cost.p50", "Cost to leave it, as often more as less", cost.exit_p50, cost.has_exit,
      "nobody has said what leaving it costs", 0.5);
}

}  // namespace

std::string too_few_for(double beyond, std::uint64_t trials) {
  if (beyond * static_cast<double>(trials) >= kTrialsBeyond - 1e-9 || beyond >= 1) return {};
  return fmt::format("{} trials are too few: {} have to lie beyond it, so {} are needed", trials,
                     kTrialsBeyond, std::ceil(kTrialsBeyond / beyond));
}

std::vector<Figure> case_figures(const Cases& cases, const Valuation& valuation,
                                 const CaseValue& value) {
  Maker make(cases, valuation, value.id, 1);
  make.summary("npv", value.npv);
  Figure& exact = make.add("npv.exact", "Net present value, mean without trials", "money",
                           "closed form of the mean");
  const auto money =
      value.exact.value ? money_of(*value.exact.value, cases.currency) : std::nullopt;
  exact.n.reset();
  exact.trail.seed.reset();
  if (money) {
    exact.value = *money;
  } else {
    Maker::withhold(exact, Status::not_measurable, value.exact.reason);
  }
  add_returns(make, value);
  add_paybacks(make, cases, value);
  add_costs(make, value);
  const DelayCost& late = value.month_late;
  make.money("delay_month", "Cost of one month's delay, mean", late.mean,
             mean_bounds(late.mean, late.standard_error),
             "mean over trials of value in time - value one month later, the same draws", 1);
  if (!value.do_nothing) return make.take();
  const DoNothing& nothing = *value.do_nothing;
  make.money("do_nothing.npv", "Net present value of leaving things as they are", nothing.npv,
             std::nullopt, "-(cost of doing nothing a year, discounted)", 1);
  make.money("advantage.mean", "Better than doing nothing by, mean", nothing.advantage.mean,
             mean_bounds(nothing.advantage.mean, nothing.advantage.standard_error),
             "mean over trials of net present value + cost avoided", 1);
  make.share("advantage.p_worse", "Chance that doing nothing is better", nothing.advantage.p_loss,
             "share of trials in which doing nothing is worth more");
  return make.take();
}

std::vector<Figure> value_figures(const Cases& cases, const Valuation& valuation) {
  std::vector<Figure> out;
  for (const CaseValue& value : valuation.initiatives) {
    auto more = case_figures(cases, valuation, value);
    std::ranges::move(more, std::back_inserter(out));
  }
  if (valuation.initiatives.empty()) return out;
  auto more =
      set_figures(cases, valuation, "portfolio", valuation.initiatives.size(), valuation.portfolio);
  std::ranges::move(more, std::back_inserter(out));
  return out;
}

std::vector<Figure> set_figures(const Cases& cases, const Valuation& valuation,
                                std::string_view name, std::size_t count, const MoneyFigures& npv) {
  Maker make(cases, valuation, std::string(name), count);
  make.summary("npv", npv);
  return make.take();
}

const Figure& figure_named(const std::vector<Figure>& figures, std::string_view name) {
  const auto found = std::ranges::find_if(figures, [&](const Figure& figure) {
    return figure.key.ends_with(name) && figure.key.size() > name.size() &&
           figure.key[figure.key.size() - name.size() - 1] == '.';
  });
  TB_CHECK(found != figures.end(), "the figure is there");
  return *found;
}

}  // namespace tiebeam::investment
