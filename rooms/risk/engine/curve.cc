#include "rooms/risk/engine/curve.h"

#include <cmath>

namespace tiebeam::risk {

std::vector<double> round_losses(double least, double most) {
  std::vector<double> out;
  for (int tens = static_cast<int>(std::floor(std::log10(least))); std::pow(10, tens) <= most;
       ++tens) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double loss = digit * std::pow(10, tens);
      if (loss >= least && loss <= most) out.push_back(loss);
    }
  }
  return out;
}

}  // namespace tiebeam::risk
