#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {
namespace {

constexpr double kRounding = 1e-9;

std::string words(const SharedKpi& kpi) {
  const std::string who = fmt::format("{}", fmt::join(kpi.initiatives, ", "));
  if (kpi.share_sum > 1 + kRounding) {
    return fmt::format("{} claim {} of what moves \"{}\"", who, in_words(kpi.share_sum, "share"),
                       kpi.name);
  }
  return fmt::format("{} together promise {} {} on \"{}\", and {} are missing to its target", who,
                     rounded(kpi.promised), kpi.unit, kpi.name, rounded(*kpi.gap));
}

}  // namespace

Rule benefits_overlap_rule(ReadFacts read) {
  return {"investment.benefits_overlap",
          Severity::warning,
          "Several cases promise the same benefit",
          "A KPI moves once: benefits that several cases count are counted twice in the total.",
          "Agree how much of the KPI each case moves, and write it as its share.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const SharedKpi& kpi : facts.kpis) {
              const bool claims = kpi.share_sum > 1 + kRounding;
              const bool beyond = kpi.gap && kpi.promised > *kpi.gap + kRounding;
              if (kpi.initiatives.size() < 2 || !(claims || beyond)) continue;
              Finding finding;
              finding.subject = {"kpi", kpi.id};
              finding.message = words(kpi);
              finding.figures = {"investment.portfolio.npv.mean"};
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
