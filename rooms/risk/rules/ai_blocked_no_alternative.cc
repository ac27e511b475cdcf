#include <fmt/format.h>

#include "rooms/risk/rules/ai_rules.h"

namespace tiebeam::risk {

Rule ai_blocked_no_alternative_rule(ReadAiFacts read) {
  return {
      "risk.ai_blocked_no_alternative",
      Severity::warning,
      "An AI tool is blocked, and nothing is named to use instead",
      "The need does not go away with the tool. Who hears only no finds a way that nobody sees.",
      "Answer yes, how: name what may be used instead: tiebeam record ai_tool set ID "
      "alternative=TOOL",
      [read = std::move(read)](const FigureBook& book) {
        return told_one_by_one(read(book).blocked,
                               {.figures = {"risk.ai.blocked.no_alternative"},
                                .message =
                                    [](const AiToolFacts& tool) {
                                      return fmt::format(
                                          "{} is blocked for {}{}", tool.name,
                                          tool.department.empty() ? "everybody" : tool.department,
                                          tool.says);
                                    },
                                .rest = "are blocked, and nothing is named to use instead"});
      }};
}

}  // namespace tiebeam::risk
