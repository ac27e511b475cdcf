#include "rooms/flow/engine/whatif/capacity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "rooms/flow/engine/queueing.h"
#include "rooms/flow/engine/utilisation/utilisation.h"

namespace tiebeam::flow {
namespace {

// Work that comes and is done like clockwork does not queue by chance: the waits then tell nothing
// of utilisation. Nor do those of a queue that never empties.
constexpr double kLeastVariation = 0.01;
constexpr double kSaturated = 0.999;

// A run of touches in one state.
struct Stay {
  std::size_t first, end;  // touches [first, end)
};
std::vector<Stay> stays_in(std::span<const Touch> touches) {
  std::vector<Stay> out;
  for (std::size_t i = 0, j = 0; i < touches.size(); i = j) {
    while (j < touches.size() && touches[j].state == touches[i].state) ++j;
    out.push_back({i, j});
  }
  return out;
}

class Observer {
 public:
  Observer(const FlowReport& report, const FinishedStays& stays, std::uint32_t state, bool is_queue)
      : report_(report), stays_(stays), state_(state), is_queue_(is_queue) {}

  Station run(const std::vector<PersonWeek>& presence) {
    for (std::uint32_t place = 0; place < stays_.items.size(); ++place) observe(place);
    finish();
    count_people(presence);
    return std::move(out_);
  }

 private:
  void observe(std::uint32_t place) {
    const ItemFlow& flow = report_.walked.items[stays_.items[place]];
    const Item& item = report_.log.items[flow.item];
    const auto touches = touches_of(report_.log, item);
    const ResolvedMap& map = report_.log.maps[item.map];
    const auto runs = stays_in(touches);
    std::vector<CutStay> queued;
    std::int64_t entered = kMissing;
    for (const Stay& stay : runs) {
      const Touch& first = touches[stay.first];
      if (first.at >= flow.finish) break;
      const Meaning meaning = map.meaning[first.state];
      if (is_waiting(meaning)) {
        if (is_queue_ && first.state != state_) continue;
        if (entered == kMissing) entered = std::max(first.at, flow.commit);
        queued.push_back({place, first.state, unblocked(map, touches, stay, flow)});
        continue;
      }
      const bool serves =
          meaning == Meaning::active && (is_queue_ ? !queued.empty() : first.state == state_);
      if (serves) {
        keep(queued);
        if (report_.rates.from <= first.at && first.at < report_.rates.to) {
          arrivals_.push_back(
              days_of(entered == kMissing ? std::max(first.at, flow.commit) : entered));
          for (const CutStay& wait : queued) wait_ += wait.time;
          serve(touches, stay, flow);
        }
      }
      queued.clear();
      entered = kMissing;
    }
  }

  void keep(const std::vector<CutStay>& queued) {
    for (const CutStay& wait : queued) {
      const auto held = std::find_if(out_.waits.rbegin(), out_.waits.rend(), [&](const CutStay& k) {
        return k.place != wait.place || k.state == wait.state;
      });
      if (held != out_.waits.rend() && held->place == wait.place)
        held->time += wait.time;
      else
        out_.waits.push_back(wait);
    }
  }

  // Capacity does not unblock what is blocked.
  static std::int64_t unblocked(const ResolvedMap& map, std::span<const Touch> touches, Stay stay,
                                const ItemFlow& flow) {
    std::int64_t out = 0;
    for (std::size_t k = stay.first; k < stay.end; ++k) {
      if (meaning_of(map, touches[k]) == Meaning::blocked) continue;
      const std::int64_t from = std::max(touches[k].at, flow.commit);
      const std::int64_t to =
          std::min(k + 1 < touches.size() ? touches[k + 1].at : flow.finish, flow.finish);
      out += std::max<std::int64_t>(0, to - from);
    }
    return out;
  }

  void serve(std::span<const Touch> touches, Stay stay, const ItemFlow& flow) {
    const std::int64_t end = stay.end < touches.size() ? touches[stay.end].at : flow.finish;
    service_.push_back(days_of(std::min(end, flow.finish) - touches[stay.first].at));
    for (std::size_t k = stay.first; k < stay.end; ++k) {
      const Touch& touch = touches[k];
      if (touch.person != 0 && touch.team != 0) people_.emplace(touch.team, touch.person);
    }
  }

