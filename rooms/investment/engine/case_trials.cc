#include "rooms/investment/engine/case_trials.h"

#include <algorithm>

#include "rooms/investment/engine/block.h"

namespace tiebeam::investment {
namespace {

using quant::kBlock;
using quant::kPad;
using Numbers = CaseTrials::Numbers;
constexpr double kMonth = 1.0 / 12;  // years

class Simulation {
 public:
  Simulation(const PreparedCase& initiative, const Shared& shared, const Settings& settings)
      : initiative_(initiative),
        shared_(shared),
        settings_(settings),
        trials_(initiative, settings),
        flows_(settings.discount.size() * (kBlock + kPad)),
        late_(block_row()),
        late_aside_(block_row()) {}
  CaseTrials run() {
    for (std::uint64_t block = 0; block < blocks_of(settings_.trials); ++block) add_block(block);
    return std::move(trials_);
  }

 private:
  void add_block(std::uint64_t block);
  void keep_inputs(std::size_t first, std::size_t n);

  const PreparedCase& initiative_;
  const Shared& shared_;
  const Settings& settings_;
  CaseTrials trials_;
  Workspace work_;
  Numbers flows_;
  Row late_, late_aside_;
};

void Simulation::add_block(std::uint64_t block) {
  const std::size_t first = block * kBlock;
  const std::size_t n = std::min<std::size_t>(kBlock, settings_.trials - first);
  work_.draw(initiative_, shared_, block, n);
  CashQuestion question{.settings = settings_,
                        .initiative = initiative_,
                        .inputs = work_,
                        .shared = shared_,
                        .kpi_values = values_in(shared_, block)};
  compute_cash(question, n,
               {.npv = &trials_.npv[first],
                .costs = &trials_.costs[first],
                .aside = &trials_.aside[first],
                .payback = &trials_.payback[first],
                .discounted_payback = &trials_.discounted[first],
                .flows = flows_.data()});
  question.later = kMonth;
  compute_cash(question, n, {.npv = late_.data(), .aside = late_aside_.data()});
  for (std::size_t i = 0; i < n; ++i) {
    trials_.month_late[first + i] =
        (trials_.npv[first + i] + trials_.aside[first + i]) - (late_[i] + late_aside_[i]);
  }
  for (std::size_t y = 0; y < trials_.flow_sums.size(); ++y)
    trials_.flow_sums[y] += quant::moments(&flows_[y * (kBlock + kPad)], n, 0).sum;
  keep_inputs(first, n);
}

void Simulation::keep_inputs(std::size_t first, std::size_t n) {
  for (std::size_t i = 0; i < trials_.inputs.size(); ++i) {
    if (!trials_.inputs[i].empty())
      std::copy_n(work_.row(initiative_, i), n, &trials_.inputs[i][first]);
  }
  if (!trials_.works.empty()) std::copy_n(work_.works(initiative_), n, &trials_.works[first]);
}

}  // namespace

CaseTrials::CaseTrials(const PreparedCase& initiative, const Settings& settings)
    : inputs(initiative.inputs.size()), flow_sums(settings.discount.size(), 0.0) {
  const std::size_t room = blocks_of(settings.trials) * kBlock + kPad;
  for (Numbers* each : {&npv, &costs, &aside, &payback, &discounted, &month_late})
    each->resize(room);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!initiative.inputs[i].draw.constant()) inputs[i].resize(room);
  }
  if (initiative.p_success < 1) works.resize(room);
}

CaseTrials simulate(const PreparedCase& initiative, const Shared& shared,
                    const Settings& settings) {
  return Simulation(initiative, shared, settings).run();
}

}  // namespace tiebeam::investment
