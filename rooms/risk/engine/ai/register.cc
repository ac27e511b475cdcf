#include "rooms/risk/engine/ai/register.h"

#include <algorithm>
#include <set>

#include "rooms/risk/engine/ai/lag.h"
#include "rooms/risk/engine/ai/likeness.h"

namespace tiebeam::risk {
namespace {

constexpr double kNearPurpose = 0.25;  // to suggest an alternative; ours

std::int64_t days_between(Day from, Day to) {
  return (std::chrono::sys_days{to} - std::chrono::sys_days{from}).count();
}
bool is_past(const std::optional<Day>& day, Day today) { return day && *day <= today; }

bool is_approving(AiDecision decision) {
  return decision == AiDecision::approved || decision == AiDecision::approved_with_limits;
}

// The day of approval, where there is one: what was decided that day, if nothing else is said.
std::optional<Day> approval_day(const AiTool& tool, Day today) {
  if (is_past(tool.approved_on, today)) return tool.approved_on;
  if (is_approving(tool.decision) && is_past(tool.decided_on, today)) return tool.decided_on;
  return std::nullopt;
}

std::optional<Watched> lag_of(const JudgedTool& one, Day today) {
  const AiTool& tool = one.record();
  if (!is_past(tool.first_used_on, today) || !one.listed.decision_is_known) return std::nullopt;
  const Day from = *tool.first_used_on;
  if (const auto day = approval_day(tool, today))
    return Watched{std::max<std::int64_t>(0, days_between(from, *day)), quant::Ending::done};
  if (one.is_approved) return std::nullopt;
  const std::optional<Day> end = one.is_blocked ? tool.decided_on : tool.retired_on;
  if (!one.is_live()) {
    if (!is_past(end, today) || *end < from) return std::nullopt;
    return Watched{days_between(from, *end), quant::Ending::cancelled};
  }
  return Watched{days_between(from, today), quant::Ending::open};
}

std::optional<bool> approved_first(const JudgedTool& one, Day today) {
  const AiTool& tool = one.record();
  const bool was_used = one.is_in_use || is_past(tool.first_used_on, today);
  if (!was_used || !one.listed.decision_is_known) return std::nullopt;
  const auto day = approval_day(tool, today);
  if (day && tool.first_used_on) return *day <= *tool.first_used_on;
  if (!one.is_approved && !day) return false;
  return std::nullopt;
}

std::optional<Watched> decision_of(const JudgedTool& one, const WorkingDays& working, Day today) {
  const AiTool& tool = one.record();
  if (!is_past(tool.asked_on, today) || !one.listed.decision_is_known) return std::nullopt;
  const std::optional<Day> decided = tool.decided_on ? tool.decided_on : tool.approved_on;
  if (is_past(decided, today)) {
    if (*decided < *tool.asked_on) return std::nullopt;
    return Watched{working(*tool.asked_on, *decided), quant::Ending::done};
  }
  if (tool.decision != AiDecision::undecided) return std::nullopt;  // on a day nobody wrote down
  return Watched{working(*tool.asked_on, today), quant::Ending::open};
}

JudgedTool judged(ListedTool listed, const WorkingDays& working, Day today) {
  JudgedTool out;
  out.listed = std::move(listed);
  const AiTool& tool = out.record();
  const bool is_decided = !tool.decided_on || is_past(tool.decided_on, today);
  out.is_retired = (tool.decision == AiDecision::retired && is_decided) ||
                   tool.stage == AiStage::retired || is_past(tool.retired_on, today);
  out.is_blocked = tool.decision == AiDecision::blocked && is_decided;
  out.is_approved = approval_day(tool, today).has_value() ||
                    (is_approving(tool.decision) && !tool.decided_on && !tool.approved_on);
  out.is_in_use = !out.is_retired && (tool.stage == AiStage::in_use ||
                                      (is_past(tool.first_used_on, today) && !out.is_blocked));
  out.is_sensitive =
      tool.data_class == DataClass::confidential || tool.data_class == DataClass::personal;
  out.is_evaluated = tool.evaluation == Evaluation::passed ||
                     tool.evaluation == Evaluation::passed_with_limits ||
                     tool.evaluation == Evaluation::examined;
  out.is_review_overdue = out.is_live() && tool.review_on && *tool.review_on < today;
  out.was_approved_first = approved_first(out, today);
  out.lag = lag_of(out, today);
  out.decision = decision_of(out, working, today);
  return out;
}

void add_to(std::optional<Money>& sum, const std::optional<Money>& money) {
  if (!money) return;
  const auto total = sum ? add(*sum, *money) : Result<Money>(*money);
  if (total) sum = *total;  // one that would overflow is still shown in its row
}

std::vector<std::string> texts_of(const AiRegister& out, const std::vector<std::size_t>& which) {
  std::vector<std::string> texts;
  for (const std::size_t at : which) {
    const AiTool& tool = out.tools[at].record();
    texts.push_back(tool.name + "\n" + tool.purpose);
  }
  return texts;
}

std::optional<Money> cost_of(const JudgedTool& one, Currency currency) {
  const auto& cost = one.record().cost_a_year;
  return cost && cost->currency() == currency ? cost : std::nullopt;
}

void find_duplicates(AiRegister& out, Currency currency) {
  out.group_of.assign(out.tools.size(), kNoGroup);
  std::vector<std::size_t> live;
  for (std::size_t i = 0; i < out.tools.size(); ++i)
    if (out.tools[i].is_live()) live.push_back(i);
  for (const auto& found : groups_of(alike(texts_of(out, live), kSamePurpose), live.size())) {
    DuplicateGroup group;
    std::set<std::string> departments;
    for (const std::size_t at : found) {
      const std::size_t tool = live[at];
      group.tools.push_back(tool);
      departments.insert(out.tools[tool].record().department);
      add_to(group.spend, cost_of(out.tools[tool], currency));
      out.group_of[tool] = out.duplicates.size();
    }
    group.departments = departments.size();
    out.duplicates.push_back(std::move(group));
  }
}

// For each blocked tool that names no alternative, the approved one that is most like it.
void suggest(AiRegister& out) {
  std::vector<std::size_t> all;
  bool has_open = false;
  for (std::size_t i = 0; i < out.tools.size(); ++i) {
    const JudgedTool& one = out.tools[i];
    if (one.is_blocked && one.record().alternative.empty()) has_open = true;
    if (one.is_blocked || (one.is_approved && one.is_live())) all.push_back(i);
  }
  if (!has_open) return;
  for (const Likeness& pair : alike(texts_of(out, all), kNearPurpose)) {
    for (const auto& [a, b] : {std::pair{pair.a, pair.b}, std::pair{pair.b, pair.a}}) {
      const JudgedTool& blocked = out.tools[all[a]];
      if (blocked.is_blocked && blocked.record().alternative.empty() &&
          !out.tools[all[b]].is_blocked)
        out.suggested.emplace(blocked.record().id, out.tools[all[b]].record().id);
    }
  }
}

void sum_departments(AiRegister& out, Currency currency) {
  std::map<std::string, DepartmentUse> by_name;
  std::map<std::pair<std::string, std::size_t>, std::size_t> shared;
  for (std::size_t i = 0; i < out.tools.size(); ++i)
    if (out.group_of[i] != kNoGroup) ++shared[{out.tools[i].record().department, out.group_of[i]}];
  for (std::size_t i = 0; i < out.tools.size(); ++i) {
    const JudgedTool& one = out.tools[i];
    DepartmentUse& use = by_name[one.record().department];
    use.name = one.record().department;
    ++use.tools;
    use.in_use += one.is_in_use ? 1 : 0;
    if (one.was_approved_first == false) use.used_before.push_back(i);
    use.before_approval = use.used_before.size();
    if (out.group_of[i] != kNoGroup && shared[{use.name, out.group_of[i]}] > 1) ++use.duplicates;
    if (!one.is_live()) continue;
    const auto cost = cost_of(one, currency);
    out.spend_said += cost ? 1 : 0;
    out.other_currency += one.record().cost_a_year && !cost ? 1 : 0;
    add_to(use.spend, cost);
    add_to(out.spend, cost);
  }
  for (auto& [name, use] : by_name) out.departments.push_back(std::move(use));
}

}  // namespace

std::vector<std::string_view> JudgedTool::needs() const {
  std::vector<std::string_view> out;
  const bool may_be_used = is_live() && (is_in_use || is_approved);
  if (may_be_used && is_sensitive && !is_evaluated) out.emplace_back("evaluation");
  if (is_in_use && !is_approved) out.emplace_back("approval");
  if (is_blocked && record().alternative.empty()) out.emplace_back("alternative");
  if (is_review_overdue) out.emplace_back("review");
  if (is_in_use && record().human_oversight.empty()) out.emplace_back("oversight");
  return out;
}

std::vector<std::size_t> by_need(const AiRegister& ai) {
  constexpr std::array<std::string_view, 5> kOrder = {"evaluation", "approval", "alternative",
                                                      "review", "oversight"};
  const auto rank = [&](std::size_t at) {
    const auto needs = ai.tools[at].needs();
    const auto first = needs.empty() ? kOrder.end() : std::ranges::find(kOrder, needs.front());
    return std::tuple(first - kOrder.begin(), -static_cast<std::ptrdiff_t>(needs.size()),
                      ai.tools[at].record().name, at);
  };
  std::vector<std::size_t> out(ai.tools.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = i;
  std::ranges::sort(out, {}, rank);
  return out;
}

WorkingDays working_days(std::array<bool, 7> weekdays, std::vector<Day> holidays) {
  std::ranges::sort(holidays);
  return [weekdays, holidays = std::move(holidays)](Day from, Day to) {
    constexpr std::int64_t kMostCounted = 40'000;  // a century: no one waits longer
    std::int64_t out = 0, looked = 0;
    for (auto day = std::chrono::sys_days{from} + std::chrono::days{1};
         day <= std::chrono::sys_days{to} && looked < kMostCounted;
         day += std::chrono::days{1}, ++looked) {
      const unsigned weekday = std::chrono::weekday{day}.iso_encoding() - 1;
      if (weekdays[weekday] && !std::ranges::binary_search(holidays, Day{day})) ++out;
    }
    return out;
  };
}

AiRegister judge(std::vector<ListedTool> tools, Currency currency, const WorkingDays& working,
                 Day today) {
  AiRegister out;
  out.today = today;
  std::vector<quant::Spell> lags, decisions;
  for (ListedTool& tool : tools) {
    JudgedTool one = judged(std::move(tool), working, today);
    if (one.lag) lags.push_back({.entry = 0, .exit = one.lag->days, .ending = one.lag->ending});
    const bool was_used = is_past(one.record().first_used_on, today);
    out.lag_unknown += was_used && !one.lag ? 1 : 0;
    if (one.decision)
      decisions.push_back({.entry = 0, .exit = one.decision->days, .ending = one.decision->ending});
    out.decisions_unknown += is_past(one.record().asked_on, today) && !one.decision ? 1 : 0;
    out.tools.push_back(std::move(one));
  }
  out.lag = quant::survival_curve(lags);
  out.decisions = quant::survival_curve(decisions);
  find_duplicates(out, currency);
  suggest(out);
  sum_departments(out, currency);
  put_months(out);
  return out;
}

}  // namespace tiebeam::risk
