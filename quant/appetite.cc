#include "quant/appetite.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "quant/incomplete.h"

namespace tiebeam::quant {
namespace {

// What stands there and what should.
struct Read {
  std::string found, expected;
};

Error fault(std::string_view code, std::size_t at, std::string_view field, std::string message,
            std::string hint, Read read) {
  return {.kind = Kind::invalid,
          .code = std::string(code),
          .message = std::move(message),
          .detail = {},
          .hint = std::move(hint),
          .field = fmt::format("/{}/{}", at, field),
          .found = std::move(read.found),
          .expected = std::move(read.expected)};
}

// "1,200,000": as people write an amount, whole from a hundred on.
std::string amount_words(double amount) {
  if (amount < 100 || amount > 1e15) return shortest(amount);
  std::string out = fmt::format("{:.0f}", amount);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

// "once in 10 years"; what comes in most years "in 60 of 100 years".
std::string often_words(double probability) {
  if (probability > 0.5) return fmt::format("in {:.3g} of 100 years", 100 * probability);
  const double years = 1 / probability;
  return fmt::format("once in {} years",
                     years < 999.5 ? fmt::format("{:.3g}", years) : amount_words(years));
}

}  // namespace

std::vector<Error> appetite_faults(std::span<const AppetitePoint> points) {
  std::vector<Error> out;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto& [probability, loss] = points[i];
    if (!(probability > 0 && probability < 1)) {
      out.push_back(
          fault("appetite.bad_point", i, "probability",
                fmt::format("the probability is {}, it must be between 0 and 1",
                            std::isfinite(probability) ? shortest(probability) : "no number"),
                "write 0.1 for once in ten years",
                {fmt::format("{}", probability), "a probability above 0 and below 1"}));
    }
    if (!(loss > 0 && loss <= 1e100)) {
      out.push_back(fault("appetite.bad_point", i, "loss",
                          fmt::format("the loss is {}, it must be above 0",
                                      std::isfinite(loss) ? shortest(loss) : "no number"),
                          "write the loss that is still tolerated",
                          {fmt::format("{}", loss), "a loss above 0"}));
    }
  }
  if (!out.empty()) return out;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const AppetitePoint &before = points[i - 1], &here = points[i];
    if (here.probability < before.probability && here.loss > before.loss) continue;
    out.push_back(
        fault("appetite.not_in_order", i, here.loss > before.loss ? "probability" : "loss",
              fmt::format("a loss above {} {} follows one above {} {}: each next point must be "
                          "rarer and dearer",
                          amount_words(here.loss), often_words(here.probability),
                          amount_words(before.loss), often_words(before.probability)),
              "begin with the loss that may happen most often",
              {fmt::format("{} {}", amount_words(here.loss), often_words(here.probability)),
               fmt::format("a point rarer and dearer than {} {}", amount_words(before.loss),
                           often_words(before.probability))}));
  }
  return out;
}

std::optional<double> tolerated(std::span<const AppetitePoint> points, double loss) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (loss == points[i].loss) return points[i].probability;
    if (i == 0 || loss < points[i - 1].loss || loss > points[i].loss) continue;
    const AppetitePoint &a = points[i - 1], &b = points[i];
    const double share = std::log(loss / a.loss) / std::log(b.loss / a.loss);
    return a.probability * std::pow(b.probability / a.probability, share);
  }
  return std::nullopt;
}

LognormalAppetite lognormal_through(const AppetitePoint& a, const AppetitePoint& b) {
  const double from = -normal_score(tails_of(a.probability));
  const double to = -normal_score(tails_of(b.probability));
  const double sigma = std::log(b.loss / a.loss) / (to - from);
  return {std::log(a.loss) - sigma * from, sigma};
}

double LognormalAppetite::tolerated(double loss) const {
  return loss <= 0 ? 1 : normal_tails((std::log(loss) - mu) / sigma).q;
}

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::within:
      return "within";
    case Verdict::breach:
      return "breach";
    case Verdict::undecided:
      return "undecided";
  }
  return "undecided";
}

Verdict verdict_of(double low, double high, double tolerated_probability) {
  if (low > tolerated_probability) return Verdict::breach;
  return high <= tolerated_probability ? Verdict::within : Verdict::undecided;
}

}  // namespace tiebeam::quant
