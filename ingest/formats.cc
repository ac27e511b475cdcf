#include "ingest/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "ingest/ai_uses.h"
#include "ingest/deliveries.h"
#include "ingest/event_rows.h"
#include "ingest/reading.h"
#include "ingest/ticket_names.h"

namespace tiebeam::ingest {
namespace {
const std::vector<std::string_view> kAsked = {
    "auto", "events",      "tickets",   "servicenow-audit",
    "xes",  "deployments", "incidents", "ai-inventory"};
constexpr std::size_t kSampleRows = 1000;
// A list that was exported in pages may repeat a ticket. The audit log of sample/, sorted by time
// and without its sequence, repeats a number in 24 to 58 of 100 rows. Source: ours.
constexpr std::int64_t kMostRepeatsPercent = 2;

std::unexpected<Error> unknown(std::string_view file, std::string what, std::string hint) {
  return invalid("ingest.unknown_format", fmt::format("'{}' {}", file, what), std::move(hint));
}

std::string shown_names(const std::vector<std::string>& header) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(header.size(), 12); ++i)
    out += fmt::format("{}'{}'", i == 0 ? "" : ", ", shown(header[i], 40));
  return header.size() > 12 ? out + ", ..." : out;
}

struct Candidate {
  Format format;
  std::span<const ColumnSpec> columns;
  std::size_t found = 0;
  [[nodiscard]] std::size_t needed() const {
    return static_cast<std::size_t>(std::ranges::count_if(columns, &ColumnSpec::required));
  }
};

bool has(const std::vector<std::string>& header, const ColumnSpec& spec) {
  return place_of_column(header, spec) != kNoColumn;
}

bool has_dates_of_tickets(const std::vector<std::string>& header) {
  return std::ranges::any_of(
      std::array{TicketColumn::created, TicketColumn::resolved, TicketColumn::closed},
      [&](TicketColumn column) {
        return has(header, ticket_columns()[static_cast<std::size_t>(column)]);
      });
}

struct Numbers {
  std::int64_t rows = 0, different = 0;
};
// `columns` those of the format whose items are counted.
Numbers numbers_ahead(const CsvReader& table, const std::vector<std::string>& header,
                      std::span<const ColumnSpec> columns) {
  const std::size_t at =
      place_of_column(header, columns[static_cast<std::size_t>(EventColumn::item)]);
  std::set<std::string> seen;
  Numbers out;
  for (const auto& row : table.sample(kSampleRows)) {
    const std::string_view number = at < row.size() ? trim(row[at]) : std::string_view{};
    if (number.empty()) continue;
    ++out.rows;
    out.different += seen.emplace(number).second;
  }
  return out;
}

bool repeat(const Numbers& found) {
  return (found.rows - found.different) * 100 > found.rows * kMostRepeatsPercent;
}

// Under names that others gave their columns, a list of tickets may look like an event file, too:
// in events an item stands in several rows.
bool is_a_log(const CsvReader& table, const std::vector<std::string>& header) {
  const std::size_t ours = count_required(
      header, std::array<ColumnSpec, 3>{{{"item", true}, {"at", true}, {"state", true}}});
  return ours >= 2 || repeat(numbers_ahead(table, header, event_columns()));
}

// The header has all columns of the audit: so has the list of tickets, with one row a ticket.
Detected audit_or_list(const CsvReader& table, const std::vector<std::string>& header) {
  const std::string all = "the format is servicenow-audit: the header has all columns it needs";
  const auto& seq = servicenow_columns()[static_cast<std::size_t>(EventColumn::seq)];
  if (has(header, seq)) return {Format::servicenow_audit, all};
  const Numbers found = numbers_ahead(table, header, servicenow_columns());
  const std::int64_t repeats = found.rows - found.different;
  if (repeat(found))
    return {Format::servicenow_audit,
            fmt::format("{}, and numbers repeat: {} in the first {}", all,
                        counted(found.different, "number", "different numbers"),
                        counted(found.rows, "row", "rows"))};
  if (found.rows == 0 || !has_dates_of_tickets(header)) return {Format::servicenow_audit, all};
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
  if (lead == '[')
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
  if (asked == "events") return Detected{Format::events, "the format is events, as was said"};
  if (asked == "tickets") return Detected{Format::tickets, "the format is tickets, as was said"};
  if (asked == "servicenow-audit")
    return Detected{Format::servicenow_audit, "the format is servicenow-audit, as was said"};
  if (asked == "deployments")
    return Detected{Format::deployments, "the format is deployments, as was said"};
  if (asked == "incidents")
    return Detected{Format::incidents, "the format is incidents, as was said"};
  if (asked == "ai-inventory")
    return Detected{Format::ai_inventory, "the format is ai-inventory, as was said"};
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
  std::array candidates = {Candidate{Format::servicenow_audit, servicenow_columns()},
                           Candidate{Format::events, event_columns()},
                           Candidate{Format::tickets, ticket_columns()}};
  const Candidate* best = nullptr;
  for (Candidate& each : candidates) {
    each.found = count_required(header, each.columns);
    if (each.found == each.needed() && each.format == Format::servicenow_audit)
      return audit_or_list(table, header);
    const bool may_be_a_list = each.format == Format::events && !is_a_log(table, header);
    const bool has_all_of_a_list =
        count_required(header, candidates[2].columns) == candidates[2].needed();
    if (may_be_a_list && (each.found < each.needed() || has_all_of_a_list)) continue;
    if (each.found == each.needed())
      return Detected{each.format,
                      fmt::format("the format is {}: the header has all columns it needs",
                                  format_name(each.format))};
    // All but one: a column is missing or misspelled, and the reader says which.
    if (each.found > 0 && each.found + 1 == each.needed() &&
        (best == nullptr || each.found > best->found))
      best = &each;
  }
  if (best != nullptr)
    return Detected{best->format,
                    fmt::format("the format is {}: the header has {} of the {} columns it needs",
                                format_name(best->format), best->found, best->needed())};
  return unknown(file, fmt::format("has columns of no known format: {}", shown_names(header)),
                 "name the columns item, at and state (events), key and created (tickets), "
                 "deployment and finished (deployments), or say --format");
}

}  // namespace tiebeam::ingest
