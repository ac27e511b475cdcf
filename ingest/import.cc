#include "ingest/import.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ingest/ai_uses.h"
#include "ingest/date_orders.h"
#include "ingest/deliveries.h"
#include "ingest/event_lines.h"
#include "ingest/event_rows.h"
#include "ingest/formats.h"
#include "ingest/header_row.h"
#include "ingest/reading.h"
#include "ingest/repeated_keys.h"
#include "ingest/sheet_source.h"
#include "ingest/state_maps.h"
#include "ingest/tickets.h"
#include "ingest/xes.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kRejectsInDetail = 20;
// Workflows have dozens of states, a company's together hundreds. A map is asked state by state.
constexpr std::size_t kMostStates = 10'000;

struct Opened {
  TextStream text;
  std::shared_ptr<SheetSource> sheet;
};

Result<Opened> open_text(const std::string& path, const Options& options) {
  TB_TRY(const std::optional<Encoding> encoding, encoding_said(options.encoding));
  UnpackLimits limits;
  limits.bytes = options.unpacked_limit;
  TB_TRY(ByteSource source, ByteSource::open(path, options.block_bytes, limits,
                                             {options.on_raw, options.on_progress}));
  std::shared_ptr<SheetSource> sheet;
  if (is_zip(source.head()) || is_ole(source.head())) {
    TB_TRY(sheet, SheetSource::open(source, options));
  }
  if (!sheet && !options.sheet.empty())
    return invalid("ingest.workbook_no_sheet",
                   fmt::format("'{}' is no workbook: it has no sheet '{}'", source.name(),
                               shown(options.sheet)),
                   "choose a sheet of workbooks only");
  TB_TRY(TextStream text,
         TextStream::open(std::move(source), options.block_bytes, sheet ? std::nullopt : encoding));
  return Opened{std::move(text), std::move(sheet)};
}

Result<CsvReader> open_table(Reading& reading) {
  if (reading.sheet) return CsvReader::open_sheet(reading.stream);
  TB_TRY(OpenTable opened,
         open_table(reading.stream, reading.options.delimiter, reading.options.columns));
  if (opened.rows_above > 0)
    reading.state(fmt::format(
        "the names of the columns stand in line {}; left out above it: {}", opened.table.line(),
        counted(static_cast<std::int64_t>(opened.rows_above), "row", "rows")));
  return std::move(opened.table);
}

Result<TicketStates> read_table(Reading& reading) {
  TB_TRY(CsvReader table, open_table(reading));
  reading.batch.columns = list_columns(table);
  if (!reading.sheet) reading.batch.delimiter = table.dialect().csv.delimiter;
  TB_TRY(reading.names, name_columns(reading.batch.file, table.header(), reading.options.columns));
  TB_TRY(const Detected detected,
         detect_table(reading.batch.file, table, reading.names.names, reading.options.format));
  reading.batch.format = format_name(detected.format);
  if (!reading.sheet) reading.state(table.dialect().statement);
  reading.state(detected.statement);
  TicketStates found;
  if (detected.format == Format::tickets) {
    reading.batch.is_ticket_list = true;
    TB_TRY(found, read_tickets(reading, table));
  } else if (detected.format == Format::deployments) {
    TB_DO(read_deployments(reading, table));
  } else if (detected.format == Format::incidents) {
    TB_DO(read_incidents(reading, table));
  } else if (detected.format == Format::ai_inventory) {
    TB_DO(read_ai_uses(reading, table));
  } else if (detected.format == Format::servicenow_audit) {
    TB_DO(read_servicenow(reading, table));
  } else {
    TB_DO(read_events(reading, table));
  }
  if (table.blank_rows() > 0)
    reading.state(
        fmt::format("{} left out", counted(table.blank_rows(), "blank row is", "blank rows are")));
  return found;
}

// Choices of columns have no meaning for formats without a header.
Result<void> refuse_choices(const Reading& reading) {
  if (reading.options.columns.empty()) return {};
  return invalid("ingest.missing_column",
                 fmt::format("'{}' has no column '{}' to choose: it is no table",
                             reading.batch.file, shown(reading.options.columns.begin()->first)),
                 "choose columns of tables only");
}

// Reads everything; what comes back is only what a ticket list says of its states.
Result<TicketStates> read_content(Reading& reading) {
  if (reading.sheet) {
    reading.batch.sheet = reading.sheet->name();
    reading.batch.sheets = reading.sheet->names();
    reading.batch.statements = reading.sheet->statements();
    return read_table(reading);
  }
  TB_TRY(const FirstLook look,
         look_at(reading.batch.file, reading.stream.text().substr(0, TextStream::kSample),
                 reading.options.format));
  if (look.is_xml || look.is_json) TB_DO(refuse_choices(reading));
  if (look.is_xml) {
    reading.batch.format = "xes";
    reading.state("the format is xes: the file is XML");
    TB_DO(read_xes(reading));
    return TicketStates{};
  }
  if (look.is_json) {
    reading.batch.format = "events";
    reading.state("the format is events in JSON lines: the file starts with '{'");
    TB_DO(read_event_lines(reading));
    return TicketStates{};
  }
  return read_table(reading);
}

