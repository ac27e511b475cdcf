// Values as the journal keeps them, one a line: what can be read says itself the same again.
#include "base/fuzz_support.h"
#include "store/test_catalog.h"
#include "store/value_text.h"

namespace tiebeam::store {
namespace {

void check_fields(const Value& value) {
  for (const FieldInfo& field : test::catalog().find("thing")->fields) {
    const auto kept = normal(field, value);
    if (!kept) {
      fuzz::check_error(kept.error());
      continue;
    }
    FUZZ_CHECK(normal(field, *kept) == *kept);
    FUZZ_CHECK(value_from_text(to_text(*kept)) == *kept, to_text(*kept));
  }
}

}  // namespace

FUZZ(input) {
  for (const std::string_view line : split_at(input, '\n')) {
    const auto value = value_from_text(line);
    if (!value) {
      fuzz::check_error(value.error());
      continue;
    }
    const auto again = value_from_text(to_text(*value));
    FUZZ_CHECK(again && *again == *value, to_text(*value));
    check_fields(*value);
  }
  const auto parts = read_netstrings(input);
  if (!parts) return fuzz::check_error(parts.error());
  std::string again;
  for (const std::string& part : *parts) append_netstring(again, part);
  FUZZ_CHECK(read_netstrings(again) == *parts);
}

}  // namespace tiebeam::store
