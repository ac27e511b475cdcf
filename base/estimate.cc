#include "base/estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace tiebeam {
namespace {

constexpr std::array<std::string_view, 12> kShapes = {
    "point", "lognormal", "normal",   "pert",        "triangular", "uniform",
    "beta",  "gamma",     "discrete", "exponential", "metalog",    "empirical"};

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

std::unexpected<Error> not_understood(std::string_view word, std::string_view expected,
                                      std::string_view example) {
  return invalid("estimate.not_understood", fmt::format("'{}' is not {}", shown(word), expected),
                 fmt::format("write for example: {}", example));
}

// Adds one word of "pert min=20", "discrete 100=0.2" or "empirical 3.5" to `out`.
Result<void> add_word(std::string_view word, Estimate& out) {
  if (out.shape == Estimate::Shape::empirical) {
    const auto value = parse_number(word);
    if (!value) return not_understood(word, "a number", "empirical 3 5 8");
    out.values.push_back(*value);
    return {};
  }
  const std::size_t equals = word.find('=');
  const auto value =
      equals == std::string_view::npos ? std::nullopt : parse_number(word.substr(equals + 1));
  if (!value) return not_understood(word, "name=number", "pert min=20 mode=40 max=90");
  if (out.shape == Estimate::Shape::discrete) {
    const auto weighted = parse_number(word.substr(0, equals));
    if (!weighted) return not_understood(word, "value=weight", "discrete 0=0.8 100=0.2");
    out.values.push_back(*weighted);
    out.weights.push_back(*value);
  } else {
    out.parameters.emplace_back(std::string(word.substr(0, equals)), *value);
  }
  return {};
}

Result<Estimate> parse_named(std::string_view text) {
  const auto words = split_at(text, ' ');
  TB_TRY(const Estimate::Shape shape, shape_of(words[0]));
  Estimate out = make(shape, {});
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!words[i].empty()) TB_DO(add_word(words[i], out));
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
  if (n.size() == 1) return first_fault_or(Estimate::point(n[0]));
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
  for (std::size_t i = 0; i < estimate.values.size(); ++i) {
    out += " " + shortest(estimate.values[i]);
    if (i < estimate.weights.size()) out += "=" + shortest(estimate.weights[i]);
  }
  return out;
}

}  // namespace tiebeam
