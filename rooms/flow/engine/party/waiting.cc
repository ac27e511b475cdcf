#include "rooms/flow/engine/party/waiting.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "quant/quantile.h"
#include "rooms/flow/engine/bottleneck/stays.h"

namespace tiebeam::flow {
namespace {

struct Sums {
  std::int64_t time = 0;
  std::set<std::string, std::less<>> states;
  std::vector<std::pair<std::uint32_t, std::int64_t>> by_item;  // item and time, by item
  std::size_t now = 0;
  double now_days = 0;
  DelayCost cost;
};

class Splitter {
 public:
  explicit Splitter(const FlowReport& report) : report_(report), log_(report.log) {
    if (!log_.transitions) return;
    const Dictionary& states = log_.transitions->column("state").names;
    for (const ResolvedMap& map : log_.maps) {
      std::vector<std::uint32_t> parties;
      for (const std::string_view name : states.names())
        parties.push_back(party(map.map.party_of(name)));
      party_of_.push_back(std::move(parties));
    }
  }

  Waiting run() {
    for (const ItemFlow& flow : report_.walked.items) {
      if (!flow.is_finished() || !report_.window.holds(flow.finish)) continue;
      if (flow.is_ticket) {
        ++out_.from_lists;
        continue;
      }
      out_.items.push_back(flow.item);
      split(flow);
    }
    for (const AgingRow& row : report_.aging) note_open(row);
    make_rows();
    answer();
    return std::move(out_);
  }

 private:
  std::uint32_t party(std::string_view name) {
    const auto [known, is_new] =
        index_.try_emplace(std::string(name), static_cast<std::uint32_t>(sums_.size()));
    if (is_new) sums_.emplace_back(), names_.emplace_back(name);
    return known->second;
  }

  void split(const ItemFlow& flow) {
    const Item& item = log_.items[flow.item];
    const auto touches = touches_of(log_, item);
    const std::size_t first = out_.waits.size();
    for_each_stretch(
        log_, flow, flow.finish,
        [&](Meaning meaning, const Touch& touch, std::int64_t from, std::int64_t to) {
          if (!is_waiting(meaning)) return;
          out_.has_parties = out_.has_parties || !log_.maps[item.map].map.party.empty();
          const auto place = static_cast<std::uint32_t>(&touch - touches.data());
          add(first, flow.item, touch.state, party_of_[item.map][touch.state], place, to - from);
        });
  }
  void add(std::size_t first, std::uint32_t item, std::uint32_t state, std::uint32_t party,
           std::uint32_t touch, std::int64_t time) {
    auto held =
        std::find_if(out_.waits.begin() + static_cast<std::ptrdiff_t>(first), out_.waits.end(),
                     [&](const ItemWait& wait) { return wait.state == state; });
    if (held == out_.waits.end()) {
      out_.waits.push_back({item, state, party, touch, 0, 0});
      held = out_.waits.end() - 1;
    }
    held->time += time;
    if (time > held->longest) held->longest = time, held->touch = touch;
    out_.time += time;
    Sums& sums = sums_[party];
    sums.time += time;
    if (sums.by_item.empty() || sums.by_item.back().first != item)
      sums.by_item.emplace_back(item, 0);
    sums.by_item.back().second += time;
    sums.states.emplace(log_.state_name(state));
    const Stream& stream = log_.streams[log_.items[item].stream];
    sums.cost.add(stream, time);
    out_.cost.add(stream, time);
  }

  void note_open(const AgingRow& row) {
    const Item& item = log_.items[row.index];
    if (item.is_ticket || !is_waiting(row.meaning)) return;
    const std::uint32_t state = log_.transitions->column("state").names.find(row.state);
    Sums& sums = sums_[party_of_[item.map][state]];
    ++sums.now;
    sums.now_days += row.state_age_days;
    sums.states.insert(row.state);
  }

