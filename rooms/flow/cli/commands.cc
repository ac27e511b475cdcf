#include "rooms/flow/cli/commands.h"

#include <fmt/format.h>

#include "application/table.h"
#include "base/text.h"
#include "cli/text_table.h"
#include "model/figure_json.h"
#include "model/figure_text.h"
#include "rooms/flow/cli/arrays.h"
#include "rooms/flow/cli/delivery_arrays.h"
#include "rooms/flow/cli/forecast.h"
#include "rooms/flow/cli/people_arrays.h"
#include "rooms/flow/cli/waits_text.h"
#include "rooms/flow/cli/whatif.h"
#include "rooms/flow/flow.h"
#include "rooms/flow/report_json.h"

namespace tiebeam::flow {
namespace {

Json figures_json(const std::vector<Figure>& figures) {
  Json out = Json::Array{};
  for (const Figure& figure : figures) out.push(to_json(figure));
  return out;
}

std::vector<std::string> all_warnings(const Asking& asking, const FlowReport& report) {
  std::vector<std::string> out = asking.warnings;
  out.insert(out.end(), report.quality.notes.begin(), report.quality.notes.end());
  return out;
}

std::string figure_table(const std::vector<Figure>& figures) {
  // What a figure says is a sentence: on a line of its own, or the table would cut it off.
  cli::TextTable table({"figure", ">value", "9 in 10 between"});
  for (const Figure& figure : figures) table.add({figure.key, in_words(figure), between(figure)});
  const std::string lines = table.text();
  const auto rows = split_at(std::string_view(lines).substr(0, lines.size() - 1), '\n');
  std::string out = fmt::format("{}\n", rows.front());
  for (std::size_t i = 0; i < figures.size(); ++i)
    out += fmt::format("{}\n{}", rows[i + 1], cli::wrap(figures[i].label, cli::kTextWidth, "    "));
  return out;
}

// Why a figure has no value, once for all figures with the same reason.
std::string reason_lines(const std::vector<Figure>& figures) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_reason;
  for (const Figure& figure : figures) {
    if (figure.has_value() || figure.reason.empty()) continue;
    const auto held = std::ranges::find(by_reason, figure.reason,
                                        &std::pair<std::string, std::vector<std::string>>::first);
    if (held == by_reason.end()) {
      by_reason.push_back({figure.reason, {figure.key}});
    } else {
      held->second.push_back(figure.key);
    }
  }
  std::string out;
  for (const auto& [reason, keys] : by_reason)
    out += cli::wrap(fmt::format("{}: {}", fmt::join(keys, ", "), reason));
  return out.empty() ? out : "\nWhat cannot be said, and why\n" + out;
}

std::string warning_lines(const std::vector<std::string>& warnings) {
  std::string out;
  for (const std::string& warning : warnings) out += cli::wrap("warning: " + warning);
  return out.empty() ? out : "\n" + out;
}

std::string window_line(const FlowReport& report) {
  if (report.log.transitions == nullptr || report.log.transitions->rows() == 0)
    return "There is no event yet, and so no day to count from.\n\n";
  return fmt::format("{} to {}, as of {}\n\n", format_day_long(day_of(report.from)),
                     format_day_long(day_of(report.to)), format_instant(report.as_of));
}

Result<Answer> run_metrics(const Asking& asking) {
  const FlowReport& report = *report_of(*asking.book);
  const std::vector<Figure> figures = metric_figures(*asking.book);
  const auto warnings = all_warnings(asking, report);
  Answer answer;
  if (!asking.json) {
    answer.text = window_line(report) + figure_table(figures) + reason_lines(figures) + "\n" +
                  streams_text(report) + states_text(report) + waits_text(*asking.book) +
                  aging_text(report) + handover_text(report) + capacity_text(*asking.book) +
                  people_text(*asking.book) + delivery_text(*asking.book) + warning_lines(warnings);
    return answer;
  }
  answer.json = metrics_json(*asking.book, figures, asking.table.rules.run(*asking.book), warnings);
  return answer;
}

Result<Answer> run_audit(const Asking& asking) {
  const FlowReport& report = *report_of(*asking.book);
  const auto residual = std::ranges::find(report.figures, "flow.little.residual", &Figure::key);
  TB_CHECK(residual != report.figures.end(), "the audit is always computed");
  constexpr double kAllowed = 1e-9;
  const bool holds = residual->has_value() && residual->number() <= kAllowed;
  Answer answer;
  answer.exit = holds ? 0 : 1;
  cli::TextTable table(
      {"audited", ">time in progress, days", ">what left and aged, days", ">residual"});
  Json rows = Json::Array{};
  constexpr double kSecondsADay = 86400;
  for (const Audited& row : report.audit) {
    table.add({row.name, rounded(row.left_seconds / kSecondsADay, 9),
               rounded(row.right_seconds / kSecondsADay, 9), fmt::format("{:.1e}", row.residual)});
    rows.push(Json::object({{"name", row.name},
                            {"left_seconds", row.left_seconds},
                            {"right_seconds", row.right_seconds},
                            {"residual", row.residual}}));
  }
  answer.text =
      table.text() +
      fmt::format("\n{}: the largest residual is {}\n", holds ? "it adds up" : "it does not add up",
                  residual->has_value() ? fmt::format("{:.1e}", residual->number()) : "not known");
  answer.json = Json::object({{"figures", figures_json({*residual})},
                              {"findings", Json::Array{}},
                              {"warnings", Json::array(all_warnings(asking, report))},
                              {"audit", std::move(rows)}});
  return answer;
}

}  // namespace

std::vector<Command> flow_commands() {
  const Command look{.room = "flow",
                     .name = "metrics",
                     .help = "how long work takes, how much is done, where it waits",
                     .details = "With FILE it works on that export alone, without an organisation.",
                     .takes_file = true,
                     .options = {},
                     .run = run_metrics};
  const Command prove{.room = "flow",
                      .name = "audit",
                      .help = "prove that arrivals, departures and work in progress add up",
                      .details =
                          "Little's law as an exact identity (docs/method/little.md). "
                          "Status 1 when it does not hold.",
                      .takes_file = true,
                      .options = {},
                      .run = run_audit};
  return {look, prove, whatif_command(), forecast_command(), backtest_command()};
}

}  // namespace tiebeam::flow
