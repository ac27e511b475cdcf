#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/risk/rules/ai_rules.h"

namespace tiebeam::risk {
namespace {

constexpr std::size_t kNamed = 4, kMostFindings = 20;

std::string message(const AiGroupFacts& group) {
  std::string names;
  for (std::size_t i = 0; i < std::min(kNamed, group.tools.size()); ++i)
    names += fmt::format("{}{}", i == 0 ? "" : ", ", group.tools[i].name);
  if (group.tools.size() > kNamed)
    names += fmt::format(" and {} more", group.tools.size() - kNamed);
  std::string out = fmt::format(
      "{} AI tools seem to serve one purpose{}: {}", group.tools.size(),
      group.departments > 1 ? fmt::format(" in {} departments", group.departments) : std::string(),
      names);
  if (group.spend) {
    Figure spend;
    spend.value = *group.spend;
    out += fmt::format("; together {} a year", in_words(spend));
  }
  return out;
}

}  // namespace

Rule ai_duplicate_rule(ReadAiFacts read) {
  return {"risk.ai_duplicate",
          Severity::info,
          "Several AI tools seem to serve one purpose",
          "Each is paid for, learned, examined and reviewed on its own, and none of them gets "
          "better by the use of the others.",
          "Bring the owners together and choose one, or write down what makes them different: "
          "tiebeam record ai_tool set ID purpose=...",
          [read = std::move(read)](const FigureBook& book) {
            std::vector<Finding> out;
            for (const AiGroupFacts& group : read(book).duplicates) {
              if (out.size() == kMostFindings) break;
              Finding finding;
              finding.subject = {"ai_tool", group.tools.front().id};
              finding.message = message(group);
              finding.figures = {"risk.ai.duplicates", "risk.ai.duplicates.spend"};
              finding.since = group.tools.front().since;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::risk
