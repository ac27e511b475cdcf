#include "rooms/flow/engine/utilisation/utilisation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "quant/quantile.h"
#include "rooms/flow/engine/bottleneck/stays.h"
#include "rooms/flow/engine/queueing.h"
#include "rooms/flow/engine/sheet.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kLeastItems = 5;   // as for a line at half
constexpr std::size_t kLeastStays = 20;  // of work, before its variability is told. Source: ours.

// What finished items spent while a team held them.
struct HeldItem {
  std::uint32_t item;
  std::int64_t active = 0, clock = 0;
};
// Stays of work that a team began in the last full weeks, and the waiting before each.
struct Work {
  std::vector<double> began, service;  // days since 1970; days
  double waited = 0;                   // days, not blocked
};
struct Team {
  std::vector<HeldItem> items;
  Work work;
  std::map<std::uint32_t, TeamWeek> weeks;
  std::size_t people = 0;
};

class Builder {
 public:
  explicit Builder(const FlowReport& report) : report_(report) {}

  Utilisation run() {
    gather_weeks();
    for (const ItemFlow& flow : report_.walked.items) {
      if (flow.is_ticket) continue;
      if (flow.is_finished() && report_.window.holds(flow.finish)) hold(flow);
      work(flow);
    }
    for (auto& [id, team] : teams_) out_.rows.push_back(row_of(id, team));
    std::ranges::sort(out_.rows, [](const TeamRow& a, const TeamRow& b) {
      const auto size = [](const TeamRow& row) {
        std::int64_t active = 0;
        for (const TeamWeek& week : row.weeks) active += week.active;
        return active;
      };
      const std::int64_t left = size(a), right = size(b);
      return std::tie(right, b.items, a.team) < std::tie(left, a.items, b.team);
    });
    return std::move(out_);
  }

 private:
  void gather_weeks() {
    std::uint32_t team = 0, person = 0;
    for (const PersonWeek& each : presence_of(report_)) {
      out_.has_people = true;
      Team& held = teams_[each.team];
      if (each.team != team || each.person != person) ++held.people;
      team = each.team, person = each.person;
      const Period& period = report_.week_periods[each.week];
      TeamWeek& week = held.weeks[each.week];
      week.rows.push_back(each.row);
      week.persons.push_back(each.person);
      week.week = each.week;
      week.busy += each.busy;
      week.active += each.active;
      week.seen += period.to - period.from;
    }
  }

  // A team holds an item until another is named.
  void hold(const ItemFlow& flow) {
    const auto touches = touches_of(report_.log, report_.log.items[flow.item]);
    std::size_t at = 0;
    std::uint32_t holder = 0;
    for_each_stretch(report_.log, flow, flow.finish,
                     [&](Meaning meaning, const Touch& touch, std::int64_t from, std::int64_t to) {
                       for (; at < touches.size() && &touches[at] <= &touch; ++at) {
                         if (touches[at].team != 0) holder = touches[at].team;
                       }
                       if (holder == 0 || (meaning != Meaning::active && !is_waiting(meaning)))
                         return;
                       std::vector<HeldItem>& items = teams_[holder].items;
                       if (items.empty() || items.back().item != flow.item)
                         items.push_back({flow.item});
                       items.back().clock += to - from;
                       items.back().active += meaning == Meaning::active ? to - from : 0;
                     });
  }

  // The waiting before a stay of work is that of the team which does the work.
  void work(const ItemFlow& flow) {
    const Item& item = report_.log.items[flow.item];
    const ResolvedMap& map = report_.log.maps[item.map];
    const auto touches = touches_of(report_.log, item);
    const std::int64_t end = flow.end() == kMissing ? report_.window.horizon : flow.end();
    std::int64_t waited = 0;
    for (std::size_t i = 0, j = 0; i < touches.size() && touches[i].at < end; i = j) {
      while (j < touches.size() && touches[j].state == touches[i].state) ++j;
      const std::int64_t out = j < touches.size() ? std::min(touches[j].at, end) : end;
      const Meaning meaning = map.meaning[touches[i].state];
      if (meaning == Meaning::active) note_work(touches, i, j, out, waited);
      waited = is_waiting(meaning) ? waited + unblocked(map, touches, i, j, flow, end) : 0;
    }
  }
  void note_work(std::span<const Touch> touches, std::size_t i, std::size_t j, std::int64_t out,
                 std::int64_t waited) {
    const std::int64_t in = touches[i].at;
    if (in < report_.rates.from || in >= report_.rates.to || out <= in) return;
    const auto named = std::find_if(touches.begin() + static_cast<std::ptrdiff_t>(i),
                                    touches.begin() + static_cast<std::ptrdiff_t>(j),
                                    [](const Touch& touch) { return touch.team != 0; });
    if (named == touches.begin() + static_cast<std::ptrdiff_t>(j)) return;
    Work& work = teams_[named->team].work;
    work.began.push_back(days_of(in));
    work.service.push_back(days_of(out - in));
    work.waited += days_of(waited);
  }
  static std::int64_t unblocked(const ResolvedMap& map, std::span<const Touch> touches,
                                std::size_t i, std::size_t j, const ItemFlow& flow,
                                std::int64_t end) {
    std::int64_t out = 0;
    for (std::size_t k = i; k < j; ++k) {
      if (!flow.is_committed() || meaning_of(map, touches[k]) == Meaning::blocked) continue;
      const std::int64_t to = k + 1 < touches.size() ? std::min(touches[k + 1].at, end) : end;
      out += std::max<std::int64_t>(0, to - std::max(touches[k].at, flow.commit));
    }
    return out;
  }

