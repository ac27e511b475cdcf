// For the fuzzers of records: a type with every kind of field, and what holds of a record without
// faults.
#pragma once

#include "base/fuzz_support.h"
#include "model/record_csv.h"
#include "model/record_json.h"
#include "model/record_type.h"
#include "store/test_catalog.h"

namespace tiebeam::fuzz {

inline const RecordType& thing() { return *store::test::catalog().find("thing"); }

inline std::vector<Error> faults_in(const Record& record) {
  const auto faults =
      faults_of(thing(), record, [](auto, std::string_view id) { return is_slug(id); });
  for (const Error& fault : faults) check_error(fault);
  return faults;
}

// CSV parts the items of a list with ';' and has no blank text.
inline bool fits_csv(const Value& value) {
  const auto is_kept = [](std::string_view text) {
    return !trim(text).empty() && trim(text) == text && !text.contains(';');
  };
  if (const auto* text = std::get_if<std::string>(&value))
    return text->empty() || !trim(*text).empty();
  const auto* list = std::get_if<std::vector<std::string>>(&value);
  return list == nullptr || std::ranges::all_of(*list, is_kept);
}

// It goes through JSON and back, and through CSV and back.
inline void check_round_trip(const Record& record) {
  const std::string json = write_json(to_json(thing(), record));
  const auto parsed = parse_json(json);
  FUZZ_CHECK(parsed, json);
  const ReadRecord from_json = read_record(thing(), *parsed, blank(thing()));
  FUZZ_CHECK(from_json.faults.empty() && from_json.record == record, json);
  if (!std::ranges::all_of(record.values, fits_csv)) return;
  const std::string csv = to_csv(thing(), {record});
  const ReadRecords from_csv = read_csv(thing(), csv);
  FUZZ_CHECK(from_csv.faults.empty(), csv);
  FUZZ_CHECK(from_csv.records == std::vector{record}, csv);
}

}  // namespace tiebeam::fuzz
