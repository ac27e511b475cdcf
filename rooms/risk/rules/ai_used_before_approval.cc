#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/risk/rules/ai_rules.h"

namespace tiebeam::risk {
namespace {

constexpr std::size_t kNamed = 3;

std::string message(const AiGroupFacts& department) {
  std::string names;
  for (std::size_t i = 0; i < std::min(kNamed, department.tools.size()); ++i)
    names += fmt::format("{}{} ({})", i == 0 ? "" : ", ", department.tools[i].name,
                         department.tools[i].says);
  if (department.tools.size() > kNamed)
    names += fmt::format(" and {} more", department.tools.size() - kNamed);
  const auto count = static_cast<std::int64_t>(department.tools.size());
  return fmt::format("In {}, {} {} into use before approval: {}",
                     department.name.empty() ? "departments that are not named" : department.name,
                     counted(count), count == 1 ? "AI tool came" : "AI tools came", names);
}

}  // namespace

Rule ai_used_before_approval_rule(ReadAiFacts read) {
  return {"risk.ai_used_before_approval",
          Severity::warning,
          "AI tools came into use before they were approved",
          "Where use comes first, the need was real and the way to an approval was longer than the "
          "need could wait. That is a fault of the way, not of the people.",
          "Approve or block what is in use now, and ask the department what would have made asking "
          "first worth it: tiebeam risk ai",
          [read = std::move(read)](const FigureBook& book) {
            std::vector<Finding> out;
            for (const AiGroupFacts& department : read(book).used_before) {
              Finding finding;
              finding.subject = {"ai_tool", department.tools.front().id};
              finding.message = message(department);
              finding.figures = {"risk.ai.approved_first", "risk.ai.unapproved",
                                 "risk.ai.governance_lag.p50"};
              finding.since = department.tools.front().since;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::risk
