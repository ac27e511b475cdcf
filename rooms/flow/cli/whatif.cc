#include "rooms/flow/cli/whatif.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/flow/whatif.h"

namespace tiebeam::flow {
namespace {

std::string days(const std::optional<double>& value) {
  return value ? in_words(*value, "days") : "too few";
}
std::string range(const Effect& effect) {
  Figure figure;
  figure.unit = "days";
  figure.interval = effect.interval;
  return between(figure);
}
std::string money(const std::optional<Money>& value) {
  if (!value) return "";
  Figure figure;
  figure.value = *value;
  figure.unit = "money";
  return in_words(figure);
}

void add(cli::TextTable& table, const LeverRow& row, bool has_money) {
  std::vector<std::string> cells = {
      cli::fit(row.label + (row.is_estimate ? " *" : ""), has_money ? 30 : 44)};
  if (!row.reason.empty() && !row.effects.mean.saved) {
    cells.insert(cells.end(), {"not known", "", ""});
  } else {
    cells.insert(cells.end(), {days(row.effects.mean.saved), range(row.effects.mean),
                               days(row.effects.p85.saved)});
  }
  if (has_money) cells.insert(cells.end(), {money(row.value), money(row.cost)});
  table.add(std::move(cells));
}

std::string table_text(const WhatIf& found) {
  bool has_money = false;
  for (const LeverRow& row : found.rows) has_money = has_money || row.value || row.cost;
  std::vector<std::string> headers = {"what", ">saves on average", "between", ">at 85 %"};
  if (has_money) headers.insert(headers.end(), {">worth", ">costs"});
  cli::TextTable table(headers);
  for (const LeverRow& row : found.rows) add(table, row, has_money);
  if (found.together && found.rows.size() > 1) add(table, *found.together, has_money);
  return table.text();
}

std::string now_then(const WhatIf& found) {
  const auto known = std::ranges::find_if(
      found.rows, [](const LeverRow& row) { return row.effects.mean.now.has_value(); });
  if (known == found.rows.end()) return {};
  std::string out = fmt::format("{} finished items took {} on average, 85 of 100 within {}.",
                                counted(static_cast<std::int64_t>(found.stays.items.size())),
                                days(known->effects.mean.now), days(known->effects.p85.now));
  if (found.together && found.together->effects.mean.then)
    out += fmt::format(" With this: {} on average, 85 of 100 within {}.",
                       days(found.together->effects.mean.then),
                       days(found.together->effects.p85.then));
  return cli::wrap(out) + "\n";
}

// Assumptions and reasons, each once.
std::string notes(const WhatIf& found) {
  std::set<std::string> said;
  std::string out;
  const auto say = [&](const std::string& text) {
    if (!text.empty() && said.insert(text).second) out += cli::wrap(text);
  };
  for (const LeverRow& row : found.rows) {
    if (!row.assumption.empty()) say(fmt::format("* {}: {}", row.label, row.assumption));
    if (!row.reason.empty()) say(fmt::format("{}: {}", row.label, row.reason));
  }
  if (!found.value_missing.empty()) say("Worth in money: " + found.value_missing);
  return out.empty() ? out : "\n" + out;
}

Result<Answer> run(const Asking& asking) {
  const WhatIfWords words{.cut = asking.option("--cut"),
                          .remove = asking.option("--remove"),
                          .add_capacity = asking.option("--add-capacity"),
                          .cost = asking.option("--cost"),
                          .cost_of_delay = asking.option("--cost-of-delay"),
                          .stream = asking.option("--stream")};
  TB_TRY(const WhatIfQuestion question, read_question(*asking.book, words));
  const WhatIf found = compute_whatif(*asking.book, question);
  const FlowReport& report = *report_of(*asking.book);
  std::vector<std::string> warnings = asking.warnings;
  warnings.insert(warnings.end(), report.quality.notes.begin(), report.quality.notes.end());
  Answer answer;
  answer.exit = 0;
  if (asking.json) {
    answer.json = whatif_json(*asking.book, question, found, warnings);
    return answer;
  }
  if (found.stays.items.empty()) {
    answer.text =
        "No work finished in the window whose history is known: there is nothing to replay.\n";
  } else if (found.rows.empty()) {
    answer.text = "No finished work waited anywhere: there is no queue to shorten.\n";
  } else {
    answer.text = now_then(found) + table_text(found) + notes(found);
  }
  for (const std::string& warning : warnings) answer.text += cli::wrap("warning: " + warning);
  return answer;
}

Option option(const char* name, const char* takes, const char* help, bool many = false) {
  return {.name = name, .takes = takes, .help = help, .choices = {}, .many = many};
}

}  // namespace

Command whatif_command() {
  return {
      .room = "flow",
      .name = "whatif",
      .help = "what shorter queues, fewer approvals or more people would save",
      .details =
          "Replays every finished item. Without an option: each waiting state cut by 30 % and "
          "each approval removed, best first. Capacity is an estimate with a range "
          "(docs/method/bottlenecks.md).",
      .takes_file = true,
      .options = {option("--cut", "STATE=N%", "the stays in a state are this much shorter", true),
                  option("--remove", "STATE", "the stays in a state vanish", true),
                  option("--add-capacity", "STATE=N|N%",
                         "people, or a share of capacity, added where a state's work is done",
                         true),
                  option("--cost", "STATE=AMOUNT", "what changing a state costs: ranks by worth",
                         true),
                  option("--cost-of-delay", "AMOUNT",
                         "what a day's delay of one item costs, for all items"),
                  option("--stream", "ID", "items of one value stream only")},
      .run = run};
}

}  // namespace tiebeam::flow
