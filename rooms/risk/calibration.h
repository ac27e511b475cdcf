// How good people's guesses are: rounds of ten questions, what their hits say, progress over
// rounds. docs/method/calibration.md.
#pragma once

#include <string>
#include <vector>

#include "model/figures.h"
#include "model/json.h"
#include "quant/calibration.h"
#include "rooms/risk/calibration_records.h"
#include "rooms/risk/questions.h"

namespace tiebeam::risk {

constexpr double kMeantLevel = 0.9;  // how often a range is meant to hold

struct Round {
  CalibrationRound record;
  std::vector<quant::RangeAnswer> answers;
  std::size_t unreadable = 0;  // answers that are no range
};
struct Calibrated {
  std::string person, name;
  std::vector<Round> rounds;  // oldest first
  [[nodiscard]] std::vector<quant::RangeAnswer> answers() const;
  [[nodiscard]] std::vector<std::string> asked() const;  // ids, oldest first
};
// People with a round, by name.
[[nodiscard]] std::vector<Calibrated> calibrated_people(const Snapshot& snapshot);

// risk.calibration.hits[PERSON].
[[nodiscard]] Figure hits_figure(const Calibrated& person, Instant as_of);
// What hits of so many say, and what to do, in plain words.
[[nodiscard]] std::string verdict_words(std::size_t hits, std::size_t asked);
[[nodiscard]] std::string advice_words(std::size_t hits, std::size_t asked);

[[nodiscard]] std::vector<FigureFamily> calibration_families();
[[nodiscard]] Json calibration_json(const FigureBook& book, const std::string& recompute);
// {"person", "figure"} of who gave an estimate; null where nobody is named or took a round.
[[nodiscard]] Json calibration_of(const FigureBook& book, const std::string& person);
// The next round of a person, without the answers. Errors: risk.no_such_person.
[[nodiscard]] Result<Json> round_json(const FigureBook& book, const std::string& person);

// A round as it came out: hits, chance, score, what to do, each answer.
[[nodiscard]] Json round_result(const Round& round, Instant as_of, const std::string& recompute);
// Questions a person answered before, oldest first.
[[nodiscard]] std::vector<std::string> asked_before(const Snapshot& snapshot,
                                                    const std::string& person);

}  // namespace tiebeam::risk
