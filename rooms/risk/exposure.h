// What the organisation's records say it could lose: its register, simulated once for a content and
// kept, with what groups of scenarios lose together.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "model/figures.h"
#include "rooms/risk/engine/records/register_records.h"
#include "rooms/risk/engine/simulate.h"

namespace tiebeam::risk {

constexpr std::uint64_t kUsualTrials = 100'000;
constexpr std::uint64_t kMostAsked = 1'000'000;  // years that a page may ask for

// Scenarios that hit the same service, or name the same priority. One that names two counts in
// both.
struct Group {
  std::string type, id;                // "service", "priority"
  std::vector<std::size_t> scenarios;  // places in the register
};

struct Exposed {
  std::shared_ptr<const RecordRegister> records = {};
  std::vector<Group> groups = {};  // services first, by id
  std::uint64_t trials = kUsualTrials, seed = 1;
  std::shared_ptr<const Simulation> simulation = {};  // null where no scenario is finished
  std::shared_ptr<const BestAdded> best = {};         // where a budget was given, and a control
};

// What was asked for, beside the records.
struct Wish {
  std::uint64_t trials = kUsualTrials;
  std::uint64_t seed = 1;
  std::optional<double> budget = {};
};

// Simulations by content: the same register, trials and seed are simulated once, however many books
// and threads ask, and whatever the budget. Holds the few that were asked for last. Thread: any.
class SimulationKeep {
 public:
  explicit SimulationKeep(unsigned threads);
  [[nodiscard]] unsigned threads() const { return threads_; }
  // Errors: those of simulate; they are kept, too.
  [[nodiscard]] Result<std::shared_ptr<const Simulation>> simulated(const Register& wanted,
                                                                    const Settings& settings);

 private:
  struct Slot {
    std::string content;
    std::mutex mutex;
    std::optional<Result<std::shared_ptr<const Simulation>>> found;
  };
  std::shared_ptr<Slot> slot(const std::string& content);

  const unsigned threads_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<Slot>> slots_;  // newest first
};
using KeepPtr = std::shared_ptr<SimulationKeep>;

// What the room's records are seen from: model/known_until.h over them.
[[nodiscard]] Instant seen_from(const FigureBook& book);
// Made once for a book. Errors: those of register_of.
[[nodiscard]] Result<std::shared_ptr<const RecordRegister>> records_of(const FigureBook& book);
[[nodiscard]] Result<Exposed> exposed(const FigureBook& book, SimulationKeep& keep,
                                      const Wish& wish = {});
// As usual, made once for a book: what figures and rules look at. Without `records` where the
// organisation's currency cannot be read.
[[nodiscard]] std::shared_ptr<const Exposed> usually_exposed(const FigureBook& book,
                                                             const KeepPtr& keep);

}  // namespace tiebeam::risk
