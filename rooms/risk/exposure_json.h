// What the room answers to programs and pages about the organisation's records.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "model/json.h"
#include "rooms/risk/exposure.h"

namespace tiebeam::risk {

// The portfolio with its figures, curves, appetite, scenarios, controls, services and priorities.
// `controls`: exactly these are on; absent: those in place. Errors: those of exposed,
// risk.no_such_control.
struct ExposureWish {
  Wish wish;
  std::optional<std::vector<std::string>> controls = {};
  std::string recompute = {};  // what the command line needs beside these to give the same
};
// From the options controls, budget, trials and seed, each with `dashes` in front.
// Errors: command.bad_option.
using Options = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] Result<ExposureWish> exposure_wish(const Options& options, std::string_view dashes,
                                                 std::string recompute);
[[nodiscard]] Result<Json> exposure_json(const FigureBook& book, SimulationKeep& keep,
                                         const ExposureWish& wanted,
                                         const std::vector<Finding>& findings);

// One scenario. Errors: those of exposed, risk.no_such_scenario.
[[nodiscard]] Result<Json> scenario_json(const FigureBook& book, SimulationKeep& keep,
                                         const std::string& id, const ExposureWish& wanted,
                                         const std::vector<Finding>& findings);

// --- shared by both ---------------------------------------------------------------------------

// A figure of a row, with the command that gives it again: it stands in no registry.
// "tiebeam risk exposure --json --trials 5000 --org acme"
[[nodiscard]] std::string recompute_of(std::string_view command, const ExposureWish& wanted);
[[nodiscard]] Json cell_json(const Figure& figure, const std::string& recompute);
[[nodiscard]] Json curve_json(std::string_view id, std::string_view label,
                              const std::vector<CurvePoint>& points);
// {"id","name"}, or null where nothing is named.
[[nodiscard]] Json named_json(const Snapshot& snapshot, std::string_view type,
                              const std::string& id);
[[nodiscard]] Json left_out_json(const LeftOut& left);
// A loss that is exceeded with a chance that is told: 1 year in 10, else in 20, 100 or 1,000. None
// where there is too little loss for any.
struct ChanceLevel {
  double chance = 0, loss = 0;
};
[[nodiscard]] std::optional<ChanceLevel> chance_level(const Measures& measures);
// "10 % chance of losing more than EUR 380k in a year."
[[nodiscard]] std::string chance_sentence(const Measures& measures, const Currency& currency);

}  // namespace tiebeam::risk
