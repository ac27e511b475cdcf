// Any file, of a format that nobody said: decided by evidence, with a state map or without.
#include "ingest/fuzz_support.h"
#include "ingest/state_words.h"

namespace tiebeam {
namespace {

StateMap few_states() {
  StateMap map;
  map.states = {{"Closed", StateClass::done}, {"In*", StateClass::active}};
  return map;
}

}  // namespace

FUZZ(input) {
  fuzz::Draw draw(input, 1);
  ingest::Options options;
  if (draw.one_in(4)) options.state_map = few_states();
  const auto batch = fuzz::check_reading(input, options);
  if (!batch) return;
  for (const auto& each : batch->states) {
    const auto guess = ingest::guess_state(each.state);
    FUZZ_CHECK(!guess || !guess->word.empty(), each.state);
  }
}

}  // namespace tiebeam
