// Which reader a file gets: by what was asked for and by what the file holds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/csv_reader.h"

namespace tiebeam::ingest {

enum class Format : std::uint8_t {
  events,
  events_json,
  tickets,
  servicenow_audit,
  xes,
  deployments,
  incidents,
  ai_inventory
};
[[nodiscard]] std::string_view format_name(Format format);

// What the first character says; nothing: a delimited table. Errors: ingest.unknown_format,
// ingest.empty.
struct FirstLook {
  bool is_xml = false, is_json = false;
};
[[nodiscard]] Result<FirstLook> look_at(std::string_view file, std::string_view sample,
                                        std::string_view asked);

struct Detected {
  Format format;
  std::string statement;
};
// By the names of the columns (`header`: those of `table`, or what they were chosen for); an audit
// of ServiceNow and its list of tickets by whether numbers repeat in the rows ahead. Errors:
// ingest.unknown_format.
[[nodiscard]] Result<Detected> detect_table(std::string_view file, const CsvReader& table,
                                            const std::vector<std::string>& header,
                                            std::string_view asked);

}  // namespace tiebeam::ingest
