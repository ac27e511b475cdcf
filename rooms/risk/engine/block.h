// One scenario in one block of trials. docs/method/simulation.md, section "A block".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "quant/kernels/kernels.h"
#include "rooms/risk/engine/prepared.h"
#include "rooms/risk/engine/remaining.h"

namespace tiebeam::risk {

using Places = std::array<std::uint32_t, quant::kBlock + quant::kPad>;

// The year's losses of a block before and after.
struct BlockLoss {
  Row before;
  std::vector<Row> after;  // by set of the variants
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

  Row u, occur, z, x, y, retained, score, rate;
  Row thin;
  std::vector<Remaining> left;
  std::vector<DrawnEvent>* events = nullptr;  // where they are told; none of years drawn as one sum
  Row secondary_probability;
  Places counts, list, held, places, sublist;

 private:
  const Prepared& prepared_;
  std::uint64_t block_ = ~std::uint64_t{0};
  std::vector<Row> drivers_;
  std::vector<bool> known_;
};

// out.after has one row a set of `variants`. With `only` (trials of the block,
// rising, with room for kPad more) nothing else is drawn; the loss of all others is 0.
void simulate_block(const PreparedScenario& scenario, std::uint64_t block, const Variants& variants,
                    Workspace& work, BlockLoss& out,
                    std::optional<std::span<const std::uint32_t>> only = {});

}  // namespace tiebeam::risk
