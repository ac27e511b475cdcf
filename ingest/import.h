// From a file that a source exported to event tables, with everything that was decided on the way.
// Reads streams, never writes; application hands what comes out to a store or straight to an
// engine.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/state_map.h"
#include "base/time.h"
#include "model/event_table.h"

namespace tiebeam::ingest {

// A row that could not be taken.
struct Reject {
  std::uint32_t line = 0;  // 1-based, where the record starts
  std::string column;      // as the header spells it; empty when it is the whole row
  std::string found;       // shortened, printable
  std::string expected;
};

struct StateCount {
  std::string state;
  std::int64_t events = 0;
  StateClass meaning = StateClass::wait;
  std::string reason;  // "in the map", "built-in for servicenow-audit", "guessed: contains 'wait'",
                       // "unmapped"
};

// What became of a column of a delimited file or a sheet.
struct ColumnUse {
  std::string name;            // as the header spells it
  std::uint32_t position = 0;  // 1-based, of the first of that name
  std::uint32_t times = 1;     // how often the header repeats it
  std::string role = {};       // "created", as the format's page names it; empty: not read
  std::string evidence = {};   // "its name", "chosen by you", "the only date in every row"
  std::vector<std::string> examples = {};  // up to three different values, shortened
};

// What was decided for a whole column of dates.
struct DatesRead {
  std::string column;
  std::string order = {};     // "day-first", "month-first", "year-first", "serial"
  std::string evidence = {};  // "31 values have a day above 12"
  bool is_open = false;       // nothing in the file decides it: a person should look
};

struct Options {
  std::string format = "auto";  // auto | events | tickets | servicenow-audit | xes |
                                // deployments | incidents | ai-inventory
  std::string state_from;       // xes: name | name+lifecycle; empty: by evidence
  std::optional<StateMap> state_map;
  Zone zone;                    // of stamps without offset
  bool zone_is_assumed = true;  // nobody said so: warn when it was needed
  bool skip_bad = false;
  // header (as spelt) -> role, or "" to leave the column out. Wins over recognition; roles of the
  // format that is read (docs/format). Errors: ingest.unknown_role, ingest.missing_column.
  std::map<std::string, std::string, std::less<>> columns;
  std::string encoding;  // as Batch::encoding names it; empty: by evidence
  char delimiter = 0;    // 0: by evidence
  std::string sheet;     // of a workbook; empty: the first that is not hidden and holds a table
  // day-first | month-first: how to read dates such as 3/4/2016; empty: by the evidence of each
  // column.
  std::string date_order;
  std::size_t block_bytes = std::size_t{256} << 10;      // of one read; results do not depend on it
  std::int64_t unpacked_limit = std::int64_t{64} << 30;  // bytes that a gzip file may unpack to
  std::size_t reject_limit = 1000;                       // rejects kept in detail; all are counted
  // The bytes as given, block by block, as they are read (to hash and keep them elsewhere). Of a
  // workbook all of them come first, then empty blocks while its sheet is read: an error ends it.
  std::function<Result<void>(std::string_view block)> on_raw;
  // Bytes read so far of `total`; called about every megabyte.
  std::function<void(std::int64_t done, std::int64_t total)> on_progress;
};

struct Batch {
  std::string file;  // name without folders
  std::string sha256;
  std::int64_t bytes = 0;
  std::string format;
  std::string encoding;  // "UTF-8", "UTF-8 with BOM", "UTF-16LE", "windows-1252"
  char delimiter = ',';
  bool is_ticket_list = false;
  std::vector<EventTable> tables;  // "transition", "item_fact" (or deployments, code changes,
                                   // incidents); person columns hold the names as read
  bool is_delivery = false;        // deployments, incidents or an inventory of AI: no work items,
                                   // states or value stream
  std::int64_t accepted = 0;       // event rows kept
  std::int64_t repeated = 0;       // rows that repeat another row of this file to the letter
  std::int64_t rejected = 0;
  std::vector<Reject> rejects;
  std::vector<ColumnUse> columns;  // in the order of the file
  std::vector<DatesRead> dates;
  std::string sheet;                    // of a workbook, the one that was read
  std::vector<std::string> sheets;      // all of them, hidden ones left out
  std::vector<std::string> statements;  // decisions and their evidence, for people
  std::vector<std::string> warnings;
  StateMap state_map;  // given, built in or guessed
  bool state_map_is_guess = false;
  std::vector<StateCount> states;  // by falling count
};

// Reads `path` to the end. With rejects and not skip_bad: Errors ingest.rejected, whose detail
// lists the first twenty; `batch` of the error case is not needed. Other errors: ingest.unreadable,
// ingest.unknown_format, ingest.missing_column, ingest.doubled_column, ingest.nul_byte,
// ingest.truncated, ingest.too_large, ingest.doctype, ingest.bad_encoding, ingest.too_many_states,
// ...
struct Failure {
  Error error;
  std::vector<Reject> rejects;
  std::int64_t rejected = 0;
  // What was found until then, so that a person can say it better: format, columns, dates, sheets.
  // Without tables and rejects.
  Batch so_far = {};
};
[[nodiscard]] std::expected<Batch, Failure> read_file(const std::string& path,
                                                      const Options& options);

// The event types that readers fill, as the flow room declares them.
[[nodiscard]] const EventType& transition_type();
[[nodiscard]] const EventType& item_fact_type();

}  // namespace tiebeam::ingest
