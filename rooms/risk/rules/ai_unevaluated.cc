#include <fmt/format.h>

#include "rooms/risk/rules/ai_rules.h"

namespace tiebeam::risk {

Rule ai_unevaluated_rule(ReadAiFacts read) {
  return {
      "risk.ai_unevaluated",
      Severity::error,
      "An AI tool sees confidential or personal data, and no evaluation says that it may",
      "What a tool is told may leave the house or come back to others. Whether it does is "
      "known only to those who looked.",
      "Have it examined, or keep such data away from it: tiebeam record ai_tool set ID "
      "evaluation=under_way evaluated_by=PERSON",
      [read = std::move(read)](const FigureBook& book) {
        return told_one_by_one(
            read(book).unevaluated,
            {.figures = {"risk.ai.unevaluated"},
             .message =
                 [](const AiToolFacts& tool) {
                   return fmt::format("{} sees {}", tool.name, tool.says);
                 },
             .rest = "see confidential or personal data, and no evaluation says that they may"});
      }};
}

}  // namespace tiebeam::risk
