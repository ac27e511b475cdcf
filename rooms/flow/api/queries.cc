#include "rooms/flow/api/queries.h"

#include <fmt/format.h>

#include "application/table.h"
#include "rooms/flow/api/answers.h"
#include "rooms/flow/forecast_json.h"
#include "rooms/flow/report_json.h"
#include "rooms/flow/whatif.h"

namespace tiebeam::flow {
namespace {

// How a person gets the same numbers on the command line.
Json with_recompute(Json json, const Asking& asking) {
  json.set("recompute", fmt::format("tiebeam flow metrics --json{}", asking.recompute));
  return json;
}

Result<Json> metrics(const Asking& asking) {
  const FlowReport& report = *report_of(*asking.book);
  return with_recompute(metrics_json(*asking.book, metric_figures(*asking.book),
                                     asking.table.rules.run(*asking.book), report.quality.notes),
                        asking);
}

Result<Json> item(const Asking& asking) {
  TB_TRY(Json json, life_line(*report_of(*asking.book), asking.option("key")));
  return with_recompute(std::move(json), asking);
}

Result<Json> forecast(const Asking& asking) {
  const FlowReport& report = *report_of(*asking.book);
  const AskedForecast asked{comma_joined(asking.option("items")), asking.option("by"),
                            comma_joined(asking.option("stream")), asking.option("split")};
  TB_TRY(const ForecastQuestion question,
         parse_question(report, asked.items, asked.by, asked.streams, asked.split));
  return forecast_json(
      report, compute_forecast(report, question), asking.book->all("flow.forecast."),
      report.log.faults,
      fmt::format("tiebeam flow forecast --json{}{}", options_text(asked), asking.recompute));
}

Result<Json> whatif(const Asking& asking) {
  const WhatIfWords words{.cut = asking.option("cut"),
                          .remove = asking.option("remove"),
                          .add_capacity = asking.option("add_capacity"),
                          .cost = asking.option("cost"),
                          .cost_of_delay = asking.option("cost_of_delay"),
                          .stream = asking.option("stream")};
  TB_TRY(const WhatIfQuestion question, read_question(*asking.book, words));
  Json json = whatif_json(*asking.book, question, compute_whatif(*asking.book, question),
                          report_of(*asking.book)->quality.notes);
  json.set("recompute",
           fmt::format("tiebeam flow whatif --json{}{}", options_of(words), asking.recompute));
  return json;
}

Result<Json> waiting(const Asking& asking) {
  WaitingWords words;
  words.state = asking.option("state");
  words.stream = asking.option("stream");
  if (asking.has("party")) words.party = asking.option("party");
  return with_recompute(waiting_items(*asking.book, words), asking);
}

Result<Json> stays(const Asking& asking) {
  return with_recompute(state_items(*asking.book, asking.option("state")), asking);
}

Option option(const char* name, const char* takes, const char* help, bool many = false) {
  return {.name = name, .takes = takes, .help = help, .choices = {}, .many = many};
}

}  // namespace

std::vector<Query> flow_queries() {
  const auto of_report = [](Json (*answer)(const FlowReport&)) {
    return [answer](const Asking& asking) -> Result<Json> {
      return with_recompute(answer(*report_of(*asking.book)), asking);
    };
  };
  std::vector<Query> out;
  out.push_back({.room = "flow",
                 .name = "metrics",
                 .help = "Figures and arrays, as `tiebeam flow metrics --json`",
                 .options = {},
                 .run = metrics});
  out.push_back({.room = "flow",
                 .name = "cycle-time",
                 .help = "Every finish in the window and how long it took",
                 .options = {},
                 .run = of_report(cycle_times)});
  out.push_back({.room = "flow",
                 .name = "cumulative",
                 .help = "Items in each state, and items that reached each stage, over time",
                 .options = {},
                 .run = of_report(cumulative_flow)});
  out.push_back({.room = "flow",
                 .name = "item",
                 .help = "One item's life, with its source rows",
                 .options = {{.name = "key",
                              .takes = "KEY",
                              .help = "key of the item in its source",
                              .choices = {}}},
                 .run = item});
  out.push_back(
      {.room = "flow",
       .name = "forecast",
       .help = "When a number of items is done, or how many by a day, with its report card",
       .options = {option("items", "N|LOW-HIGH|open",
                          "when are so many done: 30, 20-40, or one for each stream, 30,20-40; "
                          "open: the work in progress, each stream at its own pace",
                          true),
                   option("by", "DATE", "how many are done by this day"),
                   option("stream", "ID", "value streams, separated by commas; none: all work",
                          true),
                   option("split", "RATE", "further items that come up for each one")},
       .run = forecast});
  out.push_back(
      {.room = "flow",
       .name = "whatif",
       .help = "What shorter queues, fewer approvals or more people would save",
       .options = {option("cut", "STATE:N",
                          "a state, and by how many percent its stays are shorter", true),
                   option("remove", "STATE", "a state whose stays vanish", true),
                   option("add_capacity", "STATE:N",
                          "a state, and how many people or, with %, which share of capacity more",
                          true),
                   option("cost", "STATE:AMOUNT", "a state, and what changing it costs", true),
                   option("cost_of_delay", "AMOUNT", "what a day's delay of one item costs"),
                   option("stream", "ID", "items of one value stream only")},
       .run = whatif});
  out.push_back(
      {.room = "flow",
       .name = "stays",
       .help = "The finished items that were in a state, longest first",
       .options = {option("state", "STATE", "the state, as in the arrays of the metrics")},
       .run = stays});
  out.push_back({.room = "flow",
                 .name = "waiting",
                 .help = "The items that a wait is made of",
                 .options = {option("state", "STATE", "waits in this state only"),
                             option("party", "PARTY",
                                    "waits for this party only, as the state map names it; empty: "
                                    "for nobody named"),
                             option("stream", "ID", "items of one value stream only")},
                 .run = waiting});
  return out;
}

}  // namespace tiebeam::flow