  TeamRow row_of(std::uint32_t id, Team& team) const {
    TeamRow row;
    row.team = report_.log.team_name(id);
    row.people = team.people;
    row.items = team.items.size();
    for (const auto& [index, week] : team.weeks) row.weeks.push_back(week);
    fill_utilisation(row);
    fill_efficiency(row, team);
    fill_load(row, team);
    return row;
  }

  static void fill_utilisation(TeamRow& row) {
    if (row.people == 0) {
      row.reason = "no row of the last full weeks names a person of this team";
    } else if (row.people < kLeastPeople) {
      row.reason = "fewer than 3 people: it would be a person's own figure";
    } else if (row.weeks.size() < kLeastWeeks) {
      row.reason = fmt::format("seen in {} full {}: {} are needed", row.weeks.size(),
                               row.weeks.size() == 1 ? "week" : "weeks", kLeastWeeks);
    }
    if (!row.reason.empty()) return;
    std::vector<double> busy, seen;
    std::int64_t active = 0, united = 0;
    for (const TeamWeek& week : row.weeks) {
      busy.push_back(days_of(week.busy)), seen.push_back(days_of(week.seen));
      active += week.active, united += week.busy;
    }
    const auto share = *quant::ratio_of_sums(busy, seen);
    row.utilisation = share.value;
    if (share.low < share.high)
      row.utilisation_interval = Interval{share.low, share.high, quant::kLevel};
    if (united > 0) row.at_once = static_cast<double>(active) / static_cast<double>(united);
  }

  void fill_efficiency(TeamRow& row, const Team& team) const {
    if (!report_.efficiency.is_measurable) {
      row.efficiency_reason = report_.efficiency.reason;
    } else if (team.items.size() < kLeastItems) {
      row.efficiency_reason = fmt::format(
          "{}: {} are needed", counted_of(team.items.size(), "finished items"), kLeastItems);
    }
    if (!row.efficiency_reason.empty()) return;
    std::vector<double> active, clock;
    for (const HeldItem& item : team.items)
      active.push_back(days_of(item.active)), clock.push_back(days_of(item.clock));
    const auto share = quant::ratio_of_sums(active, clock);
    if (!share) return;
    row.efficiency = share->value;
    if (share->low < share->high)
      row.efficiency_interval = Interval{share->low, share->high, quant::kLevel};
  }

  static void fill_load(TeamRow& row, Team& team) {
    Work& work = team.work;
    if (!row.utilisation) {
      row.load_reason = row.reason;
    } else if (work.service.size() < kLeastStays || *row.utilisation <= 0) {
      row.load_reason = fmt::format("{} {} of work begun in the last full weeks: {} are needed",
                                    work.service.size(),
                                    work.service.size() == 1 ? "stay" : "stays", kLeastStays);
    } else if (*row.utilisation * (1 + kMoreLoad) >= 1) {
      row.load_reason =
          "with 10 % more it would be given more than it can do: what waits would grow without end";
    }
    if (!row.load_reason.empty()) return;
    std::ranges::sort(work.began);
    double service = 0;
    for (const double each : work.service) service += each;
    const double wait_share = work.waited / service;
    const double wait = work.waited / static_cast<double>(work.service.size());
    const double v = (variation_between(work.began) + variation(work.service)) / 2;
    const auto added = [&](double servers) {
      if (wait <= 0) return 0.0;
      return explained_share(wait_share, v, *row.utilisation, servers) *
             (wait_factor_of_load(kMoreLoad, *row.utilisation, servers) - 1);
    };
    const auto [low, high] = std::minmax({added(static_cast<double>(row.people)), added(1)});
    row.more_load = MoreLoad{1 + low, 1 + high, low * wait, high * wait};
  }

  const FlowReport& report_;
  std::map<std::uint32_t, Team> teams_;
  Utilisation out_;
};

}  // namespace

Utilisation compute_utilisation(const FlowReport& report) { return Builder(report).run(); }

std::vector<ToldWeeks> told_weeks(const Utilisation& found) {
  std::vector<ToldWeeks> all;
  for (const TeamRow& row : found.rows) {
    if (!row.utilisation) continue;
    for (const TeamWeek& week : row.weeks) all.push_back({row.team, week});
  }
  std::ranges::sort(all, [](const ToldWeeks& a, const ToldWeeks& b) {
    return std::tuple(a.sums.persons.size(), std::string_view(a.team), a.sums.week) <
           std::tuple(b.sums.persons.size(), std::string_view(b.team), b.sums.week);
  });
  ToldWeeks together;
  together.weeks = 0;
  std::set<std::uint32_t> people;
  std::size_t next = 0;
  const auto is_too_small = [&] {
    return all[next].sums.persons.size() < kLeastPeople ||
           (next > 0 && people.size() < kLeastPeople);
  };
  for (; next < all.size() && is_too_small(); ++next) {
    const TeamWeek& week = all[next].sums;
    people.insert(week.persons.begin(), week.persons.end());
    together.sums.busy += week.busy, together.sums.seen += week.seen;
    ++together.weeks;
  }
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(next));
  together.sums.persons.assign(people.begin(), people.end());
  if (together.weeks > 0) all.push_back(std::move(together));
  return all;
}

std::shared_ptr<const Utilisation> utilisation_of(const FigureBook& book) {
  return book.once<Utilisation>("flow.utilisation",
                                [&] { return compute_utilisation(*report_of(book)); });
}

}  // namespace tiebeam::flow
