// The loop of cash.h for one target. Included once a target by cash.cc.
#if defined(TB_CASH_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef TB_CASH_INL
#undef TB_CASH_INL
#else
#define TB_CASH_INL
#endif

#include <hwy/highway.h>

#include <limits>

#include "quant/kernels/arithmetic-inl.h"
#include "quant/kernels/cash.h"

HWY_BEFORE_NAMESPACE();
namespace tiebeam::quant::HWY_NAMESPACE {

HWY_INLINE V amount_at(const CashAmount& amount, std::size_t i) {
  return amount.by_trial != nullptr ? hn::LoadU(d, amount.by_trial + i) : hn::Set(d, amount.value);
}
HWY_INLINE V later(V delay, const double* days, std::size_t i) {
  return days != nullptr ? fma(hn::LoadU(d, days + i), hn::Set(d, 1 / kDaysAYear), delay) : delay;
}

// Years at full rate that `x` years since the start are worth: x^2 / 2 ramp while it grows, then
// x - ramp / 2.
struct Growth {
  V ramp, half_slope;
  HWY_INLINE V operator()(V x) const {
    const V since = hn::Max(x, hn::Zero(d));
    const V growing = hn::Min(since, ramp);
    return fma(hn::Mul(growing, growing), half_slope, hn::Sub(since, growing));
  }
};

// Adds the stream's money of every year to `flow`; returns its present value.
HWY_INLINE V add_stream(const CashPlan& plan, const CashStream& stream, V works, std::size_t i,
                        V* flow) {
  const V zero = hn::Zero(d), one = hn::Set(d, 1.0);
  const V life = hn::Set(d, static_cast<double>(plan.life));
  V rate = hn::Mul(works, hn::Set(d, stream.scale));
  for (const double* factor : stream.factors)
    if (factor != nullptr) rate = hn::Mul(rate, hn::LoadU(d, factor + i));
  V start = hn::Set(d, stream.delay);
  for (const double* days : stream.delays) start = later(start, days, i);
  const bool ramps = stream.ramp_days != nullptr || stream.ramp > 0;
  const V ramp = stream.ramp_days != nullptr
                     ? hn::Mul(hn::LoadU(d, stream.ramp_days + i), hn::Set(d, 1 / kDaysAYear))
                     : hn::Set(d, stream.ramp);
  const Growth growth{ramp, hn::Div(hn::Set(d, 0.5), hn::Max(ramp, hn::Set(d, 1e-9)))};
  const auto worth = [&](V since)
                         HWY_ATTR { return growth(plan.deferred ? hn::Min(since, life) : since); };
  V present = zero, before = ramps ? worth(hn::Neg(start)) : zero;
  for (std::size_t y = 0; y < plan.discount.size(); ++y) {
    const V since = hn::Sub(hn::Set(d, static_cast<double>(y + 1)), start);
    V active;
    if (ramps) {
      const V after = worth(since);
      active = hn::Sub(after, before);
      before = after;
    } else {
      active = hn::Min(hn::Max(since, zero), one);
      if (plan.deferred)
        active = hn::Sub(active, hn::Min(hn::Max(hn::Sub(since, life), zero), one));
    }
    const V money = hn::Mul(rate, active);
    present = fma(money, hn::Set(d, plan.discount[y]), present);
    if (stream.role == CashStream::Role::benefit) flow[y] = hn::Add(flow[y], money);
    if (stream.role == CashStream::Role::cost) flow[y] = hn::Sub(flow[y], money);
  }
  return present;
}

// Takes the exit cost out of the year it falls into; returns its present value.
HWY_INLINE V add_exit(const CashPlan& plan, V works, std::size_t i, V* flow) {
  const std::size_t years = plan.discount.size();
  const V cost = amount_at(plan.exit, i);
  const V life = hn::Set(d, static_cast<double>(plan.life));
  V start = hn::Set(d, plan.delay);
  if (plan.delay_days != nullptr)  // divided, so that whole years are whole
    start = hn::Add(start, hn::Div(hn::LoadU(d, plan.delay_days + i), hn::Set(d, kDaysAYear)));
  const M success = hn::Gt(works, hn::Zero(d));
  const V end = plan.deferred ? hn::Add(start, life) : hn::Sub(life, hn::Set(d, 1.0));
  const V at = hn::IfThenElse(success, end, start);
  V present = hn::Zero(d);
  for (std::size_t y = 0; y < years; ++y) {
    M now = y + 1 < years ? hn::Lt(at, hn::Set(d, static_cast<double>(y + 1))) : hn::Eq(at, at);
    if (y > 0) now = hn::And(now, hn::Ge(at, hn::Set(d, static_cast<double>(y))));
    const V money = hn::IfThenElseZero(now, cost);
    flow[y] = hn::Sub(flow[y], money);
    present = fma(money, hn::Set(d, plan.discount[y]), present);
  }
  return present;
}

// When what is paid in sums to nothing or more, straight within the year of the crossing.
class PaybackYear {
 public:
  HWY_INLINE explicit PaybackYear(V paid)
      : sum_(paid), open_(hn::Lt(paid, hn::Zero(d))), rest_(hn::Zero(d)), earned_(hn::Set(d, 1.0)) {
    year_ = hn::IfThenElse(open_, hn::Set(d, std::numeric_limits<double>::infinity()), rest_);
  }
  HWY_INLINE void add(V flow, std::size_t y) {
    const V after = hn::Add(sum_, flow);
    const M crossed = hn::And(open_, hn::Ge(after, hn::Zero(d)));
    rest_ = hn::IfThenElse(crossed, hn::Neg(sum_), rest_);
    earned_ = hn::IfThenElse(crossed, flow, earned_);
    year_ = hn::IfThenElse(crossed, hn::Set(d, static_cast<double>(y)), year_);
    open_ = hn::AndNot(crossed, open_);
    sum_ = after;
  }
  HWY_INLINE V years() const { return hn::Add(year_, hn::Div(rest_, earned_)); }

