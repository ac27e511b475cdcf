#include "rooms/risk/start.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/text.h"
#include "model/figure_text.h"
#include "quant/appetite.h"
#include "rooms/risk/records.h"
#include "rooms/risk/risk.h"
#include "rooms/risk/start_figures.h"
#include "rooms/risk/starter_library.h"

namespace tiebeam::risk {
namespace {

bool is_held(const std::vector<RiskScenario>& scenarios, const std::string& id) {
  return std::ranges::any_of(
      scenarios, [&](const RiskScenario& each) { return each.starter == id || each.id == id; });
}

}  // namespace

std::vector<Error> point_faults(const std::vector<AgreedPoint>& points) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(
      order, {}, [&](std::size_t at) { return std::tuple(points[at].years, points[at].loss, at); });
  std::vector<quant::AppetitePoint> sorted;
  for (const std::size_t at : order) sorted.push_back({1 / points[at].years, points[at].loss});
  std::vector<Error> out = quant::appetite_faults(sorted);
  for (Error& each : out) {
    const auto parts = split_at(each.field, '/');
    const auto at = parts.size() == 3 ? parse_integer(parts[1]) : std::nullopt;
    if (at) each.field = fmt::format("/{}/{}", order[static_cast<std::size_t>(*at)], parts[2]);
  }
  return out;
}

Result<void> check_points(std::vector<AgreedPoint> points) {
  auto faults = point_faults(points);
  if (faults.empty()) return {};
  return std::unexpected(std::move(faults.front()));
}

std::vector<AgreedPoint> points_on_record(const Snapshot& snapshot, const Currency& currency) {
  std::vector<AgreedPoint> out;
  for (const Appetite& each : snapshot.all<Appetite>()) {
    if (!each.probability || !each.loss || each.loss->currency() != currency) continue;
    const double probability = each.probability->value();
    if (!(probability >= 1.0 / kMostYears && probability < 1)) continue;
    out.push_back(
        {.years = 1 / probability,
         .loss = static_cast<double>(each.loss->minor()) / std::pow(10, currency.digits()),
         .id = each.id,
         .by = each.set_by.str()});
  }
  std::ranges::sort(out, {},
                    [](const AgreedPoint& each) { return std::pair(each.years, each.id); });
  if (!check_points(out)) out.clear();
  return out;
}

Result<StartAnswer> start_answer(const Snapshot& snapshot, StartWish wish) {
  const StarterLibrary& library = starter_library();
  StartAnswer out{.wish = std::move(wish), .currency = {}, .all = {}, .held = {}, .points = {}};
  TB_TRY(out.currency, Currency::create(out.wish.profile.currency));
  const auto scenarios = snapshot.all<RiskScenario>();
  for (const Starter& each : library.starters) {
    out.all.push_back(suggestion_for(library, each, out.wish.profile));
    if (is_held(scenarios, each.id)) out.held.push_back(each.id);
  }
  out.points = out.wish.agreed;
  if (out.points.empty()) out.points = points_on_record(snapshot, out.currency);
  out.is_suggested = out.points.empty();
  if (out.is_suggested) {
    for (const auto& each : suggested_appetite(out.wish.profile.revenue))
      out.points.push_back({.years = each.years, .loss = each.loss});
  }
  if (!out.wish.chosen.empty()) TB_DO(add_together(out));
  return out;
}

