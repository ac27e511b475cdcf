// The room's figures as the registry wants them.
#include <fmt/format.h>

#include <algorithm>

#include "model/figure_kit.h"
#include "rooms/investment/benefits.h"
#include "rooms/investment/engine/figures.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {
namespace {

constexpr const char* kMethod = "docs/method/initiative-value.md";

struct Line {
  const char *name, *label, *unit, *formula;
};
// Of one case and of several together.
constexpr Line kValue[] = {
    {"npv", "Net present value: middle case, with the range of 9 in 10", "money",
     "inverse ECDF of net present value at 0.5; between 0.05 and 0.95"},
    {"npv.mean", "Net present value, mean", "money",
     "mean over trials of the discounted cash flows"},
    {"npv.p05", "In 5 of 100 cases it is worth at most", "money",
     "inverse ECDF of net present value at 0.05"},
    {"npv.p50", "Net present value in the middle case", "money",
     "inverse ECDF of net present value at 0.5"},
    {"npv.p95", "In 5 of 100 cases it is worth more than", "money",
     "inverse ECDF of net present value at 0.95"},
    {"npv.p_loss", "Chance of a loss", "share", "share of trials below 0"},
    {"npv.cvar5", "Mean of the worst 5 of 100 cases", "money", "mean of the lowest 5 % of trials"},
    {"npv.shortfall", "What is missing to 0, on average", "money",
     "mean of max(0, -net present value)"}};
// Of one case alone.
constexpr Line kCase[] = {
    {"npv.exact", "Net present value, mean without trials", "money", "closed form of the mean"},
    {"roi", "Return on costs: middle case, with the range of 9 in 10", "share",
     "inverse ECDF of (present benefits - present costs) / present costs at 0.5; between 0.05 and "
     "0.95"},
    {"roi.p50", "Return on costs in the middle case", "share",
     "median of (present benefits - present costs) / present costs"},
    {"roi.of_means", "Return on costs, of the means", "share",
     "mean net present value / mean present costs"},
    {"irr", "Internal rate of return of the mean cash flows", "share",
     "rate at which the mean cash flows are worth 0"},
    {"payback_years.within", "Chance to pay back within the horizon", "share",
     "share of trials whose cash flows sum to 0 within the horizon"},
    {"payback_years.p50", "Years to pay back, middle case", "years",
     "median of the first crossing of 0, straight within a year"},
    {"payback_years.p85", "Years to pay back, in 85 of 100 cases", "years",
     "0.85 quantile of the first crossing of 0, straight within a year"},
    {"discounted_payback_years.within", "Chance to pay back with interest within the horizon",
     "share", "share of trials whose cash flows sum to 0 within the horizon"},
    {"discounted_payback_years.p50", "Years to pay back with interest, middle case", "years",
     "median of the first crossing of 0, straight within a year"},
    {"discounted_payback_years.p85", "Years to pay back with interest, in 85 of 100 cases", "years",
     "0.85 quantile of the first crossing of 0, straight within a year"},
    {"one_off_cost.p50", "One-off cost, as often more as less", "money", "estimate at 0.5"},
    {"one_off_cost.p90", "One-off cost, more in 1 of 10 cases", "money", "estimate at 0.9"},
    {"run_cost.p50", "Running cost a year, as often more as less", "money", "estimate at 0.5"},
    {"exit_cost.p50", "Cost to leave it, as often more as less", "money", "estimate at 0.5"},
    {"delay_month", "Cost of one month's delay, mean", "money",
     "mean over trials of value in time - value one month later, the same draws"},
    {"do_nothing.npv", "Net present value of leaving things as they are", "money",
     "-(cost of doing nothing a year, discounted)"},
    {"advantage.mean", "Better than doing nothing by, mean", "money",
     "mean over trials of net present value + cost avoided"},
    {"advantage.p_worse", "Chance that doing nothing is better", "share",
     "share of trials in which doing nothing is worth more"}};

FigureSpec spec(std::string_view of, const Line& line) {
  FigureSpec out{fmt::format("investment.{}.{}", of, line.name),
                 line.label,
                 line.unit,
                 line.formula,
                 kMethod,
                 1,
                 {}};
  out.reads.emplace_back(flow::kInitiativeForecasts);
  return out;
}

std::vector<FigureSpec> specs() {
  std::vector<FigureSpec> out;
  for (const std::string_view of : {kAllCases, kFundedCases, kOpenCases}) {
    for (const Line& line : kValue) out.push_back(spec(of, line));
  }
  std::ranges::move(benefit_specs(""), std::back_inserter(out));
  for (const Line& line : kValue) out.push_back(spec("{initiative}", line));
  for (const Line& line : kCase) out.push_back(spec("{initiative}", line));
  std::ranges::move(benefit_specs("{initiative}"), std::back_inserter(out));
  return out;
}

void rest_on_records(Figure& figure, std::string_view type, std::size_t count, std::string filter) {
  if (count == 0) return;
  TrailInput input;
  input.record_type = type;
  input.count = static_cast<std::int64_t>(count);
  input.filter = std::move(filter);
  figure.trail.inputs.push_back(std::move(input));
}

// How cases are counted, and how much of that nobody agreed to.
void tell_policy(const Portfolio& portfolio, Figure& figure) {
  const Policy& policy = portfolio.of.policy;
  rest_on_records(figure, "investment_policy", policy.id.empty() ? 0 : 1, policy.id);
  if (!policy.presumed.empty()) {
    figure.trail.notes.push_back(fmt::format("no investment policy says otherwise: {} are presumed",
                                             fmt::join(policy.presumed, " and ")));
  }
}

void tell_delay(const RecordCase& one, Figure& figure) {
  if (one.delay != Delay::forecast) return;
  TrailInput input;
  input.figure = flow::kInitiativeForecasts;
  figure.trail.inputs.push_back(std::move(input));
  figure.trail.notes.push_back(fmt::format("of use when its {} open items of work are done",
                                           one.forecast ? one.forecast->open : 0));
}

// Several cases together.
struct Group {
  std::string_view name, who;  // "funded", "the initiatives that are funded"
  std::size_t count, saying;   // how many, and how many of them say what they bring
  const MoneyFigures& npv;
};

std::vector<Figure> together(const Portfolio& portfolio, const Group& group) {
  const Cases& cases = portfolio.of.cases;
  std::vector<Figure> out;
  if (group.saying == 0) {
    for (const Line& line : kValue) {
      out.push_back(blank_figure(spec(group.name, line), cases.as_of));
      say(out.back(), Status::too_few,
          fmt::format("none of {} says yet what it brings", group.who));
    }
    return out;
  }
  out = set_figures(cases, portfolio.valuation, group.name, group.count, group.npv);
  for (Figure& figure : out) {
    figure.trail.inputs.front().filter = group.who;
    tell_policy(portfolio, figure);
    figure.trail.notes.emplace_back("each counted from its own start");
    if (group.saying < group.count) {
      figure.trail.notes.push_back(
          fmt::format("{} of them say nothing they bring: they are counted as bringing nothing",
                      group.count - group.saying));
    }
  }
  return out;
}

std::vector<Figure> all_figures(const FigureBook& book, const Portfolio& portfolio,
                                const KeepPtr& keep) {
  auto out = room_figures(book, portfolio, keep);
  const auto benefits = all_benefits(book, portfolio, keep);
  for (std::size_t i = 0; i < portfolio.of.each.size(); ++i) {
    const RecordCase& one = portfolio.of.each[i];
    std::ranges::move(figures_of(portfolio, one), std::back_inserter(out));
    std::ranges::move(benefit_figures(portfolio, one, (*benefits)[i]), std::back_inserter(out));
  }
  return out;
}

// Under figures of several cases, each of them with its own.
std::vector<Evidence> evidence_of(const Portfolio& portfolio, std::string_view key,
                                  std::size_t offset, std::size_t limit) {
  const auto of = [&](std::string_view name) {
    return key.starts_with(fmt::format("investment.{}.", name));
  };
  const bool funded = of(kFundedCases), open = of(kOpenCases);
  if (!funded && !open && !of(kAllCases)) return {};
  std::vector<Evidence> out;
  for (const RecordCase& one : portfolio.of.each) {
    const CaseValue* value = portfolio.value_of(one);
    const Stage stage = portfolio.initiative(one.id).stage;
    if (value == nullptr || stage == Stage::stopped || (funded && !is_funded(stage)) ||
        (open && !is_open(stage)))
      continue;
    out.push_back({.subject = "initiative/" + one.id,
                   .value = value->npv.summary.mean,
                   .what = fmt::format("mean of its own cases; a loss in {:.0f} of 100",
                                       100 * value->npv.summary.p_loss),
                   .places = {}});
  }
  std::ranges::sort(out, [](const Evidence& a, const Evidence& b) {
    return a.value != b.value ? a.value > b.value : a.subject < b.subject;
  });
  const std::size_t from = std::min(offset, out.size());
  out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(from));
  if (out.size() > limit) out.resize(limit);
  return out;
}

}  // namespace

