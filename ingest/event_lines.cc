#include "ingest/event_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "ingest/event_rows.h"
#include "model/json.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kLongestLine = std::size_t{16} << 20;
constexpr char kFieldEnd = '\x1f', kRecordEnd = '\x1e';

// One object a line.
class EventLines {
 public:
  explicit EventLines(Reading& reading) : reading_(reading) {}

  Result<void> read_all();

 private:
  void read_line(std::string_view text);
  void read_object(const Json::Object& object);
  // Text, number or truth as text; a reject for lists and objects.
  std::string_view text(EventColumn column);
  std::string_view required(EventColumn column, std::string_view expected);
  [[nodiscard]] static std::uint64_t identity_of(const Json::Object& object);

  Reading& reading_;
  std::uint32_t line_ = 1;
  std::array<std::string, kEventColumns> texts_;
};

Result<void> EventLines::read_all() {
  TextStream& stream = reading_.stream;
  for (;;) {
    const std::string_view ahead = stream.text();
    const std::size_t end = ahead.find('\n');
    if (std::min(end, ahead.size()) > kLongestLine)
      return invalid("ingest.line_too_long",
                     fmt::format("'{}', line {} is longer than 16 MB", reading_.batch.file, line_),
                     "write one event per line");
    if (end == std::string_view::npos && !stream.at_end()) {
      TB_DO(stream.fill(line_));
      continue;
    }
    const std::string_view text = trim(ahead.substr(0, end));
    if (!text.empty()) read_line(text);
    if (end == std::string_view::npos) return {};
    stream.consume(end + 1);
    ++line_;
  }
}

void EventLines::read_line(std::string_view text) {
  reading_.begin_row();
  const auto json = parse_json(text);
  if (!json)
    return reading_.reject(line_, "", text,
                           fmt::format("a JSON object ({})", json.error().message));
  const Json::Object* object = json->if_object();
  if (!object) return reading_.reject(line_, "", text, "a JSON object");
  read_object(*object);
}

void EventLines::read_object(const Json::Object& object) {
  for (std::string& each : texts_) each.clear();
  const auto columns = event_columns();
  for (const auto& [key, value] : object) {
    const auto column = std::ranges::find(columns, std::string_view(key), &ColumnSpec::name);
    if (column == columns.end() || value.is_null()) continue;
    if (value.if_array() || value.if_object()) {
      reading_.reject(line_, key, fmt::format("a {}", value.kind()), "text");
      continue;
    }
    const std::string* text = value.if_string();
    texts_[static_cast<std::size_t>(column - columns.begin())] = text ? *text : write_json(value);
  }
  EventText event{.item = required(EventColumn::item, "the key of the work item"),
                  .state = required(EventColumn::state, "a state"),
                  .team = text(EventColumn::team),
                  .assignee = text(EventColumn::assignee),
                  .type = text(EventColumn::type),
                  .title = text(EventColumn::title),
                  .value_stream = text(EventColumn::value_stream),
                  .initiative = text(EventColumn::initiative),
                  .service = text(EventColumn::service),
                  .priority = text(EventColumn::priority),
                  .status = {},
                  .line = line_};
  event.at = reading_.read_stamp(reading_.at, text(EventColumn::at), line_).value_or(kMissing);
  if (const auto created = text(EventColumn::created); !created.empty())
    event.created = reading_.read_stamp(reading_.created, created, line_).value_or(kMissing);
  const auto seq = parse_integer(text(EventColumn::seq).empty() ? "0" : text(EventColumn::seq));
  const auto blocked = parse_flag(text(EventColumn::blocked));
  if (!seq) reading_.reject(line_, "seq", text(EventColumn::seq), "a whole number");
  if (!blocked) reading_.reject(line_, "blocked", text(EventColumn::blocked), "true or false");
  if (reading_.row_is_rejected) return;
  event.seq = *seq;
  event.blocked = *blocked;
  event.identity = identity_of(object);
  if (reading_.collector.is_new(event.identity)) reading_.collector.add(event);
}

std::string_view EventLines::text(EventColumn column) {
  return trim(texts_[static_cast<std::size_t>(column)]);
}

std::string_view EventLines::required(EventColumn column, std::string_view expected) {
  const std::string_view found = text(column);
  if (found.empty())
    reading_.reject(line_, event_columns()[static_cast<std::size_t>(column)].name, "", expected);
  return found;
}

// The order of the keys does not matter.
std::uint64_t EventLines::identity_of(const Json::Object& object) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : object)
    parts.push_back(key + kFieldEnd + write_json(value) + kRecordEnd);
  std::ranges::sort(parts);
  std::string canonical;
  for (const std::string& part : parts) canonical += part;
  return row_hash(canonical);
}
}  // namespace

Result<void> read_event_lines(Reading& reading) { return EventLines(reading).read_all(); }

}  // namespace tiebeam::ingest
