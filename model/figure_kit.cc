#include "model/figure_kit.h"

namespace tiebeam {

Figure blank_figure(const FigureSpec& spec, Instant as_of) {
  Figure figure;
  figure.key = spec.key;
  figure.label = spec.label;
  figure.unit = spec.unit;
  figure.as_of = as_of;
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

void say(Figure& figure, Status status, std::string reason) {
  figure.value = {};
  figure.interval.reset();
  figure.status = status;
  figure.reason = std::move(reason);
}

void rest_on(Figure& figure, std::string_view type, std::size_t count, std::string filter) {
  figure.n = static_cast<std::int64_t>(count);
  TrailInput input;
  input.record_type = type;
  input.count = static_cast<std::int64_t>(count);
  input.filter = std::move(filter);
  figure.trail.inputs.push_back(std::move(input));
}

FigureDraft::FigureDraft(const std::vector<FigureSpec>& specs, Instant as_of) {
  for (const FigureSpec& spec : specs) figures_.push_back(blank_figure(spec, as_of));
}

Figure& FigureDraft::at(std::string_view key) {
  const auto found = std::ranges::find(figures_, key, &Figure::key);
  TB_CHECK(found != figures_.end(), "every figure of a family is declared in its specs");
  return *found;
}

}  // namespace tiebeam
