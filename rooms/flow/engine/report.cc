#include "rooms/flow/engine/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "quant/quantile.h"
#include "rooms/flow/engine/figures.h"

namespace tiebeam::flow {
namespace {

// The quantile in days, or none when there are too few values for an upper bound.
std::optional<double> days_at(std::vector<std::int64_t>& values, double p) {
  if (values.size() < quant::values_needed(p)) return std::nullopt;
  const std::size_t rank = quant::rank_of(values.size(), p) - 1;
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(rank));
  return days_of(values[rank]);
}

void fill_weeks(FlowReport& report, const Load& load) {
  const std::vector<Period>& periods = report.week_periods;
  if (periods.empty()) return;
  report.weeks.resize(periods.size());
  std::vector<std::vector<std::int64_t>> cycles(periods.size());
  for (const ItemFlow& flow : report.walked.items) {
    if (flow.is_committed() && report.window.holds(flow.commit)) {
      ++report.weeks[period_at(periods, flow.commit)].arrivals;
    }
    if (!report.window.holds(flow.counted)) continue;
    const std::size_t week = period_at(periods, flow.counted);
    ++report.weeks[week].finishes;
    if (!flow.is_truncated) cycles[week].push_back(cycle_at(flow, flow.counted));
  }
  for (const SecondFinish& second : report.walked.second_finishes) {
    if (report.window.holds(second.at)) ++report.weeks[period_at(periods, second.at)].second_cycles;
  }
  for (std::size_t i = 0; i < periods.size(); ++i) {
    WeekRow& row = report.weeks[i];
    row.start = periods[i].start;
    row.is_full = periods[i].is_full;
    row.p50_days = days_at(cycles[i], 0.5);
    row.p85_days = days_at(cycles[i], 0.85);
    row.wip_at_end = load.at(std::min(periods[i].to - 1, report.window.horizon));
  }
}

void fill_months(FlowReport& report, const Zone& zone) {
  const std::vector<Period> periods = periods_of(report.window, zone, Step::month);
  if (periods.empty()) return;
  report.months.resize(periods.size());
  struct Sums {
    std::vector<std::int64_t> cycles;
    std::int64_t active = 0, clock = 0;
  };
  std::vector<Sums> sums(periods.size());
  for (const ItemFlow& flow : report.walked.items) {
    if (flow.is_committed() && report.window.holds(flow.commit)) {
      ++report.months[period_at(periods, flow.commit)].arrivals;
    }
    if (!flow.is_finished() || !report.window.holds(flow.finish)) continue;
    const std::size_t month = period_at(periods, flow.finish);
    ++report.months[month].finishes;
    if (!flow.is_truncated) sums[month].cycles.push_back(flow.finish - flow.commit);
  }
  for (const EfficiencyItem& item : report.efficiency.items) {
    Sums& month = sums[period_at(periods, report.walked.items[item.item].finish)];
    month.active += item.active;
    month.clock += item.clock;
  }
  for (std::size_t i = 0; i < periods.size(); ++i) {
    MonthRow& row = report.months[i];
    row.start = periods[i].start;
    row.is_full = periods[i].is_full;
    row.p50_days = days_at(sums[i].cycles, 0.5);
    row.p85_days = days_at(sums[i].cycles, 0.85);
    if (report.efficiency.is_measurable && sums[i].clock > 0) {
      row.efficiency = static_cast<double>(sums[i].active) / static_cast<double>(sums[i].clock);
    }
  }
}

// The touch that an item stood at when the window ended.
const Touch& last_touch(const FlowReport& report, const ItemFlow& flow) {
  const auto touches = touches_of(report.log, report.log.items[flow.item]);
  std::size_t i = touches.size();
  while (i > 1 && touches[i - 1].at > report.window.horizon) --i;
  return touches[i - 1];
}

std::int64_t entered_at(const FlowReport& report, const ItemFlow& flow, const Touch& last) {
  const auto touches = touches_of(report.log, report.log.items[flow.item]);
  auto i = static_cast<std::size_t>(&last - touches.data());
  while (i > 0 && touches[i - 1].state == last.state) --i;
  return touches[i].at;
}

bool is_open_at_end(const ItemFlow& flow, const Window& window) {
  return flow.first < window.end && (flow.end() == kMissing || flow.end() >= window.end);
}

std::string_view latest_team(const FlowReport& report, const ItemFlow& flow) {
  std::uint32_t team = 0;
  for (const Touch& touch : touches_of(report.log, report.log.items[flow.item])) {
    if (touch.at <= report.window.horizon && touch.team != 0) team = touch.team;
  }
  return report.log.team_name(team);
}

void fill_aging(FlowReport& report) {
  const auto p85 = quant::survival_value(report.curve, 0.85);
  for (const ItemFlow& flow : report.walked.items) {
    if (!flow.is_committed() || flow.commit > report.window.horizon) continue;
    if (!is_open_at_end(flow, report.window)) continue;
    const Item& item = report.log.items[flow.item];
    const Stream& stream = report.log.streams[item.stream];
    const Touch& last = last_touch(report, flow);
    const std::int64_t age = report.window.horizon - flow.commit;
    AgingRow row;
    row.item = report.log.key_of(item);
    row.state = report.log.state_name(last.state);
    row.meaning = meaning_of(report.log.maps[item.map], last);
    row.team = latest_team(report, flow);
    row.value_stream = stream.id;
    row.age_days = days_of(age);
    row.state_age_days = days_of(report.window.horizon - entered_at(report, flow, last));
    row.percentile = 1 - report.curve.not_done_at(age);
    row.pace = report.pace[flow.item];
    row.past_state_line = row.pace.line_days && row.state_age_days > *row.pace.line_days;
    row.past_all_ended =
        row.pace.longest_ended_days && row.state_age_days > *row.pace.longest_ended_days;
    row.promised_days = promised_days(report.log, flow);
    row.past_85 =
        stream.expectation_days ? row.age_days > *stream.expectation_days : p85 && age > *p85;
    row.index = flow.item;
    report.aging.push_back(std::move(row));
  }
  std::ranges::sort(report.aging, [](const AgingRow& a, const AgingRow& b) {
    return std::tie(b.age_days, a.item) < std::tie(a.age_days, b.item);
  });
}

// Counts by stream and full week, and what they come to a week.
class WeekCounts {
 public:
  WeekCounts(const FlowReport& report, std::size_t streams) : report_(report) {
    for (std::size_t i = 0; i < report.week_periods.size(); ++i) {
      const Period& week = report.week_periods[i];
      if (week.is_full && week.from >= report.rates.from && week.to <= report.rates.to)
        weeks_.push_back(i);
    }
    counts_.assign(streams, std::vector<double>(weeks_.size(), 0));
  }
  void add(std::size_t stream, std::int64_t at) {
    if (at == kMissing || at < report_.rates.from || at >= report_.rates.to) return;
    const auto held = std::ranges::lower_bound(weeks_, period_at(report_.week_periods, at));
    if (held != weeks_.end()) ++counts_[stream][static_cast<std::size_t>(held - weeks_.begin())];
  }
  void tell(std::size_t stream, double& mean, std::optional<Interval>& interval) const {
    if (weeks_.empty()) return;
    const quant::Spread spread = quant::mean_of(counts_[stream]);
    mean = spread.value;
    if (spread.low < spread.high)
      interval = Interval{std::max(0.0, spread.low), spread.high, quant::kLevel};
  }

