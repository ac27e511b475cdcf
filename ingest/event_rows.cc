#include "ingest/event_rows.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {

// trim(), which almost no field needs.
std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  if (text.empty()) return text;
  return is_blank(text.front()) || is_blank(text.back()) ? trim(text) : text;
}

// The columns of one file, bound; reads its rows.
class EventRows {
 public:
  EventRows(Reading& reading, CsvReader& table, std::vector<std::size_t> bound,
            bool query_is_missing)
      : reading_(reading),
        table_(table),
        bound_(std::move(bound)),
        query_is_missing_(query_is_missing) {
    for (std::size_t column = 0; column < kEventColumns; ++column)
      if (bound_[column] != kNoColumn) there_.push_back(column);
    reading.at = StampColumn(spelled(EventColumn::at));
    reading.created = StampColumn(spelled(EventColumn::created));
  }

  Result<void> read_all(std::string_view constant_type) {
    for (;;) {
      TB_TRY(const bool found, table_.next());
      if (!found) break;
      read_row(constant_type);
    }
    reading_.collector.drop_repeated();
    return {};
  }

 private:
  // As the header spells it.
  [[nodiscard]] std::string spelled(EventColumn column) const {
    const std::size_t at = bound_[static_cast<std::size_t>(column)];
    return at == kNoColumn ? std::string() : table_.header()[at];
  }

  void take_texts() {
    for (const std::size_t column : there_) {
      const std::string_view found = trimmed(table_.field(bound_[column]));
      texts_[column] = query_is_missing_ && found == "?" ? std::string_view{} : found;
    }
  }

  // Of the row that was taken.
  [[nodiscard]] std::string_view text(EventColumn column) const {
    return texts_[static_cast<std::size_t>(column)];
  }

  std::string_view required(EventColumn column, std::string_view expected) {
    const std::string_view found = text(column);
    if (found.empty()) reading_.reject(table_.line(), spelled(column), found, expected);
    return found;
  }

  void read_row(std::string_view constant_type) {
    reading_.begin_row();
    const std::uint32_t line = table_.line();
    if (const auto width = table_.width_fault())
      return reading_.reject(line, "", *width,
                             fmt::format("{} fields, as in the header", table_.header().size()));
    take_texts();
    EventText event{.item = required(EventColumn::item, "the key of the work item"),
                    .state = required(EventColumn::state, "a state"),
                    .team = text(EventColumn::team),
                    .assignee = text(EventColumn::assignee),
                    .type = constant_type.empty() ? text(EventColumn::type) : constant_type,
                    .title = text(EventColumn::title),
                    .value_stream = text(EventColumn::value_stream),
                    .initiative = text(EventColumn::initiative),
                    .service = text(EventColumn::service),
                    .priority = text(EventColumn::priority),
                    .status = {},
                    .line = line};
    read_stamps(event);
    read_numbers(event);
    if (reading_.row_is_rejected) return;
    event.identity = table_.identity();
    reading_.collector.add(event);
  }

  void read_stamps(EventText& event) {
    event.at =
        reading_.read_stamp(reading_.at, text(EventColumn::at), event.line).value_or(kMissing);
    if (const std::string_view created = text(EventColumn::created); !created.empty())
      event.created = reading_.read_stamp(reading_.created, created, event.line).value_or(kMissing);
  }

  void read_numbers(EventText& event) {
    if (const std::string_view found = text(EventColumn::seq); !found.empty()) {
      const auto seq = parse_integer(found);
      if (!seq) reading_.reject(event.line, spelled(EventColumn::seq), found, "a whole number");
      event.seq = seq.value_or(0);
    }
    if (const std::string_view found = text(EventColumn::blocked); !found.empty()) {
      const auto blocked = parse_flag(found);
      if (!blocked)
        reading_.reject(event.line, spelled(EventColumn::blocked), found, "true or false");
      event.blocked = blocked.value_or(false);
    }
  }

  Reading& reading_;
  CsvReader& table_;
  std::vector<std::size_t> bound_, there_;
  std::array<std::string_view, kEventColumns> texts_;
  bool query_is_missing_;
};
}  // namespace

std::span<const ColumnSpec> event_columns() {
  static const std::array<ColumnSpec, kEventColumns> columns = {{{"item", true},
                                                                 {"at", true},
                                                                 {"state", true},
                                                                 {"created"},
                                                                 {"type"},
                                                                 {"assignee"},
                                                                 {"team"},
                                                                 {"title"},
                                                                 {"value_stream"},
                                                                 {"initiative"},
                                                                 {"service"},
                                                                 {"priority"},
                                                                 {"blocked"},
                                                                 {"seq"}}};
  return columns;
}

// A column named "" is in no file. Never closed_at, resolved_at or resolved_by: their final values
// stand on every row, also on those before them.
std::span<const ColumnSpec> servicenow_columns() {
  static const std::array<ColumnSpec, kEventColumns> columns = {
      {{"number", true},
       {"sys_updated_at", true, {"sys_updated_on"}},
       {"incident_state", true, {"state"}},
       {"opened_at"},
       {""},
       {"assigned_to"},
       {"assignment_group"},
       {"short_description"},
       {""},
       {""},
       {"business_service", false, {"cmdb_ci"}},
       {"priority"},
       {""},
       {"sys_mod_count"}}};
  return columns;
}

Result<void> read_events(Reading& reading, CsvReader& table) {
  TB_TRY(auto bound, bind_columns(reading.batch.file, table.header(), event_columns()));
  return EventRows(reading, table, std::move(bound), false).read_all("");
}

Result<void> read_servicenow(Reading& reading, CsvReader& table) {
  TB_TRY(auto bound, bind_columns(reading.batch.file, table.header(), servicenow_columns()));
  reading.usual_order = DateOrder::day_first;
  if (bound[static_cast<std::size_t>(EventColumn::created)] == kNoColumn)
    reading.warn("there is no column 'opened_at': an item counts as created with its first event");
  if (bound[static_cast<std::size_t>(EventColumn::seq)] == kNoColumn)
    reading.warn(
        "there is no column 'sys_mod_count': events of one minute stay in the order of the file");
  return EventRows(reading, table, std::move(bound), true).read_all("incident");
}

std::optional<std::string> one_row_an_item_warning(const Batch& batch) {
  constexpr std::size_t kFewItems = 20;
  const std::size_t rows = batch.tables[0].rows();
  const std::size_t items = batch.tables[0].column("item").names.size() - 1;  // the first is ""
  if (batch.format != "servicenow-audit" || rows != items || items < kFewItems) return std::nullopt;
  return fmt::format(
      "each of the {} rows is another item: the file has one row an item, so nothing between "
      "creation and end can be measured; if it is a list of tickets, say --format tickets",
      grouped(static_cast<std::int64_t>(rows)));
}

std::optional<bool> parse_flag(std::string_view text) {
  const std::string word = to_lower_ascii(trim(text));
  for (const std::string_view yes : {"true", "yes", "1", "x", "y", "ja", "oui", "si"})
    if (word == yes) return true;
  for (const std::string_view no : {"", "false", "no", "0", "n", "nein", "non", "nee"})
    if (word == no) return false;
  return std::nullopt;
}

}  // namespace tiebeam::ingest
