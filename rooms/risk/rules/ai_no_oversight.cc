#include <fmt/format.h>

#include "rooms/risk/rules/ai_rules.h"

namespace tiebeam::risk {

Rule ai_no_oversight_rule(ReadAiFacts read) {
  return {
      "risk.ai_no_oversight",
      Severity::info,
      "Nobody is named who looks at what an AI tool says",
      "A wrong answer that nobody looks at becomes a decision.",
      "Name who looks at its answers, and when: tiebeam record ai_tool set ID human_oversight=...",
      [read = std::move(read)](const FigureBook& book) {
        return told_one_by_one(
            read(book).no_oversight,
            {.figures = {"risk.ai.no_oversight"},
             .message =
                 [](const AiToolFacts& tool) {
                   return fmt::format("{} is in use, and nobody is named who looks at what it says",
                                      tool.name);
                 },
             .rest = "are in use, and nobody is named who looks at what they say"});
      }};
}

}  // namespace tiebeam::risk
