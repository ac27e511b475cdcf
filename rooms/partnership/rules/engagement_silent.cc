#include <fmt/format.h>

#include "rooms/partnership/rules/review_rules.h"

namespace tiebeam::partnership {

Rule engagement_silent_rule(ReadReviewFacts read) {
  return {"partnership.engagement_silent",
          Severity::warning,
          "A partner not met for one and a half cadences",
          "What is not talked about face to face is guessed, and guesses about IT are seldom kind.",
          "Fix the next day today: tiebeam record meeting add name=... engagement=ID "
          "planned_on=DAY",
          [read = std::move(read)](const FigureBook& book) {
            const ReviewFacts facts = read(book);
            std::vector<Finding> out;
            for (const DatedFacts& one : facts.silent) {
              Finding finding;
              finding.subject = {"engagement", one.id};
              finding.message = one.day ? fmt::format("\"{}\" last met on {}", one.name,
                                                      format_day_long(*one.day))
                                        : fmt::format("\"{}\" has never met", one.name);
              finding.figures = {"partnership.engagement.held"};
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::partnership
