#include <fmt/format.h>

#include "model/figure_kit.h"
#include "model/figure_text.h"
#include "quant/figure_values.h"
#include "rooms/governance/engine/figures.h"

namespace tiebeam::governance {
namespace {

constexpr const char* kMethod = "docs/method/decision-latency.md";
constexpr std::string_view kPrefix = "governance.decisions.";
constexpr std::size_t kLeastNeeded = 5;  // for a share; ours

FigureSpec spec(const char* name, const char* label, const char* unit, const char* formula) {
  return {std::string(kPrefix) + name, label, unit, formula, kMethod, 1, {}};
}

void money(Figure& figure, const Decisions& decisions, const std::optional<Money>& sum) {
  rest_on(figure, "decision", decisions.costed, "waiting, with a cost of delay");
  if (sum) {
    figure.value = *sum;
  } else {
    say(figure, Status::not_measurable,
        decisions.waiting.empty() ? "no decision waits"
                                  : "no decision that waits says what a week of waiting costs");
  }
  if (decisions.other_currency > 0)
    figure.trail.notes.push_back(
        fmt::format("{} in another currency are not in the sum", decisions.other_currency));
}

std::string told(const WaitingDecision& one) {
  const Decision& record = one.record;
  std::string out = record.raised_at
                        ? fmt::format("raised on {}", format_day_long(*record.raised_at))
                        : std::string("written down, no day of raising");
  if (record.needed_by) out += fmt::format("; needed by {}", format_day_long(*record.needed_by));
  return out + "; waits";
}

std::string told(const TakenDecision& one) {
  const Decision& record = one.record;
  std::string out = fmt::format("decided on {}", format_day_long(*record.decided_at));
  if (record.raised_at)
    out = fmt::format("raised on {}; {}", format_day_long(*record.raised_at), out);
  if (record.needed_by) out += fmt::format("; needed by {}", format_day_long(*record.needed_by));
  return out;
}

std::optional<double> major(const std::optional<Money>& money) {
  if (!money) return std::nullopt;
  double out = static_cast<double>(money->minor());
  for (int i = 0; i < money->currency().digits(); ++i) out /= 10;
  return out;
}

std::optional<double> contribution(const WaitingDecision& one, std::string_view name) {
  if (name == "waiting.cost_a_week") return major(one.record.cost_of_delay_a_week);
  if (name == "waiting.cost_so_far") return major(one.cost_so_far);
  if (name.starts_with("latency."))
    return one.age_days ? std::optional(static_cast<double>(*one.age_days)) : std::nullopt;
  return name == "in_time" ? 0.0 : 1.0;
}

bool belongs(const WaitingDecision& one, const Decisions& decisions, std::string_view name) {
  if (name == "in_time" || name == "late") return one.is_past_needed;
  if (name.starts_with("waiting.")) return one.record.cost_of_delay_a_week.has_value();
  if (name.starts_with("latency.")) return one.age_days.has_value();
  return name == "waiting" && decisions.today != Day{};
}

bool belongs(const TakenDecision& one, const Decisions& decisions, std::string_view name) {
  if (name == "in_time") return one.record.needed_by && *one.record.needed_by < decisions.today;
  return name.starts_with("latency.") && one.days.has_value();
}

}  // namespace

std::vector<FigureSpec> decision_specs() {
  return {
      spec("latency.p50", "Half of decisions take at most", "days",
           "Kaplan-Meier quantile of days from raised to decided; open ones count while they wait"),
      spec("latency.p85", "85 of 100 decisions take at most", "days",
           "Kaplan-Meier quantile of days from raised to decided; open ones count while they wait"),
      spec("in_time", "Decided by the day it was needed", "share",
           "decided by the day needed / decisions whose needed day has passed"),
      spec("waiting", "Decisions waiting", "decisions",
           "count of decisions raised and not decided"),
      spec("late", "Decisions waiting past the day they were needed", "decisions",
           "count of open decisions whose needed day has passed"),
      spec("waiting.cost_a_week", "What the waiting decisions cost a week", "money",
           "sum of the cost of delay a week of decisions that wait"),
      spec("waiting.cost_so_far", "What waiting has cost so far", "money",
           "sum over waiting decisions of cost of delay a week x days since raised / 7"),
  };
}

std::vector<Figure> decision_figures(const Decisions& decisions, Instant as_of) {
  FigureDraft draft(decision_specs(), as_of);
  const auto at = [&](const char* name) -> Figure& {
    return draft.at(std::string(kPrefix) + name);
  };
  for (const auto& [name, p] : {std::pair{"latency.p50", 0.5}, std::pair{"latency.p85", 0.85}}) {
    Figure& figure = at(name);
    rest_on(figure, "decision", decisions.curve.spells, "with a day on which they were raised");
    quant::set_survival_days(figure, decisions.curve, p, "decisions");
    if (decisions.without_day > 0)
      figure.trail.notes.push_back(
          fmt::format("{} without a day of raising are left out", decisions.without_day));
  }
  Figure& in_time = at("in_time");
  rest_on(in_time, "decision", decisions.needed, "the day they were needed has passed");
  quant::set_share(in_time, decisions.in_time, decisions.needed, kLeastNeeded,
                   decisions.needed == 0
                       ? "no decision says by when it was needed, or none of those days has passed"
                       : fmt::format("{} decisions whose needed day has passed; {} are needed",
                                     decisions.needed, kLeastNeeded));
  const auto late = static_cast<std::size_t>(
      std::ranges::count_if(decisions.waiting, &WaitingDecision::is_past_needed));
  rest_on(at("waiting"), "decision", decisions.waiting.size(), "raised and not decided");
  at("waiting").value = static_cast<double>(decisions.waiting.size());
  rest_on(at("late"), "decision", late, "not decided, needed before this day");
  at("late").value = static_cast<double>(late);
  money(at("waiting.cost_a_week"), decisions, decisions.cost_a_week);
  money(at("waiting.cost_so_far"), decisions, decisions.cost_so_far);
  return draft.take();
}

std::vector<Evidence> decision_evidence(const Decisions& decisions, std::string_view key,
                                        std::size_t offset, std::size_t limit) {
  const std::string_view name = key.substr(kPrefix.size());
  std::vector<Evidence> rows;
  for (const WaitingDecision& one : decisions.waiting) {
    if (belongs(one, decisions, name))
      rows.push_back({"decision/" + one.record.id, contribution(one, name), told(one), {}});
  }
  for (const TakenDecision& one : decisions.taken) {
    if (!belongs(one, decisions, name)) continue;
    const double value =
        name == "in_time" ? (*one.in_time ? 1.0 : 0.0) : static_cast<double>(*one.days);
    rows.push_back({"decision/" + one.record.id, value, told(one), {}});
  }
  if (offset >= rows.size()) return {};
  const auto first = rows.begin() + static_cast<std::ptrdiff_t>(offset);
  return {first, first + static_cast<std::ptrdiff_t>(std::min(limit, rows.size() - offset))};
}

}  // namespace tiebeam::governance
