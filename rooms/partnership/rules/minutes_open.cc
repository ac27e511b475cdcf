#include <fmt/format.h>

#include "rooms/partnership/rules/review_rules.h"

namespace tiebeam::partnership {

Rule minutes_open_rule(ReadReviewFacts read) {
  return {"partnership.minutes_open",
          Severity::info,
          "Minutes not agreed a week after the meeting",
          "After a week two people remember two meetings; what was promised is then a matter of "
          "opinion.",
          "Read the minutes together and close them on the review's page, or: tiebeam record "
          "meeting set ID closed_at=INSTANT",
          [read = std::move(read)](const FigureBook& book) {
            std::vector<Finding> out;
            for (const DatedFacts& one : read(book).unclosed) {
              Finding finding;
              finding.subject = {"meeting", one.id};
              finding.message = fmt::format("\"{}\" was held on {}; its minutes are not closed",
                                            one.name, format_day_long(*one.day));
              finding.figures = {"partnership.engagement.held"};
              finding.since = *one.day;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::partnership
