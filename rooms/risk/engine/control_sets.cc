#include "rooms/risk/engine/control_sets.h"

#include <algorithm>
#include <bit>
#include <iterator>
#include <map>
#include <memory>
#include <numeric>

namespace tiebeam::risk {
namespace {

using quant::kBlock;

bool holds(const ControlSet& set, std::size_t control) {
  return std::ranges::binary_search(set, control);
}

// Mean of a draw over its scores: 4,096 scores in the middle of equal chances.
double mean_of(const quant::Draw& draw) {
  if (draw.constant()) return draw.value();
  constexpr std::size_t kPoints = 4096;
  Row u, x;
  double sum = 0;
  for (std::size_t first = 0; first < kPoints; first += kBlock) {
    for (std::size_t i = 0; i < kBlock; ++i)
      u[i] = (static_cast<double>(first + i) + 0.5) / kPoints;
    quant::normals(u.data(), kBlock, u.data());
    draw.map(u.data(), kBlock, x.data());
    sum = std::accumulate(x.begin(), x.begin() + kBlock, sum);
  }
  return sum / kPoints;
}

// Expected losses a year as controls leave them: events are linear in what remains of them, losses
// are linear unless insured; then a sample of single events is paid out again.
class Expected {
 public:
  explicit Expected(const Prepared& prepared) : prepared_(prepared) {
    for (std::size_t s = 0; s < prepared.scenarios.size(); ++s) {
      const bool is_paid_anew =
          !prepared.reductions[s].empty() && !prepared.scenarios[s].insurance.empty();
      samples_.push_back(is_paid_anew ? events_of(s) : std::vector<double>{});
      means_.push_back(mean_event(prepared.scenarios[s]));
      std::vector<double> means;
      for (const PreparedReduction& each : prepared.reductions[s])
        means.push_back(mean_of(each.by));
      by_.push_back(std::move(means));
    }
    for (const quant::Draw& each : prepared.control_costs) costs_.push_back(mean_of(each));
  }
  [[nodiscard]] double cost(const ControlSet& set) const {
    double sum = 0;
    for (const std::size_t control : set) sum += costs_[control];
    return sum;
  }
  // Of all scenarios that any control touches.
  [[nodiscard]] double loss(const ControlSet& set) {
    double sum = 0;
    for (std::size_t s = 0; s < prepared_.scenarios.size(); ++s) {
      if (!prepared_.reductions[s].empty()) sum += loss_of(s, set);
    }
    return sum;
  }

 private:
  double loss_of(std::size_t s, const ControlSet& set) {
    const auto& reductions = prepared_.reductions[s];
    double events = prepared_.scenarios[s].own.mean + prepared_.scenarios[s].common.mean;
    double size = 1;
    for (std::size_t i = 0; i < reductions.size(); ++i) {
      if (!holds(set, reductions[i].control)) continue;
      (reductions[i].factor == Factor::frequency ? events : size) *= 1 - by_[s][i];
    }
    return events * event_loss(s, size);
  }

  // Of one event before insurance, by its moments.
  static double mean_event(const PreparedScenario& s) {
    return s.primary_moments.mean + mean_of(s.secondary_probability) * s.secondary_moments.mean;
  }

  double event_loss(std::size_t s, double size) {
    if (prepared_.scenarios[s].insurance.empty()) return size * means_[s];
    const auto known = known_.find({s, size});
    if (known != known_.end()) return known->second;
    std::vector<double> x = samples_[s];
    const std::size_t n = x.size() - quant::kPad;
    for (double& each : x) each *= size;
    for (const InsuranceLayer& layer : prepared_.scenarios[s].insurance)
      quant::insure(layer.deductible, layer.limit, n, x.data());
    const double mean =
        std::accumulate(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n), 0.0) /
        static_cast<double>(n);
    return known_[{s, size}] = mean;
  }

  // Single events before insurance: means of sixteen neighbours of a larger sample, which is paid
  // out once a set and differs from all of them only where a layer begins or ends among neighbours.
  [[nodiscard]] std::vector<double> events_of(std::size_t s) const {
    constexpr std::uint64_t kBlocks = 32;
    PreparedScenario one = prepared_.scenarios[s];
    one.own = {.way = EventSource::Way::fixed, .key = one.key, .count = 1, .mean = 1};
    one.common = {};
    one.insurance.clear();
    auto work = std::make_unique<Workspace>(prepared_);
    auto loss = std::make_unique<BlockLoss>();
    std::vector<double> out;
    for (std::uint64_t block = 0; block < kBlocks; ++block) {
      simulate_block(one, block, {}, *work, *loss);
      out.insert(out.end(), loss->before.begin(), loss->before.begin() + kBlock);
    }
    constexpr std::size_t kGroup = 16;
    std::ranges::sort(out);
    for (std::size_t i = 0; i < out.size() / kGroup; ++i) {
      const auto first = out.begin() + static_cast<std::ptrdiff_t>(i * kGroup);
      out[i] = std::accumulate(first, first + kGroup, 0.0) / kGroup;
    }
    out.resize(out.size() / kGroup + quant::kPad);
    return out;
  }

