#include <algorithm>
#include <cmath>

#include "quant/sensitivity.h"
#include "rooms/investment/engine/block.h"
#include "rooms/investment/engine/case_value.h"

namespace tiebeam::investment {
namespace {

using quant::kPad;

// Every question is a trial: trial 0 has all inputs at their median, then low and high of each.
class Tornado {
 public:
  Tornado(const PreparedCase& initiative, const Shared& shared, const Settings& settings)
      : initiative_(initiative), shared_(shared), settings_(settings) {
    for (std::size_t i = 0; i < initiative.inputs.size(); ++i) add(initiative.inputs[i], i, false);
    std::vector<std::size_t> kpis;
    for (const PreparedEffect& effect : initiative.effects) kpis.push_back(effect.kpi);
    std::ranges::sort(kpis);
    kpis.erase(std::unique(kpis.begin(), kpis.end()), kpis.end());
    for (const std::size_t kpi : kpis) add(shared.kpis[kpi], kpi, true);
  }
  TornadoBars rows();

 private:
  struct Bar {
    const DrawnInput* input;
    std::size_t place;
    bool is_kpi;
    double low, middle, high;
  };
  void add(const DrawnInput& input, std::size_t place, bool is_kpi) {
    if (input.draw.constant()) return;
    const quant::Marginal& m = input.marginal;
    bars_.push_back({&input, place, is_kpi, m.at(-quant::kZ90), m.at(0), m.at(quant::kZ90)});
  }
  // Trials from bar `first` on: one for the middle, two for each bar that fits.
  void answer(std::size_t first, std::size_t bars, std::vector<TornadoRow>& out);
  [[nodiscard]] std::vector<double> npv(Workspace& work, const std::vector<const double*>& values,
                                        std::size_t trials, bool works) const;

  const PreparedCase& initiative_;
  const Shared& shared_;
  const Settings& settings_;
  std::vector<Bar> bars_;
  double middle_ = 0;
};

std::vector<double> Tornado::npv(Workspace& work, const std::vector<const double*>& values,
                                 std::size_t trials, bool works) const {
  if (!works) work.works_row().assign(quant::kBlock + kPad, 0.0);
  Row out = block_row();
  compute_cash({.settings = settings_,
                .initiative = initiative_,
                .inputs = work,
                .shared = shared_,
                .kpi_values = values,
                .always_works = works},
               trials, {.npv = out.data()});
  return out;
}

void Tornado::answer(std::size_t first, std::size_t bars, std::vector<TornadoRow>& out) {
  const std::size_t trials = 1 + 2 * bars;
  Workspace work;
  std::vector<Row> rows(shared_.kpis.size());
  std::vector<const double*> values(shared_.kpis.size(), nullptr);
  for (std::size_t b = 0; b < bars_.size(); ++b) {
    const Bar& bar = bars_[b];
    Row at(quant::kBlock + kPad, bar.middle);
    if (b >= first && b < first + bars) {
      at[1 + 2 * (b - first)] = bar.low;
      at[2 + 2 * (b - first)] = bar.high;
    }
    if (bar.is_kpi) {
      rows[bar.place] = std::move(at);
      values[bar.place] = rows[bar.place].data();
    } else {
      work.set(initiative_, bar.place, std::move(at));
    }
  }
  const double p = initiative_.p_success;
  const Row works = npv(work, values, trials, true);
  const Row fails = p < 1 ? npv(work, values, trials, false) : works;
  const auto mixed = [&](std::size_t i) {
    return p < 1 ? p * works[i] + (1 - p) * fails[i] : works[i];
  };
  for (std::size_t k = 0; k < bars; ++k) {
    const Bar& bar = bars_[first + k];
    out.push_back({bar.input->name, bar.low, bar.high, mixed(1 + 2 * k), mixed(2 + 2 * k)});
  }
  if (first == 0) middle_ = mixed(0);
  if (first == 0 && p < 1) out.push_back({"p_success", 0, 1, fails[0], works[0]});
}

TornadoBars Tornado::rows() {
  constexpr std::size_t kAtOnce = quant::kBlock / 2 - 1;
  std::vector<TornadoRow> out;
  std::size_t first = 0;
  do {
    const std::size_t bars = std::min(kAtOnce, bars_.size() - first);
    answer(first, bars, out);
    first += bars;
  } while (first < bars_.size());
  std::ranges::sort(out, [](const TornadoRow& a, const TornadoRow& b) {
    const double left = std::abs(a.high - a.low), right = std::abs(b.high - b.low);
    return left != right ? left > right : a.input < b.input;
  });
  return {middle_, std::move(out)};
}

}  // namespace

TornadoBars tornado_of(const PreparedCase& initiative, const Shared& shared,
                       const Settings& settings) {
  return Tornado(initiative, shared, settings).rows();
}

}  // namespace tiebeam::investment
