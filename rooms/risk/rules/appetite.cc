#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/risk/rules/rules.h"

namespace tiebeam::risk {
namespace {

Finding about(const AppetiteFacts& point, const Facts& facts, std::string message) {
  Finding finding;
  finding.subject = {"appetite", point.id};
  finding.message = std::move(message);
  finding.figures = {"risk.appetite.factor", "risk.loss.p90", "risk.loss.p99"};
  finding.since = facts.today;
  return finding;
}

std::string times_words(double factor) {
  return factor >= 1.95 ? fmt::format("{} times as likely as", rounded(factor, 2))
                        : fmt::format("{} % more likely than", rounded(100 * (factor - 1), 2));
}

// "; most of it comes from Ransomware and Vendor failure"
std::string chiefly(const Facts& facts) {
  if (facts.chief_drivers.empty()) return {};
  return fmt::format("; most of the worst years come from {}",
                     fmt::join(facts.chief_drivers, " and "));
}

// One finding for each point that `is` so, in the words of `what`.
auto each_point(ReadFacts read, bool AppetiteFacts::* is,
                std::string (*what)(const AppetiteFacts&, const Facts&)) {
  return [read = std::move(read), is, what](const FigureBook& book) {
    const Facts facts = read(book);
    std::vector<Finding> out;
    for (const AppetiteFacts& point : facts.appetite) {
      if (point.*is) out.push_back(about(point, facts, what(point, facts)));
    }
    return out;
  };
}

std::string breached(const AppetiteFacts& point, const Facts& facts) {
  return fmt::format("A loss above {} is {} agreed: it comes in {}, agreed is {}{}", point.loss,
                     times_words(point.factor), point.comes_to, point.agreed, chiefly(facts));
}

std::string undecided(const AppetiteFacts& point, const Facts& facts) {
  return fmt::format("A loss above {} comes in {}, agreed is {}: too near to call{}", point.loss,
                     point.comes_to, point.agreed, chiefly(facts));
}

}  // namespace

Rule appetite_breached_rule(ReadFacts read) {
  return {
      "risk.appetite_breached",
      Severity::warning,
      "More could be lost than was agreed",
      "A loss beyond what the board accepts is nobody's decision until it is told.",
      "Decide together: put a control in place, insure it, change the plan, or agree on a higher "
      "appetite by name and day.",
      each_point(std::move(read), &AppetiteFacts::is_breached, breached)};
}

Rule appetite_undecided_rule(ReadFacts read) {
  return {"risk.appetite_undecided",
          Severity::info,
          "A loss comes about as often as was agreed",
          "So near the line, a small change of any estimate decides whether it holds.",
          "Narrow the widest estimate of the scenarios that make most of it, or ask for more "
          "simulated years.",
          each_point(std::move(read), &AppetiteFacts::is_undecided, undecided)};
}

Rule appetite_not_set_rule(ReadFacts read) {
  return {
      "risk.appetite_not_set",
      Severity::warning,
      "Nobody agreed how much loss is tolerated",
      "Without an appetite every control is too dear and every loss a surprise.",
      "Ask the executives for two points: which yearly loss may come once in 10 years, and which "
      "once in 100. Write them down with who agreed and when.",
      [read = std::move(read)](const FigureBook& book) {
        const Facts facts = read(book);
        if (facts.finished == 0 || !facts.appetite.empty()) return std::vector<Finding>{};
        Finding finding;
        finding.subject = {"organisation", book.snapshot().organisation.id};
        finding.message = fmt::format(
            "{} can be told in money, but nobody has agreed how much loss is tolerated how often",
            facts.finished == 1 ? "1 scenario" : fmt::format("{} scenarios", facts.finished));
        finding.figures = {"risk.loss.mean", "risk.loss.p90"};
        finding.since = facts.today;
        return std::vector<Finding>{finding};
      }};
}

Rule appetite_nobody_rule(ReadFacts read) {
  return {
      "risk.appetite_by_nobody",
      Severity::warning,
      "An appetite that nobody stands behind",
      "A limit without a name is not an agreement: nobody answers when it is crossed.",
      "Name the executive who agreed to it, and the day.",
      [read = std::move(read)](const FigureBook& book) {
        const Facts facts = read(book);
        std::vector<Finding> out;
        for (const AppetiteFacts& point : facts.appetite) {
          if (!point.set_by.empty()) continue;
          out.push_back(about(point, facts,
                              fmt::format("A loss above {} in at most {} is tolerated, it is not "
                                          "said by whom",
                                          point.loss, point.agreed)));
        }
        return out;
      }};
}

}  // namespace tiebeam::risk
