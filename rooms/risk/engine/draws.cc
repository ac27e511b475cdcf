#include "rooms/risk/engine/draws.h"

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "rooms/risk/engine/block.h"

namespace tiebeam::risk {
namespace {

std::vector<double> share_taken(const PreparedReduction& reduction, std::uint64_t count) {
  if (reduction.by.constant()) return {reduction.by.value()};
  Row row;
  quant::uniforms(reduction.key, quant::Purpose{1}, 0, row.data());
  quant::normals(row.data(), quant::kBlock, row.data());
  reduction.by.map(row.data(), quant::kBlock, row.data());
  return {row.begin(), row.begin() + static_cast<std::ptrdiff_t>(count)};
}

ScenarioDraws told(std::size_t place, std::vector<DrawnEvent> events, const BlockLoss& loss,
                   std::uint64_t count) {
  ScenarioDraws out{.scenario = place};
  out.is_sum = loss.sums;
  if (out.is_sum) {
    out.sum.assign(loss.before.begin(), loss.before.begin() + static_cast<std::ptrdiff_t>(count));
    return out;
  }
  std::ranges::sort(events, {}, [](const DrawnEvent& each) {
    return std::tuple(each.trial, each.loss, each.prevented);
  });
  for (const DrawnEvent& each : events) {
    if (each.trial >= count) break;
    out.draw.push_back(each.trial);
    out.loss.push_back(each.loss);
    out.prevented.push_back(each.prevented);
  }
  return out;
}

}  // namespace

Draws paired_draws(const Register& wanted, const Prepared& prepared, std::uint64_t count) {
  TB_CHECK(count >= 1 && count <= quant::kBlock, "draws of one block");
  TB_CHECK(wanted.scenarios.size() == prepared.scenarios.size(), "draws of what was prepared");
  Draws out{
      .count = count, .rest = std::vector<double>(count, 0), .scenarios = {}, .reductions = {}};
  const auto work = std::make_unique<Workspace>(prepared);
  const auto loss = std::make_unique<BlockLoss>();
  for (std::size_t s = 0; s < prepared.scenarios.size(); ++s) {
    std::vector<DrawnEvent> events;
    const bool touched = !prepared.reductions[s].empty();
    work->events = touched ? &events : nullptr;
    simulate_block(prepared.scenarios[s], 0, {}, *work, *loss);
    if (!touched) {
      for (std::size_t t = 0; t < count; ++t) out.rest[t] += loss->before[t];
      continue;
    }
    out.scenarios.push_back(told(prepared.place[s], std::move(events), *loss, count));
    for (const PreparedReduction& each : prepared.reductions[s])
      out.reductions.push_back(
          {each.control, prepared.place[s], each.factor, share_taken(each, count)});
  }
  return out;
}

}  // namespace tiebeam::risk