  const Prepared& prepared_;
  std::vector<std::vector<double>> samples_, by_;  // by scenario; the first where it is insured
  std::vector<double> means_;
  std::vector<double> costs_;
  std::map<std::pair<std::size_t, double>, double> known_;
};

ControlSet members(std::uint64_t bits) {
  ControlSet out;
  for (; bits != 0; bits &= bits - 1)
    out.push_back(static_cast<std::size_t>(std::countr_zero(bits)));
  return out;
}

// Adds, drops or exchanges one control while that is better.
template <class Worth>
ControlSet climbed(ControlSet set, std::size_t controls, Worth worth) {
  double best = worth(set);
  for (bool moved = true; moved;) {
    moved = false;
    ControlSet next = set;
    const auto try_set = [&](ControlSet candidate) {
      std::ranges::sort(candidate);
      const double value = worth(candidate);
      if (value > best) {
        best = value;
        next = std::move(candidate);
        moved = true;
      }
    };
    for (std::size_t in = 0; in < controls; ++in) {
      if (holds(set, in)) {
        ControlSet without = set;
        std::erase(without, in);
        try_set(without);
        continue;
      }
      ControlSet with = set;
      with.push_back(in);
      try_set(with);
      for (const std::size_t out : set) {
        ControlSet exchanged = with;
        std::erase(exchanged, out);
        try_set(exchanged);
      }
    }
    set = std::move(next);
  }
  return set;
}

}  // namespace

ControlSet both(const ControlSet& one, const ControlSet& other) {
  ControlSet out;
  std::ranges::set_union(one, other, std::back_inserter(out));
  return out;
}

std::optional<double> expected_part(const Prepared& prepared, std::size_t scenario,
                                    const ControlSet& set) {
  double left = 1;
  for (const PreparedReduction& each : prepared.reductions[scenario]) {
    if (!holds(set, each.control)) continue;
    const bool insured = !prepared.scenarios[scenario].insurance.empty();
    if (insured && each.factor == Factor::magnitude) return std::nullopt;
    left *= 1 - mean_of(each.by);
  }
  return left;
}

ControlSet switched(const ControlSet& set, std::size_t control) {
  ControlSet out;
  std::ranges::set_symmetric_difference(set, ControlSet{control}, std::back_inserter(out));
  return out;
}

ControlSet choices_of(const Register& wanted) {
  ControlSet out;
  for (std::size_t i = 0; i < wanted.controls.size(); ++i)
    if (!wanted.controls[i].in_place && !wanted.controls[i].has_no_price) out.push_back(i);
  return out;
}

bool differ_on(const Prepared& prepared, std::size_t scenario, const ControlSet& one,
               const ControlSet& other) {
  return std::ranges::any_of(prepared.reductions[scenario], [&](const PreparedReduction& each) {
    return holds(one, each.control) != holds(other, each.control);
  });
}

BestSet best_set(const Prepared& prepared, double budget, const ControlSet& in_place,
                 const ControlSet& choices) {
  Expected expected(prepared);
  const std::size_t controls = choices.size();
  const double before = expected.loss(in_place);
  const auto named = [&](const ControlSet& places) {
    ControlSet out;
    for (const std::size_t place : places) out.push_back(choices[place]);
    return out;
  };
  const auto told = [&](const ControlSet& places) {
    const ControlSet set = named(places);
    const double cost = expected.cost(set);
    return cost > budget ? -1 : before - expected.loss(both(in_place, set)) - cost;
  };
  // Climbing comes by the same sets again and again.
  constexpr std::size_t kMostKnown = std::size_t{1} << 17;
  std::map<ControlSet, double> known;
  const auto worth = [&](const ControlSet& places) {
    if (const auto found = known.find(places); found != known.end()) return found->second;
    const double value = told(places);
    if (known.size() < kMostKnown) known.emplace(places, value);
    return value;
  };
  if (controls <= kExhaustive) {
    ControlSet best;
    double most = 0;
    for (std::uint64_t bits = 1; bits < std::uint64_t{1} << controls; ++bits) {
      ControlSet set = members(bits);
      const double value = told(set);
      if (value > most) {
        most = value;
        best = std::move(set);
      }
    }
    return {named(best), true};
  }
  ControlSet best = climbed({}, controls, worth);
  for (std::size_t start = 0; start < controls; ++start) {
    ControlSet found = climbed({start}, controls, worth);
    if (worth(found) > worth(best)) best = std::move(found);
  }
  return {named(best), false};
}

}  // namespace tiebeam::risk
