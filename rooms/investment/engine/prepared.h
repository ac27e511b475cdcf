// Initiatives made ready to be simulated: every input a map of a normal score, every stream of
// random numbers a key made of seed, id and input, so that no initiative depends on another's
// presence or place. docs/method/initiative-value.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "quant/correlation_matrix.h"
#include "quant/draw.h"
#include "quant/marginal.h"
#include "rooms/investment/engine/initiatives.h"

namespace tiebeam::investment {

struct DrawnInput {
  std::string name;
  quant::Marginal marginal;
  quant::Draw draw;
  quant::Key key;
  std::vector<std::pair<std::size_t, double>> drivers;  // place and weight
  double own = 1;                                       // weight of the score of one's own
  double scale = 1;  // asked for: values are so many times as large
};

// Inputs that move together by rank: scores of inputs[i] are factor.row(i) of the independent ones.
struct Together {
  std::vector<std::size_t> inputs;
  quant::Factor factor;
};

struct PreparedEffect {
  std::size_t kpi = 0;
  bool own_ramp = false;  // else the initiative's adoption_ramp
};

struct PreparedCase {
  std::string id;
  std::vector<DrawnInput> inputs;  // in the order of inputs_of
  std::vector<PreparedEffect> effects;
  Together together;
  double p_success = 1;
  quant::Key success;
  bool has_do_nothing = false;
};

// What all initiatives share.
struct Settings {
  std::uint64_t seed = 1;
  std::uint64_t trials = 0;
  std::size_t life = 0;          // years of use
  bool deferred = false;         // late benefits
  std::vector<double> discount;  // of each year looked at
};

// Scores of the drivers and values of the KPIs by trial, for all blocks.
struct Shared {
  std::vector<std::vector<double>> drivers;
  std::vector<DrawnInput> kpis;
  std::vector<std::vector<double>> values;  // of each KPI; empty where it is certain
};

[[nodiscard]] Settings settings_of(const Cases& cases, std::uint64_t seed, std::uint64_t trials);
// REQUIRES: no faults_of(cases).
[[nodiscard]] PreparedCase prepare(const Cases& cases, const BusinessCase& initiative,
                                   std::uint64_t seed);
[[nodiscard]] Shared draw_shared(const Cases& cases, const Settings& settings);
[[nodiscard]] std::uint64_t blocks_of(std::uint64_t trials);

}  // namespace tiebeam::investment
