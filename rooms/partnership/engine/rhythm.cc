#include "rooms/partnership/engine/rhythm.h"

#include <algorithm>

namespace tiebeam::partnership {
namespace {

Day plus(Day day, std::int64_t days) {
  return Day{std::chrono::sys_days{day} + std::chrono::days{days}};
}

bool was_held(const Meeting& meeting, Day today) {
  return meeting.held_on && *meeting.held_on <= today;
}

void count(Rhythm& out, const Meeting& meeting, const Engagement& engagement, Day today) {
  const auto planned = meeting.planned_on ? meeting.planned_on : meeting.held_on;
  if (!planned || (engagement.since && *planned < *engagement.since)) return;
  const bool held = was_held(meeting, today);
  const bool has_passed = *planned < today || (*planned == today && held);
  if (!has_passed) return;
  out.counted.push_back(meeting);
  ++out.planned;
  out.held += held ? 1 : 0;
}

bool comes_first(const Meeting& a, const Meeting& b) {
  const auto rank = [](const Meeting& one) {
    return std::chrono::sys_days{day_of_meeting(one).value_or(Day{})};
  };
  return rank(a) != rank(b) ? rank(a) < rank(b) : a.id < b.id;
}

// Begun and not closed: the newest one held; else the earliest that is planned and was not missed.
std::optional<Meeting> open_one(const Rhythm& rhythm, Day today) {
  for (auto one = rhythm.meetings.rbegin(); one != rhythm.meetings.rend(); ++one) {
    if (was_held(*one, today) && !is_closed(*one, today)) return *one;
  }
  for (const Meeting& one : rhythm.meetings) {
    const bool is_ahead =
        !rhythm.last_held || !one.planned_on || *one.planned_on > *rhythm.last_held;
    if (!one.held_on && !is_closed(one, today) && is_ahead) return one;
  }
  return std::nullopt;
}

}  // namespace

std::int64_t cadence_days(Cadence cadence) {
  switch (cadence) {
    case Cadence::two_weekly:
      return 14;
    case Cadence::quarterly:
      return 91;
    default:
      return 30;
  }
}

std::optional<Day> day_of_meeting(const Meeting& meeting) {
  return meeting.held_on ? meeting.held_on : meeting.planned_on;
}

bool is_closed(const Meeting& meeting, Day today) {
  return meeting.closed_at && (!meeting.held_on || *meeting.held_on <= today);
}

Rhythm rhythm_of(const Engagement& engagement, const std::vector<Meeting>& meetings, Day today) {
  Rhythm out;
  for (const Meeting& meeting : meetings) {
    if (meeting.engagement.str() == engagement.id && meeting.corrects.empty())
      out.meetings.push_back(meeting);
  }
  std::ranges::sort(out.meetings, comes_first);
  for (const Meeting& meeting : out.meetings) {
    count(out, meeting, engagement, today);
    if (!was_held(meeting, today)) continue;
    out.last_held = meeting.held_on;
    if (is_closed(meeting, today)) out.last_closed = meeting;
  }
  out.open = open_one(out, today);
  const std::int64_t cadence = cadence_days(engagement.cadence);
  const auto from = out.last_held ? out.last_held : engagement.since;
  if (engagement.next_on && (!out.last_held || *engagement.next_on > *out.last_held)) {
    out.next = engagement.next_on;
  } else if (from) {
    out.next = plus(*from, cadence);
  }
  out.is_silent = from && plus(*from, cadence + cadence / 2) < today;
  return out;
}

}  // namespace tiebeam::partnership
