// What keeps an estimate from being meant: names, numbers, order, and whether a curve exists.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/estimate.h"
#include "base/json_pointer.h"
#include "base/text.h"

namespace tiebeam {
namespace {

// "1000000", not "1e+06": as people write a number.
std::string in_full(double value) { return fmt::format("{}", value); }

using Names = std::vector<std::string_view>;
using Shape = Estimate::Shape;

constexpr std::string_view kExamples =
    "write for example 40, 40..120, 20..40..90 or \"pert min=20 mode=40 max=90\"";

// What stands at a parameter and what should.
struct Reading {
  std::string found, expected;
};

Error fault(std::string_view parameter, Reading reading, std::string message,
            std::string hint = std::string(kExamples)) {
  return {.kind = Kind::invalid,
          .code = "estimate.bad_parameter",
          .message = std::move(message),
          .detail = {},
          .hint = std::move(hint),
          .field = fmt::format("/{}", pointer_part(parameter)),
          .found = std::move(reading.found),
          .expected = std::move(reading.expected)};
}

constexpr std::array<std::array<std::string_view, 2>, 5> kRanges = {
    {{"p01", "p99"}, {"p025", "p975"}, {"p05", "p95"}, {"p10", "p90"}, {"p25", "p75"}}};

std::vector<Names> ranges_or_moments() {
  std::vector<Names> out;
  for (const auto& [low, high] : kRanges) out.push_back({low, high});
  out.push_back({"mean", "sd"});
  return out;
}
std::vector<Names> metalog_names() {
  std::vector<Names> out;
  for (const auto& [low, high] : {kRanges[3], kRanges[2], kRanges[4]}) {
    const Names three = {low, "p50", high};
    out.push_back(three);
    for (const Names& bounds : {Names{"min"}, Names{"max"}, Names{"min", "max"}}) {
      out.push_back(three);
      out.back().insert(out.back().end(), bounds.begin(), bounds.end());
    }
  }
  return out;
}

// The sets of parameters a shape may be given by.
std::vector<Names> signatures(Shape shape) {
  switch (shape) {
    case Shape::point:
      return {{"value"}};
    case Shape::lognormal:
    case Shape::normal:
      return ranges_or_moments();
    case Shape::pert:
      return {{"min", "mode", "max"}, {"min", "mode", "max", "lambda"}, {"p05", "mode", "p95"}};
    case Shape::triangular:
      return {{"min", "mode", "max"}};
    case Shape::uniform:
      return {{"min", "max"}};
    case Shape::beta:
      return {{"alpha", "beta"}, {"mean", "sd"}};
    case Shape::gamma:
      return {{"shape", "scale"}};
    case Shape::exponential:
      return {{"mean"}};
    case Shape::metalog:
      return metalog_names();
    case Shape::discrete:
    case Shape::empirical:
      return {{}};
  }
  return {};
}

bool fits(const Estimate& estimate, const Names& names) {
  return estimate.parameters.size() == names.size() && std::ranges::all_of(names, [&](auto name) {
           return parameter_of(estimate, name).has_value();
         });
}

void check_names(const Estimate& estimate, std::vector<Error>& faults) {
  const auto sets = signatures(estimate.shape);
  if (std::ranges::any_of(sets, [&](const Names& names) { return fits(estimate, names); })) return;
  std::vector<std::string> ways;
  for (const Names& names : sets) ways.push_back(fmt::format("{}", fmt::join(names, ", ")));
  const bool is_list = estimate.shape == Shape::discrete || estimate.shape == Shape::empirical;
  const std::string expected = is_list ? "a list" : fmt::format("{}", fmt::join(ways, " or by "));
  Names found;
  for (const auto& [name, value] : estimate.parameters) found.push_back(name);
  faults.push_back(fault(
      "kind", {found.empty() ? "nothing" : fmt::format("{}", fmt::join(found, ", ")), expected},
      fmt::format("a {} estimate is given by {}", shape_name(estimate.shape), expected)));
}

// Beyond this size a sum of a few products leaves the numbers a machine can hold.
constexpr double kLargest = 1e100;
constexpr const char* kQuantity = "0, or a number of 1e-100 to 1e100 with either sign";

// Why this number cannot be meant, or nothing.
std::string number_fault(std::string_view name, double value) {
  if (!std::isfinite(value)) return fmt::format("{} is not a finite number", name);
  if (value == 0 && std::signbit(value)) return fmt::format("{} is -0; write 0", name);
  if (std::abs(value) > kLargest)
    return fmt::format("{} is {}, beyond any quantity; 1e100 is the largest", name, in_full(value));
  if (value != 0 && std::abs(value) < 1 / kLargest)
    return fmt::format("{} is {}, too near 0 to be a quantity; write 0", name, in_full(value));
  return {};
}

void check_numbers(const Estimate& estimate, std::vector<Error>& faults) {
  for (const auto& [name, value] : estimate.parameters) {
    if (auto why = number_fault(name, value); !why.empty())
      faults.push_back(fault(name, {in_full(value), kQuantity}, why));
  }
  for (const double value : estimate.values) {
    if (auto why = number_fault("a value", value); !why.empty())
      faults.push_back(fault("values", {in_full(value), kQuantity}, why));
  }
}

// "/high" is faulty unless low < high (or equal, where that is meant).
void check_below(const Estimate& estimate, std::string_view low, std::string_view high,
                 bool may_equal, std::vector<Error>& faults) {
  const auto a = parameter_of(estimate, low), b = parameter_of(estimate, high);
  if (!a || !b || !std::isfinite(*a) || !std::isfinite(*b) || *a < *b || (may_equal && *a == *b))
    return;
  if (*a == *b) {
    faults.push_back(fault(high, {in_full(*b), fmt::format("a number above {}", in_full(*a))},
                           fmt::format("{} and {} are both {}", low, high, in_full(*a)),
                           fmt::format("is it certain? then write the number: {}", in_full(*a))));
    return;
  }
  faults.push_back(fault(high, {in_full(*b), fmt::format("a number above {}", in_full(*a))},
                         fmt::format("{} is {}, which is not above the {} of {}", high, in_full(*b),
                                     low, in_full(*a))));
}

void check_order(const Estimate& estimate, std::vector<Error>& faults) {
  const auto below = [&](std::string_view low, std::string_view high, bool may_equal) {
    check_below(estimate, low, high, may_equal, faults);
  };
  const bool has_mode = parameter_of(estimate, "mode").has_value();
  for (const auto& [low, high] : kRanges) {
    if (estimate.shape != Shape::metalog) {
      below(low, high, false);
      continue;
    }
    below(low, "p50", false);
    below("p50", high, false);
    below("min", low, false);
    below(high, "max", false);
  }
  below("min", "max", has_mode);
  below("min", "mode", true);
  below("mode", "max", true);
  if (!has_mode) return;
  below("p05", "mode", true);
  below("mode", "p95", true);
}

void check_positive(const Estimate& estimate, std::vector<Error>& faults) {
  const auto positive = [&](std::string_view name, std::string hint) {
    const auto value = parameter_of(estimate, name);
    if (!value || !std::isfinite(*value) || *value > 0) return;
    faults.push_back(fault(name, {in_full(*value), "a number above 0"},
                           fmt::format("{} is {}, it must be above 0", name, in_full(*value)),
                           std::move(hint)));
  };
  for (const auto name : {"sd", "alpha", "beta", "shape", "scale"})
    positive(name, "write a number above 0");
  if (estimate.shape == Shape::lognormal) {
    for (const auto& range : kRanges)
      positive(range[0], "a lognormal never reaches 0: use normal, or pert with min, mode, max");
    positive("mean", "a lognormal is above 0: use normal, or pert with min, mode, max");
  }
  if (estimate.shape == Shape::exponential) positive("mean", "write the mean, a number above 0");
  const auto lambda = parameter_of(estimate, "lambda");
  if (lambda && std::isfinite(*lambda) && !(*lambda >= 0.1 && *lambda <= 50)) {
    faults.push_back(fault("lambda", {in_full(*lambda), "a number from 0.1 to 50"},
                           fmt::format("lambda is {}, it must be 0.1 to 50", in_full(*lambda)),
                           "2 trusts the likely value little, 4 is usual, 10 trusts it much"));
  }
}

// A beta of this mean exists only below a spread: sd^2 < mean (1 - mean).
void check_beta(const Estimate& estimate, std::vector<Error>& faults) {
  const auto mean = parameter_of(estimate, "mean"), sd = parameter_of(estimate, "sd");
  if (!mean || !sd || !std::isfinite(*mean) || !std::isfinite(*sd) || *sd <= 0) return;
  if (!(*mean > 0 && *mean < 1)) {
    faults.push_back(
        fault("mean", {in_full(*mean), "a number between 0 and 1"},
              fmt::format("the mean of a share is {}, it must be between 0 and 1", in_full(*mean)),
              "write a share such as 0.05 for 5 %"));
    return;
  }
  const double widest = std::sqrt(*mean * (1 - *mean));
  if (*sd < widest) return;
  faults.push_back(fault("sd", {in_full(*sd), fmt::format("a number below {:.4g}", widest)},
                         fmt::format("sd is {}; a share with mean {} varies by less than {:.4g}",
                                     in_full(*sd), in_full(*mean), widest),
                         fmt::format("write an sd below {:.4g}", widest)));
}

// The scale on which a metalog is drawn: as is, log or logit. Source: Keelin 2016, table 2.
struct Bounds {
  std::optional<double> low, high;

