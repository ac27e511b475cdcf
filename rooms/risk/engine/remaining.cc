#include "rooms/risk/engine/remaining.h"

#include <algorithm>

namespace tiebeam::risk {
namespace {

using quant::kBlock;

bool holds(const ControlSet& set, std::size_t control) {
  return std::ranges::binary_search(set, control);
}

// The part that stays under a reduction: of each trial of the block in its place, or of those
// listed, side by side, where they are few enough to be drawn one by one.
class PartLeft {
 public:
  PartLeft(std::uint64_t block, std::span<const std::uint32_t> trials)
      : block_(block), trials_(trials), all_(2 * trials.size() >= kBlock) {}

  void draw(const PreparedReduction& reduction) {
    const std::size_t n = all_ ? kBlock : trials_.size();
    if (reduction.by.constant()) {
      std::fill_n(part_.data(), n, 1 - reduction.by.value());
      return;
    }
    if (all_) {
      quant::uniforms(reduction.key, quant::Purpose{1}, block_, part_.data());
    } else {
      quant::uniforms_at(reduction.key, quant::Purpose{1}, block_, trials_, part_.data());
    }
    quant::normals(part_.data(), n, part_.data());
    reduction.by.map(part_.data(), n, part_.data());
    for (std::size_t i = 0; i < n; ++i) part_[i] = 1 - part_[i];
  }

  // Multiplies `row` by it, or begins it.
  void put_on(Row& row, bool is_first) const {
    if (all_ && is_first) {
      std::copy_n(part_.data(), kBlock, row.data());
    } else if (all_) {
      for (std::size_t t = 0; t < kBlock; ++t) row[t] *= part_[t];
    } else if (is_first) {
      for (std::size_t i = 0; i < trials_.size(); ++i) row[trials_[i]] = part_[i];
    } else {
      for (std::size_t i = 0; i < trials_.size(); ++i) row[trials_[i]] *= part_[i];
    }
  }

 private:
  std::uint64_t block_;
  std::span<const std::uint32_t> trials_;
  bool all_;
  Row part_;
};

}  // namespace

void remaining(const Variants& variants, std::uint64_t block, std::span<const std::uint32_t> trials,
               std::vector<Remaining>& out) {
  out.resize(variants.sets.size());
  for (Remaining& each : out) each.fewer = each.smaller = false;
  PartLeft part(block, trials);
  for (const PreparedReduction& reduction : variants.reductions) {
    bool is_drawn = false;
    for (std::size_t v = 0; v < out.size(); ++v) {
      if (!holds(variants.sets[v], reduction.control)) continue;
      if (!is_drawn) part.draw(reduction);
      is_drawn = true;
      const bool events = reduction.factor == Factor::frequency;
      bool& is_reduced = events ? out[v].fewer : out[v].smaller;
      part.put_on(events ? out[v].events : out[v].losses, !is_reduced);
      is_reduced = true;
    }
  }
}

}  // namespace tiebeam::risk
