#include "rooms/investment/engine/block.h"

#include <algorithm>

namespace tiebeam::investment {

using quant::kBlock;
using quant::kDaysAYear;
using quant::kPad;

namespace {

constexpr quant::Purpose kInput{0};

void draw_scores(quant::Key key, std::uint64_t block, std::size_t trials, double* z) {
  quant::uniforms(key, kInput, block, z);
  quant::normals(z, trials, z);
}

// An input where a stream wants it: as a number, or as a row.
struct Operands {
  const CashQuestion& question;

  // Multiplies the stream by the input.
  void multiply(std::size_t input, quant::CashStream& stream, std::size_t& used) const {
    const double* row = question.inputs.row(question.initiative, input);
    if (row == nullptr) {
      stream.scale *= question.initiative.inputs[input].draw.value();
    } else {
      stream.factors[used++] = row;
    }
  }
  void delay(std::size_t input, quant::CashStream& stream, std::size_t& used) const {
    const double* row = question.inputs.row(question.initiative, input);
    if (row == nullptr) {
      stream.delay += question.initiative.inputs[input].draw.value() / kDaysAYear;
    } else {
      stream.delays[used++] = row;
    }
  }
  [[nodiscard]] quant::CashAmount amount(Input input) const {
    const double* row = question.inputs.row(question.initiative, place_of(input));
    if (row != nullptr) return {.value = 0, .by_trial = row};
    return {.value = question.initiative.inputs[place_of(input)].draw.value(), .by_trial = nullptr};
  }
};

// What runs while the initiative is of use, straight from its duration on.
quant::CashStream in_use(const Operands& operands, Input rate, quant::CashStream::Role role) {
  quant::CashStream out{.role = role, .scale = 1, .delay = operands.question.later};
  std::size_t factors = 0, delays = 0;
  operands.multiply(place_of(rate), out, factors);
  operands.delay(place_of(Input::duration), out, delays);
  return out;
}

quant::CashStream benefit(const Operands& operands, std::size_t effect) {
  const CashQuestion& q = operands.question;
  const PreparedEffect& of = q.initiative.effects[effect];
  quant::CashStream out{.role = quant::CashStream::Role::benefit, .scale = 1, .delay = q.later};
  std::size_t factors = 0, delays = 0;
  operands.multiply(place_of(effect, EffectInput::change), out, factors);
  if (q.kpi_values[of.kpi] == nullptr) {
    out.scale *= q.shared.kpis[of.kpi].draw.value();
  } else {
    out.factors[factors++] = q.kpi_values[of.kpi];
  }
  operands.multiply(place_of(Input::adoption), out, factors);
  operands.multiply(place_of(effect, EffectInput::share), out, factors);
  operands.delay(place_of(Input::duration), out, delays);
  operands.delay(place_of(effect, EffectInput::delay), out, delays);
  const std::size_t ramp =
      of.own_ramp ? place_of(effect, EffectInput::ramp) : place_of(Input::adoption_ramp);
  out.ramp_days = q.inputs.row(q.initiative, ramp);
  if (out.ramp_days == nullptr) out.ramp = q.initiative.inputs[ramp].draw.value() / kDaysAYear;
  return out;
}

bool is_nothing(const PreparedCase& initiative, Input input) {
  const quant::Draw& draw = initiative.inputs[place_of(input)].draw;
  return draw.constant() && draw.value() == 0;
}

}  // namespace

Row block_row() { return Row(kBlock + kPad); }

std::vector<const double*> values_in(const Shared& shared, std::uint64_t block) {
  std::vector<const double*> out;
  for (const auto& values : shared.values)
    out.push_back(values.empty() ? nullptr : values.data() + block * kBlock);
  return out;
}

void Workspace::draw_together(const PreparedCase& initiative, std::uint64_t block,
                              std::size_t trials) {
  const Together& together = initiative.together;
  base_.resize(std::max(base_.size(), together.factor.rank));
  for (std::size_t k = 0; k < together.factor.rank; ++k) {
    if (base_[k].empty()) base_[k] = block_row();
    const std::size_t input = together.inputs[together.factor.pivot[k]];
    draw_scores(initiative.inputs[input].key, block, trials, base_[k].data());
  }
  for (std::size_t i = 0; i < together.inputs.size(); ++i) {
    Row& row = rows_[together.inputs[i]];
    std::ranges::fill(row, 0.0);
    const auto weights = together.factor.row(i);
    for (std::size_t k = 0; k < weights.size(); ++k) {
      if (weights[k] != 0) quant::add_driver(weights[k], base_[k].data(), trials, row.data());
    }
  }
}

void Workspace::draw(const PreparedCase& initiative, const Shared& shared, std::uint64_t block,
                     std::size_t trials) {
  while (rows_.size() < initiative.inputs.size()) rows_.push_back(block_row());
  if (!initiative.together.inputs.empty()) draw_together(initiative, block, trials);
  for (std::size_t i = 0; i < initiative.inputs.size(); ++i) {
    const DrawnInput& input = initiative.inputs[i];
    if (input.draw.constant()) continue;
    double* x = rows_[i].data();
    const auto& together = initiative.together.inputs;
    if (std::ranges::find(together, i) == together.end()) {
      draw_scores(input.key, block, trials, x);
      if (!input.drivers.empty()) quant::blend(input.own, x, trials);
      for (const auto& [driver, weight] : input.drivers)
        quant::add_driver(weight, shared.drivers[driver].data() + block * kBlock, trials, x);
    }
    input.draw.map(x, trials, x);
    if (input.scale != 1) quant::blend(input.scale, x, trials);
  }
  if (initiative.p_success >= 1) return;
  if (works_.empty()) works_ = block_row();
  quant::uniforms(initiative.success, kInput, block, works_.data());
  for (std::size_t i = 0; i < kBlock; ++i) works_[i] = works_[i] < initiative.p_success ? 1 : 0;
}

void Workspace::set(const PreparedCase& initiative, std::size_t input, std::vector<double> values) {
  while (rows_.size() < initiative.inputs.size()) rows_.push_back(block_row());
  values.resize(kBlock + kPad);
  rows_[input] = std::move(values);
}

const double* Workspace::row(const PreparedCase& initiative, std::size_t input) const {
  return initiative.inputs[input].draw.constant() ? nullptr : rows_[input].data();
}

const double* Workspace::works(const PreparedCase& initiative) const {
  return initiative.p_success >= 1 ? nullptr : works_.data();
}

void compute_cash(const CashQuestion& question, std::size_t trials, const quant::CashRows& rows) {
  using Role = quant::CashStream::Role;
  const PreparedCase& initiative = question.initiative;
  const Operands operands{question};
  std::vector<quant::CashStream> streams;
  streams.reserve(initiative.effects.size() + 2);
  for (std::size_t i = 0; i < initiative.effects.size(); ++i)
    streams.push_back(benefit(operands, i));
  if (!is_nothing(initiative, Input::run_cost_a_year))
    streams.push_back(in_use(operands, Input::run_cost_a_year, Role::cost));
  if (initiative.has_do_nothing)
    streams.push_back(in_use(operands, Input::do_nothing_cost_a_year, Role::aside));
  const quant::CashAmount duration = operands.amount(Input::duration);
  const quant::CashPlan plan{
      .discount = question.settings.discount,
      .life = question.settings.life,
      .deferred = question.settings.deferred,
      .one_off = operands.amount(Input::one_off_cost),
      .exit = operands.amount(Input::exit_cost),
      .delay = question.later + duration.value / kDaysAYear,
      .delay_days = duration.by_trial,
      .works = question.always_works ? nullptr : question.inputs.works(initiative),
      .streams = streams};
  quant::cash_flows(plan, trials, rows);
}

}  // namespace tiebeam::investment
