#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "rooms/flow/engine/bottleneck/bottleneck.h"
#include "rooms/flow/engine/pieces.h"
#include "rooms/flow/engine/sheet.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/bottlenecks.md";

std::vector<FigureSpec> specs() {
  const auto spec = [](const char* key, const char* label, const char* unit, const char* formula,
                       std::vector<std::string> reads = {}) {
    return FigureSpec{key, label, unit, formula, kMethod, 1, std::move(reads)};
  };
  return {spec("flow.bottleneck.share", "Share of flow time in the state that costs most", "share",
               "ratio of sums of time in the state / (finish - commit) over finished items"),
          spec("flow.bottleneck.mean", "Average flow time without it would be shorter by", "days",
               "mean of time in the state over finished items"),
          spec("flow.bottleneck.p50_without", "Half would finish within, without it", "days",
               "inverse ECDF at 0.5 of finish - commit - time in the state over finished items"),
          spec("flow.bottleneck.p85_without", "85 of 100 would finish within, without it", "days",
               "inverse ECDF at 0.85 of finish - commit - time in the state over finished items"),
          spec("flow.bottleneck.p85_saved", "The 85 % line without it would be shorter by", "days",
               "flow.cycle_time.p85 - flow.bottleneck.p85_without",
               {"flow.cycle_time.p85", "flow.bottleneck.p85_without"})};
}
const std::vector<FigureSpec>& bottleneck_specs() {
  static const std::vector<FigureSpec> all = specs();
  return all;
}

void explain(Figure& figure, const Bottleneck& first) {
  figure.trail.notes.push_back(fmt::format("the state is {}", first.state));
  figure.trail.notes.push_back(
      fmt::format("{}: {}", constraint_name(first.judged.constraint), first.judged.because));
}

// A label that names the state.
std::string label_of(std::string_view key, std::string_view state) {
  if (key.ends_with(".share")) return fmt::format("Share of flow time in {}", state);
  if (key.ends_with(".mean"))
    return fmt::format("Average flow time would be shorter without {} by", state);
  if (key.ends_with(".p50_without"))
    return fmt::format("Half would finish within, without {}", state);
  if (key.ends_with(".p85_without"))
    return fmt::format("85 of 100 would finish within, without {}", state);
  return fmt::format("The 85 % line would be shorter without {} by", state);
}

// Flow times without the state, sorted, in days.
std::vector<double> without(const Bottlenecks& found, const StayedState& state) {
  std::vector<std::int64_t> rest = found.stays.cycles;
  for (const ItemStays& stays : state.items) rest[stays.place] -= stays.time;
  std::ranges::sort(rest);
  std::vector<double> days;
  days.reserve(rest.size());
  for (const std::int64_t each : rest) days.push_back(days_of(each));
  return days;
}

void fill(FigureSheet& sheet, const Bottlenecks& found) {
  const Bottleneck& first = found.rows.front();
  const std::size_t items = found.stays.items.size();
  for (const FigureSpec& spec : bottleneck_specs()) {
    Figure& figure = sheet.rests_on(spec.key, items, "finished in the window");
    figure.label = label_of(spec.key, first.state);
    explain(figure, first);
  }
  Figure& share = sheet.at("flow.bottleneck.share");
  share.value = first.share;
  share.interval = first.share_interval;
  Figure& mean = sheet.at("flow.bottleneck.mean");
  mean.value = *first.effects.mean.saved;
  mean.interval = first.effects.mean.interval;
  const std::vector<double> rest = without(found, found.stays.states[first.index]);
  set_percentile(sheet.at("flow.bottleneck.p50_without"), rest, 0.5, "finished items");
  set_percentile(sheet.at("flow.bottleneck.p85_without"), rest, 0.85, "finished items");
  Figure& saved = sheet.at("flow.bottleneck.p85_saved");
  if (first.effects.p85.saved) {
    saved.value = *first.effects.p85.saved;
    saved.interval = first.effects.p85.interval;
  } else {
    set_percentile(saved, rest, 0.85, "finished items");  // as few as those
  }
}

std::vector<Figure> compute(const FigureBook& book) {
  const FlowReport& report = *report_of(book);
  const Bottlenecks& found = *bottlenecks_of(book);
  FigureSheet sheet(report, bottleneck_specs());
  if (!found.rows.empty()) {
    fill(sheet, found);
    return sheet.take();
  }
  const bool only_lists = report.quality.from_lists > 0 && found.stays.items.empty();
  for (const FigureSpec& spec : bottleneck_specs()) {
    Figure& figure = sheet.rests_on(spec.key, found.stays.items.size(), "finished in the window");
    if (only_lists)
      say(figure, Status::not_measurable, std::string(kNoHistory));
    else
      say(figure, Status::too_few, "no finished work spent time in any state");
  }
  return sheet.take();
}

std::vector<Evidence> evidence(const FigureBook& book, std::string_view key, std::size_t offset,
                               std::size_t limit) {
  const FlowReport& report = *report_of(book);
  const Bottlenecks& found = *bottlenecks_of(book);
  if (found.rows.empty() || key == "flow.bottleneck.p85_saved") return {};
  const StayedState& state = found.stays.states[found.rows.front().index];
  std::vector<std::int64_t> in_state(report.log.items.size(), 0);
  for (const ItemStays& stays : state.items) in_state[found.stays.items[stays.place]] = stays.time;
  const bool rest = key.ends_with("_without");
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < found.stays.items.size(); ++i) {
    const std::uint32_t item = found.stays.items[i];
    const double cycle = days_of(found.stays.cycles[i]), stay = days_of(in_state[item]);
    const double share = cycle > 0 ? stay / cycle : 0;
    const double left = days_of(found.stays.cycles[i] - in_state[item]);
    pieces.push_back({rest ? left : key.ends_with(".share") ? share : stay, item});
  }
  const Tell tell = [&](const Piece& piece, const ItemFlow& flow, Evidence& out) {
    const std::int64_t cycle = flow.finish - flow.commit;
    out.what =
        fmt::format("part={} whole={} days in {}, days from commit to finish",
                    shortest(days_of(in_state[piece.item])), shortest(days_of(cycle)), state.name);
    place_ends(report, flow, out);
  };
  return told(report, std::move(pieces), tell, offset, limit);
}

}  // namespace

FigureFamily bottleneck_family() {
  return {.name = "flow.bottleneck",
          .figures = bottleneck_specs(),
          .compute = compute,
          .evidence = evidence};
}

}  // namespace tiebeam::flow
