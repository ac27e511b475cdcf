#include "rooms/flow/engine/handovers/worst.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "rooms/flow/engine/pieces.h"
#include "rooms/flow/engine/sheet.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/bottlenecks.md";

struct Pair {
  std::uint32_t from = 0, to = 0;
  std::vector<double> days;
  std::int64_t time = 0;
  DelayCost cost;
};

class Collector {
 public:
  explicit Collector(const FlowReport& report) : report_(report), log_(report.log) {}

  HandoverWaits run() {
    for (const Item& item : log_.items) {
      const auto index = static_cast<std::uint32_t>(&item - log_.items.data());
      if (report_.owners.items[index].team_handoffs > 0) collect(index);
    }
    sort_pairs();
    return std::move(out_);
  }

 private:
  void collect(std::uint32_t index) {
    const auto touches = touches_of(log_, log_.items[index]);
    each_handoff(touches, &Touch::team, [&](const Handoff& handoff) {
      if (!report_.window.holds(touches[handoff.touch].at)) return;
      const auto wait =
          wait_after(touches, handoff.touch, report_.walked.items[index], report_.window);
      if (wait) add(index, handoff, *wait);
    });
  }
  void add(std::uint32_t item, const Handoff& handoff, std::int64_t wait) {
    const std::uint64_t between = (std::uint64_t{handoff.from} << 32U) | handoff.to;
    const auto [known, is_new] = index_.try_emplace(between, pairs_.size());
    if (is_new) pairs_.push_back({handoff.from, handoff.to, {}, 0, DelayCost{}});
    Pair& pair = pairs_[known->second];
    const Stream& stream = log_.streams[log_.items[item].stream];
    pair.days.push_back(days_of(wait));
    pair.time += wait;
    pair.cost.add(stream, wait);
    out_.cost.add(stream, wait);
    out_.time += wait;
    out_.waits.push_back({item, static_cast<std::uint32_t>(handoff.touch),
                          static_cast<std::uint32_t>(known->second), wait});
  }

  void sort_pairs() {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < pairs_.size(); ++i) order.push_back(i);
    const auto name = [&](std::uint32_t team) { return log_.team_name(team); };
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
      const Pair &left = pairs_[a], &right = pairs_[b];
      if (left.time != right.time) return left.time > right.time;
      return std::tuple(name(left.from), name(left.to)) <
             std::tuple(name(right.from), name(right.to));
    });
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    for (HandoverWait& wait : out_.waits) wait.pair = place[wait.pair];
    for (const std::uint32_t i : order) out_.pairs.push_back(row_of(pairs_[i]));
  }
  [[nodiscard]] PairRow row_of(const Pair& pair) const {
    PairRow row;
    row.from = log_.team_name(pair.from);
    row.to = log_.team_name(pair.to);
    row.count = static_cast<std::int64_t>(pair.days.size());
    row.days = days_of(pair.time);
    if (out_.time > 0) row.share = static_cast<double>(pair.time) / static_cast<double>(out_.time);
    row.mean = quant::mean_of(pair.days);
    row.mean.low = std::max(0.0, row.mean.low);
    row.cost = pair.cost.total();
    return row;
  }

  const FlowReport& report_;
  const FlowLog& log_;
  std::unordered_map<std::uint64_t, std::size_t> index_;  // by from and to
  std::vector<Pair> pairs_;
  HandoverWaits out_;
};

const std::vector<FigureSpec>& specs() {
  static const std::vector<FigureSpec> all = {
      {"flow.handoffs.worst5.share",
       "Share of the waiting after handoffs in five pairs of teams",
       "share",
       "ratio of sums of waits after handoffs of the five pairs of teams that wait longest / waits "
       "after all handoffs between teams, at most 3 days each",
       kMethod,
       1,
       {}},
      {"flow.handoffs.cost",
       "What the waiting after handoffs cost",
       "money",
       "sum of wait after a handoff between teams, at most 3 days, x cost of a day's delay of the "
       "value stream",
       kMethod,
       1,
       {}}};
  return all;
}

