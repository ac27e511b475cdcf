// What a state of a source means for the clock. Shared by the importers' maps and the flow engine.
#pragma once

#include <cstdint>
#include <string_view>

namespace tiebeam {

enum class StateClass : std::uint8_t { backlog, wait, active, blocked, done, cancelled };
constexpr int kStateClasses = 6;
[[nodiscard]] constexpr std::string_view state_class_name(StateClass meaning) {
  constexpr std::string_view names[] = {"backlog", "wait", "active",
                                        "blocked", "done", "cancelled"};
  return names[static_cast<int>(meaning)];
}

}  // namespace tiebeam
