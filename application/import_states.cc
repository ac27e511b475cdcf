#include "application/import_states.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "model/state_map_toml.h"

namespace tiebeam {
namespace {

constexpr std::string_view kChosen = "chosen by you";

bool is_over(StateClass meaning) {
  return meaning == StateClass::done || meaning == StateClass::cancelled;
}

void set_class(StateMap& map, const std::string& state, StateClass meaning) {
  const auto held =
      std::ranges::find(map.states, state, &std::pair<std::string, StateClass>::first);
  if (held != map.states.end())
    held->second = meaning;
  else
    map.states.emplace_back(state, meaning);
}

void set_party(StateMap& map, const std::string& state, const std::string& party) {
  std::erase_if(map.party, [&](const auto& each) { return each.first == state; });
  if (!party.empty()) map.party.emplace_back(state, party);
}

void settle(StateMap& map) {
  std::ranges::sort(map.states);
  std::ranges::sort(map.party);
  map.version = state_map_version(map);
}

// One sentence a state: the one that was guessed before makes way.
void state_it(ingest::Batch& batch, const ingest::StateCount& count) {
  const std::string about = fmt::format("state '{}' is read as ", shown(count.state));
  std::erase_if(batch.statements, [&](const std::string& each) { return each.starts_with(about); });
  batch.statements.push_back(
      fmt::format("{}{} ({})", about, state_class_name(count.meaning), count.reason));
}

std::int64_t guesses_in(const ingest::Batch& batch) {
  return std::ranges::count_if(batch.states, [](const ingest::StateCount& each) {
    return each.reason.starts_with("guessed");
  });
}

// The caveat about guesses holds for those that are left.
void recount_guesses(ingest::Batch& batch) {
  if (!batch.state_map_is_guess) return;
  std::erase_if(batch.warnings, [](const std::string& each) {
    return each.starts_with("the meaning of ") && each.contains(" guessed from ");
  });
  const std::int64_t left = guesses_in(batch);
  batch.state_map_is_guess = left > 0;
  if (left == 0) return;
  batch.warnings.push_back(
      left == 1
          ? "the meaning of 1 state is guessed from its words: check it"
          : fmt::format("the meaning of {} states is guessed from their words: check it", left));
}

}  // namespace

void say_states(const ImportRequest& request, ingest::Batch& batch) {
  for (ingest::StateCount& count : batch.states) {
    if (const auto said = request.states.find(count.state); said != request.states.end()) {
      set_class(batch.state_map, count.state, said->second);
      count.meaning = said->second;
      count.reason = kChosen;
      state_it(batch, count);
    }
    if (const auto said = request.parties.find(count.state); said != request.parties.end())
      set_party(batch.state_map, count.state, said->second);
  }
  recount_guesses(batch);
  if (!request.states.empty() || !request.parties.empty()) settle(batch.state_map);
}

std::string stream_map_with(const std::string& text, const ImportRequest& request,
                            const ingest::Batch& batch) {
  auto held = parse_state_map(text);
  if (!held) return to_toml(batch.state_map);
  const std::string before = to_toml(*held);
  for (const ingest::StateCount& count : batch.states) {
    const bool is_said = request.states.contains(count.state);
    if (is_said || (!held->class_of(count.state) && count.reason != "unmapped"))
      set_class(*held, count.state, count.meaning);
    if (const auto party = request.parties.find(count.state); party != request.parties.end())
      set_party(*held, count.state, party->second);
  }
  settle(*held);
  std::string after = to_toml(*held);
  return after == before ? text : after;
}

bool moves_an_end(const ImportRequest& request, const ingest::Batch& batch) {
  return std::ranges::any_of(batch.states, [&](const ingest::StateCount& count) {
    const auto said = request.states.find(count.state);
    return said != request.states.end() &&
           (count.reason == "unmapped" || is_over(said->second) != is_over(count.meaning));
  });
}

}  // namespace tiebeam
