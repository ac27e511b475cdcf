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

std::vector<double> even_losses(double least, double most) {
  // Source: IEC 60063, series E12.
  constexpr double kDigits[] = {1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2};
  std::vector<double> out;
  for (int tens = static_cast<int>(std::floor(std::log10(least)));; ++tens) {
    for (const double digits : kDigits) {
      const double scale = std::pow(10, std::abs(tens));
      const double loss = tens >= 1 ? std::round(digits * 10) * (scale / 10) : digits / scale;
      if (out.size() == 1 && loss <= least) out.clear();
      out.push_back(loss);
      if (loss < most) continue;
      const std::size_t extra = out.size() > kMostPoints ? out.size() - kMostPoints : 0;
      return {out.begin() + static_cast<std::ptrdiff_t>(extra), out.end()};
    }
  }
}

}  // namespace tiebeam::risk
