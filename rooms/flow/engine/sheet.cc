#include "rooms/flow/engine/sheet.h"

#include <fmt/format.h>

#include <algorithm>

#include "rooms/flow/engine/report.h"

namespace tiebeam::flow {

FigureSheet::FigureSheet(const FlowReport& report, const std::vector<FigureSpec>& specs)
    : report_(report) {
  read_imports();
  figures_.reserve(specs.size());
  for (const FigureSpec& spec : specs) figures_.push_back(blank(spec));
}

void FigureSheet::read_imports() {
  if (!report_.log.transitions) return;
  const Snapshot& snapshot = *report_.log.snapshot;
  std::vector<bool> used(snapshot.imports.size(), false);
  for (const Item& item : report_.log.items) {
    if (item.import != kNone) used[item.import] = true;
  }
  for (const ImportSpan& span : report_.log.transitions->spans) {
    const Import* import = snapshot.import(span.import_id);
    if (import && span.rows > 0)
      used[static_cast<std::size_t>(import - snapshot.imports.data())] = true;
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) continue;
    TrailInput input;
    input.import_id = snapshot.imports[i].id;
    input.import_file = snapshot.imports[i].file;
    input.sha256 = snapshot.imports[i].sha256;
    input.rows = snapshot.imports[i].rows;
    imports_.push_back(std::move(input));
  }
}

Figure FigureSheet::blank(const FigureSpec& spec) const {
  Figure figure;
  figure.key = spec.key;
  figure.label = spec.label;
  figure.unit = spec.unit;
  figure.as_of = report_.as_of;
  figure.trail.formula = spec.formula;
  figure.trail.method = spec.method;
  figure.trail.version = spec.version;
  for (const std::string& key : spec.reads) {
    TrailInput input;
    input.figure = key;
    figure.trail.inputs.push_back(std::move(input));
  }
  return figure;
}

Figure& FigureSheet::at(std::string_view key) {
  const auto found = std::ranges::find(figures_, key, &Figure::key);
  TB_CHECK(found != figures_.end(), "every figure is declared among the specs of its family");
  return *found;
}

Figure& FigureSheet::rests_on(std::string_view key, std::size_t count, std::string filter) {
  Figure& figure = at(key);
  figure.n = static_cast<std::int64_t>(count);
  TrailInput input;
  input.record_type = "work_item";
  input.count = static_cast<std::int64_t>(count);
  input.filter = std::move(filter);
  figure.trail.inputs.push_back(std::move(input));
  for (const TrailInput& import : imports_) figure.trail.inputs.push_back(import);
  return figure;
}

void FigureSheet::say(Figure& figure, Status status, std::string reason) {
  figure.value = {};
  figure.interval.reset();
  figure.status = status;
  figure.reason = std::move(reason);
}

void FigureSheet::set(Figure& figure, const quant::Spread& spread, double low, double high) {
  figure.value = spread.value;
  if (spread.low < spread.high) {
    figure.interval =
        Interval{std::max(low, spread.low), std::min(high, spread.high), quant::kLevel};
  }
}

std::string line_name(double p) {
  if (p == 0.5) return "a line at half";
  return fmt::format("{} {:.0f} % line", p == 0.85 ? "an" : "a", p * 100);
}

void FigureSheet::percentile(Figure& figure, std::span<const double> sorted, double p,
                             std::string_view what) {
  const auto bounds = sorted.empty() ? std::nullopt : quant::rank_bounds(sorted.size(), p);
  if (!bounds) {
    return say(figure, Status::too_few,
               fmt::format("{} {}: {} are needed for {}", sorted.size(), what,
                           quant::values_needed(p), line_name(p)));
  }
  figure.value = quant::inverse_ecdf(sorted, p);
  figure.interval = Interval{sorted[bounds->low - 1], sorted[bounds->high - 1], quant::kLevel};
}

}  // namespace tiebeam::flow
