// Ids of two kinds do not compare.
// MUST FAIL WITH: invalid operands to binary expression|no match for
#include "base/id.h"

bool is_same(const tiebeam::Id<"service">& service, const tiebeam::Id<"person">& person) {
#ifdef MUST_PASS
  return service.str() == person.str();
#else
  return service == person;
#endif
}
