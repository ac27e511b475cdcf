// The horizons over one set of series, shared by all forecasts that borrow from each other.
#pragma once

#include <memory>
#include <vector>

#include "rooms/flow/engine/forecast/method.h"

namespace tiebeam::flow {

// Owns the series. Not for two threads at once: a horizon is made when first asked for.
class Horizons {
 public:
  explicit Horizons(std::vector<Series> all) : all_(std::move(all)) {}

  [[nodiscard]] std::span<const Series> all() const { return all_; }
  // Over the next `weeks` weeks. REQUIRES: weeks >= 1.
  [[nodiscard]] const Horizon& over(std::size_t weeks) const {
    if (made_.size() < weeks) made_.resize(weeks);
    auto& held = made_[weeks - 1];
    if (!held) held = std::make_unique<const Horizon>(all_, weeks);
    return *held;
  }

 private:
  std::vector<Series> all_;
  mutable std::vector<std::unique_ptr<const Horizon>> made_;  // by weeks - 1
};

}  // namespace tiebeam::flow