 private:
  const FlowReport& report_;
  std::vector<std::size_t> weeks_;  // indices of the full weeks that rates are measured over
  std::vector<std::vector<double>> counts_;
};

void fill_streams(FlowReport& report) {
  std::vector<StreamRow> rows(report.log.streams.size());
  WeekCounts begun(report, rows.size()), finished(report, rows.size());
  for (const ItemFlow& flow : report.walked.items) {
    if (!report.present[flow.item]) continue;
    const std::uint32_t stream = report.log.items[flow.item].stream;
    StreamRow& row = rows[stream];
    ++row.items;
    row.open += is_open_at_end(flow, report.window) ? 1 : 0;
    row.finished += flow.is_finished() && report.window.holds(flow.finish) ? 1 : 0;
    if (flow.is_committed()) begun.add(stream, flow.commit);
    finished.add(stream, flow.counted);
  }
  for (const AgingRow& aging : report.aging) {
    StreamRow& row = rows[report.log.items[aging.index].stream];
    ++row.now;
    row.past_expectation += aging.past_85 ? 1 : 0;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Stream& stream = report.log.streams[i];
    rows[i].id = stream.id;
    rows[i].name = stream.name;
    rows[i].wip_limit = stream.wip_limit;
    rows[i].expectation_days = stream.expectation_days;
    rows[i].expectation_share = stream.expectation_share;
    begun.tell(i, rows[i].arrival_a_week, rows[i].arrival_interval);
    finished.tell(i, rows[i].throughput_a_week, rows[i].throughput_interval);
    if (rows[i].items > 0 || !stream.id.empty()) report.streams.push_back(std::move(rows[i]));
  }
  std::ranges::sort(report.streams, {}, &StreamRow::id);
}

void fill_types(FlowReport& report) {
  constexpr std::size_t kTypes = Names<WorkType>::values.size();
  std::array<std::int64_t, kTypes> finished{};
  std::array<std::int64_t, kTypes> active{};
  std::int64_t all = 0;
  std::int64_t all_active = 0;
  for (const ItemFlow& flow : report.walked.items) {
    if (!flow.is_finished() || !report.window.holds(flow.finish)) continue;
    const auto type = static_cast<std::size_t>(report.log.items[flow.item].type);
    ++finished[type], ++all;
    active[type] += flow.active, all_active += flow.active;
  }
  for (std::size_t i = 0; i < kTypes; ++i) {
    TypeRow row{static_cast<WorkType>(i), finished[i], 0, 0};
    if (all > 0) row.share = static_cast<double>(finished[i]) / static_cast<double>(all);
    if (all_active > 0) {
      row.active_share = static_cast<double>(active[i]) / static_cast<double>(all_active);
    }
    report.types.push_back(row);
  }
}

// Rows in minutes in which more than 50 items moved: a script, not people.
std::size_t bulk_rows(const FlowLog& log, const Window& window) {
  std::vector<std::int64_t> minutes;
  minutes.reserve(log.touches.size());
  for (const Item& item : log.items) {
    std::int64_t before = kMissing;
    for (const Touch& touch : touches_of(log, item)) {
      const std::int64_t minute = touch.at / 60'000'000;
      if (window.holds(touch.at) && minute != before) minutes.push_back(minute);
      before = minute;
    }
  }
  if (minutes.empty()) return 0;
  const auto [low, high] = std::ranges::minmax(minutes);
  std::size_t rows = 0;
  const auto tally = [&rows](std::size_t count) { rows += count > 50 ? count : 0; };
  if (static_cast<std::size_t>(high - low) < 8 * minutes.size() + 1'000'000) {
    std::vector<std::uint32_t> counts(static_cast<std::size_t>(high - low) + 1, 0);
    for (const std::int64_t minute : minutes) ++counts[static_cast<std::size_t>(minute - low)];
    for (const std::uint32_t count : counts) tally(count);
    return rows;
  }
  std::ranges::sort(minutes);
  for (std::size_t i = 0, j = 0; i < minutes.size(); i = j) {
    while (j < minutes.size() && minutes[j] == minutes[i]) ++j;
    tally(j - i);
  }
  return rows;
}

void fill_quality(FlowReport& report) {
  Quality& quality = report.quality;
  for (const ItemFlow& flow : report.walked.items) {
    if (!report.present[flow.item]) continue;
    quality.truncated += flow.is_truncated ? 1 : 0;
    quality.skipped_all += flow.skipped_all ? 1 : 0;
    quality.restated += flow.withdrawn > 0 || flow.second_cycles > 0 ||
                        (flow.counted != kMissing && !flow.is_finished());
    quality.negative_lead +=
        flow.is_finished() && flow.created != kMissing && flow.finish < flow.created;
    quality.from_lists += flow.is_ticket ? 1 : 0;
  }
  quality.superseded_rows = report.log.superseded_rows;
  quality.bulk_rows = bulk_rows(report.log, report.window);
  quality.unknown_share = 1 - report.efficiency.mapped_share;
  quality.notes = report.log.faults;
  const auto note = [&](std::size_t count, std::string_view one, std::string_view what) {
    if (count > 0)
      quality.notes.push_back(fmt::format("{} {}{} {}", count, one, count == 1 ? "" : "s", what));
  };
  note(quality.truncated, "item",
       "began before the first event that is known: left out of cycle times, the age is not known");
  note(quality.skipped_all, "item", "went straight to done: counted with a cycle time of 0");
  note(quality.restated, "item", "came back after being finished");
  note(quality.negative_lead, "item", "finished before being created: left out of lead times");
  note(quality.from_lists, "item",
       "came from a list of tickets: the clock runs from created to done");
  note(quality.superseded_rows, "row", "of older ticket lists gave way to a newer list");
  note(quality.bulk_rows, "row", "fell in minutes in which more than 50 items moved at once");
}

}  // namespace