std::vector<Figure> figures_of(const Portfolio& portfolio, const RecordCase& one) {
  const CaseValue* value = portfolio.value_of(one);
  if (value == nullptr) return {};
  auto out = case_figures(portfolio.of.cases, portfolio.valuation, *value);
  for (Figure& figure : out) {
    rest_on_records(figure, "effect", one.effects.size(), "of " + one.id);
    rest_on_records(figure, "kpi", one.effects.size(), "that they move");
    tell_policy(portfolio, figure);
    tell_delay(one, figure);
    for (const std::string& word : one.missing) figure.trail.notes.push_back(word);
  }
  return out;
}

std::vector<Figure> room_figures(const FigureBook& book, const Portfolio& portfolio,
                                 const KeepPtr& keep) {
  auto out =
      together(portfolio, {kAllCases, "the initiatives that are not stopped", portfolio.counted,
                           portfolio.counted_saying, portfolio.valuation.portfolio});
  std::ranges::move(
      together(portfolio, {kFundedCases, "the initiatives that are funded", portfolio.funded_count,
                           portfolio.funded_saying, portfolio.funded}),
      std::back_inserter(out));
  std::ranges::move(
      together(portfolio, {kOpenCases, "the initiatives that are neither done nor stopped",
                           portfolio.open_count, portfolio.open_saying, portfolio.open}),
      std::back_inserter(out));
  std::ranges::move(benefit_figures(portfolio, *all_benefits(book, portfolio, keep)),
                    std::back_inserter(out));
  return out;
}

std::vector<FigureFamily> investment_families(const KeepPtr& keep) {
  FigureFamily family;
  family.name = "investment";
  family.figures = specs();
  family.compute = [keep](const FigureBook& book) {
    return all_figures(book, *portfolio_of(book, keep), keep);
  };
  family.evidence = [keep](const FigureBook& book, std::string_view key, std::size_t offset,
                           std::size_t limit) {
    return evidence_of(*portfolio_of(book, keep), key, offset, limit);
  };
  return {std::move(family)};
}

}  // namespace tiebeam::investment
