// What initiatives promised and what has come of it, from the organisation's readings.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/json.h"
#include "rooms/investment/engine/benefits.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

struct CaseBenefits {
  std::vector<EffectBenefit> effects;  // of the effects that are counted and are on record
  Realisation total;
  std::string why;  // where there is nothing to compare
  std::vector<AdoptionGroup> groups;
  std::vector<AdoptionReading> active;  // of its groups
  AdoptionShare now, day30, day90;
  std::optional<double> adoption_p50;  // as estimated
};
[[nodiscard]] CaseBenefits benefits_of(const FigureBook& book, const Portfolio& portfolio,
                                       const RecordCase& one, const KeepPtr& keep);
// Of all cases, made once for a book. In the order of RecordCases::each.
[[nodiscard]] std::shared_ptr<const std::vector<CaseBenefits>> all_benefits(
    const FigureBook& book, const Portfolio& portfolio, const KeepPtr& keep);

// `investment.promised`, `.realised`, ...: of all; `investment.ID.promised` ...: of one.
[[nodiscard]] std::vector<FigureSpec> benefit_specs(std::string_view initiative);
[[nodiscard]] std::vector<Figure> benefit_figures(const Portfolio& portfolio,
                                                  const std::vector<CaseBenefits>& all);
[[nodiscard]] std::vector<Figure> benefit_figures(const Portfolio& portfolio, const RecordCase& one,
                                                  const CaseBenefits& benefits);

// Promised and realised a year, their ratio, readings inside; `prefix` as in "payroll.".
[[nodiscard]] std::vector<Figure> realised_figures(const Portfolio& portfolio,
                                                   std::string_view prefix, const Realisation& of,
                                                   const std::string& why);
// Adoption promised, now, after 30 and after 90 days.
[[nodiscard]] std::vector<Figure> adoption_figures(const Portfolio& portfolio,
                                                   const RecordCase& one,
                                                   const CaseBenefits& benefits);
// What effect number `place` of the case promised, by day.
[[nodiscard]] std::shared_ptr<const std::vector<Promise>> promised(const Portfolio& portfolio,
                                                                   const RecordCase& one,
                                                                   std::size_t place,
                                                                   const std::vector<double>& days,
                                                                   const KeepPtr& keep);

// The parts "benefits" and "adoption" of a case.
[[nodiscard]] Json benefits_json(const FigureBook& book, const Portfolio& portfolio,
                                 const RecordCase& one, const CaseBenefits& benefits,
                                 const KeepPtr& keep);
[[nodiscard]] Json adoption_json(const Portfolio& portfolio, const RecordCase& one,
                                 const CaseBenefits& benefits);

}  // namespace tiebeam::investment
