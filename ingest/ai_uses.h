// Inventories of uses of AI, one row a use: those that agencies of the United States publish under
// Executive Order 13960 and OMB M-24-10, and registers with the same columns
// (docs/format/ai-inventory.md). What a cell does not say stays not given.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/csv_reader.h"
#include "ingest/stamp_column.h"
#include "model/event_table.h"

namespace tiebeam::ingest {

struct Reading;

enum class AiColumn : std::uint8_t {
  id,
  name,
  purpose,
  department,
  code,
  unit,
  stage,
  impact,
  asked,
  first_used,
  retired,
  personal_data,
  authorised,
  tested,
  evaluated,
  autonomous,
  oversight
};
[[nodiscard]] std::span<const ColumnSpec> ai_columns();

// By the header alone: it names use cases, what they are for, and how far they are.
[[nodiscard]] bool is_ai_inventory(const std::vector<std::string>& header);

// The event table of one file, stamps packed until resolve().
class AiUses {
 public:
  AiUses();
  // Turns stamps into days, as 00:00 UTC: an inventory names days, not moments.
  void resolve(DateOrder order);
  [[nodiscard]] std::int64_t rows() const { return static_cast<std::int64_t>(table.rows()); }

  EventTable table;  // "ai_use"
};

// Errors: ingest.missing_column, ingest.doubled_column, those of CsvReader::next.
[[nodiscard]] Result<void> read_ai_uses(Reading& reading, CsvReader& table);

// The name of the choice of AiTool that a cell means; empty: it does not say. `text` as the source
// writes it.
[[nodiscard]] std::string_view stage_of(std::string_view text);      // "Operation and Maintenance"
[[nodiscard]] std::string_view risk_tier_of(std::string_view text);  // "Rights-Impacting"
// Of the columns `tested` and `evaluated` together.
[[nodiscard]] std::string_view evaluation_of(std::string_view tested, std::string_view evaluated);

}  // namespace tiebeam::ingest
