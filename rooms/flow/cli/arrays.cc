#include "rooms/flow/cli/arrays.h"

#include <fmt/format.h>

#include "cli/text_table.h"
#include "model/figure_text.h"

namespace tiebeam::flow {
namespace {

Json or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

std::string days(const std::optional<double>& value) {
  return value ? in_words(*value, "days") : "too few";
}

// Every row of a list through `one`.
template <class Rows, class F>
Json each(const Rows& rows, F one) {
  Json out = Json::Array{};
  for (const auto& row : rows) out.push(one(row));
  return out;
}

std::string titled(std::string_view title, const cli::TextTable& table) {
  return table.empty() ? std::string{} : fmt::format("{}\n{}\n", title, table.text());
}

}  // namespace

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
                         {"past_expectation", row.past_expectation}});
  });
}

std::string states_text(const FlowReport& report) {
  cli::TextTable table(
      {"state", "class", ">visits", ">now", ">half within", ">85 % within", ">share of time"});
  for (const StateRow& row : report.states) {
    table.add({cli::fit(row.state, 32), std::string(meaning_name(row.meaning)), counted(row.visits),
               counted(row.now), days(row.p50_days), days(row.p85_days),
               in_words(row.share, "share")});
  }
  return titled("Where the time goes", table);
}

std::string streams_text(const FlowReport& report) {
  if (report.streams.size() < 2) return {};
  cli::TextTable table(
      {"value stream", ">items", ">in progress", ">begun a week", ">finished a week"});
  for (const StreamRow& row : report.streams) {
    table.add({cli::fit(row.name.empty() ? "(none)" : row.name, 36), counted(row.items),
               counted(row.now), rounded(row.arrival_a_week), rounded(row.throughput_a_week)});
  }
  return titled("Arrivals against what is finished", table);
}

std::string aging_text(const FlowReport& report) {
  constexpr std::size_t kShown = 10;
  cli::TextTable table({"item", ">age", "state", ">in it", "team"});
  for (std::size_t i = 0; i < report.aging.size() && i < kShown; ++i) {
    const AgingRow& row = report.aging[i];
    table.add({cli::fit(row.item, 28), in_words(row.age_days, "days"), cli::fit(row.state, 24),
               in_words(row.state_age_days, "days"), row.team});
  }
  return titled("Oldest open work", table);
}

std::string handover_text(const FlowReport& report) {
  constexpr std::size_t kShown = 5;
  cli::TextTable table({"from", "to", ">times", ">share of its handovers", ">wait after"});
  for (std::size_t i = 0; i < report.handover.size() && i < kShown; ++i) {
    const HandoverRow& row = report.handover[i];
    table.add({cli::fit(row.from, 26), cli::fit(row.to, 26), counted(row.count),
               in_words(row.share, "share"), days(row.mean_wait_days)});
  }
  return titled("Handed over most often", table);
}

}  // namespace tiebeam::flow