namespace {

std::string size_words(const StartWish& wish) {
  const auto currency = Currency::create(wish.profile.currency);
  return fmt::format(
      "{} people, {} a year, sector {}", counted(static_cast<std::int64_t>(wish.profile.people)),
      money_words(wish.profile.revenue, currency.value_or(Currency())), wish.profile.sector);
}

std::string source_words(const SuggestedRange& range) {
  std::string out = evidence_words(range);
  std::vector<std::string> titles;
  for (const std::string& id : range.sources)
    titles.push_back(starter_library().find_source(id)->title);
  if (!titles.empty()) out += fmt::format(" (with {})", fmt::join(titles, "; "));
  return out;
}

// What the ranges rest on, as the scenario will say it.
std::string basis_words(const Suggestion& from, const StartWish& wish) {
  std::string out = fmt::format(
      "Starting point of the library for {}, not yet looked at by anybody "
      "here. How often: {}.",
      size_words(wish), source_words(from.frequency));
  for (const SuggestedLoss& loss : from.losses) {
    std::string name = loss.field;
    std::ranges::replace(name, '_', ' ');
    out += fmt::format(" {}: {}.", name, source_words(loss.range));
  }
  if (from.secondary_loss)
    out += fmt::format(" secondary loss ({}): {}.", from.starter->secondary->what,
                       source_words(*from.secondary_loss));
  return out;
}

void set_loss(RiskScenario& scenario, const std::string& field, const Estimate& estimate) {
  if (field == "primary_loss") scenario.primary_loss = estimate;
  if (field == "productivity_loss") scenario.productivity_loss = estimate;
  if (field == "response_loss") scenario.response_loss = estimate;
  if (field == "replacement_loss") scenario.replacement_loss = estimate;
  if (field == "fines_loss") scenario.fines_loss = estimate;
  if (field == "competitive_loss") scenario.competitive_loss = estimate;
  if (field == "reputation_loss") scenario.reputation_loss = estimate;
}

RiskScenario record_of(const Suggestion& from, const StartWish& wish, Day today) {
  RiskScenario out;
  out.id = out.starter = from.starter->id;
  out.name = from.starter->name;
  out.notes = from.starter->sentence;
  out.threat = from.starter->threat;
  out.effect = from.starter->effect;
  out.frequency = estimate_of(from.frequency);
  for (const SuggestedLoss& loss : from.losses) set_loss(out, loss.field, estimate_of(loss.range));
  if (from.secondary_loss) {
    out.secondary_probability = estimate_of(from.starter->secondary->probability);
    out.secondary_loss = estimate_of(*from.secondary_loss);
  }
  out.estimated_on = today;
  out.basis = basis_words(from, wish);
  return out;
}

RiskControl record_of(const SuggestedControl& from) {
  RiskControl out;
  out.id = from.control->id;
  out.name = from.control->name;
  out.notes = "From the library of starting points; cost and effect are our judgement.";
  out.cost_a_year = estimate_of(from.cost_a_year);
  return out;
}

ControlEffect reduction_of(const SuggestedControl& from, const Starter& starter) {
  ControlEffect out;
  out.id = fmt::format("{}-on-{}", from.control->id, starter.id);
  out.name = fmt::format("{}: {}", from.control->name, starter.name);
  out.control = Id<"control">(from.control->id);
  out.scenario = Id<"scenario">(starter.id);
  out.factor = from.reduction.on_frequency ? ReducedFactor::frequency : ReducedFactor::magnitude;
  out.by = estimate_of(from.reduction.by);
  return out;
}

void add_new(StartRecords& plan, const Snapshot& snapshot, const auto& record) {
  using T = std::remove_cvref_t<decltype(record)>;
  const std::string type(Describe<T>::name);
  const bool is_there =
      snapshot.find(type, record.id) || std::ranges::any_of(plan.records, [&](const auto& each) {
        return each.first == type && each.second.id() == record.id;
      });
  if (!is_there) plan.records.emplace_back(type, to_record(record));
}

}  // namespace

StartRecords start_records(const Snapshot& snapshot, const StartWish& wish, Day today) {
  const StarterLibrary& library = starter_library();
  const auto scenarios = snapshot.all<RiskScenario>();
  StartRecords out;
  for (const std::string& id : wish.chosen) {
    if (is_held(scenarios, id)) {
      out.held.push_back(id);
      continue;
    }
    const Suggestion from = suggestion_for(library, *library.find(id), wish.profile);
    for (const SuggestedControl& each : from.controls) add_new(out, snapshot, record_of(each));
    add_new(out, snapshot, record_of(from, wish, today));
    for (const SuggestedControl& each : from.controls)
      add_new(out, snapshot, reduction_of(each, *from.starter));
    out.added.push_back(id);
  }
  return out;
}

}  // namespace tiebeam::risk
