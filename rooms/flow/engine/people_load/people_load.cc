#include "rooms/flow/engine/people_load/people_load.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace tiebeam::flow {
namespace {

// Somebody seen in a team in a month.
struct Seen {
  std::uint32_t team, month, person;
  friend auto operator<=>(const Seen&, const Seen&) = default;
};

// What one item adds to one team.
struct Part {
  double outside = 0, events = 0;
};

class Builder {
 public:
  Builder(const FlowReport& report, const Concentration& found)
      : report_(report),
        found_(found),
        hours_(report.log),
        bulk_(bulk_minutes(report.log)),
        held_(held_stretches(report.log, report.walked, report.window)),
        attention_(held_),
        months_(periods_of(report.window, zone_of(report.log), Step::month)) {
    out_.periods = months_;
  }

  PeopleLoad build() {
    for (const Touch& touch : report_.log.touches) out_.any_person |= touch.person != 0;
    const std::size_t names =
        report_.log.transitions ? report_.log.transitions->column("team").names.size() : 1;
    teams_.resize(names);
    team_months_.assign(names, std::vector<LoadMonth>(months_.size()));
    parts_.resize(names);
    groups_.assign(names, std::vector<GroupLoad>(months_.size()));
    see_people();
    choose_groups();
    count_people();
    count_events();
    count_held();
    count_finished();
    tell();
    return std::move(out_);
  }

 private:
  // What happens to one item follows in time: mostly in the month of the event before.
  [[nodiscard]] std::uint32_t month_at(std::int64_t at) {
    if (at < months_[last_month_].from || at >= months_[last_month_].to)
      last_month_ = static_cast<std::uint32_t>(period_at(months_, at));
    return last_month_;
  }
  template <class F>
  void each_event(F visit) {
    for (std::uint32_t item = 0; item < report_.log.items.size(); ++item) {
      each_counted_event(report_, bulk_, item, [&](const Touch& touch, const Owner& owner) {
        visit(item, touch, owner);
      });
    }
  }

  void see_people() {
    std::uint32_t stream = kNone;
    each_event([&](std::uint32_t item, const Touch& touch, const Owner& owner) {
      if (report_.log.items[item].stream != stream)
        streams_.insert(stream = report_.log.items[item].stream);
      if (owner.person != 0) see({owner.team, month_at(touch.at), owner.person});
    });
    for (const Held& held : held_) {
      const std::uint32_t last = month_at(held.to - 1);
      for (std::uint32_t month = month_at(held.from); month <= last; ++month)
        see({held.team, month, held.person});
    }
    std::sort(seen_.begin(), seen_.end());
    seen_.erase(std::unique(seen_.begin(), seen_.end()), seen_.end());
  }
  // Most were seen before: one look at a table of the latest spares sorting them.
  void see(const Seen& seen) {
    constexpr std::size_t kLatest = std::size_t{1} << 16U;
    latest_.resize(kLatest, {kNone, kNone, kNone});
    const std::uint32_t mixed =
        (seen.person * 0x9e3779b1U) ^ (seen.team * 0x85ebca6bU) ^ seen.month;
    Seen& held = latest_[(mixed ^ (mixed >> 16U)) % kLatest];
    if (held != seen) seen_.push_back(held = seen);
  }

  // Which groups of a team and a month are large enough to be told, and what is left of a month.
  void choose_groups() {
    shown_.assign(teams_.size(), std::vector<bool>(months_.size(), false));
    counts_ = shown_;
    std::vector<std::vector<std::size_t>> people(teams_.size(),
                                                 std::vector<std::size_t>(months_.size(), 0));
    for (const Seen& seen : seen_) ++people[seen.team][seen.month];
    for (std::uint32_t team = 1; team < teams_.size(); ++team) {
      for (std::size_t month = 0; month < months_.size(); ++month)
        shown_[team][month] = people[team][month] >= kLeastPeople;
    }
    std::vector<std::set<std::uint32_t>> rest(months_.size());
    for (const Seen& seen : seen_) {
      if (!shown_[seen.team][seen.month]) rest[seen.month].insert(seen.person);
    }
    for (std::uint32_t team = 0; team < teams_.size(); ++team) {
      for (std::size_t month = 0; month < months_.size(); ++month) {
        counts_[team][month] = shown_[team][month] || rest[month].size() >= kLeastPeople;
        groups_[team][month].people = people[team][month];
      }
    }
    // Team 0 is never shown: its place holds what is left of each month.
    for (std::size_t month = 0; month < months_.size(); ++month)
      groups_[0][month].people = rest[month].size();
  }
  [[nodiscard]] GroupLoad& group_of(std::uint32_t team, std::uint32_t month) {
    return groups_[shown_[team][month] ? team : 0][month];
  }
  [[nodiscard]] bool is_shown(std::uint32_t team) const {
    return std::ranges::count(shown_[team], true) > 0;
  }

