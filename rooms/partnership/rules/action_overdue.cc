#include <fmt/format.h>

#include "rooms/partnership/rules/review_rules.h"

namespace tiebeam::partnership {

Rule action_overdue_rule(ReadReviewFacts read) {
  return {"partnership.action_overdue",
          Severity::warning,
          "An action of a review is past its day",
          "A review whose actions are not done teaches the partner that talking changes nothing.",
          "Do it, drop it with a word to the partner, or agree on a new day: tiebeam record action "
          "set ID state=done done_on=DAY",
          [read = std::move(read)](const FigureBook& book) {
            std::vector<Finding> out;
            for (const DatedFacts& one : read(book).overdue) {
              Finding finding;
              finding.subject = {"action", one.id};
              finding.message = fmt::format("\"{}\" was to be done by {} and is open", one.name,
                                            format_day_long(*one.day));
              finding.figures = {"partnership.actions.overdue"};
              finding.since = *one.day;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::partnership
