// The loops of kernels.h for one target. Included once a target by kernels.cc.
#if defined(TB_LOOPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef TB_LOOPS_INL
#undef TB_LOOPS_INL
#else
#define TB_LOOPS_INL
#endif

#include <hwy/highway.h>

#include "quant/kernels/arithmetic-inl.h"
#include "quant/kernels/kernels.h"
#include "quant/kernels/sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tiebeam::quant::HWY_NAMESPACE {

constexpr std::size_t kTogether = 4;  // vectors of counters
inline std::uint32_t low_word(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
inline std::uint32_t high_word(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

inline void uniforms(Key key, Purpose purpose, std::uint64_t block, double* u) {
  constexpr std::size_t kHalf = kBlock / 2;
  const std::uint64_t first = block * kHalf;  // its low word does not overflow within a block
  const VU high = hn::Set(du, high_word(first)),
           of = hn::Set(du, static_cast<std::uint32_t>(purpose));
  for (std::size_t i = 0; i < kHalf; i += kTogether * kLanes) {
    Words w[kTogether];
    for (std::size_t k = 0; k < kTogether; ++k) {
      w[k] = {hn::Iota(du, low_word(first) + i + k * kLanes), hn::Zero(du), of, high};
    }
    philox_rounds(w, key.low, key.high);
    for (std::size_t k = 0; k < kTogether; ++k) {
      double* at = u + i + k * kLanes;
      hn::StoreU(uniform_from(w[k].w0, w[k].w1), d, at);
      hn::StoreU(uniform_from(w[k].w2, w[k].w3), d, at + kHalf);
    }
  }
}

inline void uniforms_at(Key key, Purpose purpose, std::uint64_t block,
                        std::span<const std::uint32_t> trials, double* u) {
  constexpr std::size_t kHalf = kBlock / 2;
  const std::uint64_t base = block * kHalf;
  const VU low = hn::Set(du, low_word(base)), high = hn::Set(du, high_word(base)),
           of = hn::Set(du, static_cast<std::uint32_t>(purpose)), half = hn::Set(du, kHalf);
  const hn::Rebind<std::uint32_t, D> narrow;
  for (std::size_t i = 0; i < trials.size(); i += kTogether * kLanes) {
    Words w[kTogether];
    VU places[kTogether];
    for (std::size_t k = 0; k < kTogether; ++k) {
      places[k] = hn::PromoteTo(du, hn::LoadU(narrow, trials.data() + i + k * kLanes));
      w[k] = {hn::Add(hn::AndNot(half, places[k]), low), hn::Zero(du), of, high};
    }
    philox_rounds(w, key.low, key.high);
    for (std::size_t k = 0; k < kTogether; ++k) {
      const M is_second = hn::RebindMask(d, hn::Ne(hn::And(places[k], half), hn::Zero(du)));
      hn::StoreU(
          hn::IfThenElse(is_second, uniform_from(w[k].w2, w[k].w3), uniform_from(w[k].w0, w[k].w1)),
          d, u + i + k * kLanes);
    }
  }
}

inline void event_uniforms(const EventKey& of, std::span<const std::uint32_t> trials, double* first,
                           double* second) {
  const std::uint64_t base = of.block * kBlock;
  const VU low = hn::Set(du, low_word(base)), high = hn::Set(du, high_word(base));
  const VU event = hn::Set(du, of.event),
           purpose = hn::Set(du, static_cast<std::uint32_t>(of.purpose));
  const hn::Rebind<std::uint32_t, D> narrow;
  for (std::size_t i = 0; i < trials.size(); i += kTogether * kLanes) {
    Words w[kTogether];
    for (std::size_t k = 0; k < kTogether; ++k) {
      const auto places = hn::LoadU(narrow, trials.data() + i + k * kLanes);
      w[k] = {hn::Add(hn::PromoteTo(du, places), low), event, purpose, high};
    }
    philox_rounds(w, of.key.low, of.key.high);
    for (std::size_t k = 0; k < kTogether; ++k) {
      hn::StoreU(uniform_from(w[k].w0, w[k].w1), d, first + i + k * kLanes);
      if (second == nullptr) continue;
      hn::StoreU(uniform_from(w[k].w2, w[k].w3), d, second + i + k * kLanes);
    }
  }
}

// The centre everywhere; the tails are gathered, computed apart and put back.
inline void normals(const double* u, std::size_t n, double* z) {
  double tail[kBlock + kPad];
  std::uint64_t place[kBlock + kPad];
  std::size_t tails = 0;
  const V half = hn::Set(d, 0.5), edge = hn::Set(d, kCentre * kCentre);
  for (std::size_t i = 0; i < n; i += kLanes) {
    const V at = hn::LoadU(d, u + i);
    const V q = hn::Sub(at, half);
    const V q2 = hn::Mul(q, q);
    hn::StoreU(central_normal(q, q2), d, z + i);
    const M outside = hn::Gt(q2, edge);
    if (hn::AllFalse(d, outside)) continue;
    hn::StoreU(hn::Compress(at, outside), d, tail + tails);
    hn::StoreU(hn::Compress(hn::Iota(du, i), hn::RebindMask(du, outside)), du, place + tails);
    tails += hn::CountTrue(d, outside);
  }
  for (std::size_t i = 0; i < tails; i += kLanes) {
    const V at = hn::LoadU(d, tail + i);
    const V upper = upper_normal(hn::Min(at, hn::Sub(hn::Set(d, 1.0), at)));
    hn::StoreU(hn::IfThenElse(hn::Lt(at, half), hn::Neg(upper), upper), d, tail + i);
  }
  for (std::size_t i = 0; i < tails; ++i) z[place[i]] = tail[i];
}

inline void exp_affine(const double* z, std::size_t n, double a, double b, double* x) {
  const V va = hn::Set(d, a), vb = hn::Set(d, b);
  const V least = hn::Set(d, -708.0), most = hn::Set(d, 709.0);
  for (std::size_t i = 0; i < n; i += kLanes) {
    const V power = fma(vb, hn::LoadU(d, z + i), va);
    hn::StoreU(exp_of(hn::Min(hn::Max(power, least), most)), d, x + i);
  }
}

inline void log_affine(const double* z, std::size_t n, double a, double b, double* x) {
  const V va = hn::Set(d, a), vb = hn::Set(d, b);
  for (std::size_t i = 0; i < n; i += kLanes)
    hn::StoreU(log_of(fma(vb, hn::LoadU(d, z + i), va)), d, x + i);
}

inline void affine(const double* z, std::size_t n, double a, double b, double* x) {
  const V va = hn::Set(d, a), vb = hn::Set(d, b);
  for (std::size_t i = 0; i < n; i += kLanes)
    hn::StoreU(fma(vb, hn::LoadU(d, z + i), va), d, x + i);
}

// a b + c, rounded once.
HWY_INLINE double fma1(double a, double b, double c) {
#if HWY_TARGET == HWY_EMU128 || HWY_TARGET == HWY_SCALAR
  return std::fma(a, b, c);
#else
  return __builtin_fma(a, b, c);
#endif
}

// Which piece and how far into it by vectors; then one by one, which is faster than gathering four
// coefficients from four places.
inline void map_pieces(const ZPieces& pieces, const double* z, std::size_t n, double* x) {
  double within[kBlock + kPad];
  std::uint64_t piece[kBlock + kPad];
  const V low = hn::Set(d, pieces.low), scale = hn::Set(d, pieces.per_z);
  const V last = hn::Set(d, static_cast<double>(pieces.piece.size() / 4) - 0x1p-20);
  const V shift = hn::Set(d, 0x1p52), one = hn::Set(d, 1.0);
  for (std::size_t i = 0; i < n; i += kLanes) {
    V at = hn::Mul(hn::Sub(hn::LoadU(d, z + i), low), scale);
    at = hn::Min(hn::Max(at, hn::Zero(d)), last);
    const V near = hn::Sub(hn::Add(at, shift), shift);  // the nearest integer; mended to the floor
    const V whole = hn::Sub(near, hn::IfThenElseZero(hn::Gt(near, at), one));
    hn::StoreU(hn::Sub(at, whole), d, within + i);
    const VU bits = hn::BitCast(du, hn::Add(whole, shift));
    hn::StoreU(hn::ShiftLeft<2>(hn::And(bits, hn::Set(du, 0xFFFFFFFF))), du, piece + i);
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double* c = pieces.piece.data() + piece[i];
    const double t = within[i];
    x[i] = fma1(fma1(fma1(c[3], t, c[2]), t, c[1]), t, c[0]);
  }
}

inline void blend(double own_weight, double* z, std::size_t n) {
  const V w = hn::Set(d, own_weight);
  for (std::size_t i = 0; i < n; i += kLanes) hn::StoreU(hn::Mul(w, hn::LoadU(d, z + i)), d, z + i);
}

inline void add_driver(double weight, const double* scores, std::size_t n, double* z) {
  const V w = hn::Set(d, weight);
  for (std::size_t i = 0; i < n; i += kLanes) {
    const V moved = hn::Mul(w, hn::LoadU(d, scores + i));
    hn::StoreU(hn::Add(hn::LoadU(d, z + i), moved), d, z + i);
  }
}

inline void store_counts(V count, std::uint32_t* counts) {
  const hn::Rebind<std::int32_t, D> narrow;
  hn::StoreU(hn::DemoteTo(narrow, count), narrow, reinterpret_cast<std::int32_t*>(counts));
}

// The thresholds that most trials pass are compared without asking whether any is left to pass.
inline void counts_by_thresholds(const double* score, std::size_t n, std::span<const double> above,
                                 std::size_t usual, std::uint32_t least, std::uint32_t* counts) {
  const V one = hn::Set(d, 1.0), first = hn::Set(d, static_cast<double>(least));
  for (std::size_t i = 0; i < n; i += kLanes) {
    const V at = hn::LoadU(d, score + i);
    V count = first;
    for (std::size_t k = 0; k < usual; ++k)
      count = hn::Add(count, hn::IfThenElseZero(hn::Ge(at, hn::Set(d, above[k])), one));
    for (std::size_t k = usual; k < above.size(); ++k) {
      const M more = hn::Ge(at, hn::Set(d, above[k]));
      if (hn::AllFalse(d, more)) break;
      count = hn::Add(count, hn::IfThenElseZero(more, one));
    }
    store_counts(count, counts + i);
  }
}

// P(0) = exp(-rate), P(k) = P(k - 1) rate / k, until the sum passes u or what is added is nothing.
inline void poisson_counts(const double* u, const double* rate, std::size_t n,
                           std::uint32_t* counts) {
  const V one = hn::Set(d, 1.0), nothing = hn::Set(d, 0x1p-60);
  double over[256];  // 1 / k
  for (int k = 1; k < 256; ++k) over[k] = 1.0 / k;
  for (std::size_t i = 0; i < n; i += kLanes) {
    const V at = hn::LoadU(d, u + i), mean = hn::LoadU(d, rate + i);
    V chance = exp_of(hn::Neg(hn::Min(mean, hn::Set(d, 708.0))));
    V up_to = chance;
    V count = hn::Zero(d);
    M more = hn::Ge(at, up_to);
    for (int k = 1; !hn::AllFalse(d, more) && k < 256; ++k) {
      count = hn::Add(count, hn::IfThenElseZero(more, one));
      chance = hn::Mul(chance, hn::Mul(mean, hn::Set(d, over[k])));
      up_to = hn::Add(up_to, chance);
      const M counts_still =
          hn::Or(hn::Gt(chance, nothing), hn::Lt(hn::Set(d, static_cast<double>(k)), mean));
      more = hn::And(more, hn::And(hn::Ge(at, up_to), counts_still));
    }
    store_counts(count, counts + i);
  }
}

// Both arrays' entries where `kept`, behind what was kept so far.
template <class N, class Mask, class Entries>
HWY_INLINE void keep_both(N narrow, Mask kept, Entries at, Entries count, std::size_t& found,
                          std::uint32_t* trials, std::uint32_t* held) {
  hn::StoreU(hn::Compress(at, kept), narrow, trials + found);
  hn::StoreU(hn::Compress(count, kept), narrow, held + found);
  found += hn::CountTrue(narrow, kept);
}

inline std::size_t first_events(const std::uint32_t* counts, std::size_t n, std::uint32_t* trials,
                                std::uint32_t* held) {
  const hn::CappedTag<std::uint32_t, 16> narrow;
  const auto last = hn::Set(narrow, static_cast<std::uint32_t>(n));
  std::size_t found = 0;
  for (std::size_t i = 0; i < n; i += hn::Lanes(narrow)) {
    const auto count = hn::LoadU(narrow, counts + i);
    const auto at = hn::Iota(narrow, static_cast<std::uint32_t>(i));
    const auto kept = hn::And(hn::Gt(count, hn::Zero(narrow)), hn::Lt(at, last));
    if (!hn::AllFalse(narrow, kept)) keep_both(narrow, kept, at, count, found, trials, held);
  }
  return found;
}

inline std::size_t next_events(std::uint32_t level, std::size_t n, std::uint32_t* trials,
                               std::uint32_t* held) {
  const hn::CappedTag<std::uint32_t, 16> narrow;
  const auto limit = hn::Set(narrow, level), last = hn::Set(narrow, static_cast<std::uint32_t>(n));
  std::size_t found = 0;
  for (std::size_t i = 0; i < n; i += hn::Lanes(narrow)) {
    const auto count = hn::LoadU(narrow, held + i), at = hn::LoadU(narrow, trials + i);
    const auto place = hn::Iota(narrow, static_cast<std::uint32_t>(i));
    const auto kept = hn::And(hn::Gt(count, limit), hn::Lt(place, last));
    if (!hn::AllFalse(narrow, kept)) keep_both(narrow, kept, at, count, found, trials, held);
  }
  return found;
}

inline std::size_t above_zero(const double* x, std::size_t n, double* out) {
  const V zero = hn::Zero(d);
  std::size_t found = 0, i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    const V at = hn::LoadU(d, x + i);
    const M kept = hn::Gt(at, zero);
    hn::StoreU(hn::Compress(at, kept), d, out + found);
    found += hn::CountTrue(d, kept);
  }
  for (; i < n; ++i) {
    out[found] = x[i];
    found += x[i] > 0 ? 1 : 0;
  }
  return found;
}

inline void insure(double deductible, double limit, std::size_t n, double* x) {
  const V from = hn::Set(d, deductible), most = hn::Set(d, limit);
  for (std::size_t i = 0; i < n; i += kLanes) {
    const V at = hn::LoadU(d, x + i);
    const V paid = hn::Min(hn::Max(hn::Sub(at, from), hn::Zero(d)), most);
    hn::StoreU(hn::Sub(at, paid), d, x + i);
  }
}

inline Moments moments(const double* x, std::size_t n, double pivot) {
  Eight sum = no_sum(), square = no_sum();
  const V about = hn::Set(d, pivot);
  for (std::size_t i = 0; i < n; i += 8) {
    for (std::size_t k = 0; k < Eight::kParts; ++k) {
      const V off = hn::Sub(entries(x, i + k * kLanes, n, pivot), about);
      sum.part[k] = hn::Add(sum.part[k], off);
      square.part[k] = fma(off, off, square.part[k]);
    }
  }
  return {total(sum), total(square)};
}

inline Above above(const double* values, std::size_t n, double x) {
  Eight sum = no_sum();
  std::uint64_t count = 0;
  const V limit = hn::Set(d, x);
  for (std::size_t i = 0; i < n; i += 8) {
    for (std::size_t k = 0; k < Eight::kParts; ++k) {
      const V at = entries(values, i + k * kLanes, n, x);
      const M more = hn::Gt(at, limit);
      count += hn::CountTrue(d, more);
      sum.part[k] = hn::Add(sum.part[k], hn::IfThenElseZero(more, at));
    }
  }
  return {count, total(sum)};
}

// Each value is folded with a mask of its place by a 32 x 32 bit product, as XXH3 folds its
// stripes.
inline Mix mix_of(const double* values, std::size_t n) {
  constexpr std::size_t kParts = 8 / kLanes;
  VU sum[kParts], mask[kParts];
  for (std::size_t k = 0; k < kParts; ++k) {
    sum[k] = hn::Set(du, n);
    mask[k] = product(hn::Iota(du, k * kLanes + 1), hn::Set(du, 0x9E3779B1));
    mask[k] = hn::Xor(mask[k], hn::ShiftLeft<32>(hn::Add(mask[k], hn::Set(du, 0x85EBCA77))));
  }
  for (std::size_t i = 0; i < n; i += 8) {
    for (std::size_t k = 0; k < kParts; ++k) {
      const VU at = hn::BitCast(du, entries(values, i + k * kLanes, n, 0));
      const VU key = hn::Xor(at, mask[k]);
      sum[k] = hn::Add(sum[k], hn::Add(product(key, hn::ShiftRight<32>(key)), at));
      mask[k] = hn::Add(mask[k], hn::Set(du, 0x9E3779B97F4A7C15ull));
    }
  }
  std::uint64_t at[8];
  for (std::size_t k = 0; k < kParts; ++k) hn::StoreU(sum[k], du, at + k * kLanes);
  Mix mix{0x27D4EB2F165667C5, 0x165667B19E3779F9};
  for (std::size_t k = 0; k < 8; ++k) mix = combine(mix, {at[k], at[k] >> 32 | at[k] << 32});
  return mix;
}

}  // namespace tiebeam::quant::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
