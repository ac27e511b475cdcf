// Event logs in XES (IEEE 1849), streamed: traces are items, events their transitions.
#pragma once

#include "ingest/reading.h"

namespace tiebeam::ingest {

// Errors: ingest.doctype, ingest.bad_xml, ingest.not_xes, ingest.bad_option, those of
// TextStream::fill.
[[nodiscard]] Result<void> read_xes(Reading& reading);

}  // namespace tiebeam::ingest
