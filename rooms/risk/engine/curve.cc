#include "rooms/risk/engine/curve.h"

#include <array>
#include <cmath>

namespace tiebeam::risk {

std::vector<double> round_losses(double least, double most) {
  std::vector<double> out;
  for (int tens = static_cast<int>(std::floor(std::log10(least))); std::pow(10, tens) <= most; ++tens) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double loss = digit * std::pow(10, tens);
      if (loss >= least && loss <= most) out.push_back(loss);
    }
  }
  return out;
}

std::string_view verdict_name(Verdict verdict) {
  constexpr std::array<std::string_view, 3> kNames = {"within", "breach", "undecided"};
  return kNames[static_cast<std::size_t>(verdict)];
}

Verdict verdict_of(const AppetitePoint& point, const quant::Spread& probability) {
  if (probability.low > point.probability) return Verdict::breach;
  if (probability.high <= point.probability) return Verdict::within;
  return Verdict::undecided;
}

}  // namespace tiebeam::risk
