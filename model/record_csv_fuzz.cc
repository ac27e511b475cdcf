// Records as CSV: every fault complete, what was read is text, and what has no fault goes round.
#include "model/record_fuzz_support.h"

namespace tiebeam {
namespace {

void check_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) FUZZ_CHECK(is_valid_utf8(*text));
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    for (const std::string& each : *list) FUZZ_CHECK(is_valid_utf8(each));
  }
}

}  // namespace

FUZZ(input) {
  const ReadRecords read = read_csv(fuzz::thing(), input);
  for (const Error& fault : read.faults) fuzz::check_error(fault);
  for (const Record& record : read.records) {
    FUZZ_CHECK(record.values.size() == fuzz::thing().fields.size());
    for (const Value& value : record.values) check_text(value);
    if (read.faults.empty() && fuzz::faults_in(record).empty()) fuzz::check_round_trip(record);
  }
}

}  // namespace tiebeam