  [[nodiscard]] double onto(double x) const {
    if (low && high) return std::log((x - *low) / (*high - x));
    if (low) return std::log(x - *low);
    return high ? -std::log(*high - x) : x;
  }
  [[nodiscard]] double back(double t) const {
    if (low && high) return *low + (*high - *low) / (1 + std::exp(-t));
    if (low) return *low + std::exp(t);
    return high ? *high - std::exp(-t) : t;
  }
};

// Three points of a metalog are one curve iff k < r < 1 - k, k = (1 - 1.66711 (1/2 - a)) / 2.
// Source: Keelin 2016, The Metalog Distributions, section 5; derived in docs/method/estimates.md.
void check_metalog(const Estimate& estimate, std::vector<Error>& faults) {
  const auto median = parameter_of(estimate, "p50");
  const Bounds bounds{parameter_of(estimate, "min"), parameter_of(estimate, "max")};
  for (std::size_t i = 2; i < kRanges.size(); ++i) {
    const auto low = parameter_of(estimate, kRanges[i][0]);
    const auto high = parameter_of(estimate, kRanges[i][1]);
    if (!low || !high || !median) continue;
    const double alpha = std::array{0.05, 0.10, 0.25}[i - 2];
    const double k = (1 - 1.66711 * (0.5 - alpha)) / 2;
    const double from = bounds.onto(*low), width = bounds.onto(*high) - from;
    const double r = (bounds.onto(*median) - from) / width;
    if (r > k && r < 1 - k) return;
    const std::string between =
        fmt::format("between {:.4g} and {:.4g}", bounds.back(from + k * width),
                    bounds.back(from + (1 - k) * width));
    faults.push_back(fault("p50", {in_full(*median), "a number " + between},
                           fmt::format("no smooth curve runs through {}, {} and {}", in_full(*low),
                                       in_full(*median), in_full(*high)),
                           fmt::format("with {} and {} the median may lie {}", in_full(*low),
                                       in_full(*high), between)));
    return;
  }
}

void check_weights(const Estimate& estimate, std::vector<Error>& faults) {
  double total = 0;
  for (const double weight : estimate.weights) {
    if (!std::isfinite(weight) || weight < 0 || (weight == 0 && std::signbit(weight))) {
      faults.push_back(fault("weights", {in_full(weight), "a share from 0 to 1"},
                             "a weight is below 0 or not a finite number",
                             "write weights from 0 to 1 that sum to 1"));
      return;
    }
    total += weight;
  }
  if (std::abs(total - 1) <= kWeightTolerance) return;
  faults.push_back(fault("weights", {fmt::format("a sum of {:.10g}", total), "a sum of 1"},
                         fmt::format("the weights sum to {:.10g}, not to 1", total),
                         "write them as shares of 1; 3 of 10 times is 0.3"));
}

void check_lists(const Estimate& estimate, std::vector<Error>& faults) {
  const bool is_discrete = estimate.shape == Shape::discrete;
  const bool has_values = is_discrete || estimate.shape == Shape::empirical;
  if (!has_values && !(estimate.values.empty() && estimate.weights.empty())) {
    faults.push_back(
        fault("values", {fmt::format("{} values", estimate.values.size()), "none"},
              fmt::format("a {} estimate has no values or weights", shape_name(estimate.shape))));
  } else if (has_values && estimate.values.empty()) {
    faults.push_back(fault("values", {"nothing", "one value or more"}, "there is no value",
                           "write for example: discrete 0=0.8 100=0.2, or empirical 3 5 8"));
  } else if (estimate.weights.size() != (is_discrete ? estimate.values.size() : 0)) {
    faults.push_back(
        fault(is_discrete ? "values" : "weights",
              {fmt::format("{} weights", estimate.weights.size()),
               is_discrete ? fmt::format("{} weights", estimate.values.size()) : "none"},
              fmt::format("{} values stand beside {} weights", estimate.values.size(),
                          estimate.weights.size())));
  } else if (is_discrete) {
    check_weights(estimate, faults);
  }
}

}  // namespace

std::optional<double> parameter_of(const Estimate& estimate, std::string_view name) {
  for (const auto& [key, value] : estimate.parameters) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::vector<Error> faults_of(const Estimate& estimate) {
  std::vector<Error> faults;
  check_names(estimate, faults);
  check_numbers(estimate, faults);
  check_lists(estimate, faults);
  check_order(estimate, faults);
  check_positive(estimate, faults);
  if (estimate.shape == Shape::beta) check_beta(estimate, faults);
  if (estimate.shape == Shape::metalog && faults.empty()) check_metalog(estimate, faults);
  return faults;
}

}  // namespace tiebeam
