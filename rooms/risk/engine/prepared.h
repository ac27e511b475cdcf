// A register made ready to be simulated: every estimate a Draw, every stream of random numbers a
// key made of seed and id, so that no scenario depends on another's presence or place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "quant/draw.h"
#include "quant/event_counts.h"
#include "quant/philox.h"
#include "rooms/risk/engine/register.h"

namespace tiebeam::risk {

// Above this many expected events in a year their losses are drawn as one sum.
constexpr double kMostEvents = 1024;
constexpr double kMostRate = 1e12;  // expected events a year
constexpr std::size_t kSizes = 64;  // steps of the size of a loss that controls may leave

struct DrawnBy {  // loadings with the drivers' places
  std::vector<std::pair<std::size_t, double>> weights;
  double own = 1;  // weight of the score of one's own
  [[nodiscard]] bool any() const { return !weights.empty(); }
};

// Where a year's number of events comes from.
struct EventSource {
  enum class Way : std::uint8_t {
    none,
    fixed,       // `count` each year
    thresholds,  // of a uniform, or of a score where a driver acts on the count itself
    mixed,       // Poisson with a rate drawn for each year
    mixed_once,  // at most one event, with a probability drawn for each year
  };
  Way way = Way::none;
  quant::Key key;
  std::uint32_t count = 0;
  quant::CountThresholds thresholds = {};
  double rate = 1;                        // constant factor of the rate
  std::vector<quant::Draw> factors = {};  // uncertain ones
  DrawnBy driven = {};                    // acts on the first factor, else on the count
  double mean = 0;                        // expected events a year
};

struct PreparedScenario {
  std::string id;
  quant::Key key;
  EventSource own = {}, common = {};
  std::vector<quant::Draw> primary = {}, secondary = {};
  quant::Draw secondary_probability = {};
  DrawnBy severity = {};
  std::vector<InsuranceLayer> insurance = {};
  quant::EventMoments primary_moments = {}, secondary_moments = {};  // of one event
  // Where there is insurance: of what one event leaves after it, its loss being i / kSizes of what
  // it would be without controls.
  std::vector<quant::EventMoments> insured_moments = {};
};

// What one control, or a set, leaves of a scenario.
struct PreparedReduction {
  std::size_t control = 0;
  Factor factor = Factor::frequency;
  quant::Draw by;
  quant::Key key;  // made of both ids and the factor: it depends on no other reduction
};

struct Prepared {
  std::vector<PreparedScenario>
      scenarios;                   // by id, so that their order in the file is of no matter
  std::vector<std::size_t> place;  // of each, in the register
  std::vector<quant::Key> drivers;
  std::vector<std::vector<PreparedReduction>> reductions;  // by prepared scenario
  std::vector<quant::Key> controls;                        // by the register's order
  std::vector<quant::Draw> control_costs;
};

// Errors: the first fault of the register in the order of the file, `field` a JSON pointer, the
// others one a line in `detail`: risk.bad_loading, risk.not_a_probability,
// risk.too_many_events, risk.below_zero, risk.unknown_common_cause, and those of estimates.
[[nodiscard]] Result<Prepared> prepare(const Register& wanted, std::uint64_t seed);

}  // namespace tiebeam::risk
