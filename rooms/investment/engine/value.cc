#include "rooms/investment/engine/value.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

#include "rooms/investment/engine/case_value.h"
#include "rooms/investment/engine/sum_tree.h"

namespace tiebeam::investment {
namespace {

// All initiatives, `threads` at a time; their sums in order of id, so that neither threads nor the
// order of the file matter.
class Valuing {
 public:
  Valuing(const Cases& cases, const ValueRequest& request)
      : cases_(cases),
        request_(request),
        settings_(settings_of(cases, request.seed, request.trials)),
        shared_(draw_shared(cases, settings_)),
        order_(cases.initiatives.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::ranges::sort(order_, {}, [&](std::size_t i) { return cases.initiatives[i].id; });
  }
  Result<Valuation> run();

 private:
  Result<void> value_some(std::size_t first, std::size_t count);
  void finish(Valuation& out);

  const Cases& cases_;
  const ValueRequest& request_;
  Settings settings_;
  Shared shared_;
  std::vector<std::size_t> order_;  // places by id
  std::vector<CaseValue> values_;   // by id
  PairwiseSum sum_;
};

Result<void> Valuing::value_some(std::size_t first, std::size_t count) {
  std::vector<std::optional<Result<ValuedCase>>> done(count);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < count && !request_.stop.stop_requested(); i = next++)
      done[i] = value_case(cases_, cases_.initiatives[order_[first + i]], shared_, settings_);
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t t = 1; t < count; ++t) others.emplace_back(work);
    work();
  }
  for (auto& each : done) {
    if (!each)
      return fail(Kind::unavailable, "investment.cancelled", "the valuation was cancelled");
    if (!*each) return std::unexpected(std::move(*each).error());
    values_.push_back(std::move((**each).value));
    sum_.add(std::move((**each).npv));
  }
  return {};
}

void Valuing::finish(Valuation& out) {
  out.initiatives.resize(values_.size());
  for (CaseValue& value : values_) {
    out.digest = quant::combine(out.digest, value.digest);
    out.warnings.insert(out.warnings.end(), value.warnings.begin(), value.warnings.end());
  }
  for (std::size_t i = 0; i < order_.size(); ++i)
    out.initiatives[order_[i]] = std::move(values_[i]);
  std::vector<double> total = sum_.take();
  if (total.empty()) return;
  out.portfolio = money_figures({total.data(), settings_.trials});
  out.portfolio_digest = digest_of({&total}, settings_.trials);
  out.digest = quant::combine(out.digest, out.portfolio_digest);
}

Result<Valuation> Valuing::run() {
  const auto at_once = static_cast<std::size_t>(std::max(1, request_.threads));
  for (std::size_t first = 0; first < order_.size(); first += at_once) {
    if (request_.stop.stop_requested())
      return fail(Kind::unavailable, "investment.cancelled", "the valuation was cancelled");
    const std::size_t some = std::min(at_once, order_.size() - first);
    TB_DO(value_some(first, some));
    if (request_.progress)
      request_.progress(static_cast<double>(first + some) / static_cast<double>(order_.size()));
  }
  Valuation out;
  out.seed = request_.seed;
  out.trials = request_.trials;
  finish(out);
  return out;
}

}  // namespace

Result<Valuation> value_of(const Cases& cases, const ValueRequest& request) {
  TB_CHECK(request.trials >= 1 && request.trials <= kMostTrials, "trials were checked");
  return Valuing(cases, request).run();
}

}  // namespace tiebeam::investment
