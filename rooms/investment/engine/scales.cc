#include "rooms/investment/engine/scales.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "quant/kernels/kernels.h"

namespace tiebeam::investment {
namespace {

bool is_share(std::string_view input) {
  return input == "adoption" || input == "p_success" || input.ends_with(".share");
}

Error leaves_one(const Scale& scale, double most) {
  return {.kind = Kind::invalid,
          .code = "investment.not_a_share",
          .message = fmt::format("{}: found {} times {}, expected a share of at most 1",
                                 scale.input, shortest(scale.factor), shortest(most)),
          .detail = {},
          .hint = fmt::format("take at most {} times", shortest(std::floor(100 / most) / 100)),
          .field = "/scale"};
}

Result<void> set_constant(DrawnInput& input, double value) {
  TB_TRY(quant::Marginal marginal,
         quant::Marginal::create(Estimate::point(value + 0.0)));  // 0 has no sign
  input.draw = quant::Draw(marginal);
  input.marginal = std::move(marginal);
  return {};
}

Result<void> scale_one(const Scale& scale, PreparedCase& initiative, Shared& shared,
                       const Settings& settings) {
  if (scale.input == "p_success") {
    if (initiative.p_success * scale.factor > 1)
      return std::unexpected(leaves_one(scale, initiative.p_success));
    initiative.p_success *= scale.factor;
    return {};
  }
  const auto own = std::ranges::find(initiative.inputs, scale.input, &DrawnInput::name);
  if (own != initiative.inputs.end()) {
    if (is_share(scale.input) && own->marginal.most() * scale.factor > 1 + 1e-12)
      return std::unexpected(leaves_one(scale, own->marginal.most()));
    if (own->draw.constant()) return set_constant(*own, own->draw.value() * scale.factor);
    own->scale *= scale.factor;
    return {};
  }
  const auto kpi = std::ranges::find(shared.kpis, scale.input, &DrawnInput::name);
  if (kpi == shared.kpis.end()) {
    std::vector<std::string_view> known;
    for (const DrawnInput& input : initiative.inputs) known.push_back(input.name);
    return invalid("investment.unknown_input",
                   fmt::format("{} has no input '{}'{}", initiative.id, shown(scale.input),
                               did_you_mean(scale.input, known)),
                   "name it as in one_off_cost or calls.change");
  }
  auto& values = shared.values[static_cast<std::size_t>(kpi - shared.kpis.begin())];
  if (values.empty()) return set_constant(*kpi, kpi->draw.value() * scale.factor);
  quant::blend(scale.factor, values.data(), blocks_of(settings.trials) * quant::kBlock);
  return {};
}

}  // namespace

Result<std::vector<Scale>> parse_scales(std::string_view text) {
  std::vector<Scale> out;
  std::string joined(text);
  std::ranges::replace(joined, '\n', ',');
  if (joined.empty()) return out;
  for (const std::string_view each : split_at(joined, ',')) {
    const std::size_t colon = each.rfind(':');
    const auto factor =
        colon == std::string_view::npos ? std::nullopt : parse_number(each.substr(colon + 1));
    if (!factor || !(*factor >= 0 && *factor <= kMostScale)) {
      return invalid("investment.bad_scale",
                     fmt::format("found '{}', expected an input and how many times as large it "
                                 "is, from 0 to {}",
                                 shown(each), kMostScale),
                     "write it as in adoption:1.2");
    }
    out.push_back({std::string(each.substr(0, colon)), *factor});
  }
  return out;
}

Result<void> scale_inputs(const std::vector<Scale>& scales, PreparedCase& initiative,
                          Shared& shared, const Settings& settings) {
  for (const Scale& scale : scales) TB_DO(scale_one(scale, initiative, shared, settings));
  return {};
}

}  // namespace tiebeam::investment
