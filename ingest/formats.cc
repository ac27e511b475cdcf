#include "ingest/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "ingest/ai_uses.h"
#include "ingest/deliveries.h"
#include "ingest/event_rows.h"
#include "ingest/reading.h"
#include "ingest/repeated_keys.h"
#include "ingest/ticket_names.h"

namespace tiebeam::ingest {
namespace {
const std::vector<std::string_view> kAsked = {
    "auto", "events",      "tickets",   "servicenow-audit",
    "xes",  "deployments", "incidents", "ai-inventory"};
constexpr std::size_t kAll = static_cast<std::size_t>(-1);  // rows of the sample

std::unexpected<Error> unknown(std::string_view file, std::string what, std::string hint) {
  return invalid("ingest.unknown_format", fmt::format("'{}' {}", file, what), std::move(hint));
}

// Behind blanks, comments and <?...?> an HTML document begins. `text` starts with '<'.
bool is_web_page(std::string_view text) {
  for (;;) {
    const bool is_comment = text.starts_with("<!--");
    if (!is_comment && !text.starts_with("<?")) break;
    const std::string_view end = is_comment ? "-->" : "?>";
    const std::size_t at = text.find(end);
    if (at == std::string_view::npos) return false;
    text = trim(text.substr(at + end.size()));
  }
  const std::string start =
      to_lower_ascii(text.substr(0, std::string_view("<!doctype html").size()));
  return start == "<!doctype html" || start.starts_with("<html");
}

// What stands behind a '[' of JSON: "[ID],[Title]" is the header of a table.
bool is_json_array(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n", 1);
  if (at == std::string_view::npos) return true;
  const std::string_view next = text.substr(at);
  return std::string_view("{[]\"-0123456789").contains(next[0]) || next.starts_with("true") ||
         next.starts_with("false") || next.starts_with("null");
}

std::string shown_names(const std::vector<std::string>& header) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(header.size(), 12); ++i)
    out += fmt::format("{}'{}'", i == 0 ? "" : ", ", shown(header[i], 40));
  return header.size() > 12 ? out + ", ..." : out;
}

bool has_dates_of_tickets(const HeaderKeys& keys) {
  return std::ranges::any_of(
      std::array{TicketColumn::created, TicketColumn::resolved, TicketColumn::closed},
      [&](TicketColumn column) {
        return keys.has(ticket_columns()[static_cast<std::size_t>(column)]);
      });
}

// Of the rows ahead those that name an item; rows that are alike to the letter are one.
struct Numbers {
  std::int64_t rows = 0, different = 0, repeated = 0;  // items; those of them in several rows
  // A row that was exported twice with a change makes no log.
  [[nodiscard]] bool repeat() const {
    const bool are_several = repeated > 1 || 2 * repeated >= different;
    return repeated > 0 && are_several && are_many_repeats(rows - different, rows);
  }
};
// `columns` those of the format whose items are counted.
Numbers numbers_ahead(const CsvReader& table, const HeaderKeys& keys,
                      std::span<const ColumnSpec> columns) {
  const auto places = keys.places(columns[static_cast<std::size_t>(EventColumn::item)]);
  std::map<std::string, std::int64_t, std::less<>> rows_of;
  std::set<std::vector<std::string>> seen;
  Numbers out;
  for (auto& row : table.sample(kAll)) {
    const std::size_t at = places.empty() ? kNoColumn : places[0];
    const std::string number(at < row.size() ? trim(row[at]) : std::string_view{});
    if (number.empty() || !seen.insert(std::move(row)).second) continue;
    ++out.rows;
    const std::int64_t times = ++rows_of[number];
    out.repeated += times == 2;
  }
  out.different = static_cast<std::int64_t>(rows_of.size());
  return out;
}

// Under names that others gave their columns, a list of tickets may look like an event file, too:
// in events an item stands in several rows.
bool is_a_log(const CsvReader& table, const HeaderKeys& keys) {
  // Our names, and those that no list of tickets has.
  static const std::array<ColumnSpec, 3> names = {
      {{"item", true, {"case concept name"}},
       {"at", true, {"transition date", "transitioned at", "time timestamp"}},
       {"state", true, {"new status", "to status", "new state", "to state", "concept name"}}}};
  return keys.count_missing(names) <= 1 || numbers_ahead(table, keys, event_columns()).repeat();
}

// The header has all columns of the audit: so has the list of tickets, with one row a ticket.
Detected audit_or_list(const CsvReader& table, const HeaderKeys& keys) {
  const std::string all = "the format is servicenow-audit: the header has all columns it needs";
  const auto& seq = servicenow_columns()[static_cast<std::size_t>(EventColumn::seq)];
  if (keys.has(seq)) return {Format::servicenow_audit, all};
  const Numbers found = numbers_ahead(table, keys, servicenow_columns());
  const std::int64_t repeats = found.rows - found.different;
  if (found.repeat())
    return {Format::servicenow_audit,
            fmt::format("{}, and numbers repeat: {} in the first {}", all,
                        counted(found.different, "number", "different numbers"),
                        counted(found.rows, "row", "rows"))};
  if (found.rows == 0 || !has_dates_of_tickets(keys)) return {Format::servicenow_audit, all};
  if (found.rows == 1)
    return {Format::tickets, "the format is tickets: its only number stands once"};
  return {Format::tickets,
          repeats == 0
              ? fmt::format("the format is tickets: each of the first {} numbers stands once: one "
                            "row a ticket",
                            grouped(found.rows))
              : fmt::format("the format is tickets: the first {} rows have {} different numbers: "
                            "nearly one row a ticket",
                            grouped(found.rows), grouped(found.different))};
}

