#include "rooms/flow/engine/forecast/history.h"

#include <algorithm>

namespace tiebeam::flow {
namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr std::int64_t kMicrosAWeek = 7 * 86'400'000'000LL;

const Zone& zone_named(const FlowReport& report, const std::string& name) {
  return report.log.snapshot->zone(name);
}

// The starts of local weeks counted back from `today`, newest first: starts[k] begins week -k.
class Weeks {
 public:
  Weeks(local_days today, const Zone& zone, std::int64_t oldest) {
    for (int back = 0;; ++back) {
      const std::int64_t start = start_of(today - days{7 * back}, zone).time_since_epoch().count();
      if (back > 0 && start < oldest) break;  // a partial week at the far end
      starts_.push_back(start);
    }
  }
  [[nodiscard]] std::size_t size() const { return starts_.size() - 1; }
  // k of the week -k that holds `at`, 1 for the last; 0: in none.
  [[nodiscard]] std::size_t back(std::int64_t at) const {
    if (at >= starts_.front() || at < starts_.back()) return 0;
    // Weeks are as long as each other but for an hour twice a year: guess, then step.
    auto k = static_cast<std::size_t>((starts_.front() - at - 1) / kMicrosAWeek) + 1;
    k = std::min(k, size());
    while (at < starts_[k]) ++k;
    while (k > 1 && at >= starts_[k - 1]) --k;
    return k;
  }
  [[nodiscard]] std::int64_t start(std::size_t k) const { return starts_[k]; }

 private:
  std::vector<std::int64_t> starts_;
};

local_days today_of(const FlowReport& report, const std::string& zone) {
  return local_days{day_of(instant_of(report.window.horizon), zone_named(report, zone))};
}

// No stream of the history has working time in [from, to); all have calendars.
bool is_shutdown(const FlowReport& report, const History& history, std::int64_t from,
                 std::int64_t to) {
  if (history.streams.empty()) return false;
  return std::ranges::all_of(history.streams, [&](std::uint32_t each) {
    const Stream& stream = report.log.streams[each];
    return stream.calendar &&
           stream.calendar->working(instant_of(from), instant_of(to)).count() == 0;
  });
}

void name_it(const FlowReport& report, History& history) {
  if (history.streams.size() == 1) {
    const Stream& stream = report.log.streams[history.streams.front()];
    history.id = stream.id;
    history.name = stream.name.empty() ? "work in no stream" : stream.name;
    history.zone = stream.zone;
  }
  for (const std::uint32_t each : history.streams) {
    const std::string& id = report.log.streams[each].calendar_id;
    if (id.empty() || history.calendar.find("'" + id + "'") != std::string::npos) continue;
    history.calendar += (history.calendar.empty() ? "'" : ", '") + id + "'";
  }
}

// From counts by week back to the history: cut before the first finish, shutdowns told apart.
void fill_weeks(const FlowReport& report, const Weeks& weeks,
                const std::vector<std::uint32_t>& counts, History& history) {
  std::size_t oldest = weeks.size();
  while (oldest > 0 && counts[oldest] == 0) --oldest;
  const local_days today{history.today};
  std::vector<std::int64_t> number;
  std::vector<std::uint32_t> finished;
  for (std::size_t k = oldest; k > 0; --k) {
    const auto back = days{7 * static_cast<int>(k)};
    HistoryWeek week{
        .from = Day{today - back}, .to = Day{today - back + days{7}}, .finished = counts[k]};
    week.is_shutdown = is_shutdown(report, history, weeks.start(k), weeks.start(k - 1));
    history.weeks.push_back(week);
    if (week.is_shutdown) continue;
    number.push_back(-static_cast<std::int64_t>(k));
    finished.push_back(counts[k]);
    history.finished += counts[k];
  }
  history.series = make_series(history.id, std::move(number), std::move(finished), 0);
}

// One pass over the work for several histories at once; `of[stream]` is the history it counts in.
std::vector<History> make(const FlowReport& report, std::vector<History> out,
                          const std::vector<std::uint32_t>& of) {
  const FlowLog& log = report.log;
  std::vector<std::int64_t> first(out.size(), report.window.horizon);
  for (const ItemFlow& flow : report.walked.items) {
    const std::uint32_t into = of[log.items[flow.item].stream];
    if (into != kNone) first[into] = std::min(first[into], flow.first);
  }
  std::vector<Weeks> weeks;
  std::vector<std::vector<std::uint32_t>> counts;
  for (std::size_t i = 0; i < out.size(); ++i) {
    name_it(report, out[i]);
    const local_days today = today_of(report, out[i].zone);
    out[i].today = Day{today};
    weeks.emplace_back(today, zone_named(report, out[i].zone),
                       std::max(first[i], report.window.from));
    counts.emplace_back(weeks.back().size() + 1, 0);
  }
  for (const ItemFlow& flow : report.walked.items) {
    const std::uint32_t into = of[log.items[flow.item].stream];
    if (into == kNone || flow.counted == kMissing) continue;
    if (const std::size_t back = weeks[into].back(flow.counted)) ++counts[into][back];
  }
  for (const AgingRow& row : report.aging) {
    const std::uint32_t into = of[log.items[report.walked.items[row.index].item].stream];
    if (into != kNone) ++out[into].open;
  }
  for (std::size_t i = 0; i < out.size(); ++i) fill_weeks(report, weeks[i], counts[i], out[i]);
  return out;
}

std::vector<std::uint32_t> streams_with_work(const FlowReport& report) {
  std::vector<bool> has(report.log.streams.size(), false);
  for (const Item& item : report.log.items) has[item.stream] = true;
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < has.size(); ++i) {
    if (has[i]) out.push_back(i);
  }
  return out;
}

}  // namespace

