#include "quant/marginal.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace tiebeam::quant {
namespace {

using Shape = Estimate::Shape;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double value_of(const Estimate& estimate, std::string_view name) {
  return parameter_of(estimate, name).value_or(std::numeric_limits<double>::quiet_NaN());
}

// The central ranges an expert may give, by the share below the low end.
struct Range {
  const char *low, *high;
  double below;
};
constexpr std::array<Range, 5> kRanges = {{{"p01", "p99", 0.01},
                                           {"p025", "p975", 0.025},
                                           {"p05", "p95", 0.05},
                                           {"p10", "p90", 0.10},
                                           {"p25", "p75", 0.25}}};

const Range* range_of(const Estimate& estimate) {
  for (const Range& range : kRanges) {
    if (parameter_of(estimate, range.low)) return &range;
  }
  return nullptr;
}

NormalLaw normal_of(const Estimate& estimate) {
  const Range* range = range_of(estimate);
  if (!range) return {value_of(estimate, "mean"), value_of(estimate, "sd")};
  const double low = value_of(estimate, range->low), high = value_of(estimate, range->high);
  return {low + (high - low) / 2, (high - low) / (-2 * normal_score(tails_of(range->below)))};
}

LognormalLaw lognormal_of(const Estimate& estimate) {
  const Range* range = range_of(estimate);
  if (!range) {
    // ln(1 + s^2/m^2) without squaring what is large.
    const double mean = value_of(estimate, "mean"), ratio = value_of(estimate, "sd") / mean;
    const double square =
        ratio < 1 ? std::log1p(ratio * ratio) : 2 * std::log(ratio) + std::log1p(1 / ratio / ratio);
    return {std::log(mean) - square / 2, std::sqrt(square)};
  }
  const double low = std::log(value_of(estimate, range->low));
  const double high = std::log(value_of(estimate, range->high));
  return {(low + high) / 2, (high - low) / (-2 * normal_score(tails_of(range->below)))};
}

// Source: Malcolm, Roseboom, Clark, Fazar 1959 for lambda = 4; Vose 2008, section 10.2 for any.
BetaLaw pert_of(double min, double mode, double max, double lambda) {
  const double width = max - min;
  return {1 + lambda * ((mode - min) / width), 1 + lambda * ((max - mode) / width), min, max};
}

// Where `below` first turns false in 0..1. REQUIRES: it holds up to there and no farther.
template <class F>
double turn_of(const F& below) {
  double from = 0, to = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = from + (to - from) / 2;
    (below(middle) ? from : to) = middle;
  }
  return from + (to - from) / 2;
}

// The usual PERT (lambda 4) by its 5 % and 95 % points. On 0..1 its shape is that of the place u of
// the mode, and (u - q05) / (q95 - q05) rises with u from below 0 to above 1, so that one curve has
// its mode where it was said. Where the low end is not below 0 nothing is: a curve that would begin
// there begins at 0, with the same mode and high end; it passes the low end more rarely. Source:
// docs/method/estimates.md.
BetaLaw pert_through(double low, double mode, double high) {
  const auto at = [](double u, double p) {
    return beta_quantile(1 + 4 * u, 5 - 4 * u, tails_of(p)).p;
  };
  const double place = (mode - low) / (high - low);
  const double u = turn_of([&](double x) {
    const double q05 = at(x, 0.05);
    return x - q05 < place * (at(x, 0.95) - q05);
  });
  const double q05 = at(u, 0.05), width = (high - low) / (at(u, 0.95) - q05);
  const double least = low - q05 * width;
  if (low < 0 || least >= 0) return {1 + 4 * u, 5 - 4 * u, least, least + width};
  const double v = turn_of([&](double x) { return mode * at(x, 0.95) > high * x; });
  return {1 + 4 * v, 5 - 4 * v, 0, high / at(v, 0.95)};
}

BetaLaw beta_of(const Estimate& estimate) {
  if (const auto alpha = parameter_of(estimate, "alpha"))
    return {*alpha, value_of(estimate, "beta"), 0, 1};
  const double mean = value_of(estimate, "mean"), sd = value_of(estimate, "sd");
  const double size = mean * (1 - mean) / sd / sd - 1;
  return {mean * size, (1 - mean) * size, 0, 1};
}

MetalogLaw metalog_law(const Estimate& estimate) {
  const Range* range = range_of(estimate);
  return metalog_of(range->below, value_of(estimate, range->low), value_of(estimate, "p50"),
                    value_of(estimate, range->high), parameter_of(estimate, "min"),
                    parameter_of(estimate, "max"));
}

