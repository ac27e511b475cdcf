// Ticket lists: every row is taken, as one event or two, is a repeat or refused.
#include "ingest/fuzz_support.h"

namespace tiebeam {

FUZZ(input) {
  ingest::Options options;
  options.format = "tickets";
  const auto batch = fuzz::check_reading(input, options);
  if (!batch) return;
  const std::int64_t taken = fuzz::rows_of(input) - batch->repeated - batch->rejected;
  FUZZ_CHECK(batch->is_ticket_list);
  FUZZ_CHECK(batch->accepted >= taken && batch->accepted <= 2 * taken);
}

}  // namespace tiebeam
