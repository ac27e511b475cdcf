#include "rooms/partnership/engine/review.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "base/cost_of_waiting.h"
#include "model/figure_text.h"
#include "rooms/investment/records.h"
#include "rooms/partnership/engine/related.h"

namespace tiebeam::partnership {
namespace {

using governance::Commitment;
using governance::Decision;

bool in_period(std::optional<Day> day, const Review& review) {
  return day && *day >= review.period.since && *day <= review.today;
}

void add_promise(Review& out, const Commitment& record) {
  if (record.made_on && *record.made_on > out.today) return;
  PromiseLine line{record, fate_of(days_of(record), out.today),
                   record.to == out.engagement.partner};
  const bool settled = is_settled(days_of(record), out.today);
  if (!settled) out.open.push_back(line);
  if (line.fate == Fate::kept && in_period(record.closed_on ? record.closed_on : record.due, out))
    out.kept.push_back(line);
  const bool failed = has_fallen_due(line.fate) && line.fate != Fate::kept;
  const bool fell_now = in_period(record.due, out) || in_period(record.closed_on, out);
  if (failed && (fell_now || line.fate == Fate::overdue)) out.missed.push_back(line);
}

DecisionLine line_of(const Decision& record, Day today) {
  DecisionLine out{record, {}, {}, record.needed_by && *record.needed_by < today};
  auto raised = record.raised_at;
  if (!raised && record.created_at && day_of(*record.created_at) <= today)
    raised = day_of(*record.created_at);
  if (raised)
    out.age_days = (std::chrono::sys_days{today} - std::chrono::sys_days{*raised}).count();
  if (record.cost_of_delay_a_week && out.age_days) {
    if (const auto cost = cost_of_waiting(*record.cost_of_delay_a_week, *out.age_days))
      out.cost_so_far = *cost;
  }
  return out;
}

void add_decision(Review& out, const Decision& record) {
  const bool is_taken = record.decided_at && *record.decided_at <= out.today;
  if (is_taken && in_period(record.decided_at, out))
    out.decided.push_back(line_of(record, out.today));
  const bool is_raised = !record.raised_at || *record.raised_at <= out.today;
  if (!is_taken && is_raised) out.waiting.push_back(line_of(record, out.today));
}

void sort_all(Review& out) {
  const auto minor = [](const DecisionLine& one) {
    const auto& cost = one.record.cost_of_delay_a_week;
    return cost ? cost->minor() : std::numeric_limits<std::int64_t>::min();
  };
  std::ranges::sort(out.waiting, [&](const DecisionLine& a, const DecisionLine& b) {
    const auto rank = [&](const DecisionLine& one) {
      return std::pair(minor(one), one.age_days.value_or(-1));
    };
    return rank(a) != rank(b) ? rank(a) > rank(b) : a.record.id < b.record.id;
  });
  const auto due_first = [](const auto& a, const auto& b) {
    const auto rank = [](const auto& one) {
      return std::pair(
          one.record.due ? std::chrono::sys_days{*one.record.due} : std::chrono::sys_days::max(),
          one.record.id);
    };
    return rank(a) < rank(b);
  };
  std::ranges::sort(out.open, due_first);
  std::ranges::sort(out.kept, due_first);
  std::ranges::sort(out.missed, due_first);
  std::ranges::sort(out.actions, due_first);
}

std::string figure_point(const ChosenFigure& figure) {
  return fmt::format("{}: {}, {} before", figure.now.label, in_words(figure.now),
                     in_words(*figure.before));
}

void propose_figures(Review& out) {
  for (const ChosenFigure& figure : out.figures) {
    if (figure.trend == Trend::better)
      out.good.push_back({figure_point(figure), {}, {}, figure.now.key});
    if (figure.trend == Trend::worse)
      out.bad.push_back({figure_point(figure), {}, {}, figure.now.key});
    if (figure.now.status == Status::not_measurable)
      out.ugly.push_back(
          {fmt::format("{} cannot be measured: {}", figure.now.label, figure.now.reason),
           {},
           {},
           figure.now.key});
  }
}

void propose_records(Review& out) {
  for (const PromiseLine& line : out.kept)
    out.good.push_back(
        {fmt::format("Kept: {}", line.record.name), "commitment", line.record.id, {}});
  for (const DecisionLine& line : out.decided)
    out.good.push_back(
        {fmt::format("Decided: {}", line.record.name), "decision", line.record.id, {}});
  for (const PromiseLine& line : out.missed) {
    if (line.fate == Fate::told_early) continue;  // it was talked about in time
    auto& where = line.fate == Fate::overdue || line.fate == Fate::broken ? out.ugly : out.bad;
    where.push_back({fmt::format("Promised for {}, {}: {}", format_day_long(*line.record.due),
                                 fate_in_words(line.fate), line.record.name),
                     "commitment",
                     line.record.id,
                     {}});
  }
  for (const DecisionLine& line : out.waiting) {
    if (line.is_past_needed)
      out.bad.push_back({fmt::format("Needed by {}, not decided: {}",
                                     format_day_long(*line.record.needed_by), line.record.name),
                         "decision",
                         line.record.id,
                         {}});
  }
  for (const ActionLine& line : out.actions) {
    if (line.is_overdue)
      out.bad.push_back({fmt::format("To be done by {}, still open: {}",
                                     format_day_long(*line.record.due), line.record.name),
                         "action",
                         line.record.id,
                         {}});
  }
}

std::string name_of(const Snapshot& snapshot, const Id<"person">& id) {
  const Record* person = id.empty() ? nullptr : snapshot.find("person", id.str());
  return person ? person->name() : id.str();
}

}  // namespace

Period period_of(const Engagement& engagement, const Rhythm& rhythm, Day today) {
  const auto plus = [](Day day, std::int64_t days) {
    return Day{std::chrono::sys_days{day} + std::chrono::days{days}};
  };
  if (rhythm.last_closed && rhythm.last_closed->held_on)
    return {plus(*rhythm.last_closed->held_on, 1), false};
  if (engagement.since && *engagement.since < today) return {*engagement.since, true};
  return {plus(today, -cadence_days(engagement.cadence)), true};
}

Review compute_review(const Snapshot& snapshot, const Engagement& engagement, Instant as_of,
                      Day today, std::vector<ChosenFigure> figures, std::optional<Day> since) {
  Review out;
  out.engagement = engagement;
  out.as_of = as_of;
  out.today = today;
  out.partner = name_of(snapshot, engagement.partner);
  out.owner = name_of(snapshot, engagement.owner);
  if (const Record* person = snapshot.find("person", engagement.partner.str()))
    out.partner_role = to_struct<Person>(*person).role;
  out.rhythm = rhythm_of(engagement, snapshot.all<Meeting>(), today);
  out.period = period_of(engagement, out.rhythm, today);
  if (since) out.period.since = *since;
  out.relevance = relevance_of(snapshot.all<MetricVote>(), engagement.id, today);
  out.figures = std::move(figures);
  if (out.rhythm.last_closed) out.asks = out.rhythm.last_closed->asks;
  const Related related(snapshot, engagement, out.rhythm);
  for (const Commitment& record : snapshot.all<Commitment>()) {
    if (related.concerns(record)) add_promise(out, record);
  }
  for (const Decision& record : snapshot.all<Decision>()) {
    if (related.concerns(record)) add_decision(out, record);
  }
  for (const Action& record : snapshot.all<Action>()) {
    if (record.state == ActionState::open && related.is_meeting(record.meeting))
      out.actions.push_back({record, record.due && *record.due < today});
  }
  sort_all(out);
  propose_figures(out);
  propose_records(out);
  out.changes = related.changes(out.period.since, today);
  return out;
}

}  // namespace tiebeam::partnership
