#include "rooms/risk/cli/exposure_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/risk/cli/yearly_words.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

const Json::Array& list(const Json& json, std::string_view key) {
  static const Json::Array kNone;
  const Json* found = json.find(key);
  return found && found->if_array() ? *found->if_array() : kNone;
}
std::string text(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  return found && found->if_string() ? *found->if_string() : std::string{};
}
double number(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  return found ? found->number().value_or(0) : 0;
}
bool flag(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  return found && found->if_bool() && *found->if_bool();
}

// A figure of the answer in words: money, a share, a factor; else why there is none.
std::string words(const Json* figure) {
  if (!figure || figure->is_null()) return "";
  const Json* value = figure->find("value");
  if (!value || value->is_null()) {
    return text(*figure, "status") == "too_few" ? "too few" : "not known";
  }
  if (value->if_object()) {
    const auto currency = Currency::create(text(*value, "currency")).value_or(Currency{});
    return money_words(parse_number(text(*value, "amount")).value_or(0), currency);
  }
  return in_words(value->number().value_or(0), text(*figure, "unit"));
}
std::string words(const Json& row, std::string_view key) { return words(row.find(key)); }

void figures(const Json& exposure, std::string& out) {
  cli::TextTable table({"figure", ">value", "what it says"});
  for (const Json& each : list(exposure, "figures"))
    table.add({text(each, "key"), words(&each), text(each, "label")});
  if (!table.empty()) out += "\n" + table.text();
}

void scenarios(const Json& exposure, std::string& out) {
  cli::TextTable table({"scenario", ">a year", ">1 year in 10", ">of the worst", "in a sentence"});
  for (const Json& each : list(exposure, "scenarios"))
    table.add({cli::fit(shown(text(each, "name")), 24), words(each, "mean"), words(each, "p90"),
               words(each, "tail_share"), text(each, "sentence")});
  if (!table.empty()) out += "\nWhat it is made of\n" + table.text();
}

// What it avoids in single years.
std::string yearly(const Json& control) {
  const auto amount = [&](std::string_view key) -> std::pair<double, Currency> {
    const Json* figure = control.find(key);
    const Json* value = figure ? figure->find("value") : nullptr;
    if (!value || !value->if_object()) return {0, {}};
    return {parse_number(text(*value, "amount")).value_or(0),
            Currency::create(text(*value, "currency")).value_or(Currency{})};
  };
  const auto low = amount("avoided_p10"), high = amount("avoided_p90");
  return yearly_words(low.first, high.first, high.second);
}

void controls(const Json& exposure, std::string& out) {
  cli::TextTable table(
      {"control", "status", ">costs a year", ">avoids a year", ">for each 1", ">worth it in"});
  for (const Json& each : list(exposure, "controls"))
    table.add({cli::fit(shown(text(each, "name")), 28), text(each, "status"), words(each, "cost"),
               words(each, "avoided"), words(each, "per_euro"), words(each, "p_worth")});
  if (!table.empty()) out += "\nWhat controls are worth, each by itself\n" + table.text();
  for (const Json& each : list(exposure, "controls")) {
    if (text(each, "status") != "in_place") continue;
    std::vector<std::string> rests;
    for (const Json& one : list(each, "rests_on"))
      rests.push_back(fmt::format("{}: {}", shown(text(one, "name")), text(one, "takes")));
    out += cli::wrap(fmt::format(
        "{}: a year costs {} on average with it and would cost {} without; {}. It rests on {}, and "
        "on the ranges given for them.",
        shown(text(each, "name")), words(each, "with"), words(each, "without"), yearly(each),
        fmt::join(rests, "; ")));
  }
  const Json* best = exposure.find("best");
  if (!best || best->is_null()) return;
  std::vector<std::string> ids;
  for (const Json& id : list(*best, "controls")) ids.push_back(*id.if_string());
  out += cli::wrap(
      ids.empty() ? std::string("For this budget no further control is worth its cost.")
                  : fmt::format("The best to add for {} a year: {}. They cost {} and avoid {}{}.",
                                rounded(number(*best, "budget")), fmt::join(ids, ", "),
                                words(*best, "cost"), words(*best, "avoided"),
                                flag(*best, "proven") ? "" : "; not every set was tried"));
}

