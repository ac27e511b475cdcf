// A record as JSON: every fault complete, and a record without fault goes round.
#include "model/record_fuzz_support.h"

namespace tiebeam {

FUZZ(input) {
  const auto json = parse_json(input);
  if (!json) return;
  const ReadRecord read = read_record(fuzz::thing(), *json, blank(fuzz::thing()));
  for (const Error& fault : read.faults) fuzz::check_error(fault);
  if (fuzz::faults_in(read.record).empty() && read.faults.empty())
    fuzz::check_round_trip(read.record);
}

}  // namespace tiebeam