std::optional<double> promised_days(const FlowLog& log, const ItemFlow& flow) {
  if (flow.is_truncated) return std::nullopt;
  return log.streams[log.items[flow.item].stream].expectation_days;
}

std::int64_t cycle_at(const ItemFlow& flow, std::int64_t finish) {
  return flow.is_committed() ? std::max<std::int64_t>(0, finish - flow.commit) : 0;
}

std::vector<ItemSpell> spells_of(const Walked& walked, const Window& window) {
  std::vector<ItemSpell> out;
  out.reserve(walked.items.size());
  for (const ItemFlow& flow : walked.items) {
    if (!flow.is_committed() || flow.is_truncated || flow.commit >= window.end) continue;
    const std::int64_t end = flow.end();
    if (end != kMissing && end < window.from) continue;
    quant::Spell spell;
    spell.entry = std::max<std::int64_t>(0, window.from - flow.commit);
    if (end != kMissing && end < window.end) {
      spell.exit = end - flow.commit;
      spell.ending = flow.is_finished() ? quant::Ending::done : quant::Ending::cancelled;
    } else {
      spell.exit = window.horizon - flow.commit;
    }
    out.push_back({flow.item, spell});
  }
  return out;
}

std::shared_ptr<const FlowReport> report_of(const FigureBook& book) {
  return book.once<FlowReport>("flow.report",
                               [&] { return compute_report(book.snapshot(), book.asked()); });
}

