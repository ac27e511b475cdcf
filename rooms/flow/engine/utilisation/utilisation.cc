#include "rooms/flow/engine/utilisation/utilisation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "quant/quantile.h"
#include "rooms/flow/engine/bottleneck/stays.h"
#include "rooms/flow/engine/queueing.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kLeastItems = 5;  // as for a line at half

// What finished items spent while a team held them.
struct HeldItem {
  std::uint32_t item;
  std::int64_t active = 0, clock = 0, queued = 0;  // queued: of class wait, not blocked
};
struct Team {
  std::vector<HeldItem> items;
  std::map<std::uint32_t, TeamWeek> weeks;
  std::size_t people = 0;
};

class Builder {
 public:
  explicit Builder(const FlowReport& report) : report_(report) {}

  Utilisation run() {
    gather_weeks();
    for (const ItemFlow& flow : report_.walked.items) {
      if (flow.is_finished() && report_.window.holds(flow.finish) && !flow.is_ticket) hold(flow);
    }
    for (const auto& [id, team] : teams_) out_.rows.push_back(row_of(id, team));
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
    for_each_stretch(
        report_.log, flow, flow.finish,
        [&](Meaning meaning, const Touch& touch, std::int64_t from, std::int64_t to) {
          for (; at < touches.size() && &touches[at] <= &touch; ++at) {
            if (touches[at].team != 0) holder = touches[at].team;
          }
          if (holder == 0 || (meaning != Meaning::active && !is_waiting(meaning))) return;
          std::vector<HeldItem>& items = teams_[holder].items;
          if (items.empty() || items.back().item != flow.item) items.push_back({flow.item});
          items.back().clock += to - from;
          items.back().active += meaning == Meaning::active ? to - from : 0;
          items.back().queued += meaning == Meaning::wait ? to - from : 0;
        });
  }

  TeamRow row_of(std::uint32_t id, const Team& team) const {
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
      row.reason = fmt::format("seen in {} full weeks: {} are needed", row.weeks.size(), kLeastWeeks);
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
      row.efficiency_reason =
          fmt::format("{} finished items: {} are needed", team.items.size(), kLeastItems);
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

  static void fill_load(TeamRow& row, const Team& team) {
    if (!row.utilisation) {
      row.load_reason = row.reason;
    } else if (team.items.empty() || *row.utilisation <= 0) {
      row.load_reason = "no active work of its people was seen";
    } else if (*row.utilisation * (1 + kMoreLoad) >= 1) {
      row.load_reason =
          "with 10 % more it would be given more than it can do: what waits would grow without end";
    }
    if (!row.load_reason.empty()) return;
    std::int64_t queued = 0;
    for (const HeldItem& item : team.items) queued += item.queued;
    const double wait = days_of(queued) / static_cast<double>(team.items.size());
    const double own = wait_factor_of_load(kMoreLoad, *row.utilisation, 1);
    const double shared =
        wait_factor_of_load(kMoreLoad, *row.utilisation, static_cast<double>(row.people));
    const auto [low, high] = std::minmax(own, shared);
    row.more_load = MoreLoad{low, high, (low - 1) * wait, (high - 1) * wait};
  }

  const FlowReport& report_;
  std::map<std::uint32_t, Team> teams_;
  Utilisation out_;
};

}  // namespace

Utilisation compute_utilisation(const FlowReport& report) { return Builder(report).run(); }

std::shared_ptr<const Utilisation> utilisation_of(const FigureBook& book) {
  return book.once<Utilisation>("flow.utilisation",
                                [&] { return compute_utilisation(*report_of(book)); });
}

}  // namespace tiebeam::flow