  void count_people() {
    std::vector<std::set<std::uint32_t>> in_team(teams_.size()), in_month(months_.size());
    std::set<std::uint32_t> all, seen_teams;
    for (const Seen& seen : seen_) {
      seen_teams.insert(seen.team);
      if (shown_[seen.team][seen.month]) {
        in_team[seen.team].insert(seen.person);
        ++team_months_[seen.team][seen.month].people;
      }
      if (!counts_[seen.team][seen.month]) continue;
      in_month[seen.month].insert(seen.person);
      all.insert(seen.person);
    }
    out_.all.people = all.size();
    out_.months.resize(months_.size());
    for (std::uint32_t team = 0; team < teams_.size(); ++team) {
      teams_[team].people = in_team[team].size();
      for (std::size_t i = 0; i < months_.size(); ++i) name_month(team_months_[team][i], i);
      out_.hidden_teams += team != 0 && seen_teams.contains(team) && !is_shown(team) ? 1 : 0;
    }
    for (std::size_t i = 0; i < months_.size(); ++i) {
      out_.months[i].people = in_month[i].size();
      name_month(out_.months[i], i);
    }
  }
  void name_month(LoadMonth& month, std::size_t at) const {
    month.start = months_[at].start;
    month.is_full = months_[at].is_full;
  }

  // Adds to a team and its month where they are shown, to the whole where the group counts.
  template <class F>
  bool add(std::uint32_t team, std::uint32_t month, F change) {
    if (shown_[team][month]) {
      change(static_cast<LoadSums&>(teams_[team]));
      change(static_cast<LoadSums&>(team_months_[team][month]));
    }
    if (!counts_[team][month]) return false;
    change(out_.all);
    change(static_cast<LoadSums&>(out_.months[month]));
    change(static_cast<LoadSums&>(group_of(team, month)));
    return true;
  }
  ItemLoad& of_item(std::uint32_t item) {
    items_.resize(report_.log.items.size());
    items_[item].item = item;
    return items_[item];
  }

  void count_events() {
    std::vector<std::uint32_t> last(teams_.size(), kNone);
    each_event([&](std::uint32_t item, const Touch& touch, const Owner& owner) {
      const std::uint32_t month = month_at(touch.at);
      const bool outside = hours_.is_outside(report_.log.items[item].stream, touch.at);
      if (shown_[owner.team][month]) {
        if (last[owner.team] != item) parts_[owner.team].emplace_back();
        last[owner.team] = item;
        parts_[owner.team].back().events += 1;
        parts_[owner.team].back().outside += outside ? 1 : 0;
      }
      const bool counts = add(owner.team, month, [&](LoadSums& sums) {
        ++sums.events;
        sums.outside += outside ? 1 : 0;
      });
      if (!counts) {
        ++out_.hidden_events;
        return;
      }
      ItemLoad& load = of_item(item);
      ++load.events;
      load.outside += outside ? 1 : 0;
      if (outside) group_of(owner.team, month).rows.push_back(touch.row);
    });
    count_bulk();
  }
  void count_bulk() {
    for (const Touch& touch : report_.log.touches) {
      out_.bulk_rows += report_.window.holds(touch.at) &&
                        std::ranges::binary_search(bulk_, touch.at / 60'000'000);
    }
  }

  void count_held() {
    for (std::size_t i = 0; i < held_.size(); ++i) {
      const Held& held = held_[i];
      const std::uint32_t last = month_at(held.to - 1), first = month_at(held.from);
      for (std::uint32_t month = first; month <= last; ++month) {
        const std::int64_t from = std::max(held.from, months_[month].from);
        const std::int64_t to = std::min(held.to, months_[month].to);
        const auto span = static_cast<double>(to - from);
        const double attention =
            first == last ? attention_.whole(i) : attention_.between(held.person, from, to);
        const bool counts = add(held.team, month, [&](LoadSums& sums) {
          sums.held += span;
          sums.attention += attention;
        });
        if (!counts) continue;
        group_of(held.team, month).begun.push_back(report_.walked.items[held.item].commit_row);
        ItemLoad& load = of_item(held.item);
        load.held += span;
        load.attention += attention;
      }
    }
  }

