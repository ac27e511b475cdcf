#include <fmt/format.h>

#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {

Rule signature_void_rule(ReadFacts read) {
  return {"investment.signature_void",
          Severity::warning,
          "A signature no longer stands for its case",
          "The case has become another one since it was signed: dearer, or a loss.",
          "Have the champion read the case as it is now, and sign it anew or stop it.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const CaseFacts& each : facts.cases) {
              if (!(each.stage != Stage::stopped && each.signed_state == "void")) continue;
              Finding finding;
              finding.subject = {"initiative", each.id};
              finding.message = fmt::format("the signature under \"{}\" no longer stands: {}",
                                            each.name, each.signed_why);
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
