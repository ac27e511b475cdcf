#include "rooms/investment/engine/whatif.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "rooms/investment/engine/faults.h"

namespace tiebeam::investment {

using quant::kBlock;
using quant::kPad;

WhatIf::WhatIf(const Cases& cases, std::uint64_t seed, std::uint64_t trials)
    : settings_(settings_of(cases, seed, trials)),
      shared_(draw_shared(cases, settings_)),
      in_(cases.initiatives.size(), true),
      tree_(cases.initiatives.size(), trials) {
  const std::size_t room = blocks_of(trials) * kBlock + kPad;
  for (const BusinessCase& each : cases.initiatives) {
    Held held{.prepared = prepare(cases, each, seed),
              .ranges = {},
              .npv = std::vector<double>(room),
              .payback = std::vector<double>(room),
              .money = {},
              .times = {}};
    for (const NamedInput& input : inputs_of(cases, each)) held.ranges.push_back(input.range);
    initiatives_.push_back(std::move(held));
  }
  std::vector<std::size_t> by_id(size());
  std::iota(by_id.begin(), by_id.end(), std::size_t{0});
  std::ranges::sort(by_id, {}, [&](std::size_t i) { return cases.initiatives[i].id; });
  leaf_.resize(size());
  for (std::size_t i = 0; i < size(); ++i) {
    leaf_[by_id[i]] = i;
    tree_.set_leaf(i, initiatives_[by_id[i]].npv.data());
  }
  compute_all();
  summarise_all();
}

const MoneySummary& WhatIf::npv(std::size_t initiative) const {
  return initiatives_[initiative].money;
}
const PaybackSummary& WhatIf::payback(std::size_t initiative) const {
  return initiatives_[initiative].times;
}
std::span<const double> WhatIf::trials_of(std::size_t initiative) const {
  return {initiatives_[initiative].npv.data(), settings_.trials};
}
std::span<const double> WhatIf::portfolio_trials() const { return tree_.total(); }

void WhatIf::compute(Held& held) {
  for (std::uint64_t block = 0; block < blocks_of(settings_.trials); ++block) {
    const std::size_t first = block * kBlock;
    const std::size_t n = std::min<std::size_t>(kBlock, settings_.trials - first);
    work_.draw(held.prepared, shared_, block, n);
    compute_cash({.settings = settings_,
                  .initiative = held.prepared,
                  .inputs = work_,
                  .shared = shared_,
                  .kpi_values = values_in(shared_, block)},
                 n, {.npv = &held.npv[first], .payback = &held.payback[first]});
  }
}

void WhatIf::summarise(Held& held) {
  held.money = summariser_.money({held.npv.data(), settings_.trials});
  held.times = summariser_.payback({held.payback.data(), settings_.trials});
}

void WhatIf::summarise_portfolio() { portfolio_ = summariser_.money(tree_.total()); }

void WhatIf::compute_all() {
  std::vector<std::size_t> by_leaf(size());
  for (std::size_t i = 0; i < size(); ++i) by_leaf[leaf_[i]] = i;
  for (std::size_t leaf = 0; leaf < size(); ++leaf) {
    compute(initiatives_[by_leaf[leaf]]);
    tree_.finish_leaf(leaf);
  }
  summarise_portfolio();
}

void WhatIf::summarise_all() {
  for (Held& held : initiatives_) summarise(held);
}

void WhatIf::refresh(std::size_t initiative) {
  Held& held = initiatives_[initiative];
  compute(held);
  summarise(held);
  if (!in_[initiative]) return;
  tree_.update(leaf_[initiative]);
  summarise_portfolio();
}

Result<void> WhatIf::change(std::size_t initiative, std::string_view input,
                            const Estimate& estimate) {
  Held& held = initiatives_[initiative];
  const auto found = std::ranges::find(held.prepared.inputs, input, &DrawnInput::name);
  if (found == held.prepared.inputs.end()) {
    return invalid("investment.unknown_input",
                   fmt::format("{} has no input '{}'", held.prepared.id, shown(input)),
                   "name it as in one_off_cost or calls.change");
  }
  const auto at = static_cast<std::size_t>(found - held.prepared.inputs.begin());
  const NamedInput wanted{.name = found->name,
                          .pointer = {},
                          .estimate = estimate,
                          .range = held.ranges[at],
                          .is_given = true};
  if (auto faults = faults_of(wanted, "/" + found->name); !faults.empty())
    return std::unexpected(std::move(faults.front()));
  TB_TRY(quant::Marginal marginal, quant::Marginal::create(estimate));
  found->draw = quant::Draw(marginal);
  found->marginal = std::move(marginal);
  refresh(initiative);
  return {};
}

Result<void> WhatIf::change_p_success(std::size_t initiative, double p) {
  if (!(p >= 0 && p <= 1)) {
    return invalid("investment.not_a_share",
                   fmt::format("p_success: found {}, expected a number from 0 to 1", p),
                   "write it as in 0.8");
  }
  initiatives_[initiative].prepared.p_success = p;
  refresh(initiative);
  return {};
}

void WhatIf::put_in(std::size_t initiative, bool in) {
  if (in_[initiative] == in) return;
  in_[initiative] = in;
  tree_.set_leaf(leaf_[initiative], in ? initiatives_[initiative].npv.data() : nullptr);
  tree_.update(leaf_[initiative]);
  summarise_portfolio();
}

}  // namespace tiebeam::investment
