// What became of a promise by a day: kept by the day that was promised first, moved with notice,
// late, or broken in silence. docs/method/say-do.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace tiebeam {

enum class Fate : std::uint8_t {
  not_due,     // its first day has not passed
  undated,     // no day was promised: nobody can say
  kept,        // by its first day
  told_early,  // moved or given up, and the other side heard before that day
  told_late,   // heard on that day or after, or nobody wrote down when
  kept_late,   // kept after it, and nobody said a word
  broken,      // given up, and nobody said a word
  overdue,     // open past it, and nobody said a word
};
[[nodiscard]] std::string_view fate_name(Fate fate);
[[nodiscard]] std::string_view fate_in_words(Fate fate);
// Its first day has passed, or it was closed on that day.
[[nodiscard]] bool has_fallen_due(Fate fate);

enum class Promised : std::uint8_t { open, kept, missed, moved };
struct PromiseDays {
  Promised state = Promised::open;
  std::optional<Day> due;        // promised first
  std::optional<Day> closed_on;  // kept or given up
  std::optional<Day> told_on;    // the other side heard that it would not hold
};

// `today` sees only what happened until its end: a closing or a telling of a later day is not
// known.
[[nodiscard]] Fate fate_of(const PromiseDays& promise, Day today);
// Kept or given up: nothing more is to be done for it.
[[nodiscard]] bool is_settled(const PromiseDays& promise, Day today);

}  // namespace tiebeam
