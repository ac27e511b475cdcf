#include "rooms/governance/engine/decisions.h"

#include <algorithm>
#include <limits>

namespace tiebeam::governance {
namespace {

std::int64_t days_between(Day from, Day to) {
  return (std::chrono::sys_days{to} - std::chrono::sys_days{from}).count();
}

// When it was raised; else when it was written down, unless that is only known later.
std::optional<Day> raised(const Decision& decision, Day today) {
  if (decision.raised_at) return decision.raised_at;
  if (!decision.created_at || day_of(*decision.created_at) > today) return std::nullopt;
  return day_of(*decision.created_at);
}

// Costs of one currency in order; a cost in another one, and none, come after all of them.
std::int64_t weight_of(const WaitingDecision& one, Currency currency) {
  const auto& cost = one.record.cost_of_delay_a_week;
  return cost && cost->currency() == currency ? cost->minor()
                                              : std::numeric_limits<std::int64_t>::min();
}

WaitingDecision waiting_of(const Decision& record, Day today) {
  WaitingDecision out{record, {}, {}, false};
  if (const auto from = raised(record, today)) out.age_days = days_between(*from, today);
  out.is_past_needed = record.needed_by && *record.needed_by < today;
  if (record.cost_of_delay_a_week && out.age_days) {
    if (auto cost = cost_of_waiting(*record.cost_of_delay_a_week, *out.age_days))
      out.cost_so_far = *cost;
  }
  return out;
}

TakenDecision taken_of(const Decision& record) {
  TakenDecision out{record, {}, {}};
  const auto from = record.raised_at;
  if (from && *from <= *record.decided_at) out.days = days_between(*from, *record.decided_at);
  if (record.needed_by) out.in_time = *record.decided_at <= *record.needed_by;
  return out;
}

// A sum that would overflow is left as it was: the largest single cost is still shown in its row.
void add_to(std::optional<Money>& sum, const std::optional<Money>& money) {
  if (!money) return;
  const auto total = sum ? add(*sum, *money) : Result<Money>(*money);
  if (total) sum = *total;
}

void add_costs(Decisions& out, const WaitingDecision& one, Currency currency) {
  const auto& cost = one.record.cost_of_delay_a_week;
  if (!cost) return;
  if (cost->currency() != currency) {
    ++out.other_currency;
    return;
  }
  ++out.costed;
  add_to(out.cost_a_week, cost);
  add_to(out.cost_so_far, one.cost_so_far);
}

void sort(Decisions& out, Currency currency) {
  std::ranges::sort(out.waiting, [&](const WaitingDecision& a, const WaitingDecision& b) {
    const auto rank = [&](const WaitingDecision& one) {
      return std::tuple(weight_of(one, currency), one.age_days.value_or(-1));
    };
    if (rank(a) != rank(b)) return rank(a) > rank(b);
    return a.record.id < b.record.id;
  });
  std::ranges::sort(out.taken, [](const TakenDecision& a, const TakenDecision& b) {
    if (a.record.decided_at != b.record.decided_at)
      return *a.record.decided_at > *b.record.decided_at;
    return a.record.id < b.record.id;
  });
}

}  // namespace

Decisions compute_decisions(const std::vector<Decision>& decisions, Currency currency, Day today) {
  Decisions out;
  out.today = today;
  std::vector<quant::Spell> spells;
  for (const Decision& record : decisions) {
    const bool is_taken = record.decided_at && *record.decided_at <= today;
    if (!is_taken && record.raised_at && *record.raised_at > today) continue;
    if (record.needed_by && *record.needed_by < today) {
      ++out.needed;
      out.in_time += is_taken && *record.decided_at <= *record.needed_by ? 1 : 0;
    }
    if (is_taken) {
      out.taken.push_back(taken_of(record));
      const auto days = out.taken.back().days;
      if (days) spells.push_back({.entry = 0, .exit = *days, .ending = quant::Ending::done});
      out.without_day += days ? 0 : 1;
    } else {
      out.waiting.push_back(waiting_of(record, today));
      const auto age = out.waiting.back().age_days;
      if (age) spells.push_back({.entry = 0, .exit = *age, .ending = quant::Ending::open});
      out.without_day += age ? 0 : 1;
      add_costs(out, out.waiting.back(), currency);
    }
  }
  out.curve = quant::survival_curve(spells);
  sort(out, currency);
  return out;
}

}  // namespace tiebeam::governance