void fill_share(Figure& figure, const HandoverWaits& found) {
  std::vector<double> part, whole;  // of each item
  std::uint32_t item = kNone;
  for (const HandoverWait& wait : found.waits) {
    if (wait.item != item) part.push_back(0), whole.push_back(0);
    item = wait.item;
    part.back() += wait.pair < kWorstPairs ? days_of(wait.wait) : 0;
    whole.back() += days_of(wait.wait);
  }
  const auto share = quant::ratio_of_sums(part, whole);
  if (!share) {
    return say(figure, Status::too_few, "no work waited after a handoff between teams");
  }
  set_spread(figure, *share, 0, 1);
  for (std::size_t i = 0; i < found.pairs.size() && i < kWorstPairs; ++i)
    figure.trail.notes.push_back(found.pairs[i].from + " to " + found.pairs[i].to);
}

std::vector<Figure> compute(const FigureBook& book) {
  const FlowReport& report = *report_of(book);
  const HandoverWaits& found = *handover_waits_of(book);
  FigureSheet sheet(report, specs());
  for (const FigureSpec& spec : specs()) {
    Figure& figure =
        sheet.rests_on(spec.key, found.waits.size(), "handed from one team to another");
    if (found.waits.empty()) {
      const bool only_lists =
          report.quality.from_lists > 0 &&
          report.quality.from_lists ==
              static_cast<std::size_t>(std::ranges::count(report.present, true));
      say(figure, only_lists ? Status::not_measurable : Status::too_few,
          only_lists ? std::string(kNoHistory) : "no work was handed from one team to another");
    } else if (spec.key == "flow.handoffs.worst5.share") {
      fill_share(figure, found);
    } else if (const auto total = found.cost.total()) {
      figure.value = *total;
    } else {
      say(figure, Status::not_measurable, why_no_cost(found.cost));
    }
  }
  return sheet.take();
}

// What one wait adds to the figure: money, or its share of all waiting when its pair is of the
// worst.
std::optional<double> added(const FlowReport& report, const HandoverWaits& found,
                            const HandoverWait& wait, bool cost) {
  if (cost) {
    const auto& day = report.log.streams[report.log.items[wait.item].stream].cost_of_delay_a_day;
    return day ? std::optional(days_of(wait.wait) * major_units(*day)) : std::nullopt;
  }
  if (wait.pair >= kWorstPairs || found.time == 0) return 0;
  return static_cast<double>(wait.wait) / static_cast<double>(found.time);
}

std::string told_of(const FlowReport& report, const HandoverWaits& found, const HandoverWait& wait,
                    bool cost) {
  const std::string days = shortest(days_of(wait.wait));
  const PairRow& pair = found.pairs[wait.pair];
  const auto& day = report.log.streams[report.log.items[wait.item].stream].cost_of_delay_a_day;
  if (cost && day) {
    return fmt::format("waited={} days after {} to {}, at {} {} a day", days, pair.from, pair.to,
                       day->currency().code(), day->amount());
  }
  const bool is_worst = wait.pair < kWorstPairs;
  return fmt::format("part={} whole={} days waited after {} to {}{}", is_worst ? days : "0", days,
                     pair.from, pair.to, is_worst ? "" : ", not one of the five pairs");
}

std::vector<Evidence> evidence(const FigureBook& book, std::string_view key, std::size_t offset,
                               std::size_t limit) {
  const FlowReport& report = *report_of(book);
  const HandoverWaits& found = *handover_waits_of(book);
  const bool cost = key == "flow.handoffs.cost";
  std::vector<Piece> pieces;
  for (std::uint32_t i = 0; i < found.waits.size(); ++i) {
    const auto value = added(report, found, found.waits[i], cost);
    if (value) pieces.push_back({*value, found.waits[i].item, i});
  }
  const Tell tell = [&](const Piece& piece, const ItemFlow& flow, Evidence& out) {
    const HandoverWait& wait = found.waits[piece.sub];
    out.what = told_of(report, found, wait, cost);
    const auto touches = touches_of(report.log, report.log.items[flow.item]);
    add_place(report.log.transitions, touches[wait.touch].row, out);
  };
  return told(report, std::move(pieces), tell, offset, limit);
}

}  // namespace

HandoverWaits compute_handover_waits(const FlowReport& report) { return Collector(report).run(); }

std::shared_ptr<const HandoverWaits> handover_waits_of(const FigureBook& book) {
  return book.once<HandoverWaits>("flow.handover_waits",
                                  [&] { return compute_handover_waits(*report_of(book)); });
}

FigureFamily handover_family() {
  return {.name = "flow.handovers", .figures = specs(), .compute = compute, .evidence = evidence};
}

}  // namespace tiebeam::flow
