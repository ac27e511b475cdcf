#include "base/estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "base/text.h"

namespace tiebeam {
namespace {

constexpr std::array<std::string_view, 9> kShapes = {
    "point", "lognormal", "normal", "pert", "triangular", "uniform", "beta", "gamma", "discrete"};

std::optional<double> find(const Estimate& estimate, std::string_view name) {
  for (const auto& [key, value] : estimate.parameters) {
    if (key == name) return value;
  }
  return std::nullopt;
}

Error fault(std::string_view parameter, std::string message) {
  return {.kind = Kind::invalid,
          .code = "estimate.bad_parameter",
          .message = std::move(message),
          .detail = {},
          .hint = "write for example 40, 40..120, 20..40..90 or \"pert min=20 mode=40 max=90\"",
          .field = fmt::format("/{}", parameter)};
}

using Names = std::vector<std::string_view>;
// The sets of parameters a shape may be given by; the last of pert is optional.
std::vector<Names> signatures(Estimate::Shape shape) {
  switch (shape) {
    case Estimate::Shape::point:
      return {{"value"}};
    case Estimate::Shape::lognormal:
    case Estimate::Shape::normal:
      return {{"p05", "p95"}, {"p10", "p90"}, {"mean", "sd"}};
    case Estimate::Shape::pert:
      return {{"min", "mode", "max"}, {"min", "mode", "max", "lambda"}};
    case Estimate::Shape::triangular:
      return {{"min", "mode", "max"}};
    case Estimate::Shape::uniform:
      return {{"min", "max"}};
    case Estimate::Shape::beta:
      return {{"alpha", "beta"}};
    case Estimate::Shape::gamma:
      return {{"shape", "scale"}};
    case Estimate::Shape::discrete:
      return {{}};
  }
  return {};
}

bool fits(const Estimate& estimate, const Names& names) {
  return estimate.parameters.size() == names.size() &&
         std::ranges::all_of(names, [&](auto name) { return find(estimate, name).has_value(); });
}

void check_order(const Estimate& estimate, std::vector<Error>& faults) {
  const auto below = [&](std::string_view low, std::string_view high, bool may_equal) {
    const auto a = find(estimate, low), b = find(estimate, high);
    if (!a || !b || !std::isfinite(*a) || !std::isfinite(*b) || *a < *b || (may_equal && *a == *b))
      return;
    faults.push_back(fault(high, fmt::format("{} is {}, which is not above the {} of {}", high,
                                             shortest(*b), low, shortest(*a))));
  };
  below("p05", "p95", false);
  below("p10", "p90", false);
  below("min", "max", false);
  below("min", "mode", true);
  below("mode", "max", true);
}

void check_positive(const Estimate& estimate, std::vector<Error>& faults) {
  const auto positive = [&](std::string_view name) {
    const auto value = find(estimate, name);
    if (value && std::isfinite(*value) && *value <= 0) {
      faults.push_back(
          fault(name, fmt::format("{} is {}, it must be above 0", name, shortest(*value))));
    }
  };
  for (const auto name : {"sd", "lambda", "alpha", "beta", "shape", "scale"}) positive(name);
  if (estimate.shape == Estimate::Shape::lognormal) {
    for (const auto name : {"p05", "p10", "mean"}) positive(name);
  }
}

void check_discrete(const Estimate& estimate, std::vector<Error>& faults) {
  if (estimate.values.empty() || estimate.values.size() != estimate.weights.size()) {
    faults.push_back(fault("values", fmt::format("{} values stand beside {} weights",
                                                 estimate.values.size(), estimate.weights.size())));
    return;
  }
  double total = 0;
  for (std::size_t i = 0; i < estimate.values.size(); ++i) {
    if (!std::isfinite(estimate.values[i]))
      faults.push_back(fault("values", "a value is not a finite number"));
    if (!std::isfinite(estimate.weights[i]) || estimate.weights[i] < 0) {
      faults.push_back(fault("weights", "a weight is below 0 or not a finite number"));
    }
    total += estimate.weights[i];
  }
  if (!(total > 0)) faults.push_back(fault("weights", "no weight is above 0"));
}

Estimate make(Estimate::Shape shape, std::vector<std::pair<std::string, double>> parameters) {
  return {shape, std::move(parameters), {}, {}};
}

// "20..40..90" -> its numbers, or nothing.
std::optional<std::vector<double>> dotted(std::string_view text) {
  std::vector<double> out;
  for (;;) {
    const std::size_t at = text.find("..");
    const auto number = parse_number(trim(text.substr(0, at)));
    if (!number) return std::nullopt;
    out.push_back(*number);
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 2);
  }
}

// "20..40..90" when parse_estimate would read it back to the same estimate, else nothing.
std::string as_dots(const Estimate& estimate) {
  std::string out;
  for (const auto& [name, value] : estimate.parameters) {
    out += (out.empty() ? "" : "..") + shortest(value);
  }
  const auto numbers = dotted(out);
  if (!numbers) return {};
  const auto names = [&](std::initializer_list<std::string_view> expected) {
    return std::ranges::equal(
        estimate.parameters, expected, {},
        [](const auto& parameter) -> std::string_view { return parameter.first; });
  };
  const bool is_pert = estimate.shape == Estimate::Shape::pert && names({"min", "mode", "max"});
  const bool is_above_zero = numbers->front() > 0;
  const auto two = is_above_zero ? Estimate::Shape::lognormal : Estimate::Shape::normal;
  return is_pert || (estimate.shape == two && names({"p05", "p95"})) ? out : std::string{};
}

Result<Estimate> parse_named(std::string_view text) {
  const auto words = split_at(text, ' ');
  TB_TRY(const Estimate::Shape shape, shape_of(words[0]));
  Estimate out = make(shape, {});
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].empty()) continue;
    const std::size_t equals = words[i].find('=');
    const auto value =
        equals == std::string_view::npos ? std::nullopt : parse_number(words[i].substr(equals + 1));
    if (!value) {
      return invalid("estimate.not_understood",
                     fmt::format("'{}' is not name=number", shown(words[i])),
                     "write for example: pert min=20 mode=40 max=90");
    }
    if (shape == Estimate::Shape::discrete) {
      const auto weighted = parse_number(words[i].substr(0, equals));
      if (!weighted) {
        return invalid("estimate.not_understood",
                       fmt::format("'{}' is not value=weight", shown(words[i])),
                       "write for example: discrete 0=0.8 100=0.2");
      }
      out.values.push_back(*weighted);
      out.weights.push_back(*value);
    } else {
      out.parameters.emplace_back(std::string(words[i].substr(0, equals)), *value);
    }
  }
  return out;
}

