// What one call of read_file works on: shared by the readers of all formats.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ingest/ai_uses.h"
#include "ingest/collector.h"
#include "ingest/column_names.h"
#include "ingest/deliveries.h"
#include "ingest/import.h"
#include "ingest/stamp_column.h"
#include "ingest/text_stream.h"

namespace tiebeam::ingest {

class SheetSource;

struct Reading {
  Reading(const Options& chosen, TextStream text, std::shared_ptr<const SheetSource> of)
      : options(chosen), stream(std::move(text)), sheet(std::move(of)) {}

  const Options& options;
  TextStream stream;
  std::shared_ptr<const SheetSource> sheet;  // that the stream is the text of; or none
  Collector collector;
  std::optional<Deliveries> deliveries;  // instead of the collector's tables
  std::optional<AiUses> ai_uses;         // likewise
  Batch batch;                           // statements, warnings and rejects so far
  ColumnNames names;                     // of a table
  StampColumn at{"at"};
  StampColumn created{"created"};  // or all date columns of a table with one row a thing
  DateOrder usual_order = DateOrder::undecided;  // of the format, where no value decides
  bool row_is_rejected = false;

  void begin_row() { row_is_rejected = false; }
  // Where the columns of a format stand in the table; says so in the batch.
  // Errors: ingest.unknown_role, ingest.missing_column, ingest.doubled_column.
  [[nodiscard]] Result<std::vector<std::size_t>> bind(std::span<const ColumnSpec> specs);
  // One fault of the current row, which starts on `line`; a row with several counts once.
  void reject(std::uint32_t line, std::string_view column, std::string_view found,
              std::string_view expected);
  // The stamp that `text` is; nothing, with a reject, when it is none.
  std::optional<Packed> read_stamp(StampColumn& column, std::string_view text, std::uint32_t line);
  void state(std::string text) { batch.statements.push_back(std::move(text)); }
  void warn(std::string text) { batch.warnings.push_back(std::move(text)); }
};

// 35812 -> "35,812".
[[nodiscard]] std::string grouped(std::int64_t number);
// grouped(2) + " rows", grouped(1) + " row".
[[nodiscard]] std::string counted(std::int64_t number, std::string_view one, std::string_view many);

}  // namespace tiebeam::ingest
