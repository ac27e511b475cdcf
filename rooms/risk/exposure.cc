#include "rooms/risk/exposure.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/hash.h"
#include "model/known_until.h"
#include "rooms/risk/register_json.h"

namespace tiebeam::risk {
namespace {

constexpr std::size_t kKept = 6;

// All that the years follow from: not what anything is called, nor what it hits beyond the groups.
std::string content_of(Register wanted, const Settings& settings) {
  for (Scenario& each : wanted.scenarios) {
    each.title.clear();
    each.asset.clear();
    each.goals.clear();
  }
  for (Control& each : wanted.controls) each.title.clear();
  std::string text = write_json(register_json(wanted));
  for (const Control& each : wanted.controls) text += each.has_no_price ? '0' : '1';
  for (const auto& group : settings.groups) {
    text += '|';
    for (const std::size_t at : group) text += fmt::format("{},", at);
  }
  text += fmt::format("|{}|{}|{}|{}", settings.trials, settings.seed, settings.contributions,
                      settings.keep ? (settings.residuals ? 2 : 1) : 0);
  return to_hex(sha256(text));
}

std::vector<Group> groups_of(const Register& wanted) {
  std::map<std::pair<int, std::string>, std::vector<std::size_t>> found;
  for (std::size_t i = 0; i < wanted.scenarios.size(); ++i) {
    const Scenario& each = wanted.scenarios[i];
    if (!each.asset.empty()) found[{0, each.asset}].push_back(i);
    for (const std::string& goal : each.goals) {
      std::vector<std::size_t>& in = found[{1, goal}];
      if (in.empty() || in.back() != i) in.push_back(i);
    }
  }
  std::vector<Group> out;
  for (auto& [key, scenarios] : found)
    out.push_back({key.first == 0 ? "service" : "priority", key.second, std::move(scenarios)});
  return out;
}

}  // namespace

SimulationKeep::SimulationKeep(unsigned threads) : threads_(std::max(1u, threads)) {}

std::shared_ptr<SimulationKeep::Slot> SimulationKeep::slot(const std::string& content) {
  const std::scoped_lock lock(mutex_);
  const auto held = std::ranges::find_if(
      slots_, [&](const std::shared_ptr<Slot>& each) { return each->content == content; });
  if (held != slots_.end()) {
    std::rotate(slots_.begin(), held, held + 1);
    return slots_.front();
  }
  if (slots_.size() == kKept) slots_.pop_back();
  auto fresh = std::make_shared<Slot>();
  fresh->content = content;
  slots_.insert(slots_.begin(), fresh);
  return fresh;
}

Result<std::shared_ptr<const Simulation>> SimulationKeep::simulated(const Register& wanted,
                                                                    const Settings& settings) {
  const std::shared_ptr<Slot> mine = slot(content_of(wanted, settings));
  const std::scoped_lock lock(mine->mutex);
  if (mine->found) return *mine->found;
  auto found = simulate(wanted, settings);
  if (found) {
    mine->found = std::make_shared<const Simulation>(*std::move(found));
  } else {
    mine->found = std::unexpected(std::move(found).error());
  }
  return *mine->found;
}

Instant seen_from(const FigureBook& book) {
  return known_until(book, {"scenario", "control", "reduction", "appetite", "insurance_layer",
                            "common_cause", "driver", "driver_loading"});
}

Result<std::shared_ptr<const RecordRegister>> records_of(const FigureBook& book) {
  using Made = Result<std::shared_ptr<const RecordRegister>>;
  return *book.once<Made>("risk.register", [&]() -> Made {
    TB_TRY(RecordRegister made, register_of(book.snapshot()));
    return std::make_shared<const RecordRegister>(std::move(made));
  });
}

Result<Exposed> exposed(const FigureBook& book, SimulationKeep& keep, const Wish& wish) {
  Exposed out{.trials = wish.trials, .seed = wish.seed};
  TB_TRY(out.records, records_of(book));
  const Register& wanted = out.records->wanted;
  if (wanted.scenarios.empty()) return out;
  out.groups = groups_of(wanted);
  Settings settings{.trials = wish.trials, .seed = wish.seed, .threads = keep.threads()};
  settings.contributions = true;
  settings.residuals = false;
  settings.keep = true;
  for (const Group& each : out.groups) settings.groups.push_back(each.scenarios);
  TB_TRY(out.simulation, keep.simulated(wanted, settings));
  if (!wish.budget) return out;
  if (auto best = best_added(wanted, *out.simulation, *wish.budget, keep.threads()))
    out.best = std::make_shared<const BestAdded>(*std::move(best));
  return out;
}

std::shared_ptr<const Exposed> usually_exposed(const FigureBook& book, const KeepPtr& keep) {
  return book.once<Exposed>("risk.exposed", [&]() -> Exposed {
    auto found = exposed(book, *keep);
    if (!found) return {};
    return *std::move(found);
  });
}

}  // namespace tiebeam::risk
