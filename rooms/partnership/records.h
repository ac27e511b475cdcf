// The partnership room's records: the rhythm with each partner, and what came of each meeting.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/describe.h"

namespace tiebeam::partnership {

enum class Cadence : std::uint8_t { monthly, two_weekly, quarterly };

// `owner` of IT meets `partner` of the business, again and again.
struct Engagement : RecordBase {
  Id<"person"> partner;
  Cadence cadence = Cadence::monthly;
  std::optional<Day> since;
  std::vector<std::string> figures;  // keys that this partner chose, at most seven
  std::vector<Id<"value_stream">> value_streams;
  std::vector<Id<"priority">> priorities;
  std::optional<Day> next_on;
};

// One review with a partner. Planned until `held_on`; its minutes are open until `closed_at`.
struct Meeting : RecordBase {
  Id<"engagement"> engagement;
  std::optional<Day> planned_on;
  std::optional<Day> held_on;
  std::vector<Id<"person">> present;
  std::string good;
  std::string bad;
  std::string ugly;
  std::vector<std::string> asks;  // what the partner asks for
  std::optional<Instant> closed_at;
  Id<"meeting">
      corrects;  // closed minutes are not changed: a new entry says what was wrong in them
};

enum class ActionState : std::uint8_t { open, done, dropped };

// Something to do that came out of a meeting; smaller than a promise. `owner` does it.
struct Action : RecordBase {
  std::string what;
  Id<"meeting"> meeting;
  std::optional<Day> due;
  ActionState state = ActionState::open;
  std::optional<Day> done_on;
};

enum class Matters : std::uint8_t { no, somewhat, yes };

// "Does this matter to you?", asked of a partner about one measure. The newest answer holds.
// `figure` is a figure's key, or, with `reported` false, what they would like to see instead.
struct MetricVote : RecordBase {
  Id<"engagement"> engagement;
  Id<"meeting"> meeting;
  std::string figure;
  Matters matters = Matters::somewhat;
  bool reported = true;
  std::optional<Day> asked_on;
};

}  // namespace tiebeam::partnership

namespace tiebeam {

template <>
struct Names<partnership::Cadence> {
  static constexpr std::array<std::string_view, 3> values = {"monthly", "two_weekly", "quarterly"};
};
template <>
struct Names<partnership::ActionState> {
  static constexpr std::array<std::string_view, 3> values = {"open", "done", "dropped"};
};
template <>
struct Names<partnership::Matters> {
  static constexpr std::array<std::string_view, 3> values = {"no", "somewhat", "yes"};
};

template <>
struct Describe<partnership::Engagement> {
  static constexpr std::string_view
      name = "engagement",
      title = "Engagement", plural = "engagements",
      help = "The rhythm in which IT and one partner of the business meet.";
  using T = partnership::Engagement;
  static constexpr auto fields = std::tuple{
      field("partner", &T::partner, {.help = "whom of the business", .required = true}),
      field("cadence", &T::cadence, {.help = "how often"}),
      field("since", &T::since, {.help = "from when on; meetings before are not expected"}),
      field("figures", &T::figures,
            {.help = "keys of the figures that this partner chose, or kpi/ID; at most seven",
             .max = 7}),
      field("value_streams", &T::value_streams, {.help = "the streams that serve this partner"}),
      field("priorities", &T::priorities, {.help = "the priorities that this partner owns"}),
      field("next_on", &T::next_on, {.help = "when they meet next"})};
};

template <>
struct Describe<partnership::Meeting> {
  static constexpr std::string_view name = "meeting", title = "Meeting", plural = "meetings",
                                    help =
                                        "One review with a partner: good, bad, ugly, and what "
                                        "was asked for.";
  using T = partnership::Meeting;
  static constexpr auto fields = std::tuple{
      field("engagement", &T::engagement, {.help = "the rhythm it belongs to", .required = true}),
      field("planned_on", &T::planned_on, {.help = "when it was to be"}),
      field("held_on", &T::held_on, {.help = "when it was; empty: not held"}),
      field("present", &T::present, {.help = "who was there"}),
      field("good", &T::good, {.help = "what went well, in the partner's words"}),
      field("bad", &T::bad, {.help = "what did not"}),
      field("ugly", &T::ugly, {.help = "what nobody likes to say"}),
      field("asks", &T::asks, {.help = "what the partner asks for"}),
      field("closed_at", &T::closed_at,
            {.help = "when its minutes were agreed; from then on they do not change"}),
      field("corrects", &T::corrects, {.help = "the closed meeting whose minutes this corrects"})};
};

template <>
struct Describe<partnership::Action> {
  static constexpr std::string_view name = "action", title = "Action", plural = "actions",
                                    help = "Something to do that came out of a meeting.";
  using T = partnership::Action;
  static constexpr auto fields =
      std::tuple{field("what", &T::what, {.help = "what is to be done", .required = true}),
                 field("meeting", &T::meeting, {.help = "the meeting it came out of"}),
                 field("due", &T::due, {.help = "by when"}),
                 field("state", &T::state, {.help = "open, done or dropped"}),
                 field("done_on", &T::done_on, {.help = "when it was done"})};
};

template <>
struct Describe<partnership::MetricVote> {
  static constexpr std::string_view name = "metric_vote", title = "Metric vote",
                                    plural = "metric votes",
                                    help = "Whether a measure matters to a partner.";
  using T = partnership::MetricVote;
  static constexpr auto fields = std::tuple{
      field("engagement", &T::engagement, {.help = "with whom", .required = true}),
      field("meeting", &T::meeting, {.help = "the meeting it was asked in"}),
      field("figure", &T::figure,
            {.help = "key of the figure, or in words what is not reported", .required = true}),
      field("matters", &T::matters, {.help = "does this matter to you: no, somewhat, yes"}),
      field("reported", &T::reported, {.help = "whether IT reports it today"}),
      field("asked_on", &T::asked_on, {.help = "when it was asked; the newest answer holds"})};
};

static_assert(complete<partnership::Engagement>() && complete<partnership::Meeting>() &&
              complete<partnership::Action>() && complete<partnership::MetricVote>());

}  // namespace tiebeam
