#include "bench/flow/generated_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <tuple>

namespace tiebeam::bench {
namespace {

constexpr std::uint8_t kFirst = 0, kLastStage = 9, kHold = 10, kDone = 11, kDropped = 12;
constexpr std::int64_t kSecond = 1'000'000, kHour = 3600 * kSecond;
constexpr std::int64_t kEnd = kStart + std::int64_t{kWeeks} * 7 * 24 * kHour;

// Writes the life of one item after another.
class Writer {
 public:
  Writer(std::size_t events, std::uint64_t seed) : rng_(seed), wanted_(events) {
    log_.rows.reserve(events + 64);
    for (std::size_t i = 0; i < kSteps; ++i) {
      const double z = (static_cast<double>(i) + 0.5) / kSteps * 2 - 1;
      // A logistic quantile: close to a normal's, with heavier tails.
      spread_[i] = std::exp(0.55 * std::log((1 + z) / (1 - z)));
    }
  }

  GeneratedLog write() {
    while (log_.rows.size() < wanted_) write_item();
    log_.rows.resize(wanted_);
    std::ranges::sort(log_.rows, {}, [](const GeneratedRow& row) {
      return std::tuple(row.at, row.item, row.state, row.person);
    });
    return std::move(log_);
  }

 private:
  std::uint64_t any(std::uint64_t n) { return rng_() % n; }
  bool chance(std::uint64_t percent) { return any(100) < percent; }

  void write_item() {
    at_ = kStart + static_cast<std::int64_t>(any(static_cast<std::uint64_t>(kEnd - kStart)));
    at_ -= at_ % kSecond;
    team_ = static_cast<std::uint32_t>(any(kTeams));
    std::uint8_t state = chance(40) ? kFirst : 1;
    enter(state);
    while (at_ < kEnd && state != kDropped) {
      stay(state);
      if (at_ >= kEnd) break;
      state = next_of(state);
      enter(state);
      if (state != kDone) continue;
      if (!chance(3)) break;
      at_ += static_cast<std::int64_t>(any(14 * 24)) * kHour;  // comes back, soon or late
      if (at_ >= kEnd) break;
      state = 4;
      enter(state);
    }
    ++log_.items;
  }
  void enter(std::uint8_t state) {
    if (chance(28)) team_ = static_cast<std::uint32_t>(any(kTeams));
    const auto person = team_ * kPeopleATeam + static_cast<std::uint32_t>(any(kPeopleATeam));
    log_.rows.push_back({at_, log_.items, static_cast<std::uint16_t>(person),
                         static_cast<std::uint8_t>(team_), state});
  }
  void stay(std::uint8_t state) {
    const double hours = kStates[state].median_hours * spread_[any(kSteps)];
    at_ += std::max<std::int64_t>(1, std::llround(hours * 3600)) * kSecond;
  }
  std::uint8_t next_of(std::uint8_t state) {
    if (state == kHold) return held_from_;
    if (chance(2)) return kDropped;
    if (chance(4)) {
      held_from_ = state;
      return kHold;
    }
    if (state > 2 && chance(6)) return static_cast<std::uint8_t>(state - 1 - any(2));
    if (state < kLastStage - 1 && chance(20)) return static_cast<std::uint8_t>(state + 2);
    return state == kLastStage ? kDone : static_cast<std::uint8_t>(state + 1);
  }

  static constexpr std::size_t kSteps = 1024;
  std::mt19937_64 rng_;
  std::size_t wanted_;
  std::array<double, kSteps> spread_{};
  GeneratedLog log_;
  std::int64_t at_ = 0;
  std::uint32_t team_ = 0;
  std::uint8_t held_from_ = 1;
};

}  // namespace

GeneratedLog generate(std::size_t events, std::uint64_t seed) {
  return Writer(events, seed).write();
}

std::string state_map() {
  std::string order, states;
  for (const GeneratedState& state : kStates) {
    if (std::string_view(state.meaning) != "blocked" &&
        std::string_view(state.meaning) != "cancelled")
      order += fmt::format("{}\"{}\"", order.empty() ? "" : ", ", state.name);
    states += fmt::format("\"{}\" = \"{}\"\n", state.name, state.meaning);
  }
  return fmt::format("order = [{}]\n[states]\n{}", order, states);
}

}  // namespace tiebeam::bench
