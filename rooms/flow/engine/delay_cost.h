// Time as money, where a value stream says what a day's delay of one piece of its work costs.
// Exact: whole microseconds and minor units, rounded half up once, at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/money.h"
#include "rooms/flow/engine/log.h"

namespace tiebeam::flow {

class DelayCost {
 public:
  // `for_all`: a cost of a day that holds for every item, whatever its stream says.
  explicit DelayCost(std::optional<Money> for_all = std::nullopt) : for_all_(for_all) {}
  [[nodiscard]] std::optional<Money> a_day(const Stream& stream) const {
    return for_all_ ? for_all_ : stream.cost_of_delay_a_day;
  }
  // Adds `micros` of one item of `stream`.
  void add(const Stream& stream, std::int64_t micros);
  // none when no added time has a cost, or costs of two currencies were added.
  [[nodiscard]] std::optional<Money> total() const;
  [[nodiscard]] std::size_t without() const { return without_; }  // items that have no cost
  [[nodiscard]] bool is_mixed() const { return is_mixed_; }

 private:
  __extension__ using Wide = __int128;
  std::optional<Money> for_all_;
  std::optional<Currency> currency_;
  Wide sum_ = 0;  // microseconds x minor units
  std::size_t without_ = 0;
  bool is_mixed_ = false;
};

// 1250.5 for EUR 1250.50: for evidence and ratios, never to add up.
[[nodiscard]] double major_units(Money money);

// Why `cost` has no total, and what to do about it. REQUIRES: it has none.
[[nodiscard]] std::string why_no_cost(const DelayCost& cost);

}  // namespace tiebeam::flow
