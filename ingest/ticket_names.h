// What help desks call the columns of a ticket list, in five languages.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "ingest/csv_reader.h"

namespace tiebeam::ingest {

enum class TicketColumn : std::uint8_t {
  key,
  created,
  resolved,
  closed,
  status,
  type,
  priority,
  team,
  assignee,
  customer,
  title,
  service,
  labels,  // these three may stand several times
  sprint,
  comment
};
// In that order; earlier aliases win (of the key see ingest/ticket_content.h).
[[nodiscard]] std::span<const ColumnSpec> ticket_columns();
// A name of keys that says only "id" or "number": of a ticket, or of something else.
[[nodiscard]] bool is_general_key(std::string_view name);
// By its name the date of the last change, or the day by which a ticket is due: never the date of
// its creation or end.
[[nodiscard]] bool is_other_date(std::string_view name);

}  // namespace tiebeam::ingest
