#include <fmt/format.h>

#include "base/text.h"
#include "rooms/flow/engine/pieces.h"
#include "rooms/flow/engine/sheet.h"
#include "rooms/flow/engine/whatif/whatif.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/bottlenecks.md";

std::vector<FigureSpec> now_specs() {
  return {{"flow.cycle_time.p50",
           "Half finish within",
           "days",
           "inverse ECDF at 0.5 of finish - commit over finished items",
           kMethod,
           1,
           {}},
          {"flow.cycle_time.p85",
           "85 of 100 finish within",
           "days",
           "inverse ECDF at 0.85 of finish - commit over finished items",
           kMethod,
           1,
           {}},
          {"flow.cycle_time.mean",
           "Finished work took on average",
           "days",
           "mean of finish - commit over finished items",
           kMethod,
           1,
           {}}};
}
std::vector<FigureSpec> then_specs() {
  return {{"flow.whatif.p50",
           "Half would finish within",
           "days",
           "inverse ECDF at 0.5 of finish - commit - time saved over finished items",
           kMethod,
           1,
           {}},
          {"flow.whatif.p85",
           "85 of 100 would finish within",
           "days",
           "inverse ECDF at 0.85 of finish - commit - time saved over finished items",
           kMethod,
           1,
           {}},
          {"flow.whatif.mean",
           "Finished work would have taken on average",
           "days",
           "mean of finish - commit - time saved over finished items",
           kMethod,
           1,
           {}},
          {"flow.whatif.value",
           "Worth of the days saved",
           "money",
           "sum of time saved x cost of a day's delay over finished items",
           kMethod,
           1,
           {}}};
}

void fill(Figure& figure, const std::optional<double>& value, std::size_t items) {
  if (value) {
    figure.value = *value;
    return;
  }
  FigureSheet::say(figure, Status::too_few,
                   fmt::format("{} finished items are too few for this line", items));
}

// `then` = now - saved, so its interval is that of what is saved, turned round.
void fill_then(Figure& figure, const Effect& effect, std::size_t items) {
  fill(figure, effect.then, items);
  if (!effect.then || !effect.interval) return;
  figure.interval = Interval{std::max(0.0, *effect.now - effect.interval->high),
                             *effect.now - effect.interval->low, effect.interval->level};
}

void fill_together(FigureSheet& sheet, const WhatIf& found) {
  const LeverRow& row = *found.together;
  const std::size_t items = found.stays.items.size();
  for (const FigureSpec& spec : then_specs()) {
    Figure& figure = sheet.rests_on(spec.key, items, "finished in the window");
    for (const LeverRow& lever : found.rows) figure.trail.notes.push_back(lever.label);
    if (row.is_estimate)
      figure.trail.notes.emplace_back(
          "an estimate: the interval is a range of readings, not chance");
    if (!row.reason.empty()) FigureSheet::say(figure, Status::not_measurable, row.reason);
  }
  if (!row.reason.empty()) return;
  fill_then(sheet.at("flow.whatif.p50"), row.effects.p50, items);
  fill_then(sheet.at("flow.whatif.p85"), row.effects.p85, items);
  fill_then(sheet.at("flow.whatif.mean"), row.effects.mean, items);
  Figure& value = sheet.at("flow.whatif.value");
  if (row.value)
    value.value = *row.value;
  else
    FigureSheet::say(
        value, Status::not_measurable,
        found.value_missing.empty() ? "the levers change no finished work" : found.value_missing);
}

}  // namespace

std::vector<Figure> whatif_figures(const FlowReport& report, const WhatIf& found) {
  std::vector<FigureSpec> specs = now_specs();
  if (found.together) {
    const auto then = then_specs();
    specs.insert(specs.end(), then.begin(), then.end());
  }
  FigureSheet sheet(report, specs);
  const std::size_t items = found.stays.items.size();
  const std::vector<std::int64_t> nothing(items, 0);
  const Effects now = Before(found.stays.cycles).without(nothing);
  fill(sheet.rests_on("flow.cycle_time.p50", items, "finished in the window"), now.p50.now, items);
  fill(sheet.rests_on("flow.cycle_time.p85", items, "finished in the window"), now.p85.now, items);
  fill(sheet.rests_on("flow.cycle_time.mean", items, "finished in the window"), now.mean.now,
       items);
  if (found.together) fill_together(sheet, found);
  return sheet.take();
}

std::vector<Evidence> whatif_evidence(const FlowReport& report, const WhatIf& found,
                                      std::string_view key) {
  const bool then = key.starts_with("flow.whatif.") && !found.saved.empty();
  std::vector<Piece> pieces;
  for (std::uint32_t place = 0; place < found.stays.items.size(); ++place) {
    const std::int64_t left = found.stays.cycles[place] - (then ? found.saved[place] : 0);
    pieces.push_back({days_of(left), found.stays.items[place], place});
  }
  const Tell tell = [&](const Piece& piece, const ItemFlow& flow, Evidence& out) {
    out.what = fmt::format("now_days={} then_days={}",
                           shortest(days_of(found.stays.cycles[piece.sub])), shortest(piece.value));
    place_ends(report, flow, out);
  };
  const std::size_t all = pieces.size();
  return told(report, std::move(pieces), tell, 0, all);
}

}  // namespace tiebeam::flow
