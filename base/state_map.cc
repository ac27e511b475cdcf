#include "base/state_map.h"

namespace tiebeam {
namespace {
// How well `pattern` fits `state`: 0 not, exact names above every prefix, longer prefixes above
// shorter.
std::size_t fit(std::string_view pattern, std::string_view state) {
  if (pattern == state) return std::string_view::npos;
  if (pattern.empty() || pattern.back() != '*') return 0;
  pattern.remove_suffix(1);
  return state.starts_with(pattern) ? pattern.size() + 1 : 0;
}
}  // namespace

std::optional<StateClass> StateMap::class_of(std::string_view state) const {
  std::optional<StateClass> best;
  std::size_t best_fit = 0;
  for (const auto& [pattern, meaning] : states) {
    const std::size_t here = fit(pattern, state);
    if (here > best_fit) best = meaning, best_fit = here;
  }
  return best;
}

std::string_view StateMap::party_of(std::string_view state) const {
  std::string_view best;
  std::size_t best_fit = 0;
  for (const auto& [pattern, who] : party) {
    const std::size_t here = fit(pattern, state);
    if (here > best_fit) best = who, best_fit = here;
  }
  return best;
}

int StateMap::stage_of(std::string_view state) const {
  int best = -1;
  std::size_t best_fit = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t here = fit(order[i], state);
    if (here > best_fit) best = static_cast<int>(i), best_fit = here;
  }
  return best;
}

}  // namespace tiebeam