void describe_source(Reading& reading) {
  Batch& batch = reading.batch;
  const Encoding encoding = reading.stream.encoding();
  batch.encoding = encoding_name(encoding);
  batch.bytes = reading.stream.source().raw_bytes();
  batch.sha256 = reading.stream.source().sha256();
  if (reading.stream.encoding_is_said())
    reading.state(fmt::format("the text is read as {}, as was said", batch.encoding));
  else if (encoding == Encoding::windows_1252)
    reading.warn(
        fmt::format("the text is read as windows-1252: byte 0x{:02X} is no UTF-8; where letters "
                    "look wrong, export as UTF-8",
                    reading.stream.odd_byte()));
  else if (encoding != Encoding::utf8)
    reading.state(fmt::format("the text is {}", batch.encoding));
  if (reading.stream.source().has_trailing_garbage())
    reading.warn("bytes behind the gzip data are left out");
}

// All date columns of a list are one system's: what was decided holds for each of them.
std::vector<DatesRead> spread_dates(std::vector<DatesRead> dates,
                                    const std::vector<std::string>& columns) {
  if (dates.size() != 1 || columns.size() < 2) return dates;
  std::vector<DatesRead> out;
  for (const std::string& column : columns) {
    out.push_back(dates[0]);
    out.back().column = column;
    out.back().evidence = fmt::format("in the dates of the file, {}", dates[0].evidence);
  }
  return out;
}

void tell_early_ends(Reading& reading, const EarlyEnds& ends) {
  if (ends.same_day > 0)
    reading.state(fmt::format(
        "{} on the day of creation, and the end has no time of day: it counts as the moment of "
        "creation",
        counted(ends.same_day, "ticket ends", "tickets end")));
  if (ends.earlier > 0)
    reading.warn(fmt::format(
        "{} before creation, the first in line {}: they count as open; check which column tells "
        "when a ticket ended, or mend the dates in the source",
        counted(ends.earlier, "ticket ends", "tickets end"), ends.line));
}

Result<void> resolve_times(Reading& reading) {
  Batch& batch = reading.batch;
  TB_TRY(DateOrders orders, decide_date_orders(reading.at, reading.created,
                                               {reading.options.date_order, reading.usual_order,
                                                batch.format, batch.file}));
  ZoneNotes zone = describe_zone_use(reading.at, reading.created, reading.options.zone,
                                     reading.options.zone_is_assumed);
  batch.dates = spread_dates(std::move(orders.dates), reading.created.columns());
  if (reading.sheet) reading.sheet->describe(batch);
  std::ranges::move(orders.statements, std::back_inserter(batch.statements));
  std::ranges::move(orders.warnings, std::back_inserter(batch.warnings));
  if (!reading.ai_uses) {  // days of an inventory have no zone
    std::ranges::move(zone.statements, std::back_inserter(batch.statements));
    std::ranges::move(zone.warnings, std::back_inserter(batch.warnings));
  }
  const DateOrder at =
      batch.is_ticket_list ? orders.created : orders.at;  // all its dates are one kind
  if (reading.deliveries) reading.deliveries->resolve(orders.created, reading.options.zone);
  if (reading.ai_uses) reading.ai_uses->resolve(orders.created);
  if (batch.is_ticket_list) tell_early_ends(reading, reading.collector.settle_ends(at));
  const ClockChanges changes =
      reading.collector.resolve({at, orders.created, &reading.options.zone});
  if (changes.repeated > 0)
    reading.warn(
        fmt::format("{} in the hour that clocks show twice in autumn: read in the item's own "
                    "order, else as the first",
                    counted(changes.repeated, "event lies", "events lie")));
  if (changes.missing > 0)
    reading.warn(fmt::format("{} in the hour that clocks skip in spring: moved forward by the gap",
                             counted(changes.missing, "event lies", "events lie")));
  return {};
}

// What a spreadsheet program did to the keys of a list, and which stand in several rows.
Result<void> check_keys(Reading& reading, const TicketStates& tickets) {
  const auto own = reading.created.order();
  const DateOrder order = own && *own != DateOrder::undecided ? *own : DateOrder::day_first;
  TB_TRY(auto warnings, tickets.keys.check(reading.batch.file, tickets.key_column, order));
  std::ranges::move(warnings, std::back_inserter(reading.batch.warnings));
  if (!reading.batch.is_ticket_list) return {};
  TB_TRY(auto repeated, check_repeated_keys(reading.collector.repeated_items(), reading.batch.file,
                                            tickets.key_column));
  if (repeated) reading.warn(*std::move(repeated));
  return {};
}

