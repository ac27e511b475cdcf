// The trials of a portfolio held in memory, so that a change of one input of one initiative, or
// taking one out, gives new figures at once. The same draws before and after: what differs is the
// change, not chance. Every answer equals the one made from nothing, bit for bit.
// docs/method/initiative-value.md, section "What if".
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "quant/kernels/kernels.h"
#include "rooms/investment/engine/block.h"
#include "rooms/investment/engine/sum_tree.h"
#include "rooms/investment/engine/summary.h"

namespace tiebeam::investment {

// Thread: one at a time. Memory: 8 bytes x trials x (3 x initiatives + drivers + KPIs).
class WhatIf {
 public:
  // REQUIRES: no faults_of(cases), at least one initiative, 1 <= trials.
  WhatIf(const Cases& cases, std::uint64_t seed, std::uint64_t trials);
  WhatIf(const WhatIf&) = delete;
  WhatIf& operator=(const WhatIf&) = delete;

  [[nodiscard]] std::size_t size() const { return initiatives_.size(); }
  [[nodiscard]] const MoneySummary& npv(std::size_t initiative) const;
  [[nodiscard]] const PaybackSummary& payback(std::size_t initiative) const;
  // Of the initiatives that are in.
  [[nodiscard]] const MoneySummary& portfolio() const { return portfolio_; }
  [[nodiscard]] bool is_in(std::size_t initiative) const { return in_[initiative]; }
  [[nodiscard]] std::span<const double> trials_of(std::size_t initiative) const;
  [[nodiscard]] std::span<const double> portfolio_trials() const;

  // Sets one input by name ("adoption", "calls.change") and brings all figures up to date.
  // Errors: investment.unknown_input, and those of one input as faults_of tells them.
  [[nodiscard]] Result<void> change(std::size_t initiative, std::string_view input,
                                    const Estimate& estimate);
  // Errors: investment.not_a_share.
  [[nodiscard]] Result<void> change_p_success(std::size_t initiative, double p);
  void put_in(std::size_t initiative, bool in);

  // Everything from the start: the trials of all initiatives and their sums; then the figures.
  void compute_all();
  void summarise_all();

 private:
  struct Held {
    PreparedCase prepared;
    std::vector<Range> ranges;  // what may stand in each input
    std::vector<double> npv, payback;
    MoneySummary money;
    PaybackSummary times;
  };
  void compute(Held& held);
  void summarise(Held& held);
  void summarise_portfolio();
  void refresh(std::size_t initiative);

  Settings settings_;
  Shared shared_;
  std::vector<Held> initiatives_;  // in the order of the cases
  std::vector<std::size_t> leaf_;  // place of each in the tree: by id
  std::vector<bool> in_;
  SumTree tree_;
  Workspace work_;
  Summariser summariser_;
  MoneySummary portfolio_;
};

}  // namespace tiebeam::investment
