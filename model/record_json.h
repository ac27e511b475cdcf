// Records as JSON, in and out. Reading collects every fault with its JSON pointer.
#pragma once

#include <vector>

#include "model/json.h"
#include "model/record_type.h"

namespace tiebeam {

// Fields not given are null; money {"amount","currency"}, estimates {"kind",...}, lists arrays.
[[nodiscard]] Json to_json(const RecordType& type, const Record& record);
[[nodiscard]] Json to_json(const FieldInfo& field, const Value& value);

struct ReadRecord {
  Record record;
  std::vector<Error> faults;  // unknown keys, wrong kinds; each with its pointer
};
// Reads an object into the given fields of `base` (a blank record, or the one being changed).
// Fields kept by the store are accepted and ignored. Faults of meaning: faults_of.
[[nodiscard]] ReadRecord read_record(const RecordType& type, const Json& json, Record base);

[[nodiscard]] Json estimate_json(const Estimate& estimate);  // {"kind":"pert","min":...}
// A number, what parse_estimate reads, or an object of estimate_json's shape, and what can be
// meant. Errors: those of the reader and of faults_of, `field` below `pointer`.
[[nodiscard]] Result<Estimate> estimate_from(const Json& json, const std::string& pointer);

}  // namespace tiebeam
