// The inner loops of every simulation, over arrays, in the widest vectors the machine has. Each
// gives the same bits on every machine, compiler and vector width: own polynomials, explicit fused
// multiply-add, no library function. Coefficients: tools/fit_kernels.py. docs/method/simulation.md.
//
// Buffers: every array has room for kPad more entries than it is said to hold; what is written
// there is of no meaning.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "quant/philox.h"

namespace tiebeam::quant {

// Trials are simulated by blocks; trial t is the (t mod kBlock)-th of block t / kBlock.
constexpr std::size_t kBlock = 2048;
constexpr std::size_t kPad = 32;

// Which of a key's numbers: "the rate", "the primary loss of the events of one's own".
enum class Purpose : std::uint32_t {};

// One number for each of a block's trials, in (0, 1). Trials i and i + kBlock / 2 share a counter.
void uniforms(Key key, Purpose purpose, std::uint64_t block, double* u);
// Those of the given trials alone, side by side. REQUIRES: trials below kBlock.
void uniforms_at(Key key, Purpose purpose, std::uint64_t block,
                 std::span<const std::uint32_t> trials, double* u);

// Two numbers for the event-th event of each given trial of the block, in (0, 1). `second` may be
// null. REQUIRES: trials below kBlock.
struct EventKey {
  Key key;
  Purpose purpose;
  std::uint64_t block = 0;
  std::uint32_t event = 0;
};
void event_uniforms(const EventKey& of, std::span<const std::uint32_t> trials, double* first,
                    double* second);

// The standard normal quantile; relative error at most 1e-11 for u in [2^-53, 1 - 2^-53].
void normals(const double* u, std::size_t n, double* z);
// exp(a + b z), relative error at most 5e-12; the exponent is held within [-708, 709].
void exp_affine(const double* z, std::size_t n, double a, double b, double* x);
// ln(a + b z), relative error at most 5e-12 (where a + b z is about 1, of it). REQUIRES: a + b z is
// above 0 and no denormal.
void log_affine(const double* z, std::size_t n, double a, double b, double* x);
// a + b z.
void affine(const double* z, std::size_t n, double a, double b, double* x);

// A monotone map of z by cubic pieces on an even grid: `piece[4 i ...]` are the coefficients of
// t = (z - low) / width - i, lowest power first. z beyond the ends counts as the end.
struct ZPieces {
  double low = 0;
  double per_z = 1;  // 1 / width
  std::vector<double> piece;
};
void map_pieces(const ZPieces& pieces, const double* z, std::size_t n, double* x);

// z = own_weight z + sum over k of weight_k drivers_k, each driver with one score a trial.
void blend(double own_weight, double* z, std::size_t n);
void add_driver(double weight, const double* scores, std::size_t n, double* z);
void add_driver_at(double weight, const double* scores, std::span<const std::uint32_t> trials,
                   double* z);

// counts[i] = least + how many of `above` are <= score[i]. `usual` of them are compared for every
// trial (speed only, not the answer). REQUIRES: `above` rises, usual <= its size.
void counts_by_thresholds(const double* score, std::size_t n, std::span<const double> above,
                          std::size_t usual, std::uint32_t least, std::uint32_t* counts);
// Poisson counts by inversion with a rate for each trial. REQUIRES: 0 <= rate <= kSmallRate.
constexpr double kSmallRate = 32;
void poisson_counts(const double* u, const double* rate, std::size_t n, std::uint32_t* counts);

// The trials with events, in order, and how many each has. Returns how many trials.
std::size_t first_events(const std::uint32_t* counts, std::size_t n, std::uint32_t* trials,
                         std::uint32_t* held);
// Keeps of `n` trials those that hold more than `level` events, in place and in order.
std::size_t next_events(std::uint32_t level, std::size_t n, std::uint32_t* trials,
                        std::uint32_t* held);
// The places i of n with u[i] < limit[i] (limit[0] for all where `one_limit`), in order.
std::size_t places_below(const double* u, const double* limit, bool one_limit, std::size_t n,
                         std::uint32_t* places);

// x = x - min(max(x - deductible, 0), limit).
void insure(double deductible, double limit, std::size_t n, double* x);

// The values above 0, in order. Returns how many.
std::size_t above_zero(const double* x, std::size_t n, double* out);

// Sum and sum of squares about `pivot`, by eight partial sums in a fixed order.
struct Moments {
  double sum = 0;
  double square = 0;
};
[[nodiscard]] Moments moments(const double* x, std::size_t n, double pivot);
// How many are above `x` and their sum, in the same order.
struct Above {
  std::uint64_t count = 0;
  double sum = 0;
};
[[nodiscard]] Above above(const double* values, std::size_t n, double x);

// A fast 128-bit mix of values and their places; not cryptographic.
struct Mix {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  friend bool operator==(const Mix&, const Mix&) = default;
};
[[nodiscard]] Mix mix_of(const double* values, std::size_t n);
[[nodiscard]] Mix combine(Mix left, Mix right);

// The widest vectors that may be used: "avx512", "avx2" or "neon", "none". False: this machine has
// no such, or the name is unknown; nothing changes. Not while kernels run.
bool limit_vectors(std::string_view widest);
[[nodiscard]] std::string_view vectors_in_use();

}  // namespace tiebeam::quant
