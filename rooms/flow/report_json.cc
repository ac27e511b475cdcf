#include "rooms/flow/report_json.h"

#include "model/figure_json.h"
#include "rooms/flow/capacity_json.h"
#include "rooms/flow/columns.h"
#include "rooms/flow/delivery.h"
#include "rooms/flow/people.h"
#include "rooms/flow/waits_json.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kTime = "docs/method/flow-time.md";
constexpr const char* kRatio = "docs/method/flow-efficiency.md";
constexpr const char* kLittle = "docs/method/little.md";
constexpr const char* kBottlenecks = "docs/method/bottlenecks.md";

constexpr ColumnNote kColumns[] = {
    {"weeks", "arrivals", "Begun", "items", "count of items whose clock started in the week",
     kLittle},
    {"weeks", "finishes", "Finished", "items",
     "count of items whose first finish that held lies in the week", kLittle},
    {"weeks", "second_cycles", "Finished again", "items",
     "count of finishes of work that came back after the grace time", kTime},
    {"weeks", "wip_at_end", "In progress at its end", "items",
     "count of items with commit <= end of the week < exit", kLittle},
    {"weeks", "p50", "Half finish within", "days",
     "inverse ECDF at 0.5 of finish - commit over the week's finishes", kTime},
    {"weeks", "p85", "85 of 100 finish within", "days",
     "inverse ECDF at 0.85 of finish - commit over the week's finishes", kTime},
    {"months", "arrivals", "Begun", "items", "count of items whose clock started in the month",
     kLittle},
    {"months", "finishes", "Finished", "items",
     "count of items whose last finish lies in the month", kLittle},
    {"months", "p50", "Half finish within", "days",
     "inverse ECDF at 0.5 of finish - commit over the month's finishes", kTime},
    {"months", "p85", "85 of 100 finish within", "days",
     "inverse ECDF at 0.85 of finish - commit over the month's finishes", kTime},
    {"months", "efficiency", "Share of the time worked on", "share",
     "ratio of sums of active time / (active + waiting time) over the month's finishes", kRatio},
    {"states", "events", "Events", "events", "count of rows in this state in the window", kTime},
    {"states", "visits", "Visits", "visits", "count of entries into the state in the window",
     kTime},
    {"states", "now", "There now", "items", "count of items in the state at the end of the window",
     kTime},
    {"states", "dwell.p50", "Half leave within", "days",
     "survival quantile at 0.5 of stays, unfinished ones counted", kTime},
    {"states", "dwell.p85", "85 of 100 leave within", "days",
     "survival quantile at 0.85 of stays, unfinished ones counted", kTime},
    {"states", "dwell.p95", "95 of 100 leave within", "days",
     "survival quantile at 0.95 of stays, unfinished ones counted", kTime},
    {"states", "dwell.unfinished", "Stays that still last", "visits",
     "count of stays that had not ended", kTime},
    {"states", "share", "Share of the time", "share",
     "time in the state / cycle time, over what finished in the window", kRatio},
    {"states", "growth", "Growth a week", "items a week",
     "(entries - exits) / weeks, over the last full weeks", kLittle},
    {"waits", "days", "Waiting", "days",
     "sum of time in the state over what finished in the window", kRatio},
    {"waits", "share", "Share of the waiting", "share",
     "time in the state / all waiting time, over what finished in the window", kRatio},
    {"aging", "age_days", "Age", "days", "end of the window - commit", kTime},
    {"aging", "state_age_days", "In this state", "days", "end of the window - entry into the state",
     kTime},
    {"aging", "percentile", "Done by this age", "share",
     "1 - survival at this age (Kaplan-Meier, cancellation competes)", kTime},
    {"aging", "state_percentile", "Left the state by this age", "share",
     "1 - survival of stays in the state at this age (Kaplan-Meier, unfinished ones counted)",
     kBottlenecks},
    {"aging", "state_line_days", "85 of 100 leave the state within", "days",
     "survival quantile at 0.85 of stays in the state, unfinished ones counted", kBottlenecks},
    {"aging", "longest_ended_days", "The longest stay there that ended", "days",
     "greatest length of a stay in the state that ended, where its 85 % line is not reached",
     kBottlenecks},
    {"aging", "promised_days", "Promised", "days", "what the value stream promises", kTime},
    {"handover", "count", "Times", "handoffs",
     "count of handoffs from one team to the other in the window", kTime},
    {"handover", "share", "Share of the giver's handoffs", "share",
     "count / all handoffs of the team that gives", kTime},
    {"handover", "mean_wait_days", "Wait after", "days",
     "mean of time to the next event of the item, at most 3 days", kTime},
    {"types", "finished", "Finished", "items",
     "count of items of the type that finished in the window", kTime},
    {"types", "share", "Share of what finished", "share", "items of the type / items finished",
     kTime},
    {"types", "active_share", "Share of the work", "share",
     "active time of the type / active time of all that finished", kTime},
    {"streams", "items", "Pieces of work", "items", "count of items present in the window", kTime},
    {"streams", "open", "Not finished yet", "items",
     "count of items neither finished nor cancelled at the end of the window", kTime},
    {"streams", "now", "In progress", "items",
     "count of items begun and not finished at the end of the window", kLittle},
    {"streams", "finished", "Finished", "items",
     "count of items whose last finish lies in the window", kTime},
    {"streams", "arrival_a_week", "Begun a week", "items a week",
     "items begun in the last full weeks / weeks", kLittle},
    {"streams", "throughput_a_week", "Finished a week", "items a week",
     "items finished in the last full weeks / weeks", kLittle},
    {"streams", "past_expectation", "Past what was promised", "items",
     "count of items in progress older than the stream's expectation, or than the 85 % line",
     kTime},
};
constexpr RowName kRows[] = {
    {"weeks", "week"}, {"months", "month"},     {"states", "state"}, {"waits", "state"},
    {"aging", "item"}, {"handover", "from>to"}, {"types", "type"},   {"streams", "value_stream"}};

