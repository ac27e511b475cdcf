// What the rule about speed and stability looks at: the earlier and the later half of the window.
#pragma once

#include <cstdint>
#include <functional>

#include "model/figures.h"

namespace tiebeam::flow {

struct DeliveryHalf {
  std::int64_t deployments = 0, failed = 0;
  double a_week = 0;
};
struct DeliveryFacts {
  bool is_known = false;  // deployments and incidents are imported
  DeliveryHalf earlier, later;
  double failure_low = 0;  // lower bound of the later half's failure share
};
using ReadDelivery = std::function<DeliveryFacts(const FigureBook& book)>;

}  // namespace tiebeam::flow