FlowReport compute_report(const Snapshot& snapshot, const Asked& asked) {
  FlowReport report;
  report.as_of = resolve_as_of(snapshot, asked.as_of);
  report.log = read_log(snapshot, report.as_of);
  report.walked = walk(report.log);
  report.window = resolve_window(report.log, asked.from, asked.to);
  report.from = instant_of(report.window.from);
  report.to = instant_of(report.window.end);
  for (const ItemFlow& flow : report.walked.items) {
    const Item& item = report.log.items[flow.item];
    report.present.push_back(
        report.window.holds(flow, report.log.touches[item.first + item.count - 1].at));
  }
  const Zone& zone = zone_of(report.log);
  report.week_periods = periods_of(report.window, zone, Step::week);
  report.rates = rate_weeks(report.week_periods);

  std::vector<quant::Spell> spells;
  for (const ItemSpell& each : spells_of(report.walked, report.window))
    spells.push_back(each.spell);
  report.curve = quant::survival_curve(spells);
  const Load load(report.walked);
  report.owners = owners_of(report.log, report.walked, report.window);
  report.handover = report.owners.handover;
  report.efficiency = efficiency_of(report.log, report.walked, report.window);
  States states = states_of(report.log, report.walked, report.window, report.rates);
  report.states = std::move(states.rows);
  report.waits = std::move(states.waits);
  report.pace = std::move(states.pace);
  report.events = states.events;
  report.unmapped_events = states.unmapped_events;
  report.audit = audit(report.log, report.walked, load, report.window, report.week_periods);
  fill_weeks(report, load);
  fill_months(report, zone);
  fill_aging(report);
  fill_streams(report);
  fill_types(report);
  fill_quality(report);
  report.figures = figures_of(report, load);
  return report;
}

}  // namespace tiebeam::flow
