#include "rooms/flow/engine/figure_set.h"

#include <fmt/format.h>

namespace tiebeam::flow {

std::vector<TrailInput> sources_behind(const FlowLog& log) {
  if (!log.transitions) return {};
  const Snapshot& snapshot = *log.snapshot;
  std::vector<bool> used(snapshot.imports.size(), false);
  for (const Item& item : log.items) {
    if (item.import != kNone) used[item.import] = true;
  }
  for (const ImportSpan& span : log.transitions->spans) {
    const Import* import = snapshot.import(span.import_id);
    if (import && span.rows > 0)
      used[static_cast<std::size_t>(import - snapshot.imports.data())] = true;
  }
  std::vector<TrailInput> out;
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) continue;
    TrailInput input;
    input.import_id = snapshot.imports[i].id;
    input.import_file = snapshot.imports[i].file;
    input.sha256 = snapshot.imports[i].sha256;
    input.rows = snapshot.imports[i].rows;
    out.push_back(std::move(input));
  }
  if (const std::size_t count = snapshot.of("value_stream").size(); count > 0) {
    TrailInput streams;
    streams.record_type = "value_stream";
    streams.count = static_cast<std::int64_t>(count);
    streams.filter = "what their states mean, their calendar and their promise";
    out.push_back(std::move(streams));
  }
  return out;
}

FigureSpec figure_spec(std::string key, std::string label, std::string unit, std::string formula,
                       std::string method) {
  return {std::move(key),
          std::move(label),
          std::move(unit),
          std::move(formula),
          std::move(method),
          1,
          {}};
}

FigureSet::FigureSet(const std::vector<FigureSpec>& specs, Instant as_of,
                     std::vector<TrailInput> sources)
    : FigureDraft(specs, as_of), sources_(std::move(sources)) {}

Figure& FigureSet::rests_on(std::string_view key, std::string_view record_type, std::size_t count,
                            std::string filter) {
  Figure& figure = at(key);
  rest_on(figure, record_type, count, std::move(filter));
  for (const TrailInput& source : sources_) figure.trail.inputs.push_back(source);
  return figure;
}

void FigureSet::also_rests_on(std::string_view key, std::string_view record_type, std::size_t count,
                              std::string filter) {
  TrailInput input;
  input.record_type = record_type;
  input.count = static_cast<std::int64_t>(count);
  input.filter = std::move(filter);
  at(key).trail.inputs.push_back(std::move(input));
}

std::string counted_of(std::size_t count, std::string_view what) {
  std::string out = fmt::format("{} {}", count, what);
  if (count != 1) return out;
  const std::size_t items = out.find("items");
  if (items != std::string::npos)
    out.erase(items + 4, 1);
  else if (out.ends_with('s'))
    out.pop_back();
  return out;
}

void set_survival(Figure& figure, const quant::Curve& curve, double p, std::string_view what) {
  const std::size_t open = curve.spells - curve.done - curve.cancelled;
  const std::size_t needed = quant::values_needed(p);
  if (curve.spells < needed) {
    return say(figure, Status::too_few,
               fmt::format("{}: {} are needed for the {:.0f} % line",
                           counted_of(curve.spells, what), needed, p * 100));
  }
  const quant::SurvivalQuantile found = quant::survival_quantile(curve, p);
  if (!found.value) {
    const double longest = days_of(curve.longest);
    say(figure, Status::not_reached,
        fmt::format("more than {:.4g} days: fewer than {:.0f} of 100 {} have ended at any age seen "
                    "so far; {} of {} are still open",
                    longest, p * 100, what, open, curve.spells));
    figure.low = longest;
    return;
  }
  figure.value = days_of(*found.value);
  if (found.low && found.high) {
    figure.interval = Interval{days_of(*found.low), days_of(*found.high), quant::kLevel};
  } else if (found.low) {
    figure.trail.notes.push_back(
        fmt::format("between {:.4g} days and an upper bound beyond the data", days_of(*found.low)));
  }
}

void add_place(const EventTable* table, std::uint32_t row, Evidence& out) {
  if (table && row != kNone) out.places.push_back({table->import_of(row), table->line[row]});
}

std::string item_subject(const FlowLog& log, std::uint32_t item) {
  return "work_item/" + std::string(log.key_of(log.items[item]));
}

}  // namespace tiebeam::flow
