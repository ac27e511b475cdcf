#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/risk/rules/ai_rules.h"

namespace tiebeam::risk {
namespace {

constexpr std::size_t kMostFindings = 20;  // more of one kind are a number, not a list; ours

}  // namespace

std::vector<Finding> told_one_by_one(const std::vector<AiToolFacts>& tools,
                                     const AiTelling& telling) {
  std::vector<Finding> out;
  for (const AiToolFacts& tool : tools) {
    Finding finding;
    finding.figures = telling.figures;
    finding.since = tool.since;
    if (out.size() + 1 == kMostFindings && tools.size() > kMostFindings) {
      const auto others = static_cast<std::int64_t>(tools.size() - out.size());
      finding.subject = {"organisation", "self"};
      finding.message = fmt::format("{} more AI tools {}", counted(others), telling.rest);
      out.push_back(std::move(finding));
      break;
    }
    finding.subject = {"ai_tool", tool.id};
    finding.message = telling.message(tool);
    out.push_back(std::move(finding));
  }
  return out;
}

}  // namespace tiebeam::risk