// The format of tables that was asked for; none for auto.
std::optional<Format> format_said(std::string_view asked) {
  for (const Format format : {Format::events, Format::tickets, Format::servicenow_audit,
                              Format::deployments, Format::incidents, Format::ai_inventory})
    if (format_name(format) == asked) return format;
  return std::nullopt;
}

// The formats that have names of columns which no other has.
std::optional<Detected> known_by_its_names(const std::vector<std::string>& header) {
  if (is_ai_inventory(header))
    return Detected{Format::ai_inventory,
                    "the format is ai-inventory: the header names use cases, what they are for and "
                    "how far they are"};
  if (is_deployments(header))
    return Detected{Format::deployments,
                    "the format is deployments: the header names deployments and their times"};
  if (is_incidents(header))
    return Detected{Format::incidents,
                    "the format is incidents: the header names incidents and how they ended"};
  return std::nullopt;
}

Detected complete(Format format) {
  return {format, fmt::format("the format is {}: the header has all columns it needs",
                              format_name(format))};
}
Detected nearly(Format format, std::span<const ColumnSpec> columns) {
  const auto needed = std::ranges::count_if(columns, &ColumnSpec::required);
  return {format, fmt::format("the format is {}: the header has {} of the {} columns it needs",
                              format_name(format), needed - 1, needed)};
}
}  // namespace

std::string_view format_name(Format format) {
  constexpr std::string_view names[] = {"events", "events",      "tickets",   "servicenow-audit",
                                        "xes",    "deployments", "incidents", "ai-inventory"};
  return names[static_cast<int>(format)];
}

Result<FirstLook> look_at(std::string_view file, std::string_view sample, std::string_view asked) {
  if (std::ranges::find(kAsked, asked) == kAsked.end())
    return invalid(
        "ingest.unknown_format",
        fmt::format("there is no format '{}'{}", shown(asked), did_you_mean(asked, kAsked)),
        fmt::format("use one of: {}", fmt::join(kAsked, ", ")));
  if (sample.starts_with("PK\x03\x04"))
    return unknown(file, "is packed twice: a zip archive or a workbook inside gzip",
                   "unpack it once and give what is inside");
  if (sample.starts_with("%PDF"))
    return unknown(file, "is a PDF", "export the data behind it as CSV");
  const std::size_t first = sample.find_first_not_of(" \t\r\n");
  const char lead = first == std::string_view::npos ? '\0' : sample[first];
  const FirstLook look{lead == '<', lead == '{'};
  if (look.is_xml && is_web_page(sample.substr(first)))
    return unknown(file, "is a web page, often a log-in page, not the data",
                   "log in again and export the file; a table that was saved as a web page: open "
                   "it in a spreadsheet program and save it as .xlsx");
  if (lead == '[' && is_json_array(sample.substr(first)))
    return unknown(file, "is one JSON array", "write one event per line: jq -c '.[]' FILE");
  if (asked == "xes" && lead != '\0' && !look.is_xml)
    return unknown(file,
                   fmt::format("is not XML: it starts with '{}'", shown(sample.substr(first), 20)),
                   "leave the format to auto");
  if (look.is_xml && asked != "xes" && asked != "auto")
    return unknown(file, fmt::format("is XML, not {}", asked),
                   "leave the format to auto, or say xes");
  if (look.is_json && asked != "events" && asked != "auto")
    return unknown(file, fmt::format("is JSON, not {}", asked),
                   "leave the format to auto, or say events");
  return look;
}

Result<Detected> detect_table(std::string_view file, const CsvReader& table,
                              const std::vector<std::string>& header, std::string_view asked) {
  if (const auto said = format_said(asked))
    return Detected{*said, fmt::format("the format is {}, as was said", asked)};
  if (auto known = known_by_its_names(header)) return *std::move(known);
  const HeaderKeys keys(header);
  const std::size_t audit = keys.count_missing(servicenow_columns()),
                    events = keys.count_missing(event_columns()),
                    list = keys.count_missing(ticket_columns());
  if (audit == 0) return audit_or_list(table, keys);
  const bool is_log = is_a_log(table, keys);
  if (events == 0 && (is_log || list > 0)) return complete(Format::events);
  if (list == 0) return complete(Format::tickets);
  // All but one: a column is missing or misspelled, and the reader says which.
  if (audit == 1) return nearly(Format::servicenow_audit, servicenow_columns());
  if (events == 1 && is_log) return nearly(Format::events, event_columns());
  if (list == 1) return nearly(Format::tickets, ticket_columns());
  return unknown(file, fmt::format("has columns of no known format: {}", shown_names(header)),
                 "name the columns item, at and state (events), key and created (tickets), "
                 "deployment and finished (deployments), or say --format");
}

}  // namespace tiebeam::ingest
