#include "rooms/flow/engine/concentration/concentration.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "quant/special.h"

namespace tiebeam::flow {
namespace {

template <class T>
Division division_of(const std::vector<T>& things) {
  std::map<std::uint32_t, std::int64_t> counts;
  for (const T& thing : things) ++counts[thing.person];
  Division out;
  for (const auto& [person, count] : counts) out.counts.push_back(count);
  std::ranges::sort(out.counts, std::greater<>());
  out.total = static_cast<std::int64_t>(things.size());
  return out;
}

class Escalations {
 public:
  Escalations(const FlowReport& report, std::optional<double> late_days)
      : report_(report), late_days_(late_days) {}

  void look_at(const ItemFlow& flow, std::vector<Escalation>& out) const {
    const Item& item = report_.log.items[flow.item];
    const auto touches = touches_of(report_.log, item);
    each_handoff(touches, &Touch::person, [&](const Handoff& handoff) {
      const Touch& touch = touches[handoff.touch];
      if (!report_.window.holds(touch.at)) return;
      const ResolvedMap& map = report_.log.maps[item.map];
      const Touch& before = touches[handoff.touch - 1];
      const bool blocked =
          meaning_of(map, before) == Meaning::blocked || meaning_of(map, touch) == Meaning::blocked;
      if (blocked || is_late(flow, touch.at))
        out.push_back({flow.item, static_cast<std::uint32_t>(handoff.touch), handoff.to, blocked});
    });
  }

 private:
  [[nodiscard]] bool is_late(const ItemFlow& flow, std::int64_t at) const {
    if (!flow.is_committed() || flow.is_truncated) return false;
    const auto promised = promised_days(report_.log, flow);
    const auto line = promised ? promised : late_days_;
    return line && days_of(at - flow.commit) > *line;
  }
  const FlowReport& report_;
  std::optional<double> late_days_;
};

}  // namespace

quant::Spread Division::repeat_share() const {
  const auto n = static_cast<double>(total);
  double pairs = 0;
  double squares = 0;
  double cubes = 0;
  for (const std::int64_t count : counts) {
    const auto k = static_cast<double>(count);
    pairs += k * (k - 1);
    squares += k / n * (k / n);
    cubes += k / n * (k / n) * (k / n);
  }
  const double value = pairs / (n * (n - 1));
  const double error = std::sqrt(std::max(0.0, 4 / n * (cubes - squares * squares)));
  const double reach = quant::normal_quantile((1 + quant::kLevel) / 2) * error;
  return {value, std::max(0.0, value - reach), std::min(1.0, value + reach)};
}

std::int64_t Division::of_largest(std::size_t holders) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < std::min(holders, counts.size()); ++i) sum += counts[i];
  return sum;
}

Concentration compute_concentration(const FlowReport& report) {
  Concentration out;
  out.work = finished_work(report);
  out.by_person = division_of(out.work.known);
  const ItemTexts texts = item_texts(report.log);
  out.coverage = coverage_of(report, texts, out.work);
  out.covers = covers_of(report.log, out.coverage);
  out.truck = truck_factor(out.covers);
  if (const auto line = quant::survival_value(report.curve, 0.85)) out.late_days = days_of(*line);
  const Escalations escalations(report, out.late_days);
  for (const ItemFlow& flow : report.walked.items) escalations.look_at(flow, out.escalations);
  out.escalated = division_of(out.escalations);
  return out;
}

std::shared_ptr<const Concentration> concentration_of(const FigureBook& book) {
  return book.once<Concentration>("flow.concentration",
                                  [&] { return compute_concentration(*report_of(book)); });
}

}  // namespace tiebeam::flow
