// A round of the calibration of guesses: what a person said of questions whose answers are known.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/describe.h"
#include "base/fraction.h"

namespace tiebeam::risk {

// `answers` are texts of quant/calibration.h: question, low, high, truth, scale. Each holds the
// truth as it was, so that a score can be told again when the questions have changed.
struct CalibrationRound : RecordBase {
  Id<"person"> person;
  std::optional<Day> taken_on;
  std::optional<Fraction> level;  // how often a range is meant to hold: 0.9
  std::vector<std::string> answers;
};

}  // namespace tiebeam::risk

namespace tiebeam {

template <>
struct Describe<risk::CalibrationRound> {
  static constexpr std::string_view name = "calibration_round", title = "Calibration round",
                                    plural = "calibration rounds",
                                    help = "Ranges a person gave for questions with known answers.";
  using T = risk::CalibrationRound;
  static constexpr auto fields = std::tuple{
      field("person", &T::person, {.help = "who answered", .required = true}),
      field("taken_on", &T::taken_on, {.help = "when"}),
      field("level", &T::level, {.help = "how often a range is meant to hold: 0.9"}),
      field("answers", &T::answers, {.help = "question, low, high, truth, scale; one each"})};
};
static_assert(complete<risk::CalibrationRound>());

}  // namespace tiebeam
