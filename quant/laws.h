// The shapes behind quant/marginal.h, one plain struct each: no checks, quantiles by both tails so
// that neither loses digits. Use Marginal; these are its parts. Formulas: docs/method/estimates.md.
#pragma once

#include <optional>
#include <vector>

#include "quant/incomplete.h"

namespace tiebeam::quant {

struct PointLaw {
  double value;

  [[nodiscard]] double at(double) const { return value; }
  [[nodiscard]] double slope(double) const { return 0; }
  [[nodiscard]] double quantile(Tails) const { return value; }
  [[nodiscard]] double cdf(double x) const { return x < value ? 0 : 1; }
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const { return 0; }
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};

struct NormalLaw {
  double mean, sd;

  [[nodiscard]] double at(double z) const { return mean + sd * z; }
  [[nodiscard]] double slope(double) const { return sd; }
  [[nodiscard]] double quantile(Tails tails) const { return at(normal_score(tails)); }
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const { return sd * sd; }
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};

// A normal without what lies below 0, rescaled: `kept` is P(X >= 0) of the whole normal.
struct CutNormalLaw {
  double mean, sd, kept;

  [[nodiscard]] double at(double z) const { return quantile(normal_tails(z)); }
  [[nodiscard]] double slope(double z) const;
  [[nodiscard]] double quantile(Tails tails) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};

struct LognormalLaw {
  double mu, sigma;

  [[nodiscard]] double at(double z) const;
  [[nodiscard]] double slope(double z) const { return sigma * at(z); }
  [[nodiscard]] double quantile(Tails tails) const { return at(normal_score(tails)); }
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};

struct UniformLaw {
  double min, max;

  [[nodiscard]] double at(double z) const { return quantile(normal_tails(z)); }
  [[nodiscard]] double slope(double z) const { return (max - min) * normal_density(z); }
  [[nodiscard]] double quantile(Tails tails) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};

// REQUIRES: min <= mode <= max, min < max.
struct TriangularLaw {
  double min, mode, max;

  [[nodiscard]] double at(double z) const { return quantile(normal_tails(z)); }
  [[nodiscard]] double slope(double z) const;
  [[nodiscard]] double quantile(Tails tails) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};

// A beta on [from, to]: PERT is alpha = 1 + lambda (mode - min) / (max - min), beta likewise.
struct BetaLaw {
  double alpha, beta, from, to;

  [[nodiscard]] double at(double z) const { return quantile(normal_tails(z)); }
  [[nodiscard]] double slope(double z) const;
  [[nodiscard]] double quantile(Tails tails) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};

struct GammaLaw {
  double shape, scale;

  [[nodiscard]] double at(double z) const { return quantile(normal_tails(z)); }
  [[nodiscard]] double slope(double z) const;
  [[nodiscard]] double quantile(Tails tails) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const { return shape * scale * scale; }
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};

struct ExponentialLaw {
  double scale;

  [[nodiscard]] double at(double z) const { return -scale * log_normal_cdf(-z); }
  [[nodiscard]] double slope(double z) const;
  [[nodiscard]] double quantile(Tails tails) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const { return scale * scale; }
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};

// A few values with weights. Made by atoms_of; sorted, different, every weight above 0.
struct AtomsLaw {
  std::vector<double> values, weights;
  std::vector<double> below;   // P(X <= value), 1 at the last
  std::vector<double> scores;  // the z up to which a value is the answer, infinite at the last

  [[nodiscard]] double at(double z) const;
  [[nodiscard]] double slope(double) const { return 0; }
  [[nodiscard]] double quantile(Tails tails) const;
  [[nodiscard]] double cdf(double x) const;
  [[nodiscard]] double raw_moment(int k) const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] std::optional<double> limited_mean(double cap) const;
};
// Equal weights when `weights` is empty; else divided by their sum. REQUIRES: as faults_of.
[[nodiscard]] AtomsLaw atoms_of(const std::vector<double>& values,
                                const std::vector<double>& weights);

// E[X^k] for k = 1, 2, 3 from the mean and the central moments.
[[nodiscard]] double raw_from_central(int k, double mean, double variance, double third);

}  // namespace tiebeam::quant
