// Event logs in XES, with the state by evidence, by name, and by name and lifecycle.
#include "ingest/fuzz_support.h"

namespace tiebeam {

FUZZ(input) {
  fuzz::Draw draw(input, 1);
  ingest::Options options;
  options.format = "xes";
  options.state_from = draw.of({"", "name", "name+lifecycle"});
  const auto batch = fuzz::check_reading(input, options);
  FUZZ_CHECK(!batch || batch->format == "xes");
}

}  // namespace tiebeam
