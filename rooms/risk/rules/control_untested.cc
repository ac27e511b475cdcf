#include <fmt/format.h>

#include "rooms/risk/rules/rules.h"

namespace tiebeam::risk {
namespace {

std::string what_is_wrong(const ControlFacts& control, const Facts& facts) {
  if (!control.is_in_place) return {};
  if (!control.tested_at)
    return fmt::format("\"{}\" is in place and was never tested", control.name);
  if (control.test_passed == false)
    return fmt::format("\"{}\" failed its test of {}", control.name,
                       format_day_long(*control.tested_at));
  if (days_between(*control.tested_at, facts.today) > kStaleDays)
    return fmt::format("\"{}\" was last tested on {}", control.name,
                       format_day_long(*control.tested_at));
  return {};
}

}  // namespace

Rule control_untested_rule(ReadFacts read) {
  return {"risk.control_untested",
          Severity::warning,
          "A control that nobody has tried",
          "The figures count on it: a backup that was never restored takes nothing off a loss.",
          "Test it, and write down the day, whether it held and where the proof lies.",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const ControlFacts& control : facts.controls) {
              Finding finding;
              finding.message = what_is_wrong(control, facts);
              if (finding.message.empty()) continue;
              finding.subject = {"control", control.id};
              finding.figures = {"risk.controls.avoided"};
              finding.since = control.tested_at.value_or(facts.today);
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::risk
