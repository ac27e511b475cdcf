// A Result that nobody looks at does not compile.
// MUST FAIL WITH: nodiscard|unused-result
#include "base/money.h"

void book(tiebeam::Money a, tiebeam::Money b) {
#ifdef MUST_PASS
  if (!add(a, b)) return;
#else
  add(a, b);
#endif
}