void appetite(const Json& exposure, std::string& out) {
  cli::TextTable table({">more than", ">agreed", ">comes to", "verdict"});
  for (const Json& each : list(exposure, "appetite")) {
    const Json loss = Json::object({{"value", *each.find("loss")}});
    table.add({words(&loss), years_words(number(each, "probability")), words(each, "chance"),
               text(each, "verdict")});
  }
  if (!table.empty()) out += "\nWhat is tolerated\n" + table.text();
}

void groups(const Json& exposure, std::string_view key, const char* title, std::string& out) {
  cli::TextTable table({"name", ">a year", ">1 year in 10", ">scenarios", ">a day without it"});
  for (const Json& each : list(exposure, key))
    table.add({cli::fit(shown(text(each, "name")), 32), words(each, "mean"), words(each, "p90"),
               counted(static_cast<std::int64_t>(list(each, "scenarios").size())),
               words(each, "disruption_a_day")});
  if (!table.empty()) out += fmt::format("\n{}\n{}", title, table.text());
}

void left_out(const Json& exposure, std::string& out) {
  for (const Json& each : list(exposure, "unfinished")) {
    std::vector<std::string> missing;
    for (const Json& what : list(each, "missing")) missing.push_back(*what.if_string());
    out += cli::wrap(fmt::format("left out: {} \"{}\": {}", text(each, "type"),
                                 shown(text(each, "name")), fmt::join(missing, "; ")));
  }
}

}  // namespace

std::string exposure_text(const Json& exposure) {
  std::string out = fmt::format("What could be lost a year, as of {}\n\n", text(exposure, "as_of"));
  if (text(exposure, "status") != "ok") {
    out += cli::wrap(text(exposure, "status") == "empty"
                         ? std::string("No scenario is written down yet. Write the first one: "
                                       "tiebeam record scenario add name=\"Ransomware\" "
                                       "frequency=0.05..0.5 primary_loss=100000..1000000")
                         : std::string("No scenario is finished."));
    left_out(exposure, out);
    return out;
  }
  out += cli::wrap(text(exposure, "sentence"));
  figures(exposure, out);
  scenarios(exposure, out);
  controls(exposure, out);
  appetite(exposure, out);
  groups(exposure, "by_service", "By service", out);
  groups(exposure, "by_priority", "By priority; a scenario that names two counts in both", out);
  if (!list(exposure, "unfinished").empty()) out += "\n";
  left_out(exposure, out);
  return out;
}

std::string scenario_text(const Json& scenario) {
  const Json* record = scenario.find("scenario");
  std::string out = shown(record ? text(*record, "name") : "") + "\n\n";
  if (text(scenario, "status") != "ok") {
    if (const Json* lacks = scenario.find("unfinished"); lacks && !lacks->is_null()) {
      for (const Json& each : list(*lacks, "lacks"))
        out += cli::wrap(fmt::format("It lacks: {}. {}", text(each, "what"), text(each, "hint")));
    }
    return out;
  }
  out += cli::wrap(text(scenario, "sentence"));
  for (const auto& [key, label] : {std::pair{"frequency", "How often"}, {"loss", "How much"}}) {
    const Json* said = scenario.find(key);
    if (said && !said->is_null())
      out += cli::wrap(fmt::format("{}: {}", label, text(*said, "words")));
  }
  if (const std::string basis = text(scenario, "basis"); !basis.empty())
    out += cli::wrap("It rests on: " + shown(basis, 400));
  figures(scenario, out);
  cli::TextTable table({"control", "status", "takes away", ">without it", ">with it", ">avoided"});
  for (const Json& each : list(scenario, "controls"))
    table.add({cli::fit(shown(text(each, "name")), 28), text(each, "status"), text(each, "by"),
               words(each, "without"), words(each, "with"), words(each, "avoided")});
  if (!table.empty()) out += "\nWhat controls do about it, a year\n" + table.text();
  return out;
}

}  // namespace tiebeam::risk