Error error_at(const char* code, std::string_view field, std::string message, std::string hint) {
  return {.kind = ::tiebeam::Kind::invalid,
          .code = code,
          .message = std::move(message),
          .detail = {},
          .hint = std::move(hint),
          .field = fmt::format("/{}", field)};
}

void check_reach(std::string_view field, double value, std::vector<Error>& faults) {
  if (value >= 1e-3 && value <= 1e6) return;
  faults.push_back(error_at(
      "estimate.out_of_reach", field,
      fmt::format("the {} comes to {:.4g}, it can be computed from 0.001 to 1e6", field, value),
      "use lognormal, normal or pert with the same range"));
}

void check_width(const Estimate& estimate, std::vector<Error>& faults) {
  const LognormalLaw law = lognormal_of(estimate);
  if (std::isfinite(law.raw_moment(1)) && std::isfinite(law.variance())) return;
  const Range* range = range_of(estimate);
  faults.push_back(error_at("estimate.too_wide", range ? range->high : "sd",
                            "the range is so wide that its mean is beyond any number",
                            "narrow the range, or name a most with pert min, mode, max"));
}

}  // namespace

// Makes the law of an estimate without faults.
struct LawOf {
  static Marginal::Law of(const Estimate& estimate) {
    const auto get = [&](std::string_view name) { return value_of(estimate, name); };
    const auto is_constant = [&] { return get("min") == get("max"); };
    switch (estimate.shape) {
      case Shape::point:
        return PointLaw{get("value")};
      case Shape::lognormal:
        return lognormal_of(estimate);
      case Shape::normal:
        return normal_of(estimate);
      case Shape::pert:
        if (is_constant()) return PointLaw{get("min")};
        if (parameter_of(estimate, "p05")) return pert_through(get("p05"), get("mode"), get("p95"));
        return pert_of(get("min"), get("mode"), get("max"),
                       parameter_of(estimate, "lambda").value_or(4));
      case Shape::triangular:
        if (is_constant()) return PointLaw{get("min")};
        return TriangularLaw{get("min"), get("mode"), get("max")};
      case Shape::uniform:
        return UniformLaw{get("min"), get("max")};
      case Shape::beta:
        return beta_of(estimate);
      case Shape::gamma:
        return GammaLaw{get("shape"), get("scale")};
      case Shape::exponential:
        return ExponentialLaw{get("mean")};
      case Shape::metalog:
        return metalog_law(estimate);
      case Shape::discrete:
      case Shape::empirical:
        return of_atoms(atoms_of(estimate.values, estimate.weights));
    }
    return PointLaw{};
  }
  static Marginal::Law of_atoms(AtomsLaw law) {
    if (law.values.size() == 1) return PointLaw{law.values[0]};
    return law;
  }
};

Marginal::Marginal(Law law) : law_(std::move(law)) {
  if (const auto* point = std::get_if<PointLaw>(&law_)) a_ = point->value;
  if (const auto* normal = std::get_if<NormalLaw>(&law_)) {
    a_ = normal->mean;
    b_ = normal->sd;
  }
  if (const auto* lognormal = std::get_if<LognormalLaw>(&law_)) {
    a_ = lognormal->mu;
    b_ = lognormal->sigma;
  }
}

std::vector<Error> Marginal::faults_of(const Estimate& estimate) {
  std::vector<Error> faults = ::tiebeam::faults_of(estimate);
  if (!faults.empty()) return faults;
  if (estimate.shape == Shape::lognormal) check_width(estimate, faults);
  if (estimate.shape == Shape::gamma) check_reach("shape", value_of(estimate, "shape"), faults);
  if (estimate.shape == Shape::beta) {
    const BetaLaw law = beta_of(estimate);
    const bool by_moments = parameter_of(estimate, "sd").has_value();
    check_reach(by_moments ? "sd" : "alpha", law.alpha, faults);
    if (!by_moments || faults.empty()) check_reach(by_moments ? "sd" : "beta", law.beta, faults);
  }
  return faults;
}

Result<Marginal> Marginal::create(const Estimate& estimate) {
  std::vector<Error> faults = faults_of(estimate);
  if (faults.empty()) return Marginal(LawOf::of(estimate));
  for (std::size_t i = 1; i < faults.size(); ++i) {
    faults[0].detail +=
        fmt::format("{}{} ({})", i > 1 ? "\n" : "", faults[i].message, faults[i].field);
  }
  return std::unexpected(std::move(faults[0]));
}

