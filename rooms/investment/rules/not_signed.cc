#include <fmt/format.h>

#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {

Rule not_signed_rule(ReadFacts read) {
  return {"investment.not_signed",
          Severity::warning,
          "A funded case that no champion has signed",
          "Money was given before an executive had read what it costs and what it could lose.",
          "Have its champion read the case and sign it.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const CaseFacts& each : facts.cases) {
              if (!(each.is_running() &&
                    (each.signed_state == "none" || each.signed_state == "withdrawn")))
                continue;
              Finding finding;
              finding.subject = {"initiative", each.id};
              finding.message = fmt::format("\"{}\" is funded, and {}", each.name,
                                            each.signed_state == "none"
                                                ? "nobody has signed its case"
                                                : "the signature under its case was taken back");
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
