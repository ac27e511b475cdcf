// What the columns of an array are, so that a page can say of every cell how it was made.
#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "model/json.h"

namespace tiebeam::flow {

struct ColumnNote {
  const char* array;
  const char* name;  // as in the rows; "dwell.p85" is a member of a member
  const char* label;
  const char* unit;
  const char* formula;
  const char* method;
};
// An array and what names its rows in a cell's key: flow.states[Active].dwell.p85.
using ArrayRow = std::pair<const char*, const char*>;

// Adds an entry for each of `arrays` to the member `columns` of `json`.
void add_columns(Json& json, std::span<const ArrayRow> arrays, std::span<const ColumnNote> notes);

}  // namespace tiebeam::flow
