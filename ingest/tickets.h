// Ticket lists: one row a ticket, as every help desk exports. No history, so only two events each.
#pragma once

#include <string>
#include <vector>

#include "ingest/csv_reader.h"
#include "ingest/end_dates.h"
#include "ingest/key_damage.h"
#include "ingest/reading.h"
#include "ingest/state_maps.h"

namespace tiebeam::ingest {

// What the list says of its states: whether their tickets are finished.
struct TicketStates {
  std::vector<std::string> statuses;
  std::vector<std::int64_t> open_tickets;  // per status: without a date of their end
  std::vector<StateEvidence> evidence;
  EndDates ends;
  KeyDamage keys;
  std::string key_column;  // as the header spells it
};
// Errors: ingest.missing_column, ingest.doubled_column, those of CsvReader::next.
[[nodiscard]] Result<TicketStates> read_tickets(Reading& reading, CsvReader& table);

// Tickets that are over by their status but carry no date of it.
[[nodiscard]] std::vector<std::string> unfinished_warnings(const TicketStates& tickets,
                                                           const std::vector<StateCount>& states);

}  // namespace tiebeam::ingest
