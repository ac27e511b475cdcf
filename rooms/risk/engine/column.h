// The years of a sum of scenarios, counted: what measures, curves and appetite are told from.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "quant/appetite.h"
#include "rooms/risk/engine/curve.h"
#include "rooms/risk/engine/measures.h"

namespace tiebeam::risk {

struct CurvePoint {
  double loss = 0;
  quant::Spread probability;  // to lose more in a year
};

struct AppetiteResult {
  quant::AppetitePoint point;
  quant::Spread probability;
  quant::Verdict verdict = quant::Verdict::undecided;
};

// A column of its own. `losses` is kept when all years are.
struct SumColumn {
  Counted counted;
  std::unique_ptr<LossColumn> losses;

  // Adds the years of a range, in their order. `years` holds whole blocks.
  void add(const std::vector<double>& years, std::size_t trials, double pivot, unsigned threads,
           bool keep);
};
[[nodiscard]] SumColumn column_of(const std::vector<double>& years, std::size_t trials,
                                  double pivot, unsigned threads);

// Where at least 100 years have a loss: from the least twentieth to 50 years from the top.
struct CurveEnds {
  double least = 0, most = 0;
};
[[nodiscard]] std::optional<CurveEnds> curve_ends(const Counted& losses);
[[nodiscard]] std::vector<CurvePoint> curve_at(const Counted& losses,
                                               const std::vector<double>& amounts);
// How many times as likely as tolerated.
[[nodiscard]] double factor_of(const AppetiteResult& point);
// The point to speak of: breaches come before what is undecided, that before what is kept; of equal
// ones the largest factor. Null where there is none.
[[nodiscard]] const AppetiteResult* most_pressing(const std::vector<AppetiteResult>& points);
[[nodiscard]] std::vector<AppetiteResult> against(const Counted& losses,
                                                  const std::vector<quant::AppetitePoint>& points);

}  // namespace tiebeam::risk
