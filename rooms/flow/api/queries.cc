#include "rooms/flow/api/queries.h"

#include <fmt/format.h>

#include "application/table.h"
#include "rooms/flow/api/answers.h"
#include "rooms/flow/report_json.h"

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
  return out;
}

}  // namespace tiebeam::flow
