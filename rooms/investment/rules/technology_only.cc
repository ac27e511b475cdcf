#include <fmt/format.h>

#include "rooms/investment/rules/rules.h"

namespace tiebeam::investment {

Rule technology_only_rule(ReadFacts read) {
  return {"investment.technology_only",
          Severity::warning,
          "A case that plans technology only",
          "What is built changes nothing until people work differently; that part costs most of "
          "the time.",
          "Write how people are won and trained, and what changes in how work is done.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const CaseFacts& each : facts.cases) {
              if (!((each.is_running() || each.stage == Stage::proposed) &&
                    !(each.has_people_plan && each.has_process_plan)))
                continue;
              Finding finding;
              finding.subject = {"initiative", each.id};
              finding.message =
                  fmt::format("\"{}\" has no plan for {}", each.name,
                              each.has_people_plan    ? "how work is done"
                              : each.has_process_plan ? "people"
                                                      : "people, and none for how work is done");
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::investment
