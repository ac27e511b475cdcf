#include <fmt/format.h>

#include "rooms/risk/rules/rules.h"

namespace tiebeam::risk {
namespace {

Finding about(const ScenarioFacts& scenario, const Facts& facts, std::string message) {
  Finding finding;
  finding.subject = {"scenario", scenario.id};
  finding.message = std::move(message);
  finding.figures = {"risk.loss.mean"};
  finding.since = facts.today;
  return finding;
}

// A rule that looks at scenarios one by one: `notice` gives the finding, or one without a message.
template <class Notice>
auto each_scenario(ReadFacts read, Notice notice) {
  return [read = std::move(read), notice](const FigureBook& book) {
    const Facts facts = read(book);
    std::vector<Finding> out;
    for (const ScenarioFacts& scenario : facts.scenarios) {
      Finding finding = notice(scenario, facts);
      if (!finding.message.empty()) out.push_back(std::move(finding));
    }
    return out;
  };
}

Finding no_owner(const ScenarioFacts& scenario, const Facts& facts) {
  if (scenario.has_owner) return {};
  return about(scenario, facts, fmt::format("\"{}\" has no owner", scenario.name));
}

Finding review_due(const ScenarioFacts& scenario, const Facts& facts) {
  if (!scenario.review_on)
    return about(scenario, facts, fmt::format("\"{}\" has no day of review", scenario.name));
  if (*scenario.review_on >= facts.today) return {};
  Finding finding = about(scenario, facts,
                          fmt::format("\"{}\" was to be reviewed by {}", scenario.name,
                                      format_day_long(*scenario.review_on)));
  finding.since = *scenario.review_on;
  return finding;
}

Finding accepted_by_nobody(const ScenarioFacts& scenario, const Facts& facts) {
  if (!scenario.is_accepted || scenario.has_acceptor) return {};
  return about(scenario, facts,
               fmt::format("\"{}\" is accepted, but no executive carries it", scenario.name));
}

Finding stale(const ScenarioFacts& scenario, const Facts& facts) {
  if (!scenario.has_estimate) return {};
  if (!scenario.estimated_on)
    return about(scenario, facts,
                 fmt::format("It is not said when the ranges of \"{}\" were given", scenario.name));
  const std::int64_t age = days_between(*scenario.estimated_on, facts.today);
  if (age <= kStaleDays) return {};
  Finding finding = about(scenario, facts,
                          fmt::format("The ranges of \"{}\" are from {}", scenario.name,
                                      format_day_long(*scenario.estimated_on)));
  finding.since =
      Day{std::chrono::sys_days{*scenario.estimated_on} + std::chrono::days{kStaleDays}};
  return finding;
}

Finding unfinished(const ScenarioFacts& scenario, const Facts& facts) {
  if (scenario.lacks.empty()) return {};
  Finding finding = about(
      scenario, facts,
      fmt::format("\"{}\" is not counted: {}", scenario.name, fmt::join(scenario.lacks, "; ")));
  finding.figures = {"risk.scenarios.unfinished"};
  return finding;
}

}  // namespace

Rule no_owner_rule(ReadFacts read) {
  return {"risk.no_owner",
          Severity::warning,
          "A risk without an owner",
          "What nobody owns is reported and never reduced.",
          "Name the person in the business who would feel it, and who can decide on it.",
          each_scenario(std::move(read), no_owner)};
}

Rule review_due_rule(ReadFacts read) {
  return {
      "risk.review_due",
      Severity::warning,
      "A risk nobody looks at again",
      "Risks move with systems, vendors and laws; a register that is not looked at describes last "
      "year.",
      "Look at it with its owner, correct the ranges, and set the next day.",
      each_scenario(std::move(read), review_due)};
}

Rule accepted_by_nobody_rule(ReadFacts read) {
  return {
      "risk.accepted_by_nobody",
      Severity::warning,
      "A risk accepted by nobody",
      "Accepting a risk is an executive's decision; without a name it is neglect that looks like "
      "one.",
      "Ask the executive whose budget would carry the loss to accept it by name, or decide on "
      "something else.",
      each_scenario(std::move(read), accepted_by_nobody)};
}

Rule stale_estimate_rule(ReadFacts read) {
  return {"risk.stale_estimate",
          Severity::info,
          "Ranges older than a year",
          "How often something happens and what it costs change within a year; old ranges look as "
          "exact as new ones.",
          "Ask who gave them whether they still hold, and write down the day.",
          each_scenario(std::move(read), stale)};
}

Rule unfinished_rule(ReadFacts read) {
  return {
      "risk.unfinished",
      Severity::warning,
      "A risk that is not counted",
      "It is left out of every figure of this room, so the real exposure is larger than shown.",
      "Give what it lacks as a range that holds nine times in ten; wide is better than nothing.",
      each_scenario(std::move(read), unfinished)};
}

}  // namespace tiebeam::risk
