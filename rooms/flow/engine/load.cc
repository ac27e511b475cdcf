#include "rooms/flow/engine/load.h"

#include <algorithm>

namespace tiebeam::flow {
namespace {

constexpr Wide kSecond = 1'000'000;

double residual_of(Wide left, Wide right) {
  const Wide gap = left > right ? left - right : right - left;
  return static_cast<double>(gap) / static_cast<double>(std::max(left, kSecond));
}
double seconds(Wide micros) { return static_cast<double>(micros) / 1e6; }

}  // namespace

Load::Load(const Walked& walked) {
  for (const ItemFlow& flow : walked.items) {
    if (!flow.is_committed()) continue;
    commits_.push_back(flow.commit);
    if (flow.end() == kMissing) continue;
    exits_.push_back({flow.commit, flow.end(), flow.finish == kMissing});
  }
  std::ranges::sort(commits_);
  std::ranges::sort(exits_, [](const OnClock& a, const OnClock& b) {
    return a.exit != b.exit ? a.exit < b.exit : a.commit < b.commit;
  });
  commit_sums_.push_back(0);
  for (const std::int64_t commit : commits_) commit_sums_.push_back(commit_sums_.back() + commit);
  exit_sums_.emplace_back();
  for (const OnClock& item : exits_) {
    exit_times_.push_back(item.exit);
    Sums sums = exit_sums_.back();
    sums.commits += item.commit;
    (item.is_cancelled ? sums.cancelled : sums.spans) += item.exit - item.commit;
    exit_sums_.push_back(sums);
  }
}

std::int64_t Load::at(std::int64_t at) const {
  const auto begun = std::ranges::upper_bound(commits_, at) - commits_.begin();
  const auto left = std::ranges::upper_bound(exit_times_, at) - exit_times_.begin();
  return begun - left;
}

Wide Load::integral(std::int64_t from, std::int64_t end) const {
  auto begin = std::ranges::upper_bound(commits_, from);
  auto leave = std::ranges::upper_bound(exit_times_, from);
  Wide area = 0;
  std::int64_t now = (begin - commits_.begin()) - (leave - exit_times_.begin());
  std::int64_t since = from;
  while (since < end) {
    std::int64_t next = end;
    if (begin != commits_.end()) next = std::min(next, *begin);
    if (leave != exit_times_.end()) next = std::min(next, *leave);
    area += static_cast<Wide>(now) * (next - since);
    since = next;
    for (; begin != commits_.end() && *begin == since; ++begin) ++now;
    for (; leave != exit_times_.end() && *leave == since; ++leave) --now;
  }
  return area;
}

// Sum of at - commit over items with commit < at <= exit.
Wide Load::age(std::int64_t at) const {
  const auto begun = std::ranges::lower_bound(commits_, at) - commits_.begin();
  // Those that left before `at` and had begun before it; an item of no length at `at` counts in
  // neither.
  const auto left = std::ranges::lower_bound(exit_times_, at) - exit_times_.begin();
  const auto b = static_cast<std::size_t>(begun);
  const auto l = static_cast<std::size_t>(left);
  return static_cast<Wide>(begun - left) * at - (commit_sums_[b] - exit_sums_[l].commits);
}

Load::Balance Load::balance(std::int64_t from, std::int64_t end) const {
  const auto at = [&](std::int64_t time) {
    return static_cast<std::size_t>(std::ranges::lower_bound(exit_times_, time) -
                                    exit_times_.begin());
  };
  const Sums& before = exit_sums_[at(from)];
  const Sums& after = exit_sums_[at(end)];
  return {integral(from, end), after.spans - before.spans, after.cancelled - before.cancelled,
          age(end) - age(from)};
}

double Load::Balance::residual() const { return residual_of(left, right()); }

namespace {

// Per state: the integral of occupancy from entries and exits as signed areas, against the sum of
// the stays of each item. An item is in the state of its last touch until the end of the window.
std::vector<Audited> audit_states(const FlowLog& log, const Walked& walked, const Window& window) {
  const std::size_t states = log.transitions ? log.transitions->column("state").names.size() : 0;
  std::vector<Wide> left(states, 0);
  std::vector<Wide> right(states, 0);
  const auto until_end = [&](std::int64_t at) {
    return std::max<std::int64_t>(0, window.end - std::max(at, window.from));
  };
  for (const ItemFlow& flow : walked.items) {
    const auto touches = touches_of(log, log.items[flow.item]);
    for (std::size_t i = 0; i < touches.size(); ++i) {
      left[touches[i].state] += until_end(touches[i].at);
      if (i > 0) left[touches[i - 1].state] -= until_end(touches[i].at);
      const std::int64_t from = std::max(touches[i].at, window.from);
      const std::int64_t to =
          i + 1 < touches.size() ? std::min(touches[i + 1].at, window.end) : window.end;
      right[touches[i].state] += std::max<std::int64_t>(0, to - from);
    }
  }
  std::vector<Audited> out;
  for (std::uint32_t state = 0; state < states; ++state) {
    if (left[state] == 0 && right[state] == 0) continue;
    out.push_back({"state " + std::string(log.state_name(state)), seconds(left[state]),
                   seconds(right[state]), residual_of(left[state], right[state])});
  }
  std::ranges::sort(out, {}, &Audited::name);
  return out;
}

}  // namespace

std::vector<Audited> audit(const FlowLog& log, const Walked& walked, const Load& load,
                           const Window& window, const std::vector<Period>& weeks) {
  std::vector<Audited> out;
  const auto add = [&](std::string name, std::int64_t from, std::int64_t end) {
    const Load::Balance balance = load.balance(from, end);
    out.push_back(
        {std::move(name), seconds(balance.left), seconds(balance.right()), balance.residual()});
  };
  add("whole window", window.from, window.end);
  for (const Period& week : weeks) {
    add("week " + format_day(week.start), std::max(week.from, window.from),
        std::min(week.to, window.end));
  }
  for (Audited& state : audit_states(log, walked, window)) out.push_back(std::move(state));
  return out;
}

double little_residual(const Snapshot& snapshot) {
  const FlowLog log = read_log(snapshot, resolve_as_of(snapshot, std::nullopt));
  const Walked walked = walk(log);
  const Window window = resolve_window(log, std::nullopt, std::nullopt);
  const std::vector<Period> weeks = periods_of(window, zone_of(log), Step::week);
  double worst = 0;
  for (const Audited& audited : audit(log, walked, Load(walked), window, weeks))
    worst = std::max(worst, audited.residual);
  return worst;
}

}  // namespace tiebeam::flow
