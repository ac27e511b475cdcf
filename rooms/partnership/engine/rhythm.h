// The rhythm with one partner: which meetings were to be, which were held, and when the next is
// due.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/partnership/records.h"

namespace tiebeam::partnership {

[[nodiscard]] std::int64_t cadence_days(Cadence cadence);  // 14, 30, 91

struct Rhythm {
  std::vector<Meeting> meetings;       // of the engagement, that are no corrections; earliest first
  std::vector<Meeting> counted;        // whose planned day has passed
  std::size_t planned = 0, held = 0;   // how many those are; of them, held
  std::optional<Meeting> last_closed;  // the newest whose minutes were agreed
  std::optional<Meeting> open;         // held and not closed, else the next one planned
  std::optional<Day> last_held;
  std::optional<Day> next;  // as agreed, else a cadence after the last
  bool is_silent = false;   // none held for 1.5 cadences, nor since the rhythm began
};

// Only what was held by `today`. Meetings before `engagement.since` count in no share.
[[nodiscard]] Rhythm rhythm_of(const Engagement& engagement, const std::vector<Meeting>& meetings,
                               Day today);
// The day a meeting stands for: held, else planned.
[[nodiscard]] std::optional<Day> day_of_meeting(const Meeting& meeting);
[[nodiscard]] bool is_closed(const Meeting& meeting, Day today);

}  // namespace tiebeam::partnership