std::optional<Marginal> Marginal::cut_at_zero() const {
  constexpr double kMostCut = 0.05;
  const auto* normal = std::get_if<NormalLaw>(&law_);
  if (normal == nullptr || normal->cdf(0) > kMostCut) return std::nullopt;
  return Marginal(
      CutNormalLaw{normal->mean, normal->sd, normal_tails(normal->mean / normal->sd).p});
}

Marginal::Kind Marginal::kind() const {
  if (std::holds_alternative<PointLaw>(law_)) return Kind::point;
  if (std::holds_alternative<NormalLaw>(law_)) return Kind::normal;
  return std::holds_alternative<LognormalLaw>(law_) ? Kind::lognormal : Kind::other;
}

double Marginal::at(double z) const {
  return std::visit([z](const auto& law) { return law.at(z); }, law_);
}
double Marginal::slope(double z) const {
  return std::visit([z](const auto& law) { return law.slope(z); }, law_);
}
double Marginal::quantile(double p) const {
  TB_CHECK(p >= 0 && p <= 1, "a quantile needs a probability");
  if (p == 0) return least();
  if (p == 1) return most();
  return std::visit([p](const auto& law) { return law.quantile(tails_of(p)); }, law_);
}
double Marginal::cdf(double x) const {
  return std::visit([x](const auto& law) { return law.cdf(x); }, law_);
}
double Marginal::variance() const {
  return std::visit([](const auto& law) { return law.variance(); }, law_);
}
double Marginal::raw_moment(int k) const {
  return std::visit([k](const auto& law) { return law.raw_moment(k); }, law_);
}
std::optional<double> Marginal::limited_mean(double cap) const {
  return std::visit([cap](const auto& law) { return law.limited_mean(cap); }, law_);
}
std::optional<double> Marginal::layer_mean(double deductible, double limit) const {
  const auto above = limited_mean(deductible + limit), below = limited_mean(deductible);
  if (!above || !below) return std::nullopt;
  return *above - *below;
}

std::vector<Marginal::Jump> Marginal::jumps() const {
  if (const auto* point = std::get_if<PointLaw>(&law_)) return {{point->value, 1}};
  std::vector<Jump> out;
  if (const auto* atoms = std::get_if<AtomsLaw>(&law_)) {
    for (std::size_t i = 0; i < atoms->values.size(); ++i)
      out.push_back({atoms->values[i], atoms->weights[i]});
  }
  return out;
}

bool Marginal::continuous() const {
  return !std::holds_alternative<PointLaw>(law_) && !std::holds_alternative<AtomsLaw>(law_);
}

namespace {

struct Support {
  double least, most;
};
struct SupportOf {
  Support operator()(const PointLaw& law) const { return {law.value, law.value}; }
  Support operator()(const NormalLaw&) const { return {-kInfinity, kInfinity}; }
  Support operator()(const LognormalLaw&) const { return {0, kInfinity}; }
  Support operator()(const UniformLaw& law) const { return {law.min, law.max}; }
  Support operator()(const TriangularLaw& law) const { return {law.min, law.max}; }
  Support operator()(const BetaLaw& law) const { return {law.from, law.to}; }
  Support operator()(const GammaLaw&) const { return {0, kInfinity}; }
  Support operator()(const CutNormalLaw&) const { return {0, kInfinity}; }
  Support operator()(const ExponentialLaw&) const { return {0, kInfinity}; }
  Support operator()(const AtomsLaw& law) const { return {law.values.front(), law.values.back()}; }
  Support operator()(const MetalogLaw& law) const {
    return {law.min.value_or(-kInfinity), law.max.value_or(kInfinity)};
  }
};

}  // namespace

double Marginal::least() const { return std::visit(SupportOf{}, law_).least; }
double Marginal::most() const { return std::visit(SupportOf{}, law_).most; }

std::optional<std::string> warning_of(const Estimate& estimate) {
  constexpr double kHeavySigma = 3;  // nine in ten span a factor of 20 000
  const auto made = Marginal::create(estimate);
  if (!made) return std::nullopt;
  if (made->kind() == Marginal::Kind::lognormal && made->b() > kHeavySigma) {
    return fmt::format(
        "nine in ten cases span a factor of {:.2g} and the mean is {:.2g} times the middle case: "
        "few rare cases decide it; narrow the range or state a limit",
        std::exp(2 * -normal_score(tails_of(0.05)) * made->b()),
        made->mean() / std::exp(made->a()));
  }
  if (!std::isfinite(made->mean()))
    return "the open end is so heavy that there is no mean; name a bound on that side";
  if (!std::isfinite(made->variance()))
    return "the open end is so heavy that there is no spread, and a mean of samples settles "
           "slowly; "
           "name a bound on that side";
  return std::nullopt;
}

}  // namespace tiebeam::quant
