#include <fmt/format.h>

#include "rooms/governance/rules/rules.h"

namespace tiebeam::governance {

Rule promise_overdue_rule(ReadFacts read) {
  return {"governance.promise_overdue",
          Severity::warning,
          "A promise past its day, and nobody told",
          "A promise that moves with notice keeps trust; one that passes in silence costs more of "
          "it than ten kept ones earn.",
          "Tell the other side today, agree on a new day, and write both down: tiebeam record "
          "commitment set ID told_on=DAY moved_to=DAY state=renegotiated",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const PromiseFacts& promise : facts.promises) {
              if (!promise.is_overdue) continue;
              Finding finding;
              finding.subject = {"commitment", promise.id};
              finding.message = fmt::format(
                  "\"{}\" was promised for {}; it is open, and nobody "
                  "was told",
                  promise.name, format_day_long(*promise.due));
              finding.figures = {"governance.saydo.kept", "governance.saydo.overdue"};
              finding.since = *promise.due;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::governance
