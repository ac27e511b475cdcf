// What the arrays of an answer are made of: for each column its label, unit, formula and method, so
// that a page can say of every cell how it was made. And the shapes that all arrays share.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/figure.h"
#include "model/json.h"
#include "model/json_parts.h"

namespace tiebeam::flow {

struct ColumnNote {
  const char* array;
  const char* name;  // as in the rows; "dwell.p85" is a member of a member
  const char* label;
  const char* unit;
  const char* formula;
  const char* method;
};
// What names a row in a cell's key: flow.states[Active].dwell.p85.
struct RowName {
  const char* array;
  const char* row;
};
struct ArrayNotes {
  std::span<const RowName> rows;
  std::span<const ColumnNote> columns;
};

// Adds what the columns of these arrays are to the member `columns` of `json`:
// {"ARRAY": {"row": ..., "columns": {"NAME": {"label", "unit", "formula", "method"}}}}
void add_columns(Json& json, const ArrayNotes& notes);

[[nodiscard]] Json interval_json(const std::optional<Interval>& interval);

}  // namespace tiebeam::flow
