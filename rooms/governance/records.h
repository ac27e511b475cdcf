// The governance room's records: what is to be decided, and what was promised.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/describe.h"
#include "base/fraction.h"
#include "base/money.h"
#include "base/promise.h"

namespace tiebeam::governance {

enum class DecisionLevel : std::uint8_t { team, product, executive };

// Open until `decided_at`. What was decided is corrected by a new decision, never by a rewrite.
struct Decision : RecordBase {
  std::string question;
  std::optional<Day> raised_at;
  std::optional<Day> needed_by;
  Id<"person"> decider;
  DecisionLevel level = DecisionLevel::executive;
  std::vector<std::string> options;
  std::optional<Money> cost_of_delay_a_week;
  Id<"initiative"> initiative;
  Id<"priority"> priority;
  Id<"meeting"> meeting;  // where it was decided
  std::optional<Day> decided_at;
  std::string chosen;  // one of the options, or in words
  std::string why;
  std::optional<Day> revisit_on;
  std::string outcome;
};

enum class CommitmentState : std::uint8_t { open, kept, missed, renegotiated };

// `owner` promises to `to`. A promise that moved keeps its first day in `due`.
struct Commitment : RecordBase {
  Id<"person"> to;
  std::string promise;
  std::optional<Day> made_on;
  std::optional<Day> due;
  std::optional<Fraction> confidence;
  CommitmentState state = CommitmentState::open;
  std::optional<Day> closed_on;
  std::optional<Day> told_on;   // when the other side heard that it would not hold
  std::optional<Day> moved_to;  // the day agreed instead
  Id<"initiative"> initiative;
  Id<"priority"> priority;
  Id<"meeting"> meeting;  // where it was made
  std::string setback;
  std::string recovery_plan;
};

// What became of it follows from these (base/promise.h), in whatever room it is asked.
[[nodiscard]] inline PromiseDays days_of(const Commitment& promise) {
  constexpr Promised states[] = {Promised::open, Promised::kept, Promised::missed, Promised::moved};
  return {.state = states[static_cast<std::size_t>(promise.state)],
          .due = promise.due,
          .closed_on = promise.closed_on,
          .told_on = promise.told_on};
}

}  // namespace tiebeam::governance

namespace tiebeam {

template <>
struct Names<governance::DecisionLevel> {
  static constexpr std::array<std::string_view, 3> values = {"team", "product", "executive"};
};
template <>
struct Names<governance::CommitmentState> {
  static constexpr std::array<std::string_view, 4> values = {"open", "kept", "missed",
                                                             "renegotiated"};
};

template <>
struct Describe<governance::Decision> {
  static constexpr std::string_view name = "decision", title = "Decision", plural = "decisions",
                                    help =
                                        "A question that both sides decide together, and what "
                                        "waiting for the answer costs.";
  using T = governance::Decision;
  static constexpr auto fields = std::tuple{
      field("question", &T::question, {.help = "what is to be decided", .required = true}),
      field("raised_at", &T::raised_at, {.help = "when it was first asked"}),
      field("needed_by", &T::needed_by, {.help = "when an answer is needed"}),
      field("decider", &T::decider, {.help = "who may decide it"}),
      field("level", &T::level, {.help = "how far up it has to go"}),
      field("options", &T::options, {.help = "what can be chosen, doing nothing among it"}),
      field("cost_of_delay_a_week", &T::cost_of_delay_a_week,
            {.help = "what a week of waiting costs the business"}),
      field("initiative", &T::initiative, {.help = "the initiative that waits for it"}),
      field("priority", &T::priority, {.help = "the strategic priority that waits for it"}),
      field("meeting", &T::meeting, {.help = "the meeting it was decided in"}),
      field("decided_at", &T::decided_at, {.help = "when it was decided; empty: it waits"}),
      field("chosen", &T::chosen, {.help = "what was chosen"}),
      field("why", &T::why, {.help = "why this and not the others"}),
      field("revisit_on", &T::revisit_on, {.help = "when to look at it again"}),
      field("outcome", &T::outcome, {.help = "what came of it"})};
};

template <>
struct Describe<governance::Commitment> {
  static constexpr std::string_view name = "commitment", title = "Commitment",
                                    plural = "commitments",
                                    help = "Who promised what to whom, by when, and how sure.";
  using T = governance::Commitment;
  static constexpr auto fields = std::tuple{
      field("to", &T::to, {.help = "to whom; the owner is who promised"}),
      field("promise", &T::promise, {.help = "what will be there", .required = true}),
      field("made_on", &T::made_on, {.help = "when it was promised"}),
      field("due", &T::due,
            {.help = "the day that was promised first; it stays when the promise moves"}),
      field("confidence", &T::confidence, {.help = "how sure at the time, a probability"}),
      field("state", &T::state, {.help = "open, kept, missed or renegotiated"}),
      field("closed_on", &T::closed_on, {.help = "when it was kept or given up"}),
      field("told_on", &T::told_on, {.help = "when the other side heard that it would not hold"}),
      field("moved_to", &T::moved_to, {.help = "the day agreed instead"}),
      field("initiative", &T::initiative, {.help = "the initiative it belongs to"}),
      field("priority", &T::priority, {.help = "the strategic priority it serves"}),
      field("meeting", &T::meeting, {.help = "the meeting it was made in"}),
      field("setback", &T::setback, {.help = "what went wrong"}),
      field("recovery_plan", &T::recovery_plan, {.help = "how it is put right"})};
};

static_assert(complete<governance::Decision>() && complete<governance::Commitment>());

}  // namespace tiebeam
