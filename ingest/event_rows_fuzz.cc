// Events as delimited text: every row is taken, a repeat or refused.
#include "ingest/fuzz_support.h"

namespace tiebeam {

FUZZ(input) {
  ingest::Options options;
  options.format = "events";
  const auto batch = fuzz::check_reading(input, options);
  if (batch && !fuzz::is_json(*batch))
    FUZZ_CHECK(batch->accepted + batch->repeated + batch->rejected == fuzz::rows_of(input));
}

}  // namespace tiebeam
