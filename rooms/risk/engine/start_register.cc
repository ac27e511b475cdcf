#include "rooms/risk/engine/start_register.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "quant/draw.h"
#include "quant/kernels/kernels.h"
#include "quant/marginal.h"
#include "quant/philox.h"
#include "quant/quantile.h"

namespace tiebeam::risk {
namespace {

// Fields of a scenario and the forms of a register.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kForms = {
    {{"primary_loss", ""},
     {"productivity_loss", "productivity"},
     {"response_loss", "response"},
     {"replacement_loss", "replacement"},
     {"competitive_loss", "competitive_advantage"},
     {"fines_loss", "fines_and_judgements"},
     {"reputation_loss", "reputation"}}};

class Drawn {
 public:
  explicit Drawn(std::string_view id) : key_(quant::key_of(1, id)) {}

  // Values of the estimate, one an event; `which` names the stream.
  [[nodiscard]] std::vector<double> values(const Estimate& estimate, std::uint32_t which) const {
    auto marginal = quant::Marginal::create(estimate);
    TB_CHECK(marginal.has_value(), "the library's ranges can be meant");
    const quant::Draw draw(*marginal);
    std::vector<double> scores = uniforms(which), out(kEventDraws + quant::kPad);
    for (std::size_t from = 0; from < kEventDraws; from += quant::kBlock) {
      quant::normals(scores.data() + from, quant::kBlock, scores.data() + from);
      draw.map(scores.data() + from, quant::kBlock, out.data() + from);
    }
    out.resize(kEventDraws);
    return out;
  }

  [[nodiscard]] std::vector<double> uniforms(std::uint32_t which) const {
    std::vector<double> out(kEventDraws + quant::kPad);
    for (std::size_t from = 0; from < kEventDraws; from += quant::kBlock)
      quant::uniforms(key_, quant::Purpose{which}, from / quant::kBlock, out.data() + from);
    return out;
  }

 private:
  quant::Key key_;
};

}  // namespace

Estimate estimate_of(const SuggestedRange& range) {
  return {.shape = Estimate::Shape::lognormal,
          .parameters = {{"p05", range.low}, {"p95", range.high}},
          .values = {},
          .weights = {}};
}

Estimate estimate_of(const ShareRange& share) {
  return {.shape = Estimate::Shape::pert,
          .parameters = {{"min", share.low}, {"mode", share.likely}, {"max", share.high}},
          .values = {},
          .weights = {}};
}

Scenario scenario_of(const Suggestion& suggestion) {
  Scenario out;
  out.id = suggestion.starter->id;
  out.title = suggestion.starter->name;
  out.frequency = Frequency{.law = CountLaw::poisson,
                            .factors = {estimate_of(suggestion.frequency)},
                            .factor_fields = {"/rate"},
                            .shares = {false}};
  for (const auto& [field, form] : kForms) {
    const auto held = std::ranges::find(suggestion.losses, field, &SuggestedLoss::field);
    if (held != suggestion.losses.end())
      out.primary.push_back({std::string(form), estimate_of(held->range)});
  }
  if (suggestion.secondary_loss) {
    out.secondary_probability = estimate_of(suggestion.starter->secondary->probability);
    out.secondary.push_back({"", estimate_of(*suggestion.secondary_loss)});
  }
  return out;
}

Register register_of(std::span<const Suggestion> suggestions, const Currency& currency) {
  Register out;
  out.currency = currency;
  for (const Suggestion& each : suggestions) out.scenarios.push_back(scenario_of(each));
  return out;
}

EventLoss loss_of_one_event(const Suggestion& suggestion) {
  const Drawn drawn(suggestion.starter->id);
  std::vector<double> sums(kEventDraws);
  std::uint32_t which = 0;
  for (const SuggestedLoss& loss : suggestion.losses) {
    const std::vector<double> values = drawn.values(estimate_of(loss.range), which++);
    for (std::size_t i = 0; i < kEventDraws; ++i) sums[i] += values[i];
  }
  if (suggestion.secondary_loss) {
    const std::vector<double> chances =
        drawn.values(estimate_of(suggestion.starter->secondary->probability), which++);
    const std::vector<double> values =
        drawn.values(estimate_of(*suggestion.secondary_loss), which++);
    const std::vector<double> reacts = drawn.uniforms(which);
    for (std::size_t i = 0; i < kEventDraws; ++i) {
      if (reacts[i] < chances[i]) sums[i] += values[i];
    }
  }
  std::ranges::sort(sums);
  const std::span<const double> sorted(sums);
  return {.p05 = quant::inverse_ecdf(sorted, 0.05),
          .p50 = quant::inverse_ecdf(sorted, 0.5),
          .p95 = quant::inverse_ecdf(sorted, 0.95)};
}

}  // namespace tiebeam::risk
