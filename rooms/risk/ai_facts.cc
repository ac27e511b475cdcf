// What the rules of AI tools see of the register.
#include <fmt/format.h>

#include <algorithm>

#include "model/figure_text.h"
#include "rooms/risk/ai.h"
#include "rooms/risk/rules/ai_rules.h"

namespace tiebeam::risk {
namespace {

std::string days_in_words(std::int64_t days) {
  return fmt::format("{} {}", counted(days), days == 1 ? "day" : "days");
}

std::string data_in_words(const AiTool& tool) {
  return tool.data_class == DataClass::personal ? "personal data" : "confidential data";
}

AiToolFacts facts_of(const JudgedTool& one, std::string says, const std::optional<Day>& since,
                     Day today) {
  const AiTool& tool = one.record();
  return {tool.id, tool.name, tool.department, std::move(says), since.value_or(today)};
}

std::string lag_in_words(const JudgedTool& one) {
  if (!one.lag) return "since a day nobody wrote down";
  const std::string days = days_in_words(one.lag->days);
  return one.lag->ending == quant::Ending::done   ? days
         : one.lag->ending == quant::Ending::open ? fmt::format("{}, not approved yet", days)
                                                  : fmt::format("{}, then it ended", days);
}

// Settled, and begun more than a year ago: what is to be learned of it was learned, or will not be.
bool is_history(const JudgedTool& one, Day today) {
  const auto& first = one.record().first_used_on;
  return !(one.is_in_use && !one.is_approved) && first &&
         std::chrono::sys_days{*first} + std::chrono::days{365} < std::chrono::sys_days{today};
}

// Nothing to use instead, or something that may not be used itself.
std::optional<std::string> lack_of_alternative(const AiRegister& ai, const JudgedTool& one) {
  const AiTool& tool = one.record();
  const auto named = [&](const std::string& id) {
    return std::ranges::find(ai.tools, id, [](const JudgedTool& t) { return t.record().id; });
  };
  if (!tool.alternative.empty()) {
    const auto other = named(tool.alternative.str());
    if (other != ai.tools.end() && other->is_approved && other->is_live()) return std::nullopt;
    return fmt::format(", and what is named instead, {}, is not approved itself",
                       other == ai.tools.end() ? tool.alternative.str() : other->record().name);
  }
  const auto near = ai.suggested.find(tool.id);
  if (near == ai.suggested.end()) return ", and nothing is named to use instead";
  return fmt::format(", and nothing is named to use instead; {} is approved for something alike",
                     named(near->second)->record().name);
}

// ", and its evaluation was not passed": how far its evaluation has come.
std::string evaluation_words(const AiTool& tool) {
  switch (tool.evaluation) {
    case Evaluation::failed:
      return ", and its evaluation was not passed";
    case Evaluation::under_way:
      return ", and its evaluation is not finished";
    default:
      return ", and no evaluation of it is on record";
  }
}

void put_tools(const AiRegister& ai, AiFacts& out) {
  for (const JudgedTool& one : ai.tools) {
    const AiTool& tool = one.record();
    const bool is_live = one.is_live() && (one.is_in_use || one.is_approved);
    if (is_live && one.is_sensitive && !one.is_evaluated)
      out.unevaluated.push_back(facts_of(one, data_in_words(tool) + evaluation_words(tool),
                                         tool.first_used_on, ai.today));
    if (one.is_in_use && tool.human_oversight.empty())
      out.no_oversight.push_back(facts_of(one, {}, tool.first_used_on, ai.today));
    if (one.is_review_overdue)
      out.overdue.push_back(
          facts_of(one, format_day_long(*tool.review_on), tool.review_on, ai.today));
    if (!one.is_blocked) continue;
    if (auto lack = lack_of_alternative(ai, one))
      out.blocked.push_back(facts_of(one, *std::move(lack), tool.decided_on, ai.today));
  }
}

void put_groups(const AiRegister& ai, AiFacts& out) {
  for (const DepartmentUse& department : ai.departments) {
    AiGroupFacts group{.name = department.name, .tools = {}, .departments = 1, .spend = {}};
    for (const std::size_t at : department.used_before) {
      const JudgedTool& one = ai.tools[at];
      if (is_history(one, ai.today)) continue;
      group.tools.push_back(facts_of(one, lag_in_words(one), one.record().first_used_on, ai.today));
    }
    if (!group.tools.empty()) out.used_before.push_back(std::move(group));
  }
  for (const DuplicateGroup& found : ai.duplicates) {
    AiGroupFacts group{
        .name = {}, .tools = {}, .departments = found.departments, .spend = found.spend};
    for (const std::size_t at : found.tools)
      group.tools.push_back(facts_of(ai.tools[at], {}, {}, ai.today));
    out.duplicates.push_back(std::move(group));
  }
}

void put_lags(const AiRegister& ai, AiFacts& out) {
  constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
  out.months_growing = ai.months_growing;
  if (!ai.newest_compared) return;
  std::int64_t wanted = ai.months_growing + 1;
  for (std::size_t at = *ai.newest_compared + 1; at-- > 0 && wanted > 0;) {
    const LagMonth& month = ai.months[at];
    if (month.curve.spells < kLeastInMonth) continue;
    --wanted;
    const char* name = kMonths[static_cast<unsigned>(month.month.month()) - 1];
    out.lags.push_back(
        month.p50 ? fmt::format("{} {}", name, days_in_words(*month.p50))
                  : fmt::format("{} more than {}", name, days_in_words(month.curve.longest)));
  }
  std::ranges::reverse(out.lags);
}

AiFacts facts(const FigureBook& book) {
  const auto ai = ai_register_of(book);
  AiFacts out;
  out.today = ai->today;
  put_tools(*ai, out);
  put_groups(*ai, out);
  put_lags(*ai, out);
  return out;
}

}  // namespace

std::vector<Rule> ai_rules() {
  return {ai_unevaluated_rule(facts),
          ai_used_before_approval_rule(facts),
          ai_no_oversight_rule(facts),
          ai_review_overdue_rule(facts),
          ai_blocked_no_alternative_rule(facts),
          ai_duplicate_rule(facts),
          ai_lag_growing_rule(facts)};
}

}  // namespace tiebeam::risk
