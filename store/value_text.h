// One text per value: what the journal hashes and keeps. Canonical (equal values give equal texts)
// and reversible. The grammar is in docs/format/store.md; a change to it breaks every chain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/record_type.h"

namespace tiebeam::store {

// "-", "b1", "i42", "f0.1", "sPayroll", "m125000 EUR", "t1462089600000000", "d2016-05-01",
// "epert max=90 min=20 mode=40", "l3:abc2:de".
[[nodiscard]] std::string to_text(const Value& value);
// Errors: store.broken (names what was read).
[[nodiscard]] Result<Value> value_from_text(std::string_view text);

// The value as `field` keeps it: an empty text is not given, a list that is not given is empty,
// minus zero is zero.
// Errors: store.bad_value (a value of another kind, not a number).
[[nodiscard]] Result<Value> normal(const FieldInfo& field, Value value);

// "3:abc2:de": length-prefixed texts, for lists and dictionaries.
void append_netstring(std::string& out, std::string_view text);
// Errors: store.broken.
[[nodiscard]] Result<std::vector<std::string>> read_netstrings(std::string_view text);

}  // namespace tiebeam::store
