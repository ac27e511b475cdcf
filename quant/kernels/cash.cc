#include "quant/kernels/cash.h"

#include "base/error.h"
#include "quant/kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "quant/kernels/cash.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "quant/kernels/cash-inl.h"

#if HWY_ONCE
namespace tiebeam::quant {

void cash_flows(const CashPlan& plan, std::size_t n, const CashRows& rows) {
  TB_CHECK(n <= kBlock, "a block at most");
  TB_CHECK(plan.discount.size() <= kMostCashYears, "years have room");
  TB_CHECK(plan.life <= plan.discount.size(), "all years of use are looked at");
  TB_WIDEST(cash_flows)(plan, n, rows);
}

}  // namespace tiebeam::quant
#endif