Result<Estimate> first_fault_or(Estimate estimate) {
  auto faults = faults_of(estimate);
  if (!faults.empty()) return std::unexpected(std::move(faults.front()));
  return estimate;
}

}  // namespace

Estimate Estimate::point(double value) { return make(Shape::point, {{"value", value}}); }

std::string_view shape_name(Estimate::Shape shape) {
  return kShapes[static_cast<std::size_t>(shape)];
}

Result<Estimate::Shape> shape_of(std::string_view name) {
  for (std::size_t i = 0; i < kShapes.size(); ++i) {
    if (kShapes[i] == name) return static_cast<Estimate::Shape>(i);
  }
  return invalid("estimate.unknown_shape",
                 fmt::format("'{}' is not a kind of estimate{}", shown(name),
                             did_you_mean(name, {kShapes.begin(), kShapes.end()})),
                 fmt::format("use one of {}", fmt::join(kShapes, ", ")));
}

std::vector<Error> faults_of(const Estimate& estimate) {
  std::vector<Error> faults;
  if (estimate.shape == Estimate::Shape::discrete) check_discrete(estimate, faults);
  const auto sets = signatures(estimate.shape);
  if (std::ranges::none_of(sets, [&](const Names& names) { return fits(estimate, names); })) {
    std::vector<std::string> ways;
    for (const Names& names : sets) ways.push_back(fmt::format("{}", fmt::join(names, ", ")));
    faults.push_back(
        fault("kind", fmt::format("a {} estimate is given by {}", shape_name(estimate.shape),
                                  fmt::join(ways, " or by "))));
  }
  for (const auto& [name, value] : estimate.parameters) {
    if (!std::isfinite(value))
      faults.push_back(fault(name, fmt::format("{} is not a finite number", name)));
  }
  check_order(estimate, faults);
  check_positive(estimate, faults);
  return faults;
}

Result<Estimate> parse_estimate(std::string_view text) {
  const std::string_view whole = trim(text);
  if (!whole.empty() && whole[0] >= 'a' && whole[0] <= 'z') {
    TB_TRY(Estimate named, parse_named(whole));
    return first_fault_or(std::move(named));
  }
  const auto numbers = dotted(whole);
  if (!numbers || numbers->size() > 3) {
    return invalid(
        "estimate.not_understood", fmt::format("'{}' is not an estimate", shown(text)),
        "write 40 for a known value, 40..120 for nine in ten, or 20..40..90 for low, likely, high");
  }
  const std::vector<double>& n = *numbers;
  if (n.size() == 1) return Estimate::point(n[0]);
  if (n.size() == 3)
    return first_fault_or(
        make(Estimate::Shape::pert, {{"min", n[0]}, {"mode", n[1]}, {"max", n[2]}}));
  const auto shape = n[0] > 0 ? Estimate::Shape::lognormal : Estimate::Shape::normal;
  return first_fault_or(make(shape, {{"p05", n[0]}, {"p95", n[1]}}));
}

std::string format_estimate(const Estimate& estimate) {
  if (estimate.shape == Estimate::Shape::point && estimate.parameters.size() == 1) {
    return shortest(estimate.parameters[0].second);
  }
  if (std::string dots = as_dots(estimate); !dots.empty()) return dots;
  std::string out{shape_name(estimate.shape)};
  for (const auto& [name, value] : estimate.parameters)
    out += fmt::format(" {}={}", name, shortest(value));
  for (std::size_t i = 0; i < estimate.values.size() && i < estimate.weights.size(); ++i) {
    out += fmt::format(" {}={}", shortest(estimate.values[i]), shortest(estimate.weights[i]));
  }
  return out;
}

}  // namespace tiebeam
