#include <fmt/format.h>

#include "rooms/risk/rules/ai_rules.h"

namespace tiebeam::risk {

Rule ai_review_overdue_rule(ReadAiFacts read) {
  return {"risk.ai_review_overdue",
          Severity::warning,
          "The review of an AI tool is overdue",
          "Tools, their terms and their use change. An approval that nobody looks at again ages in "
          "silence.",
          "Look at it again and set the next day: tiebeam record ai_tool set ID review_on=DAY",
          [read = std::move(read)](const FigureBook& book) {
            return told_one_by_one(read(book).overdue,
                                   {.figures = {"risk.ai.reviews_overdue"},
                                    .message =
                                        [](const AiToolFacts& tool) {
                                          return fmt::format("{} was to be looked at again by {}",
                                                             tool.name, tool.says);
                                        },
                                    .rest = "have a review that is overdue"});
          }};
}

}  // namespace tiebeam::risk
