#include "rooms/flow/engine/utilisation/presence.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace tiebeam::flow {
namespace {

// An active stretch, or an event (from == to), of someone.
struct Held {
  std::uint32_t team, person;
  std::int64_t from, to;
  std::uint32_t row;
};

class Weeks {
 public:
  explicit Weeks(const FlowReport& report) : report_(report) {}

  std::vector<PersonWeek> run() {
    if (report_.rates.count == 0) return {};
    for (const ItemFlow& flow : report_.walked.items) collect(flow);
    std::ranges::sort(held_, [](const Held& a, const Held& b) {
      return std::tie(a.team, a.person, a.from, a.to, a.row) <
             std::tie(b.team, b.person, b.from, b.to, b.row);
    });
    for (std::size_t i = 0, j = 0; i < held_.size(); i = j) {
      while (j < held_.size() && held_[j].team == held_[i].team &&
             held_[j].person == held_[i].person)
        ++j;
      add_person(i, j);
    }
    return std::move(out_);
  }

 private:
  void collect(const ItemFlow& flow) {
    const Item& item = report_.log.items[flow.item];
    if (item.is_ticket) return;
    for (const Touch& touch : touches_of(report_.log, item)) {
      if (touch.team == 0 || touch.person == 0) continue;
      if (report_.rates.from <= touch.at && touch.at < report_.rates.to)
        held_.push_back({touch.team, touch.person, touch.at, touch.at, touch.row});
    }
    for_each_stretch(report_.log, flow, report_.window.horizon,
                     [&](Meaning meaning, const Touch& touch, std::int64_t from, std::int64_t to) {
                       if (meaning != Meaning::active || touch.team == 0 || touch.person == 0)
                         return;
                       from = std::max(from, report_.rates.from);
                       to = std::min(to, report_.rates.to);
                       if (to > from)
                         held_.push_back({touch.team, touch.person, from, to, touch.row});
                     });
  }

  // held_[i, j) is one person's, by start: united on the go.
  void add_person(std::size_t i, std::size_t j) {
    std::map<std::uint32_t, PersonWeek> weeks;
    const auto at = [&](std::uint32_t week, std::uint32_t row) -> PersonWeek& {
      return weeks.try_emplace(week, PersonWeek{held_[i].team, held_[i].person, week, 0, 0, row})
          .first->second;
    };
    std::int64_t united = kMissing;  // all before this is counted as busy
    for (std::size_t k = i; k < j; ++k) {
      at(week_of(held_[k].from), held_[k].row);
      split(held_[k].from, held_[k].to,
            [&](std::uint32_t w, std::int64_t t) { at(w, held_[k].row).active += t; });
      const std::int64_t from =
          united == kMissing ? held_[k].from : std::max(held_[k].from, united);
      split(from, held_[k].to,
            [&](std::uint32_t w, std::int64_t t) { at(w, held_[k].row).busy += t; });
      united = std::max(united, held_[k].to);
    }
    for (const auto& [week, row] : weeks) out_.push_back(row);
  }

  [[nodiscard]] std::uint32_t week_of(std::int64_t at) const {
    return static_cast<std::uint32_t>(period_at(report_.week_periods, at));
  }
  template <class F>
  void split(std::int64_t from, std::int64_t to, F add) const {
    while (from < to) {
      const std::uint32_t week = week_of(from);
      const std::int64_t end = std::min(to, report_.week_periods[week].to);
      add(week, end - from);
      from = end;
    }
  }

  const FlowReport& report_;
  std::vector<Held> held_;
  std::vector<PersonWeek> out_;
};

}  // namespace

std::vector<PersonWeek> presence_of(const FlowReport& report) { return Weeks(report).run(); }

}  // namespace tiebeam::flow