Json weeks_json(const FlowReport& report) {
  return each(report.weeks, [](const WeekRow& row) {
    return Json::object({{"week", format_day(row.start)},
                         {"full", row.is_full},
                         {"arrivals", row.arrivals},
                         {"finishes", row.finishes},
                         {"second_cycles", row.second_cycles},
                         {"wip_at_end", row.wip_at_end},
                         {"p50", or_null(row.p50_days)},
                         {"p85", or_null(row.p85_days)}});
  });
}

Json states_json(const FlowReport& report) {
  return each(report.states, [](const StateRow& row) {
    return Json::object({{"state", row.state},
                         {"class", meaning_name(row.meaning)},
                         {"events", row.events},
                         {"visits", row.visits},
                         {"now", row.now},
                         {"dwell", Json::object({{"p50", or_null(row.p50_days)},
                                                 {"p85", or_null(row.p85_days)},
                                                 {"p95", or_null(row.p95_days)},
                                                 {"unfinished", row.unfinished}})},
                         {"share", row.share},
                         {"growth", or_null(row.growth_a_week)},
                         {"rank", row.rank}});
  });
}

Json months_json(const FlowReport& report) {
  return each(report.months, [](const MonthRow& row) {
    return Json::object({{"month", format_day(row.start)},
                         {"full", row.is_full},
                         {"arrivals", row.arrivals},
                         {"finishes", row.finishes},
                         {"p50", or_null(row.p50_days)},
                         {"p85", or_null(row.p85_days)},
                         {"efficiency", or_null(row.efficiency)}});
  });
}

Json aging_json(const FlowReport& report) {
  return each(report.aging, [](const AgingRow& row) {
    return Json::object({{"item", row.item},
                         {"state", row.state},
                         {"class", meaning_name(row.meaning)},
                         {"team", row.team},
                         {"value_stream", row.value_stream},
                         {"age_days", row.age_days},
                         {"state_age_days", row.state_age_days},
                         {"percentile", row.percentile},
                         {"state_percentile", or_null(row.pace.percentile)},
                         {"state_line_days", or_null(row.pace.line_days)},
                         {"past_state_line", row.past_state_line},
                         {"longest_ended_days", or_null(row.pace.longest_ended_days)},
                         {"past_all_ended", row.past_all_ended},
                         {"promised_days", or_null(row.promised_days)},
                         {"past_85", row.past_85}});
  });
}

Json handover_json(const FlowReport& report) {
  return each(report.handover, [](const HandoverRow& row) {
    return Json::object({{"from", row.from},
                         {"to", row.to},
                         {"count", row.count},
                         {"share", row.share},
                         {"mean_wait_days", or_null(row.mean_wait_days)}});
  });
}

Json waits_json(const FlowReport& report) {
  return each(report.waits, [](const WaitRow& row) {
    return Json::object({{"state", row.state},
                         {"class", meaning_name(row.meaning)},
                         {"party", row.party.empty() ? Json() : Json(row.party)},
                         {"days", row.days},
                         {"share", row.share}});
  });
}

Json types_json(const FlowReport& report) {
  return each(report.types, [](const TypeRow& row) {
    return Json::object({{"type", Names<WorkType>::values[static_cast<std::size_t>(row.type)]},
                         {"finished", row.finished},
                         {"share", row.share},
                         {"active_share", row.active_share}});
  });
}

Json streams_json(const FlowReport& report) {
  return each(report.streams, [](const StreamRow& row) {
    return Json::object({{"value_stream", row.id},
                         {"name", row.name},
                         {"items", row.items},
                         {"open", row.open},
                         {"now", row.now},
                         {"finished", row.finished},
                         {"arrival_a_week", row.arrival_a_week},
                         {"throughput_a_week", row.throughput_a_week},
                         {"arrival_interval", interval_json(row.arrival_interval)},
                         {"throughput_interval", interval_json(row.throughput_interval)},
                         {"past_expectation", row.past_expectation}});
  });
}

}  // namespace

Json metrics_json(const FigureBook& book, const std::vector<Figure>& figures,
                  const std::vector<Finding>& findings, const std::vector<std::string>& warnings) {
  const FlowReport& report = *report_of(book);
  Json out =
      Json::object({{"figures", each(figures, [](const Figure& f) { return to_json(f); })},
                    {"findings", each(findings, [](const Finding& f) { return to_json(f); })},
                    {"warnings", Json::array(warnings)},
                    {"weeks", weeks_json(report)},
                    {"states", states_json(report)},
                    {"months", months_json(report)},
                    {"aging", aging_json(report)},
                    {"handover", handover_json(report)},
                    {"waits", waits_json(report)},
                    {"types", types_json(report)},
                    {"streams", streams_json(report)},
                    {"as_of", format_instant(report.as_of)},
                    {"from", format_instant(report.from)},
                    {"to", format_instant(report.to)}});
  add_waits(out, book);
  add_capacity(out, book);
  add_columns(out, {kRows, kColumns});
  add_columns(out, waits_notes());
  add_columns(out, capacity_notes());
  add_people_json(out, book);
  add_delivery_json(out, book);
  return out;
}

}  // namespace tiebeam::flow