// A text of its own in row after row is no state.
Result<void> check_states(Reading& reading, const TicketStates& tickets) {
  const Dictionary& states = reading.collector.states().names;
  const std::size_t found = std::max(states.size() - 1, tickets.statuses.size());
  if (found <= kMostStates) return {};
  const std::string_view example =
      states.size() > kMostStates ? states.name(1) : std::string_view(tickets.statuses[0]);
  return invalid(
      "ingest.too_many_states",
      fmt::format("'{}' has {} different states, such as '{}'; {} are the most", reading.batch.file,
                  grouped(static_cast<std::int64_t>(found)), shown(example), grouped(kMostStates)),
      "check which column holds the state: another text seems to have its name");
}

void name_states(Reading& reading, const TicketStates& tickets) {
  Batch& batch = reading.batch;
  ChosenMap chosen =
      choose_state_map(batch.format, reading.options.state_map, reading.collector.states(),
                       tickets.statuses, tickets.evidence);
  batch.state_map = std::move(chosen.map);
  batch.state_map_is_guess = chosen.is_guess;
  batch.states = std::move(chosen.states);
  std::ranges::move(chosen.statements, std::back_inserter(batch.statements));
  std::ranges::move(chosen.warnings, std::back_inserter(batch.warnings));
  std::ranges::move(unfinished_warnings(tickets, batch.states), std::back_inserter(batch.warnings));
}

std::string listed(const std::vector<Reject>& rejects) {
  std::string out;
  for (std::size_t i = 0; i < std::min(rejects.size(), kRejectsInDetail); ++i) {
    const Reject& each = rejects[i];
    out +=
        fmt::format("{}line {}{}: found {}, expected {}", i == 0 ? "" : "\n", each.line,
                    each.column.empty() ? std::string() : fmt::format(", {}", each.column),
                    each.found.empty() ? std::string("nothing") : fmt::format("'{}'", each.found),
                    each.expected);
  }
  return out;
}

Result<void> settle_rejects(Reading& reading) {
  Batch& batch = reading.batch;
  if (batch.rejected == 0) return {};
  if (reading.options.skip_bad) {
    reading.warn(fmt::format("{} left out", counted(batch.rejected, "row that cannot be read is",
                                                    "rows that cannot be read are")));
    return {};
  }
  auto fault = Error{Kind::invalid,
                     "ingest.rejected",
                     fmt::format("'{}' has {} that cannot be read; nothing was taken", batch.file,
                                 counted(batch.rejected, "row", "rows")),
                     listed(batch.rejects),
                     "mend them in the source and export again, or leave them out with --skip-bad",
                     batch.rejects.empty() ? std::string() : batch.rejects.front().column};
  return std::unexpected(std::move(fault));
}

Result<void> read_all(Reading& reading) {
  TB_TRY(const TicketStates tickets, read_content(reading));
  describe_source(reading);
  TB_DO(settle_rejects(reading));
  Batch& batch = reading.batch;
  batch.repeated = reading.collector.repeated();
  if (batch.repeated > 0)
    reading.state(
        fmt::format("{} to the letter: left out",
                    counted(batch.repeated, "row repeats another", "rows repeat others")));
  TB_DO(resolve_times(reading));
  TB_DO(check_keys(reading, tickets));  // a log that was taken for a list has no ends either
  TB_DO(tickets.ends.check(reading));
  if (reading.deliveries) {
    batch.is_delivery = true;
    batch.accepted = reading.deliveries->rows();
    batch.tables = reading.deliveries->take_tables();
    return {};
  }
  if (reading.ai_uses) {
    batch.is_delivery = true;
    batch.accepted = reading.ai_uses->rows();
    batch.tables.push_back(std::move(reading.ai_uses->table));
    return {};
  }
  TB_DO(check_states(reading, tickets));
  name_states(reading, tickets);
  batch.accepted = static_cast<std::int64_t>(reading.collector.rows());
  batch.tables = reading.collector.take_tables();
  if (auto warning = one_row_an_item_warning(batch)) reading.warn(*std::move(warning));
  return {};
}

// Names of columns are the file's own words: what is told of them stays on its line.
void keep_on_line(std::string& told) { told = shown(told, told.size()); }

void keep_on_lines(Batch& batch) {
  std::ranges::for_each(batch.statements, keep_on_line);
  std::ranges::for_each(batch.warnings, keep_on_line);
}
}  // namespace

std::expected<Batch, Failure> read_file(const std::string& path, const Options& options) {
  auto text = open_text(path, options);
  if (!text) return std::unexpected(Failure{std::move(text).error(), {}, 0});
  Reading reading(options, std::move(text->text), std::move(text->sheet));
  reading.batch.file = reading.stream.source().name();
  reading.batch.encoding = encoding_name(reading.stream.encoding());
  auto done = read_all(reading);
  keep_on_lines(reading.batch);
  if (!done) {
    keep_on_line(done.error().message);
    return std::unexpected(Failure{std::move(done).error(), std::move(reading.batch.rejects),
                                   reading.batch.rejected, std::move(reading.batch)});
  }
  return std::move(reading.batch);
}

}  // namespace tiebeam::ingest