  // By the team that finished it, and only where that team may be told of in that month.
  void count_finished() {
    for (std::uint32_t i = 0; i < found_.work.known.size(); ++i) {
      const Finished& each = found_.work.known[i];
      if (each.area == kNone) continue;
      const std::uint32_t team = team_at_end(each.item);
      const std::uint32_t month = month_at(report_.walked.items[each.item].finish);
      const bool single = found_.coverage.areas[each.area].verdict == AreaVerdict::rests_on_one;
      if (shown_[team][month]) {
        ++teams_[team].finished;
        teams_[team].single_held += single ? 1 : 0;
      }
      if (!counts_[team][month]) continue;
      out_.finished.push_back(i);
      out_.single_held += single ? 1 : 0;
    }
  }
  [[nodiscard]] std::uint32_t team_at_end(std::uint32_t item) const {
    const auto touches = touches_of(report_.log, report_.log.items[item]);
    std::uint32_t team = 0;
    for (const Touch& touch : touches) {
      if (touch.team != 0) team = touch.team;
      if (touch.row == report_.walked.items[item].end_row) break;
    }
    return team;
  }

  void tell() {
    std::ranges::copy_if(items_, std::back_inserter(out_.items),
                         [](const ItemLoad& load) { return load.events > 0 || load.held > 0; });
    for (std::uint32_t team = 0; team < teams_.size(); ++team) tell_groups(team);
    for (std::uint32_t team = 1; team < teams_.size(); ++team) {
      if (is_shown(team)) tell_team(team);
    }
    std::ranges::sort(out_.teams, {}, &TeamLoad::team);
    std::set<std::string> names;
    for (const std::uint32_t stream : streams_) names.insert(hours_.name(stream));
    out_.hours.assign(names.begin(), names.end());
  }
  void tell_groups(std::uint32_t team) {
    for (std::uint32_t month = 0; month < months_.size(); ++month) {
      GroupLoad& group = groups_[team][month];
      if (group.events == 0 && group.held <= 0) continue;
      if (team != 0) group.team = team;
      group.month = month;
      std::ranges::sort(group.begun);
      const auto doubled = std::ranges::unique(group.begun);
      group.begun.erase(doubled.begin(), doubled.end());
      out_.groups.push_back(std::move(group));
    }
  }
  void tell_team(std::uint32_t team) {
    TeamLoad row = std::move(teams_[team]);
    row.team = report_.log.team_name(team);
    row.months = std::move(team_months_[team]);
    std::vector<double> outside, events;
    for (const Part& part : parts_[team]) {
      outside.push_back(part.outside);
      events.push_back(part.events);
    }
    const auto spread = quant::ratio_of_sums(outside, events);
    if (spread && spread->low < spread->high)
      row.out_of_hours_interval = Interval{spread->low, spread->high, quant::kLevel};
    const bool enough = row.events >= kLeastEvents;
    if (enough && row.out_of_hours_interval && row.out_of_hours_interval->low > kOutOfHoursLimit)
      row.over.push_back("out_of_hours");
    if (enough && row.concurrent().value_or(0) > kConcurrentLimit) row.over.push_back("concurrent");
    if (row.finished >= kLeastTeamFinishes && row.single_holder().value_or(0) > kSingleHolderLimit)
      row.over.push_back("single_holder");
    out_.teams.push_back(std::move(row));
  }

  const FlowReport& report_;
  const Concentration& found_;
  Hours hours_;
  std::vector<std::int64_t> bulk_;
  std::vector<Held> held_;
  Attention attention_;
  std::vector<Period> months_;
  std::vector<std::vector<bool>> shown_;   // by team id and month
  std::vector<std::vector<bool>> counts_;  // shown, or counted together with what is left
  std::uint32_t last_month_ = 0;
  std::vector<Seen> latest_, seen_;
  std::set<std::uint32_t> streams_;
  std::vector<TeamLoad> teams_;                      // by team id
  std::vector<std::vector<LoadMonth>> team_months_;  // by team id
  std::vector<std::vector<Part>> parts_;             // by team id, one an item
  std::vector<std::vector<GroupLoad>> groups_;       // by team id; 0: what is left of the month
  std::vector<ItemLoad> items_;                      // by item, or none
  PeopleLoad out_;
};

}  // namespace

std::optional<double> LoadSums::out_of_hours() const {
  if (people < kLeastPeople || events == 0) return std::nullopt;
  return static_cast<double>(outside) / static_cast<double>(events);
}
std::optional<double> LoadSums::concurrent() const {
  if (people < kLeastPeople || attention <= 0) return std::nullopt;
  return held / attention;
}
std::optional<double> TeamLoad::single_holder() const {
  if (people < kLeastPeople || finished == 0) return std::nullopt;
  return static_cast<double>(single_held) / static_cast<double>(finished);
}

PeopleLoad compute_people_load(const FlowReport& report, const Concentration& found) {
  return Builder(report, found).build();
}

std::shared_ptr<const PeopleLoad> people_load_of(const FigureBook& book) {
  return book.once<PeopleLoad>("flow.people_load", [&] {
    return compute_people_load(*report_of(book), *concentration_of(book));
  });
}

}  // namespace tiebeam::flow
