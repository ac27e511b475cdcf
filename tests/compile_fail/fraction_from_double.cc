// A bare double does not become a share: 15 might have meant 15 %.
// MUST FAIL WITH: private constructor|is private within this context
#include "base/fraction.h"

tiebeam::Result<tiebeam::Fraction> share() {
#ifdef MUST_PASS
  return tiebeam::Fraction::create(0.15);
#else
  return tiebeam::Fraction(0.15);
#endif
}
