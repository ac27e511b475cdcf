#include "rooms/risk/start_figures.h"

#include <fmt/format.h>

#include <cmath>

#include "model/figure_kit.h"
#include "quant/tail.h"
#include "rooms/risk/engine/closed_form.h"

namespace tiebeam::risk {
namespace {

constexpr const char* kMethod = "docs/method/starter-scenarios.md";
constexpr const char* kSimulated = "docs/method/risk.md";

std::optional<Money> money_of(double amount, const Currency& currency) {
  const double minor = std::round(amount * std::pow(10, currency.digits()));
  if (!(std::abs(minor) < 9e18)) return std::nullopt;
  return Money(static_cast<std::int64_t>(minor), currency);
}

Figure blank(std::string key, std::string label, std::string unit, std::string formula,
             const char* method) {
  return blank_figure({.key = std::move(key),
                       .label = std::move(label),
                       .unit = std::move(unit),
                       .formula = std::move(formula),
                       .method = method,
                       .version = 1,
                       .reads = {}},
                      Instant{});
}

void set_money(Figure& figure, double amount, const Currency& currency) {
  if (const auto money = money_of(amount, currency)) {
    figure.value = *money;
  } else {
    say(figure, Status::not_measurable, "the amount is beyond what money can hold");
  }
}

std::string note_of(const SuggestedRange& range, std::string_view what) {
  return fmt::format("{}: {}", what, evidence_words(range));
}

// What the chosen ones could cost together in a year.
class Together {
 public:
  explicit Together(StartAnswer& answer) : answer_(answer), all_(answer.together->portfolio) {}

  void add() {
    Figure& mean = amount("mean", "Mean loss a year", "mean of all simulated years", all_.ale);
    constexpr double kHalfWidth = 1.6448536269514722;
    mean.interval = Interval{all_.ale - kHalfWidth * all_.se, all_.ale + kHalfWidth * all_.se, 0.9};
    constexpr std::array<std::pair<const char*, const char*>, 5> kNames = {
        {{"p50", "1 year in 2 costs no more"},
         {"", ""},
         {"p90", "1 year in 10 costs more"},
         {"p95", "1 year in 20 costs more"},
         {"p99", "1 year in 100 costs more"}}};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      if (*kNames[i].first != '\0') quantile(kNames[i].first, kNames[i].second, i);
    }
    Figure& none = add_blank("none", "Years without a loss", "share", "years without a loss / all");
    none.value = all_.p_zero;
  }

 private:
  Figure& add_blank(const std::string& name, std::string label, std::string unit,
                    std::string formula) {
    Figure figure = blank("risk.starters.together." + name, std::move(label), std::move(unit),
                          std::move(formula), kSimulated);
    figure.n = static_cast<std::int64_t>(answer_.together->trials);
    figure.trail.seed = answer_.together->seed;
    figure.trail.notes = {"starting points of the library, before any control"};
    answer_.figures.push_back(std::move(figure));
    return answer_.figures.back();
  }
  Figure& amount(const std::string& name, std::string label, std::string formula, double value) {
    Figure& figure = add_blank(name, std::move(label), "money", std::move(formula));
    set_money(figure, value, answer_.currency);
    return figure;
  }
  void quantile(const std::string& name, const char* label, std::size_t at) {
    const auto value = all_.quantiles[at];
    Figure& figure =
        amount(name, label, fmt::format("x of rank ceil({} n) of the simulated years", kShares[at]),
               value.value_or(0));
    if (!value)
      say(figure, Status::too_few,
          fmt::format("fewer than {} simulated years lie beyond it", quant::kTrialsBeyond));
  }

  StartAnswer& answer_;
  const Measures& all_;
};

}  // namespace

Result<void> add_together(StartAnswer& answer) {
  std::vector<Suggestion> chosen;
  for (const Suggestion& each : answer.all) {
    if (std::ranges::find(answer.wish.chosen, each.starter->id) != answer.wish.chosen.end())
      chosen.push_back(each);
  }
  Register wanted = register_of(chosen, answer.currency);
  for (const AgreedPoint& each : answer.points)
    wanted.appetite.push_back({1 / each.years, each.loss});
  Settings settings;
  settings.keep = true;  // for the finer curve
  TB_TRY(answer.together, simulate(wanted, settings));
  Together(answer).add();
  return {};
}

StarterFigures figures_of(const Suggestion& from, const StartAnswer& answer) {
  const std::string key = fmt::format("risk.starters[{}].", from.starter->id);
  const SuggestedRange& often = from.frequency;
  StarterFigures out;
  out.frequency = blank(key + "frequency", "How often", "times a year",
                        "root of low x high; 9 of 10 between them; product of its parts", kMethod);
  out.frequency.value = std::sqrt(often.low * often.high);
  out.frequency.interval = Interval{often.low, often.high, 0.9};
  out.frequency.trail.notes = {note_of(often, "how often")};
  if (often.low * often.high < 1) {
    out.every = blank(key + "every", "Years from one to the next", "years", "1 / how often a year",
                      kMethod);
    out.every->value = 1 / std::sqrt(often.low * often.high);
    out.every->interval = Interval{1 / often.high, 1 / often.low, 0.9};
    out.every->trail.notes = out.frequency.trail.notes;
  }
  const EventLoss loss = loss_of_one_event(from);
  out.loss =
      blank(key + "loss", "One event costs", "money",
            fmt::format("median, 5th and 95th of {} sums of its forms", kEventDraws), kMethod);
  set_money(out.loss, loss.p50, answer.currency);
  out.loss.interval = Interval{loss.p05, loss.p95, 0.9};
  out.loss.n = static_cast<std::int64_t>(kEventDraws);
  for (const SuggestedLoss& each : from.losses)
    out.loss.trail.notes.push_back(note_of(each.range, each.field));
  out.mean = blank(key + "mean", "A year, on average", "money", "events a year x loss of an event",
                   kSimulated);
  const Register wanted = register_of({&from, 1}, answer.currency);
  if (const auto mean = expected_loss(wanted, wanted.scenarios.front())) {
    set_money(out.mean, *mean, answer.currency);
  } else {
    say(out.mean, Status::not_measurable, "there is no formula for it");
  }
  return out;
}

Figure agreed_loss(const AgreedPoint& point, const StartAnswer& answer) {
  Figure out = blank(fmt::format("risk.starters.agreed[{:g}].loss", point.years),
                     fmt::format("Tolerated once in {:g} years", point.years), "money",
                     answer.is_suggested ? "a share of yearly revenue, rounded: a suggestion"
                     : point.id.empty()  ? "as asked"
                                         : "as it was agreed",
                     kMethod);
  set_money(out, point.loss, answer.currency);
  return out;
}

Figure agreed_chance(std::size_t point, const StartAnswer& answer) {
  const AgreedPoint& at = answer.points[point];
  Figure out = blank(fmt::format("risk.starters.agreed[{:g}].chance", at.years),
                     fmt::format("Chance to lose more than tolerated once in {:g} years", at.years),
                     "share", "simulated years that lose more / all", kSimulated);
  if (!answer.together) {
    say(out, Status::not_measurable, "nothing is chosen yet");
    return out;
  }
  const quant::Spread& chance = answer.together->appetite[point].probability;
  out.value = chance.value;
  out.interval = Interval{chance.low, chance.high, 0.9};
  out.n = static_cast<std::int64_t>(answer.together->trials);
  out.trail.seed = answer.together->seed;
  return out;
}

}  // namespace tiebeam::risk