  void finish() {
    out_.served = service_.size();
    if (service_.empty()) return;
    double sum = 0;
    for (const double each : service_) sum += each;
    const auto n = static_cast<double>(service_.size());
    out_.service_days = sum / n;
    out_.wait_days = days_of(wait_) / n;
    out_.service_variation = variation(service_);
    std::ranges::sort(arrivals_);
    out_.arrival_variation = variation_between(arrivals_);
  }

  void count_people(const std::vector<PersonWeek>& presence) {
    std::set<std::uint32_t> persons;
    for (const auto& [team, person] : people_) persons.insert(person);
    out_.people = persons.size();
    std::int64_t busy = 0, seen = 0;
    std::set<std::pair<std::uint32_t, std::uint32_t>> weeks;
    for (const PersonWeek& week : presence) {
      if (!people_.contains({week.team, week.person})) continue;
      const Period& period = report_.week_periods[week.week];
      weeks.emplace(week.person, week.week);
      busy += week.busy;
      seen += period.to - period.from;
    }
    if (report_.rates.count > 0)
      out_.people_a_week =
          static_cast<double>(weeks.size()) / static_cast<double>(report_.rates.count);
    if (seen > 0) out_.busy = static_cast<double>(busy) / static_cast<double>(seen);
  }

  const FlowReport& report_;
  const FinishedStays& stays_;
  std::uint32_t state_;
  bool is_queue_;
  Station out_;
  std::vector<double> service_;
  std::vector<double> arrivals_;  // days since 1970
  std::int64_t wait_ = 0;
  std::set<std::pair<std::uint32_t, std::uint32_t>> people_;
};

double factor(const Lever& lever, double people, double utilisation, bool shared) {
  const double servers = shared ? people : 1;
  if (lever.is_share) return wait_factor_of_pace(lever.amount, utilisation, servers);
  if (shared) return wait_factor_of_people(lever.amount, utilisation, servers);
  // A queue for each: more people take a part of everyone's work.
  return congestion(utilisation * people / (people + lever.amount), 1) / congestion(utilisation, 1);
}

}  // namespace

Station station_of(const FlowReport& report, const FinishedStays& stays,
                   const std::vector<PersonWeek>& presence, std::uint32_t state, bool is_queue) {
  return Observer(report, stays, state, is_queue).run(presence);
}

std::expected<Estimated, std::string> capacity_cut(const Station& station, const Lever& lever) {
  if (station.served < kServedStays)
    return std::unexpected(
        fmt::format("{} {} ended with work in the last full weeks: {} are needed", station.served,
                    station.served == 1 ? "stay" : "stays", kServedStays));
  if (station.people < kLeastPeople)
    return std::unexpected(fmt::format(
        "{} people are named, with their team, for the work after it in the last full weeks: {} "
        "are needed, or it would rest on a person's own figure",
        station.people, kLeastPeople));
  if (station.wait_days <= 0) return std::unexpected("nothing waits before it");
  const double people = std::max(1.0, station.people_a_week);
  const double v = (station.arrival_variation + station.service_variation) / 2;
  if (v <= kLeastVariation)
    return std::unexpected(
        "work comes and is done like clockwork there: its waits are not those of a queue");
  std::vector<double> cuts;
  for (const bool shared : {false, true}) {
    const double servers = shared ? people : 1;
    if (station.service_days <= 0) break;
    const double wait_share = station.wait_days / station.service_days;
    if (station.busy > 0 && station.busy < 1)
      cuts.push_back(explained_share(wait_share, v, station.busy, servers) *
                     (1 - factor(lever, people, station.busy, shared)));
    const double implied = implied_utilisation(wait_share, v, servers);
    if (implied > 0 && implied < kSaturated)
      cuts.push_back(1 - factor(lever, people, implied, shared));
  }
  if (cuts.empty())
    return std::unexpected(
        "those who do the work after it were never idle, or took no time for it");
  std::ranges::sort(cuts);
  double sum = 0;
  for (const double cut : cuts) sum += cut;
  Estimated out;
  out.cut = {cuts.front(), sum / static_cast<double>(cuts.size()), cuts.back()};
  out.assumption = fmt::format(
      "Estimate (Kingman's formula, steady state): {} people, with active work {:.0f} % of their "
      "time, variability {:.1f}; all waits shorten alike; the range is over four readings, not "
      "chance.",
      std::round(people), 100 * station.busy, v);
  return out;
}

}  // namespace tiebeam::flow
