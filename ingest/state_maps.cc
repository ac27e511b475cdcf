#include "ingest/state_maps.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ingest/reading.h"
#include "ingest/state_words.h"
#include "model/state_map_toml.h"

namespace tiebeam::ingest {
namespace {

StateMap made_of(std::vector<std::pair<std::string, StateClass>> states,
                 std::vector<std::string> order) {
  StateMap map;
  map.states = std::move(states);
  map.order = std::move(order);
  std::ranges::sort(map.states);
  map.version = state_map_version(map);
  return map;
}

std::vector<StateCount> count_states(const Column& states, const std::vector<std::string>& also) {
  std::vector<StateCount> counts;
  for (const std::string_view name : states.names.names())
    counts.push_back(
        {.state = std::string(name), .events = 0, .meaning = StateClass::wait, .reason = {}});
  states.narrow.for_each_block([&](std::span<const std::uint32_t> block) {
    for (const std::uint32_t id : block) ++counts[id].events;
  });
  counts.erase(counts.begin());  // id 0 is "missing": no event has it
  std::erase_if(counts, [](const StateCount& each) { return each.events == 0; });
  for (const std::string& name : also)
    if (std::ranges::find(counts, name, &StateCount::state) == counts.end())
      counts.push_back({.state = name, .events = 0, .meaning = StateClass::wait, .reason = {}});
  std::ranges::sort(counts, [](const StateCount& a, const StateCount& b) {
    return a.events != b.events ? a.events > b.events : a.state < b.state;
  });
  return counts;
}

// What the words or the file itself say of a state that no map has; the reason is empty for
// nothing.
StateCount guessed(StateCount count, const std::vector<StateEvidence>& evidence) {
  if (const auto found = guess_state(count.state)) {
    count.meaning = found->meaning;
    count.reason = fmt::format("guessed: contains '{}'", found->word);
  } else if (const auto told = std::ranges::find(evidence, count.state, &StateEvidence::state);
             told != evidence.end()) {
    count.meaning = told->meaning;
    count.reason = fmt::format("guessed: {}", told->reason);
  }
  return count;
}

std::string sentence_of(const StateCount& count) {
  return fmt::format("state '{}' is read as {} ({})", shown(count.state),
                     state_class_name(count.meaning), count.reason);
}

void warn_of_unmapped(ChosenMap& chosen) {
  std::vector<std::string> names;
  std::int64_t events = 0;
  for (const StateCount& count : chosen.states) {
    if (count.reason != "unmapped") continue;
    names.push_back(fmt::format("'{}'", shown(count.state)));
    events += count.events;
  }
  if (names.empty()) return;
  const std::size_t all = names.size();
  names.resize(std::min<std::size_t>(all, 10));
  chosen.warnings.push_back(
      fmt::format("{} in no state map, {} of them: {}{}; add {} under [states] of a state map",
                  all == 1 ? "1 state is" : fmt::format("{} states are", all),
                  counted(events, "event is", "events are"), fmt::join(names, ", "),
                  all > names.size() ? ", ..." : "", all == 1 ? "it" : "them"));
}
}  // namespace

std::optional<StateMap> builtin_state_map(std::string_view format) {
  using enum StateClass;
  if (format == "servicenow-audit")
    return made_of({{"New", wait},
                    {"Active", active},
                    {"Awaiting *", blocked},
                    {"Resolved", wait},
                    {"Closed", done}},
                   {"New", "Active", "Resolved", "Closed"});
  if (format == "tickets")
    return made_of({{"Created", wait},
                    {"Open", wait},
                    {"Resolved", done},
                    {"Closed", done},
                    {"Cancelled", cancelled},
                    {"Canceled", cancelled}},
                   {"Created", "Resolved", "Closed"});
  return std::nullopt;
}

ChosenMap choose_state_map(std::string_view format, const std::optional<StateMap>& given,
                           const Column& states, const std::vector<std::string>& also,
                           const std::vector<StateEvidence>& evidence) {
  ChosenMap chosen;
  const std::optional<StateMap> builtin = given ? std::nullopt : builtin_state_map(format);
  chosen.map = given ? *given : builtin.value_or(StateMap{});
  const std::string known = given ? "in the map" : fmt::format("built-in for {}", format);
  chosen.states = count_states(states, also);
  const StateMap base = chosen.map;
  for (StateCount& count : chosen.states) {
    if (const auto meaning = base.class_of(count.state)) {
      count.meaning = *meaning;
      count.reason = known;
      continue;
    }
    if (!given) count = guessed(std::move(count), evidence);
    if (count.reason.empty()) {
      count.reason = "unmapped";
      continue;
    }
    chosen.is_guess = true;
    chosen.map.states.emplace_back(count.state, count.meaning);
    chosen.statements.push_back(sentence_of(count));
  }
  std::ranges::sort(chosen.map.states);
  if (!given || chosen.map.version.empty()) chosen.map.version = state_map_version(chosen.map);
  if (chosen.is_guess)
    chosen.warnings.push_back(
        fmt::format("the meaning of {} is guessed from {} words: check it, then give a state map",
                    counted(static_cast<std::int64_t>(chosen.statements.size()), "state", "states"),
                    chosen.statements.size() == 1 ? "its" : "their"));
  warn_of_unmapped(chosen);
  return chosen;
}

}  // namespace tiebeam::ingest
