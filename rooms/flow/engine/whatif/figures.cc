#include <fmt/format.h>

#include <algorithm>

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

std::vector<double> sorted_days(std::vector<std::int64_t> micros) {
  std::ranges::sort(micros);
  std::vector<double> days;
  days.reserve(micros.size());
  for (const std::int64_t each : micros) days.push_back(days_of(each));
  return days;
}

// Lines and mean of flow times under three keys.
void fill_times(FigureSheet& sheet, const std::string& prefix, const std::vector<double>& sorted) {
  set_percentile(sheet.at(prefix + "p50"), sorted, 0.5, "finished items");
  set_percentile(sheet.at(prefix + "p85"), sorted, 0.85, "finished items");
  Figure& mean = sheet.at(prefix + "mean");
  if (sorted.empty())
    say(mean, Status::too_few, "no item finished in the window");
  else
    set_spread(mean, quant::mean_of(sorted), 0, 1e300);
}

// Of an estimate: the range of its readings in the place of chance.
void set_range(Figure& figure, const Effect& effect) {
  figure.interval.reset();
  if (!figure.has_value() || !effect.now || !effect.interval) return;
  figure.interval = Interval{std::max(0.0, *effect.now - effect.interval->high),
                             *effect.now - effect.interval->low, effect.interval->level};
}

void fill_value(Figure& figure, const WhatIf& found) {
  if (found.together->value) {
    figure.value = *found.together->value;
  } else {
    say(figure, Status::not_measurable,
        found.value_missing.empty() ? "the levers change no finished work" : found.value_missing);
  }
}

void fill_together(FigureSheet& sheet, const WhatIf& found) {
  const LeverRow& row = *found.together;
  for (const FigureSpec& spec : then_specs()) {
    Figure& figure = sheet.rests_on(spec.key, found.stays.items.size(), "finished in the window");
    for (const LeverRow& lever : found.rows) figure.trail.notes.push_back(lever.label);
    if (row.is_estimate)
      figure.trail.notes.emplace_back(
          "an estimate: the interval is a range of readings, not chance");
    if (!row.reason.empty()) say(figure, Status::not_measurable, row.reason);
  }
  if (!row.reason.empty()) return;
  std::vector<std::int64_t> rest = found.stays.cycles;
  for (std::size_t place = 0; place < rest.size(); ++place) rest[place] -= found.saved[place];
  fill_times(sheet, "flow.whatif.", sorted_days(std::move(rest)));
  if (row.is_estimate) {
    set_range(sheet.at("flow.whatif.p50"), row.effects.p50);
    set_range(sheet.at("flow.whatif.p85"), row.effects.p85);
    set_range(sheet.at("flow.whatif.mean"), row.effects.mean);
  }
  fill_value(sheet.at("flow.whatif.value"), found);
}

}  // namespace

std::vector<Figure> whatif_figures(const FlowReport& report, const WhatIf& found) {
  std::vector<FigureSpec> specs = now_specs();
  if (found.together) {
    const auto then = then_specs();
    specs.insert(specs.end(), then.begin(), then.end());
  }
  FigureSheet sheet(report, specs);
  for (const FigureSpec& spec : now_specs())
    sheet.rests_on(spec.key, found.stays.items.size(), "finished in the window");
  fill_times(sheet, "flow.cycle_time.", sorted_days(found.stays.cycles));
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
