// Which column of a ticket list is which, where names do not tell or what stands in a column speaks
// against its name. Used by ingest/tickets.cc.
#pragma once

#include "ingest/csv_reader.h"
#include "ingest/reading.h"

namespace tiebeam::ingest {

// By the rows ahead: columns named as an end that hold yes or no are not read; of several columns
// named as the key one that tells rows apart is; creation and key are found by content where no
// name tells them. Each with a warning. What a person chose stays.
void name_by_content(Reading& reading, const CsvReader& table);

}  // namespace tiebeam::ingest