  void make_rows() {
    std::vector<double> whole(out_.items.size(), 0);
    for (const ItemWait& wait : out_.waits) whole[place(wait.item)] += days_of(wait.time);
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      if (sums_[i].time > 0 || sums_[i].now > 0) out_.parties.push_back(row_of(i, whole));
    }
    // Waits name rows by the order they were found in; rows stand longest first.
    std::ranges::sort(out_.parties, [](const PartyRow& a, const PartyRow& b) {
      return std::tie(b.days, b.now_days, a.party) < std::tie(a.days, a.now_days, b.party);
    });
    for (ItemWait& wait : out_.waits) {
      const auto row = std::ranges::find(out_.parties, names_[wait.party], &PartyRow::party);
      wait.party = static_cast<std::uint32_t>(row - out_.parties.begin());
    }
  }
  [[nodiscard]] std::size_t place(std::uint32_t item) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(out_.items, item) -
                                    out_.items.begin());
  }
  PartyRow row_of(std::size_t index, const std::vector<double>& whole) {
    const Sums& sums = sums_[index];
    PartyRow row;
    row.party = names_[index];
    row.kind = party_kind(row.party);
    row.states.assign(sums.states.begin(), sums.states.end());
    row.days = days_of(sums.time);
    row.items = sums.by_item.size();
    row.now = sums.now;
    row.now_days = sums.now_days;
    row.cost = sums.cost.total();
    std::vector<double> part(out_.items.size(), 0);
    for (const auto& [item, time] : sums.by_item) part[place(item)] = days_of(time);
    if (const auto share = quant::ratio_of_sums(part, whole)) {
      row.share = share->value;
      if (share->low < share->high) row.interval = Interval{share->low, share->high, quant::kLevel};
    }
    return row;
  }

  // Sure only when the interval of the share is on one side of half, unnamed waiting counted
  // against.
  void answer() {
    if (out_.time == 0) {
      out_.sentence = "No finished work waited.";
      return;
    }
    if (!out_.has_parties) {
      out_.sentence = "Nobody has said yet whom the waiting states wait for.";
      out_.missing = kHowToNameParties;
      return;
    }
    std::vector<double> whole(out_.items.size(), 0), outside = whole, inside = whole, open = whole;
    for (const ItemWait& wait : out_.waits) {
      const PartyKind kind = out_.parties[wait.party].kind;
      const std::size_t at = place(wait.item);
      const double days = days_of(wait.time);
      whole[at] += days;
      outside[at] += is_outside_it(kind) ? days : 0;
      inside[at] += kind == PartyKind::it ? days : 0;
      open[at] += kind == PartyKind::not_said ? days : 0;
    }
    const auto out = *quant::ratio_of_sums(outside, whole),
               it = *quant::ratio_of_sums(inside, whole);
    const auto unsaid = *quant::ratio_of_sums(open, whole);
    out_.is_it = out.low > 0.5 ? IsIt::no : it.low > 0.5 ? IsIt::yes : IsIt::not_known;
    word(100 * out.value, 100 * it.value, 100 * unsaid.value);
  }
  void word(double outside, double it, double unsaid) {
    const std::string split = fmt::format(
        "Of 100 days of waiting {:.0f} are for others than IT, {:.0f} for IT", outside, it);
    if (out_.is_it == IsIt::no) {
      out_.sentence = split + ": it waits outside IT.";
    } else if (out_.is_it == IsIt::yes) {
      out_.sentence = split + ": IT is what it waits for.";
    } else {
      out_.sentence = fmt::format(
          "{}; for {:.0f} the state maps name nobody: neither side has more "
          "than half for sure.",
          split, unsaid);
    }
    if (out_.is_it != IsIt::not_known || unsaid == 0) return;
    std::vector<std::string> states;
    for (const PartyRow& row : out_.parties) {
      if (row.kind == PartyKind::not_said) states = row.states;
    }
    out_.missing = fmt::format("the state map names nobody for {}: add {} to its [party]",
                               fmt::join(states, ", "), states.size() == 1 ? "it" : "them");
  }

  const FlowReport& report_;
  const FlowLog& log_;
  Waiting out_;
  std::map<std::string, std::uint32_t, std::less<>> index_;
  std::vector<std::string> names_;
  std::vector<Sums> sums_;
  std::vector<std::vector<std::uint32_t>> party_of_;  // by map, by state
};

}  // namespace

Waiting compute_waiting(const FlowReport& report) { return Splitter(report).run(); }

std::shared_ptr<const Waiting> waiting_of(const FigureBook& book) {
  return book.once<Waiting>("flow.waiting", [&] { return compute_waiting(*report_of(book)); });
}

}  // namespace tiebeam::flow
