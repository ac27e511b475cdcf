// One scenario in one block of trials. docs/method/simulation.md, section "A block".
#pragma once

#include <cstdint>
#include <vector>

#include "quant/kernels/kernels.h"
#include "rooms/risk/engine/prepared.h"

namespace tiebeam::risk {

using Row = std::array<double, quant::kBlock + quant::kPad>;
using Places = std::array<std::uint32_t, quant::kBlock + quant::kPad>;

// What a set of controls leaves in this block: shares of the events and of each loss that remain,
// by trial.
struct Remaining {
  bool fewer = false;    // events are prevented
  bool smaller = false;  // losses are reduced
  Row events, losses;
};

// The year's losses of a block before and after.
struct BlockLoss {
  Row before;
  std::vector<Row> after;  // by variant
  bool sums = false;       // some years' events were drawn as one sum
};

// One event as it is drawn: what it costs before insurance and without controls, and the uniform
// that says whether it still happens: it does while that is below the share of events left.
struct DrawnEvent {
  std::uint32_t trial = 0;  // of the block
  double loss = 0;
  double prevented = 0;
};

// Buffers of one thread.
class Workspace {
 public:
  explicit Workspace(const Prepared& prepared) : prepared_(prepared) {}
  // The drivers' scores in the block, kept until another block is asked for.
  const double* driver(std::size_t which, std::uint64_t block);

  Row u, occur, z, x, y, retained, score, rate, wide;
  Row thin;
  std::vector<DrawnEvent>* events = nullptr;  // where they are told; none of years drawn as one sum
  Row secondary_probability;
  Places counts, list, held, places, sublist, marked, few;

 private:
  const Prepared& prepared_;
  std::uint64_t block_ = ~std::uint64_t{0};
  std::vector<Row> drivers_;
  std::vector<bool> known_;
};

// `variants` may be empty. out.after has one row a variant. With `only` (one entry a trial) nothing
// is drawn for the events of trials whose entry is 0; their loss is 0.
void simulate_block(const PreparedScenario& scenario, std::uint64_t block,
                    const std::vector<Remaining>& variants, Workspace& work, BlockLoss& out,
                    const std::uint8_t* only = nullptr);

}  // namespace tiebeam::risk
