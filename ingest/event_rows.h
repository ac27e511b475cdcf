// Delimited tables with one row per event: our own event file and the audit export of ServiceNow.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "ingest/csv_reader.h"
#include "ingest/reading.h"

namespace tiebeam::ingest {

// A format is a way of naming the same columns, in this order.
enum class EventColumn : std::uint8_t {
  item,
  at,
  state,
  created,
  type,
  assignee,
  team,
  title,
  value_stream,
  initiative,
  service,
  priority,
  blocked,
  seq
};
constexpr std::size_t kEventColumns = 14;

[[nodiscard]] std::span<const ColumnSpec> event_columns();
[[nodiscard]] std::span<const ColumnSpec> servicenow_columns();

// Errors: ingest.missing_column, ingest.doubled_column, those of CsvReader::next.
[[nodiscard]] Result<void> read_events(Reading& reading, CsvReader& table);
[[nodiscard]] Result<void> read_servicenow(Reading& reading, CsvReader& table);

// That an audit has one row an item, so that it is a list. None for few items and other formats.
// REQUIRES: the tables of `batch` are filled.
[[nodiscard]] std::optional<std::string> one_row_an_item_warning(const Batch& batch);

// "true", "yes", "1", "x", ...: nothing when it is neither that nor its opposite. Empty is false.
[[nodiscard]] std::optional<bool> parse_flag(std::string_view text);

}  // namespace tiebeam::ingest
