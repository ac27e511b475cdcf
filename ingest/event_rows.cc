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
      if (bound_[column] != kNoColumn)
        places_.push_back({bound_[column], &text_of(static_cast<EventColumn>(column))});
    reading.at = StampColumn(spelled(EventColumn::at));
    reading.created = StampColumn(spelled(EventColumn::created));
  }
  EventRows(const EventRows&) = delete;

  Result<void> read_all(std::string_view constant_type) {
    event_.type = constant_type;
    for (;;) {
      TB_TRY(const bool found, table_.next());
      if (!found) break;
      read_row();
    }
    reading_.collector.drop_repeated();
    return {};
  }

 private:
  // Where the text of a column goes: into the event, or beside it when it is to be understood.
  std::string_view& text_of(EventColumn column) {
    switch (column) {
      case EventColumn::item:
        return event_.item;
      case EventColumn::at:
        return at_;
      case EventColumn::state:
        return event_.state;
      case EventColumn::created:
        return created_;
      case EventColumn::type:
        return event_.type;
      case EventColumn::assignee:
        return event_.assignee;
      case EventColumn::team:
        return event_.team;
      case EventColumn::title:
        return event_.title;
      case EventColumn::value_stream:
        return event_.value_stream;
      case EventColumn::initiative:
        return event_.initiative;
      case EventColumn::service:
        return event_.service;
      case EventColumn::priority:
        return event_.priority;
      case EventColumn::blocked:
        return blocked_;
      case EventColumn::seq:
        return seq_;
    }
    throw_bug("column", "there are fourteen", __FILE__, __LINE__);
  }
  // As the header spells it.
  [[nodiscard]] std::string spelled(EventColumn column) const {
    const std::size_t at = bound_[static_cast<std::size_t>(column)];
    return at == kNoColumn ? std::string() : table_.header()[at];
  }

  void take_texts() {
    for (const Place& place : places_) {
      const std::string_view found = trimmed(table_.field(place.field));
      *place.text = query_is_missing_ && found == "?" ? std::string_view{} : found;
    }
  }

  void require(EventColumn column, std::string_view expected) {
    if (text_of(column).empty())
      reading_.reject(event_.line, spelled(column), std::string_view{}, expected);
  }

  void read_row() {
    reading_.begin_row();
    event_.line = table_.line();
    if (const auto width = table_.width_fault())
      return reading_.reject(event_.line, "", *width,
                             fmt::format("{} fields, as in the header", table_.header().size()));
    take_texts();
    require(EventColumn::item, "the key of the work item");
    require(EventColumn::state, "a state");
    read_stamps();
    read_numbers();
    if (reading_.row_is_rejected) return;
    event_.identity = table_.identity();
    reading_.collector.add(event_);
  }

  void read_stamps() {
    event_.at = reading_.read_stamp(reading_.at, at_, event_.line).value_or(kMissing);
    if (created_.empty()) {
      event_.created = kMissing;
    } else {
      event_.created =
          reading_.read_stamp(reading_.created, created_, event_.line).value_or(kMissing);
    }
  }

  void read_numbers() {
    event_.seq = 0;
    if (!seq_.empty()) {
      const auto seq = parse_integer(seq_);
      if (!seq) reading_.reject(event_.line, spelled(EventColumn::seq), seq_, "a whole number");
      event_.seq = seq.value_or(0);
    }
    event_.blocked = false;
    if (!blocked_.empty()) {
      const auto blocked = parse_flag(blocked_);
      if (!blocked)
        reading_.reject(event_.line, spelled(EventColumn::blocked), blocked_, "true or false");
      event_.blocked = blocked.value_or(false);
    }
  }

  struct Place {
    std::size_t field;
    std::string_view* text;
  };
  Reading& reading_;
  CsvReader& table_;
  std::vector<std::size_t> bound_;
  std::vector<Place> places_;  // of the columns that the file has
  EventText event_;            // the row that was taken; what the file does not have stays empty
  std::string_view at_, created_, blocked_, seq_;
  bool query_is_missing_;
};
}  // namespace

// Beside our own names those of tools for process mining and of histories of changes. Never
// "status" or "updated": a list of tickets has them, too. Source: the attribute names of XES
// (IEEE 1849) as tables write them, and general words for the same, ours.
std::span<const ColumnSpec> event_columns() {
  static const std::array<ColumnSpec, kEventColumns> columns = {
      {{"item",
        true,
        {"item id", "work item", "work item id", "case id", "case", "case concept name",
         "case number", "case key", "trace", "trace id", "process id", "issue key", "issue id",
         "ticket id", "ticket number", "incident id", "request id", "vorgang", "vorgangsnummer"}},
       {"at",
        true,
        {"timestamp", "time stamp", "complete timestamp", "time timestamp", "event time",
         "event timestamp", "event date", "transition date", "transitioned at", "zeitstempel",
         "start timestamp"}},
       {"state",
        true,
        {"activity", "activity name", "activity id", "concept name", "event", "event name",
         "new status", "to status", "new state", "to state", "aktivität"}},
       {"created"},
       {"type"},
       {"assignee", false, {"resource", "org resource"}},
       {"team", false, {"org group"}},
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
  TB_TRY(auto bound, reading.bind(event_columns()));
  return EventRows(reading, table, std::move(bound), false).read_all("");
}

Result<void> read_servicenow(Reading& reading, CsvReader& table) {
  TB_TRY(auto bound, reading.bind(servicenow_columns()));
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
