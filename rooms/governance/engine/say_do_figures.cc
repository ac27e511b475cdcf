#include <fmt/format.h>

#include "model/figure_kit.h"
#include "model/figure_text.h"
#include "quant/figure_values.h"
#include "rooms/governance/engine/figures.h"

namespace tiebeam::governance {
namespace {

constexpr const char* kMethod = "docs/method/say-do.md";
constexpr const char* kDue = "first day has passed";

FigureSpec spec(const char* name, const char* label, const char* unit, const char* formula) {
  return {std::string("governance.saydo.") + name, label, unit, formula, kMethod, 1, {}};
}

void share(Figure& figure, std::size_t part, std::size_t due, std::string filter) {
  rest_on(figure, "commitment", due, std::move(filter));
  quant::set_share(figure, part, due, kLeastDue,
                   due == 0 ? "no promise has fallen due yet"
                            : fmt::format("{} {} due; {} are needed for a share",
                                          counted(static_cast<std::int64_t>(due)),
                                          due == 1 ? "promise fell" : "promises fell", kLeastDue));
}

void count(Figure& figure, std::size_t value, std::string filter) {
  rest_on(figure, "commitment", value, std::move(filter));
  figure.value = static_cast<double>(value);
}

void side(FigureDraft& draft, const SayDo& say_do, const char* name, Side wanted) {
  const auto held = say_do.by_side.find(wanted);
  const Tally tally = held == say_do.by_side.end() ? Tally{} : held->second;
  share(draft.at(std::string("governance.saydo.kept.") + name), tally.kept, tally.due,
        std::string(kDue) + ", promised by " + (wanted == Side::it ? "IT" : "the business"));
}

void calibration(FigureDraft& draft, const SayDo& say_do) {
  const std::size_t n = say_do.squared_errors.size();
  const std::string filter = std::string(kDue) + ", with a stated confidence";
  const std::string few =
      n == 0 ? "no promise that fell due said how sure it was"
             : fmt::format("{} promises that fell due said how sure they were; {} are needed", n,
                           kLeastForScore);
  Figure& brier = draft.at("governance.saydo.brier");
  Figure& said = draft.at("governance.saydo.said");
  Figure& observed = draft.at("governance.saydo.observed");
  for (Figure* figure : {&brier, &said, &observed}) rest_on(*figure, "commitment", n, filter);
  if (n < kLeastForScore) {
    for (Figure* figure : {&brier, &said, &observed}) say(*figure, Status::too_few, few);
    return;
  }
  quant::set_spread(brier, quant::mean_of(say_do.squared_errors), 0, 1);
  said.value = say_do.sure_said;
  quant::set_share(observed, say_do.sure_kept, n, kLeastForScore, few);
}

// Which promises stand behind a figure.
bool belongs(const Promise& promise, std::string_view name) {
  const bool due = has_fallen_due(promise.fate);
  if (name == "open") return promise.record.state == CommitmentState::open;
  if (name == "overdue") return promise.fate == Fate::overdue;
  if (name == "kept.it") return due && promise.side == Side::it;
  if (name == "kept.business") return due && promise.side == Side::business;
  if (name == "brier" || name == "said" || name == "observed")
    return due && promise.record.confidence.has_value();
  return due;
}

double contribution(const Promise& promise, std::string_view name) {
  const double kept = promise.fate == Fate::kept ? 1 : 0;
  if (name == "told_early") return promise.fate == Fate::told_early ? 1 : 0;
  if (name == "kept_or_told") return kept + (promise.fate == Fate::told_early ? 1 : 0);
  if (name == "said") return promise.record.confidence->value();
  if (name == "brier")
    return (promise.record.confidence->value() - kept) *
           (promise.record.confidence->value() - kept);
  return name == "due" || name == "open" || name == "overdue" ? 1 : kept;
}

std::string told(const Promise& promise) {
  const Commitment& record = promise.record;
  std::string out = record.due ? fmt::format("promised for {}", format_day_long(*record.due))
                               : std::string("promised for no day");
  out += fmt::format("; {}", fate_in_words(promise.fate));
  if (record.closed_on) out += fmt::format("; closed on {}", format_day_long(*record.closed_on));
  if (record.told_on) out += fmt::format("; told on {}", format_day_long(*record.told_on));
  return out;
}

}  // namespace

std::vector<FigureSpec> say_do_specs() {
  return {
      spec("kept", "Promises kept by their first day", "share",
           "promises kept by the day first promised / promises whose first day has passed"),
      spec("kept.it", "Promises of IT kept by their first day", "share",
           "as governance.saydo.kept, of promises whose owner is of IT"),
      spec("kept.business", "Promises of the business kept by their first day", "share",
           "as governance.saydo.kept, of promises whose owner is of the business"),
      spec("told_early", "Promises moved, and told in time", "share",
           "promises not kept by their first day of which the other side heard before that day / "
           "promises whose first day has passed"),
      spec("kept_or_told", "Promises kept, or moved with notice", "share",
           "(kept by the first day + told before it) / promises whose first day has passed"),
      spec("due", "Promises that fell due", "promises",
           "count of promises whose first day has passed"),
      spec("open", "Promises open", "promises", "count of promises neither kept nor given up"),
      spec("overdue", "Promises past their day, and nobody told", "promises",
           "count of open promises whose first day has passed, without a day on which the other "
           "side heard"),
      spec("brier", "How far stated confidence misses", "score",
           "mean of (stated confidence - kept)^2; 0 is perfect, 0.25 is a coin"),
      spec("said", "How sure we said we were", "share", "mean stated confidence of promises due"),
      spec("observed", "How often those were kept", "share",
           "kept by the first day / due, of promises with a stated confidence"),
  };
}

std::vector<Figure> say_do_figures(const SayDo& say_do, Instant as_of) {
  FigureDraft draft(say_do_specs(), as_of);
  const Tally& all = say_do.all;
  const auto at = [&](const char* name) -> Figure& {
    return draft.at(std::string("governance.saydo.") + name);
  };
  share(at("kept"), all.kept, all.due, kDue);
  side(draft, say_do, "it", Side::it);
  side(draft, say_do, "business", Side::business);
  share(at("told_early"), all.told_early, all.due, kDue);
  share(at("kept_or_told"), all.kept + all.told_early, all.due, kDue);
  count(at("due"), all.due, kDue);
  count(at("open"), say_do.open, "neither kept nor given up");
  count(at("overdue"), all.overdue, "open past their first day, nobody told");
  calibration(draft, say_do);
  Trail& trail = at("kept").trail;
  if (say_do.kept_without_day > 0)
    trail.notes.push_back(fmt::format("{} kept without a day of closing: taken as kept in time",
                                      say_do.kept_without_day));
  if (say_do.told_without_day > 0)
    trail.notes.push_back(fmt::format(
        "{} moved without a day of telling: not taken as told in time", say_do.told_without_day));
  if (say_do.undated > 0)
    trail.notes.push_back(fmt::format("{} without a day are in no share", say_do.undated));
  return draft.take();
}

std::vector<Evidence> say_do_evidence(const SayDo& say_do, std::string_view key, std::size_t offset,
                                      std::size_t limit) {
  const std::string_view name = key.substr(std::string_view("governance.saydo.").size());
  std::vector<Evidence> rows;
  for (const Promise& promise : say_do.promises) {
    if (!belongs(promise, name)) continue;
    rows.push_back({.subject = "commitment/" + promise.record.id,
                    .value = contribution(promise, name),
                    .what = told(promise),
                    .places = {}});
  }
  if (offset >= rows.size()) return {};
  const auto first = rows.begin() + static_cast<std::ptrdiff_t>(offset);
  return {first, first + static_cast<std::ptrdiff_t>(std::min(limit, rows.size() - offset))};
}

}  // namespace tiebeam::governance
