#include "model/rules.h"

#include <fmt/format.h>

#include <map>
#include <tuple>
#include <utility>

namespace tiebeam {

void RuleRegistry::add(Rule rule) {
  TB_CHECK(std::ranges::find(rules_, rule.id, &Rule::id) == rules_.end(),
           "each rule is declared once");
  rules_.push_back(std::move(rule));
}

namespace {
bool is_waived(const Finding& finding, const std::vector<Waiver>& waivers,
               std::chrono::sys_days today) {
  const std::string subject = fmt::format("{}/{}", finding.subject.type, finding.subject.id);
  return std::ranges::any_of(waivers, [&](const Waiver& waiver) {
    return waiver.rule == finding.rule && waiver.subject == subject && waiver.until &&
           std::chrono::sys_days{*waiver.until} >= today;
  });
}

// Waivers, addresses and order know a finding by its rule and subject.
std::vector<Finding> told_once(std::vector<Finding> found) {
  std::vector<Finding> out;
  std::map<Subject, std::size_t> places;
  for (Finding& finding : found) {
    const std::vector<std::string> keys = std::exchange(finding.figures, {});
    const auto [place, is_new] = places.try_emplace(finding.subject, out.size());
    Finding& held = is_new ? out.emplace_back(std::move(finding)) : out[place->second];
    if (!is_new) {
      held.message += "; " + finding.message;
      held.since = std::min(held.since, finding.since);
      if (held.act.empty()) held.act = std::move(finding.act);
    }
    for (const std::string& key : keys)
      if (std::ranges::find(held.figures, key) == held.figures.end()) held.figures.push_back(key);
  }
  return out;
}
}  // namespace

std::vector<Finding> RuleRegistry::run(const FigureBook& book) const {
  const auto waivers = book.snapshot().all<Waiver>();
  const std::chrono::sys_days today{day_of(book.as_of())};
  std::vector<Finding> out;
  for (const Rule& rule : rules_) {
    for (Finding& finding : told_once(rule.look(book))) {
      finding.rule = rule.id;
      finding.severity = rule.severity;
      finding.why = rule.why;
      if (finding.act.empty()) finding.act = rule.act;
      if (!is_waived(finding, waivers, today)) out.push_back(std::move(finding));
    }
  }
  std::ranges::sort(out, [](const Finding& a, const Finding& b) {
    if (a.severity != b.severity) return a.severity > b.severity;
    return std::tie(a.rule, a.subject) < std::tie(b.rule, b.subject);
  });
  return out;
}

}  // namespace tiebeam
