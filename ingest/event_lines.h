// Event files in JSON lines: one object a line, with the keys that the event table has as columns.
#pragma once

#include "ingest/reading.h"

namespace tiebeam::ingest {

// Errors: ingest.line_too_long, those of TextStream::fill.
[[nodiscard]] Result<void> read_event_lines(Reading& reading);

}  // namespace tiebeam::ingest
