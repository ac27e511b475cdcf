// The generated log as typed columns in a file, so that every engine reads the same numbers: items
// numbered as an import numbers them, in order of appearance from 1; states, teams and people
// from 1.
#pragma once

#include <string>

#include "bench/flow/generated_log.h"
#include "rooms/flow/engine/live/live_flow.h"

namespace tiebeam::bench {

struct TypedLog {
  PackedVector<std::uint32_t> item, state, team, person, flag;
  PackedVector<std::int64_t> at, seq;
  std::uint32_t items = 0;

  [[nodiscard]] flow::live::EventColumns columns() const;
  [[nodiscard]] std::size_t bytes() const;
  // Appends rows [first, end) of `other`.
  void append(const TypedLog& other, std::size_t first, std::size_t end);
};

// REQUIRES: the file can be written or read; ends the program with a message else.
void write_columns(const GeneratedLog& log, const std::string& path);  // raw columns
void write_typed_csv(const TypedLog& log, const std::string& path);    // row,item,stamp,state,team
[[nodiscard]] TypedLog read_columns(const std::string& path);

// The classes of the generated states, resolved.
[[nodiscard]] flow::live::MapRules generated_rules();

}  // namespace tiebeam::bench
