// The room's figures: of the portfolio, declared for every organisation, and of each scenario,
// control, service and priority, which come with the answers that list them.
#pragma once

#include <string>
#include <vector>

#include "model/figures.h"
#include "rooms/risk/exposure.h"

namespace tiebeam::risk {

[[nodiscard]] std::vector<FigureSpec> loss_specs();
// In the order of the specs, each with a value or the reason why there is none.
[[nodiscard]] std::vector<Figure> loss_figures(const Exposed& found, Instant as_of);
// The scenarios under a figure, largest first; the points of the appetite under its factor.
[[nodiscard]] std::vector<Evidence> loss_evidence(const Exposed& found, std::string_view key,
                                                  std::size_t offset, std::size_t limit);

// A figure of one row: its key, such as risk.scenarios[ransomware].mean, stands in no registry.
struct RowFigure {
  std::string key, label, unit, formula;
};
class RowFigures {
 public:
  RowFigures(Instant as_of, Currency currency, const Exposed* found);
  // With trials, seed and the record in its trail.
  [[nodiscard]] Figure blank(RowFigure row, std::string_view type, std::string_view id) const;
  [[nodiscard]] Figure money(Figure figure, std::optional<double> amount,
                             std::optional<Interval> interval = {}) const;
  [[nodiscard]] static Figure number(Figure figure, double value,
                                     std::optional<Interval> interval = {});
  // The mean of what a set avoids, with what it avoids in 9 in 10 single years.
  [[nodiscard]] Figure avoided(Figure figure, const SetResult& set) const;
  [[nodiscard]] static Figure not_known(Figure figure, std::string reason);
  // Mean with what the trials leave open; a percentile.
  [[nodiscard]] Figure mean(RowFigure row, std::string_view type, std::string_view id,
                            const Measures& measures) const;
  [[nodiscard]] Figure percentile(RowFigure row, std::string_view type, std::string_view id,
                                  const std::optional<double>& value) const;

 private:
  Instant as_of_;
  Currency currency_;
  const Exposed* found_;
};

// Money of an amount, or nothing where it is beyond what a Money holds.
// What a set of controls avoids in 9 in 10 single years; none where these all avoid nothing.
[[nodiscard]] std::optional<Interval> yearly_range(const SetResult& set);
// Says in the trail what the range is, and how well so many years tell the mean.
void say_range(const SetResult& set, const Currency& currency, Figure& figure);
[[nodiscard]] std::optional<Money> money_of(double amount, const Currency& currency);

}  // namespace tiebeam::risk