History history_of(const FlowReport& report, std::vector<std::uint32_t> streams) {
  std::vector<std::uint32_t> of(report.log.streams.size(), kNone);
  for (const std::uint32_t each : streams) of[each] = 0;
  History one;
  one.name = "all work";
  one.zone = zone_of(report.log).name;
  one.streams = std::move(streams);
  return std::move(make(report, {std::move(one)}, of).front());
}

History history_of_all(const FlowReport& report) {
  History out = history_of(report, streams_with_work(report));
  out.id.clear();
  out.name = "all work";
  return out;
}

std::vector<History> histories(const FlowReport& report) {
  std::vector<History> out(report.log.streams.size());
  std::vector<std::uint32_t> of(out.size());
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    out[i].streams = {i};
    of[i] = i;
  }
  return make(report, std::move(out), of);
}

Day day_ahead(const History& history, std::size_t weeks) {
  return Day{local_days{history.today} + days{7 * static_cast<int>(weeks)}};
}

std::vector<std::size_t> working_weeks_ahead(const FlowReport& report, const History& history,
                                             std::size_t weeks) {
  const Zone& zone = zone_named(report, history.zone);
  std::vector<std::size_t> out{0};
  for (std::size_t k = 1; k <= weeks; ++k) {
    const local_days end{day_ahead(history, k)};
    const bool is_off =
        is_shutdown(report, history, start_of(end - days{7}, zone).time_since_epoch().count(),
                    start_of(end, zone).time_since_epoch().count());
    out.push_back(out.back() + (is_off ? 0 : 1));
  }
  return out;
}

std::optional<std::size_t> week_of(const FlowReport& report, const History& history,
                                   std::int64_t at) {
  const Zone& zone = zone_named(report, history.zone);
  const local_days day{day_of(instant_of(at), zone)};
  const auto found = std::ranges::upper_bound(
      history.weeks, day, {}, [](const HistoryWeek& week) { return local_days{week.from}; });
  if (found == history.weeks.begin()) return std::nullopt;
  const auto index = static_cast<std::size_t>(found - history.weeks.begin()) - 1;
  if (day >= local_days{history.weeks[index].to}) return std::nullopt;
  return index;
}

}  // namespace tiebeam::flow
