#include "rooms/flow/waits_json.h"
#include "model/json_parts.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/bottlenecks.md";

constexpr ColumnNote kColumns[] = {
    {"bottlenecks", "items", "Items that were in it", "items",
     "count of finished items with time in the state", kMethod},
    {"bottlenecks", "days", "Days in it", "days", "sum of time in the state over finished items",
     kMethod},
    {"bottlenecks", "share", "Share of flow time", "share",
     "ratio of sums of time in the state / (finish - commit) over finished items", kMethod},
    {"bottlenecks", "mean.now", "On average", "days", "mean of finish - commit over finished items",
     kMethod},
    {"bottlenecks", "mean.then", "On average without it", "days",
     "mean of finish - commit - time in the state over finished items", kMethod},
    {"bottlenecks", "mean.saved", "Saved on average", "days",
     "mean of time in the state over finished items", kMethod},
    {"bottlenecks", "p50.now", "Half finish within", "days",
     "inverse ECDF at 0.5 of finish - commit over finished items", kMethod},
    {"bottlenecks", "p50.then", "Half would finish within", "days",
     "inverse ECDF at 0.5 of finish - commit - time in the state over finished items", kMethod},
    {"bottlenecks", "p50.saved", "Saved at half", "days", "p50.now - p50.then", kMethod},
    {"bottlenecks", "p85.now", "85 of 100 finish within", "days",
     "inverse ECDF at 0.85 of finish - commit over finished items", kMethod},
    {"bottlenecks", "p85.then", "85 of 100 would finish within", "days",
     "inverse ECDF at 0.85 of finish - commit - time in the state over finished items", kMethod},
    {"bottlenecks", "p85.saved", "Saved at 85 of 100", "days", "p85.now - p85.then", kMethod},
    {"bottlenecks", "growth", "Growth a week", "items a week",
     "(entries - exits) / weeks, over the last full weeks", "docs/method/little.md"},
    {"bottlenecks", "cost", "Cost of the delay", "money",
     "sum of time in the state x cost of a day's delay of the value stream over finished items",
     kMethod},
    {"parties", "days", "Waited for it", "days",
     "sum of waiting time in its states over finished items", kMethod},
    {"parties", "share", "Share of the waiting", "share",
     "ratio of sums of waiting time for it / waiting time over finished items", kMethod},
    {"parties", "items", "Items that waited", "items",
     "count of finished items with waiting time for it", kMethod},
    {"parties", "now", "Waiting for it now", "items",
     "count of items in progress in its states at the end of the window", kMethod},
    {"parties", "now_days", "Waited by those so far", "days",
     "sum of time in the present state over items that wait for it now", kMethod},
    {"parties", "cost", "Cost of the delay", "money",
     "sum of waiting time for it x cost of a day's delay of the value stream over finished items",
     kMethod},
    {"ask_today", "age_days", "Age", "days", "end of the window - commit", kMethod},
    {"ask_today", "state_age_days", "In this state", "days",
     "end of the window - entry into the state", kMethod},
    {"ask_today", "state_percentile", "Left the state by this age", "share",
     "1 - survival of stays in the state at this age (Kaplan-Meier, unfinished ones counted)",
     kMethod},
    {"ask_today", "state_line_days", "85 of 100 leave the state within", "days",
     "survival quantile at 0.85 of stays in the state, unfinished ones counted", kMethod},
    {"ask_today", "promised_days", "Promised", "days", "what the value stream promises", kMethod},
    {"ask_today", "surprise", "Others by this age", "share",
     "share of stays that ended, or of items that were done, by this age; the larger of those past "
     "their line",
     kMethod},
};
constexpr RowName kRows[] = {{"bottlenecks", "state"}, {"parties", "party"}, {"ask_today", "item"}};

Json bottleneck_json(const Bottleneck& row) {
  return Json::object({{"state", row.state},
                       {"class", meaning_name(row.meaning)},
                       {"constraint", constraint_name(row.judged.constraint)},
                       {"because", row.judged.because},
                       {"team", or_null(row.judged.team)},
                       {"items", row.items},
                       {"days", row.days},
                       {"share", row.share},
                       {"share_interval", interval_json(row.share_interval)},
                       {"mean", effect_json(row.effects.mean)},
                       {"p50", effect_json(row.effects.p50)},
                       {"p85", effect_json(row.effects.p85)},
                       {"growth", or_null(row.growth_a_week)},
                       {"rank", row.rank},
                       {"tied", row.is_tied},
                       {"cost", or_null(row.cost)}});
}

Json party_json(const PartyRow& row) {
  return Json::object({{"party", row.party},
                       {"kind", party_key(row.kind)},
                       {"states", Json::array(row.states)},
                       {"days", row.days},
                       {"share", row.share},
                       {"interval", interval_json(row.interval)},
                       {"items", row.items},
                       {"now", row.now},
                       {"now_days", row.now_days},
                       {"cost", or_null(row.cost)}});
}

Json answer_json(const Waiting& waiting) {
  constexpr const char* kAnswers[] = {"no", "yes", "not_known"};
  return Json::object({{"is_it", kAnswers[static_cast<std::size_t>(waiting.is_it)]},
                       {"sentence", waiting.sentence},
                       {"missing", or_null(waiting.missing)}});
}

Json ask_json(const FlowReport& report, const AskRow& ask) {
  const AgingRow& row = report.aging[ask.aging];
  return Json::object({{"item", row.item},
                       {"state", row.state},
                       {"class", meaning_name(row.meaning)},
                       {"team", row.team},
                       {"value_stream", row.value_stream},
                       {"age_days", row.age_days},
                       {"state_age_days", row.state_age_days},
                       {"state_percentile", or_null(row.pace.percentile)},
                       {"state_line_days", or_null(row.pace.line_days)},
                       {"promised_days", or_null(row.promised_days)},
                       {"surprise", ask.surprise},
                       {"why", ask.why}});
}

}  // namespace

Json effect_json(const Effect& effect) {
  const auto bound = [&](double Interval::* which) {
    return effect.interval ? Json((*effect.interval).*which) : Json();
  };
  return Json::object({{"now", or_null(effect.now)},
                       {"then", or_null(effect.then)},
                       {"saved", or_null(effect.saved)},
                       {"low", bound(&Interval::low)},
                       {"high", bound(&Interval::high)}});
}

void add_waits(Json& out, const FigureBook& book) {
  const FlowReport& report = *report_of(book);
  out.set("bottlenecks", each(bottlenecks_of(book)->rows, bottleneck_json));
  const Waiting& waiting = *waiting_of(book);
  out.set("parties", each(waiting.parties, party_json));
  out.set("party_answer", answer_json(waiting));
  std::vector<AskRow> asks = ask_today(report);
  if (asks.size() > kAskedToday) asks.resize(kAskedToday);
  out.set("ask_today", each(asks, [&](const AskRow& ask) { return ask_json(report, ask); }));
}

ArrayNotes waits_notes() { return {kRows, kColumns}; }

}  // namespace tiebeam::flow
