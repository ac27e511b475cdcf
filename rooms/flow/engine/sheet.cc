#include "rooms/flow/engine/sheet.h"

#include <fmt/format.h>

namespace tiebeam::flow {

std::string line_name(double p) {
  if (p == 0.5) return "a line at half";
  return fmt::format("{} {:.0f} % line", p == 0.85 ? "an" : "a", p * 100);
}

void set_percentile(Figure& figure, std::span<const double> sorted, double p,
                    std::string_view what) {
  const auto bounds = sorted.empty() ? std::nullopt : quant::rank_bounds(sorted.size(), p);
  if (!bounds) {
    return say(figure, Status::too_few,
               fmt::format("{}: {} are needed for {}", counted_of(sorted.size(), what),
                           quant::values_needed(p), line_name(p)));
  }
  figure.value = quant::inverse_ecdf(sorted, p);
  figure.interval = Interval{sorted[bounds->low - 1], sorted[bounds->high - 1], quant::kLevel};
}

}  // namespace tiebeam::flow