 private:
  V sum_;
  M open_;
  V rest_, earned_, year_;
};

HWY_INLINE void store_paybacks(const CashPlan& plan, V paid, const V* flow, std::size_t i,
                               const CashRows& rows) {
  if (rows.payback != nullptr) {
    PaybackYear plain(paid);
    for (std::size_t y = 0; y < plan.life; ++y) plain.add(flow[y], y);
    hn::StoreU(plain.years(), d, rows.payback + i);
  }
  if (rows.discounted_payback == nullptr) return;
  PaybackYear discounted(paid);
  for (std::size_t y = 0; y < plan.life; ++y)
    discounted.add(hn::Mul(flow[y], hn::Set(d, plan.discount[y])), y);
  hn::StoreU(discounted.years(), d, rows.discounted_payback + i);
}

inline void cash_flows(const CashPlan& plan, std::size_t n, const CashRows& rows) {
  const std::size_t years = plan.discount.size();
  const bool exits = plan.exit.by_trial != nullptr || plan.exit.value != 0;
  V flow[kMostCashYears];
  for (std::size_t i = 0; i < n; i += kLanes) {
    const V works = plan.works != nullptr ? hn::LoadU(d, plan.works + i) : hn::Set(d, 1.0);
    const V one_off = amount_at(plan.one_off, i);
    for (std::size_t y = 0; y < years; ++y) flow[y] = hn::Zero(d);
    V costs = one_off, aside = hn::Zero(d);
    for (const CashStream& stream : plan.streams) {
      const V present = add_stream(plan, stream, works, i, flow);
      if (stream.role == CashStream::Role::cost) costs = hn::Add(costs, present);
      if (stream.role == CashStream::Role::aside) aside = hn::Add(aside, present);
    }
    if (exits) costs = hn::Add(costs, add_exit(plan, works, i, flow));
    V npv = hn::Neg(one_off);
    for (std::size_t y = 0; y < years; ++y) npv = fma(flow[y], hn::Set(d, plan.discount[y]), npv);
    hn::StoreU(npv, d, rows.npv + i);
    if (rows.costs != nullptr) hn::StoreU(costs, d, rows.costs + i);
    if (rows.aside != nullptr) hn::StoreU(aside, d, rows.aside + i);
    store_paybacks(plan, hn::Neg(one_off), flow, i, rows);
    if (rows.flows == nullptr) continue;
    for (std::size_t y = 0; y < years; ++y)
      hn::StoreU(flow[y], d, rows.flows + y * (kBlock + kPad) + i);
  }
}

}  // namespace tiebeam::quant::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
