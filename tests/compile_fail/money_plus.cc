// Money adds only where a refusal is looked at: there is no operator+.
// MUST FAIL WITH: invalid operands to binary expression|no match for
#include "base/money.h"

tiebeam::Result<tiebeam::Money> total(tiebeam::Money a, tiebeam::Money b) {
#ifdef MUST_PASS
  return add(a, b);
#else
  return a + b;
#endif
}
