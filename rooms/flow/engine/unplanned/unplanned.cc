#include "rooms/flow/engine/unplanned/unplanned.h"

#include <algorithm>
#include <array>
#include <map>

#include "model/urgency_words.h"

namespace tiebeam::flow {
namespace {

// What the words of each item say, each word looked at once.
class Words {
 public:
  Words(const FlowLog& log, const ItemTexts& texts) : log_(log), texts_(texts) {}

  [[nodiscard]] bool is_urgent(std::uint32_t item) {
    return log_.items[item].type == WorkType::incident ||
           known(types_, texts_.type[item], "type", is_urgent_type) ||
           known(priorities_, texts_.priority[item], "priority", is_urgent_priority);
  }
  // Neither a type nor a priority is known.
  [[nodiscard]] bool is_silent(std::uint32_t item) const {
    return log_.items[item].type == WorkType::unmapped && texts_.type[item] == 0 &&
           texts_.priority[item] == 0;
  }

 private:
  bool known(std::map<std::uint32_t, bool>& seen, std::uint32_t id, std::string_view column,
             bool (*is_urgent)(std::string_view)) {
    if (id == 0) return false;
    const auto [held, is_new] = seen.emplace(id, false);
    if (is_new) held->second = is_urgent(texts_.facts->column(column).names.name(id));
    return held->second;
  }
  const FlowLog& log_;
  const ItemTexts& texts_;
  std::map<std::uint32_t, bool> types_, priorities_;
};

// The event that entered an active state first, or none.
const Touch* first_active(const FlowLog& log, const Item& item) {
  for (const Touch& touch : touches_of(log, item)) {
    if (meaning_of(log.maps[item.map], touch) == Meaning::active) return &touch;
  }
  return nullptr;
}

void gather(const FlowReport& report, Unplanned& out) {
  const ItemTexts texts = item_texts(report.log);
  Words words(report.log, texts);
  for (const ItemFlow& flow : report.walked.items) {
    const Item& item = report.log.items[flow.item];
    if (flow.is_ticket) continue;
    const Touch* touch = first_active(report.log, item);
    if (!touch || !report.window.holds(touch->at)) continue;
    if (flow.is_truncated) {
      ++out.truncated;
      continue;
    }
    Begun begun;
    begun.item = flow.item;
    begun.row = touch->row;
    begun.at = touch->at;
    begun.asked = flow.created != kMissing ? flow.created : flow.first;
    begun.is_urgent = words.is_urgent(flow.item);
    begun.is_unplanned = begun.is_urgent && begun.at - begun.asked < kAtOnce;
    out.without_created += flow.created == kMissing ? 1 : 0;
    out.without_words += words.is_silent(flow.item) ? 1 : 0;
    out.unplanned += begun.is_unplanned ? 1 : 0;
    out.begun.push_back(begun);
  }
}

std::map<std::string, double, std::less<>> targets_of(const Snapshot& snapshot) {
  std::map<std::string, double, std::less<>> out;
  for (const ValueStream& stream : snapshot.all<ValueStream>()) {
    if (stream.unplanned_target) out.emplace(stream.id, *stream.unplanned_target);
  }
  return out;
}

UnplannedVerdict verdict_of(const UnplannedStream& row) {
  if (static_cast<std::size_t>(row.begun) < kLeastBegun) return UnplannedVerdict::too_few;
  if (!row.target) return UnplannedVerdict::no_target;
  if (row.interval->low > *row.target) return UnplannedVerdict::above;
  return row.interval->high <= *row.target ? UnplannedVerdict::within : UnplannedVerdict::unclear;
}

// What is counted of a stream beside its row.
struct StreamTally {
  UnplannedStream row;
  std::int64_t incidents = 0, silent = 0;
};

void finish(StreamTally& tally, const std::map<std::string, double, std::less<>>& targets) {
  UnplannedStream& row = tally.row;
  const auto all = static_cast<double>(row.begun);
  const auto own = targets.find(row.id);
  const bool for_incidents = static_cast<double>(tally.incidents) > kMadeForIncidents * all;
  if (own != targets.end())
    row.target = own->second;
  else if (!for_incidents)
    row.target = kUnplannedTarget;
  const quant::Spread spread = quant::wilson(static_cast<double>(row.unplanned), all);
  row.interval = Interval{spread.low, spread.high, quant::kLevel};
  row.verdict = tally.silent == row.begun ? UnplannedVerdict::not_measurable : verdict_of(row);
}

void fill_streams(const FlowReport& report, Unplanned& out) {
  const std::vector<Period> months = periods_of(report.window, zone_of(report.log), Step::month);
  std::map<std::string, StreamTally> tallies;
  const ItemTexts texts = item_texts(report.log);
  const Words words(report.log, texts);
  for (const Begun& begun : out.begun) {
    const Item& item = report.log.items[begun.item];
    const Stream& stream = report.log.streams[item.stream];
    StreamTally& tally = tallies[stream.id];
    UnplannedStream& row = tally.row;
    if (row.months.empty()) {
      row.id = stream.id, row.name = stream.name;
      for (const Period& month : months)
        row.months.push_back({UnplannedCount{}, month.start, month.is_full});
    }
    UnplannedMonth& month = row.months[period_at(months, begun.at)];
    ++row.begun, ++month.begun;
    row.unplanned += begun.is_unplanned ? 1 : 0;
    month.unplanned += begun.is_unplanned ? 1 : 0;
    tally.incidents += item.type == WorkType::incident ? 1 : 0;
    tally.silent += words.is_silent(begun.item) ? 1 : 0;
  }
  const auto targets = targets_of(*report.log.snapshot);
  for (auto& [id, tally] : tallies) {
    finish(tally, targets);
    out.streams.push_back(std::move(tally.row));
  }
}

}  // namespace

std::optional<double> UnplannedCount::share() const {
  if (begun == 0) return std::nullopt;
  return static_cast<double>(unplanned) / static_cast<double>(begun);
}

std::string_view unplanned_verdict_name(UnplannedVerdict verdict) {
  constexpr std::array<std::string_view, 6> kNames = {"within",  "above",     "unclear",
                                                      "too_few", "no_target", "not_measurable"};
  return kNames[static_cast<std::size_t>(verdict)];
}

Unplanned compute_unplanned(const FlowReport& report) {
  Unplanned out;
  gather(report, out);
  fill_streams(report, out);
  return out;
}

std::shared_ptr<const Unplanned> unplanned_of(const FigureBook& book) {
  return book.once<Unplanned>("flow.unplanned",
                              [&] { return compute_unplanned(*report_of(book)); });
}

}  // namespace tiebeam::flow
