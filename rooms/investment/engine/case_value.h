// The value of one initiative, all its trials at once.
#pragma once

#include <vector>

#include "rooms/investment/engine/value.h"

namespace tiebeam::investment {

struct ValuedCase {
  CaseValue value;
  std::vector<double> npv;  // by trial
};
// Errors: investment.too_large.
[[nodiscard]] Result<ValuedCase> value_case(const Cases& cases, const BusinessCase& initiative,
                                            const Shared& shared, const Settings& settings);
[[nodiscard]] MoneyFigures money_figures(std::span<const double> trials);
// Of arrays by trial, block by block.
[[nodiscard]] quant::Mix digest_of(const std::vector<const std::vector<double>*>& arrays,
                                   std::uint64_t trials);

// engine/tornado.cc
struct TornadoBars {
  double middle = 0;  // value with every input at its median
  std::vector<TornadoRow> rows;
};
[[nodiscard]] TornadoBars tornado_of(const PreparedCase& initiative, const Shared& shared,
                                     const Settings& settings);

}  // namespace tiebeam::investment
