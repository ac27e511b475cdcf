#include "ingest/xes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/hash.h"
#include "base/text.h"
#include "ingest/xml_scanner.h"

namespace tiebeam::ingest {
namespace {
constexpr std::string_view kName = "concept:name", kTime = "time:timestamp",
                           kLifecycle = "lifecycle:transition", kGroup = "org:group",
                           kResource = "org:resource";
constexpr char kFieldEnd = '\x1f', kRecordEnd = '\x1e';
// Depth of the elements that count; what lies deeper is nested metadata and skipped.
constexpr std::size_t kLogDepth = 1, kTraceDepth = 2, kEventDepth = 3, kAttributeDepth = 4;

// Tables that programs call .xls: one of HTML without its page, or SpreadsheetML of 2003.
bool is_saved_table(std::string_view root) {
  constexpr std::string_view roots[] = {"table", "workbook"};
  return std::ranges::find(roots, to_lower_ascii(root)) != std::end(roots);
}

class LogReader {
 public:
  explicit LogReader(Reading& reading) : reading_(reading) {
    reading.at = StampColumn(std::string(kTime));
  }

  Result<void> read_all();

 private:
  Result<XmlScanner::Step> step();
  Result<void> opened();
  void closed();
  void take_attribute(bool is_of_event);
  void end_event();
  [[nodiscard]] bool has_rich_lifecycle() const;
  void name_states(bool with_lifecycle);

  Reading& reading_;
  XmlScanner scanner_;
  bool in_trace_ = false, in_event_ = false;
  std::string trace_;
  std::int64_t events_in_trace_ = 0, empty_traces_ = 0, loose_events_ = 0;
  Packed last_at_ = kMissing;  // of the trace's event before
  struct Event {
    std::string name, time, lifecycle, group, resource, canonical;
    std::uint32_t line = 0;
  } event_;
  Dictionary lifecycles_;
  std::vector<std::uint32_t> lifecycle_of_;  // per row of the collector
};

Result<XmlScanner::Step> LogReader::step() {
  TextStream& stream = reading_.stream;
  for (;;) {
    const XmlScanner::Step step = scanner_.next();
    if (step == XmlScanner::Step::fault) {
      Error fault = scanner_.fault();
      fault.message = fmt::format("'{}', {}", reading_.batch.file, fault.message);
      return std::unexpected(std::move(fault));
    }
    if (step != XmlScanner::Step::need_more) return step;
    stream.consume(scanner_.consumed());
    TB_DO(stream.fill(scanner_.next_line()));
    scanner_.feed(stream.text(), stream.at_end());
  }
}

Result<void> LogReader::opened() {
  const std::size_t depth = scanner_.depth();
  if (depth == kLogDepth && scanner_.name() != "log")
    return invalid("ingest.not_xes",
                   fmt::format("'{}' is XML, but not an event log: its element is <{}>",
                               reading_.batch.file, shown(scanner_.name())),
                   is_saved_table(scanner_.name())
                       ? "it is a table saved under another name: open it in a spreadsheet program "
                         "and save it as .xlsx"
                       : "give an XES file: <log> with <trace> and <event>");
  if (depth == kTraceDepth && scanner_.name() == "trace") {
    in_trace_ = true;
    trace_.clear();
    events_in_trace_ = 0;
    last_at_ = kMissing;
  } else if (depth == kTraceDepth && scanner_.name() == "event") {
    ++loose_events_;
  } else if (depth == kEventDepth && in_trace_ && scanner_.name() == "event") {
    in_event_ = true;
    for (std::string* each : {&event_.name, &event_.time, &event_.lifecycle, &event_.group,
                              &event_.resource, &event_.canonical})
      each->clear();
    event_.line = scanner_.line();
  } else if (depth == kEventDepth && in_trace_) {
    take_attribute(false);
  } else if (depth == kAttributeDepth && in_event_) {
    take_attribute(true);
  }
  return {};
}

void LogReader::take_attribute(bool is_of_event) {
  const auto key = scanner_.attribute("key"), value = scanner_.attribute("value");
  if (!key || !value) return;
  if (!is_of_event) {
    if (*key == kName) trace_ = trim(*value);
    return;
  }
  event_.canonical.append(*key) += kFieldEnd;
  event_.canonical.append(*value) += kRecordEnd;
  const std::array<std::pair<std::string_view, std::string*>, 5> wanted = {
      {{kName, &event_.name},
       {kTime, &event_.time},
       {kLifecycle, &event_.lifecycle},
       {kGroup, &event_.group},
       {kResource, &event_.resource}}};
  for (const auto& [name, into] : wanted)
    if (*key == name) *into = trim(*value);
}

void LogReader::closed() {
  const std::size_t depth = scanner_.depth();
  if (depth == kEventDepth && in_event_) {
    in_event_ = false;
    end_event();
  } else if (depth == kTraceDepth && in_trace_) {
    in_trace_ = false;
    empty_traces_ += events_in_trace_ == 0;
  }
}

void LogReader::end_event() {
  reading_.begin_row();
  const std::int64_t position = events_in_trace_++;
  if (trace_.empty())
    reading_.reject(event_.line, kName, "", "a name of the trace before its first event");
  if (event_.name.empty()) reading_.reject(event_.line, kName, "", "the name of the event");
  const Packed at = reading_.read_stamp(reading_.at, event_.time, event_.line).value_or(kMissing);
  if (reading_.row_is_rejected) return;
  event_.canonical.append(trace_);
  const std::uint64_t identity = row_hash(event_.canonical);
  if (!reading_.collector.is_new(identity)) return;
  EventText event;
  event.item = trace_;
  event.state = event_.name;
  event.team = event_.group;
  event.assignee = event_.resource;
  event.at = at;
  // The order of the file is the order of the events; a sequence is needed only within one instant.
  event.seq = at == last_at_ ? position : 0;
  event.line = event_.line;
  event.identity = identity;
  reading_.collector.add(event);
  lifecycle_of_.push_back(lifecycles_.intern(event_.lifecycle));
  last_at_ = at;
}

bool LogReader::has_rich_lifecycle() const {
  return std::ranges::any_of(lifecycles_.names(), [](std::string_view name) {
    const std::string lower = to_lower_ascii(name);
    return !lower.empty() && lower != "start" && lower != "complete";
  });
}

void LogReader::name_states(bool with_lifecycle) {
  if (!with_lifecycle) return;
  Column& states = reading_.collector.states();
  Dictionary names;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known;
  for (std::size_t row = 0; row < states.narrow.size(); ++row) {
    const auto [place, is_new] = known.try_emplace({states.narrow[row], lifecycle_of_[row]}, 0);
    if (is_new) {
      const std::string_view lifecycle = lifecycles_.name(lifecycle_of_[row]);
      const std::string_view name = states.names.name(states.narrow[row]);
      place->second = names.intern(lifecycle.empty() ? std::string(name)
                                                     : fmt::format("{}+{}", name, lifecycle));
    }
    states.narrow.set(row, place->second);
  }
  states.names = std::move(names);
}

Result<void> LogReader::read_all() {
  scanner_.feed(reading_.stream.text(), reading_.stream.at_end());
  for (;;) {
    TB_TRY(const XmlScanner::Step now, step());
    if (now == XmlScanner::Step::end) break;
    if (now == XmlScanner::Step::open) TB_DO(opened());
    if (now == XmlScanner::Step::close) closed();
  }
  const bool is_rich = has_rich_lifecycle();
  const std::string& said = reading_.options.state_from;
  name_states(said.empty() ? is_rich : said == "name+lifecycle");
  if (!said.empty()) {
    reading_.state(fmt::format("the state is {}, as was said", said));
  } else {
    reading_.state(is_rich ? fmt::format("the state is name+lifecycle: lifecycles go beyond start "
                                         "and complete ({} of them)",
                                         lifecycles_.size() - 1)
                           : std::string("the state is the event's name: lifecycles tell no more "
                                         "than start and complete"));
  }
  if (empty_traces_ > 0)
    reading_.warn(
        fmt::format("{} no events: left out", counted(empty_traces_, "trace has", "traces have")));
  if (loose_events_ > 0)
    reading_.warn(
        fmt::format("{} in no trace: left out", counted(loose_events_, "event is", "events are")));
  return {};
}
}  // namespace

Result<void> read_xes(Reading& reading) {
  constexpr std::string_view choices[] = {"", "name", "name+lifecycle"};
  const std::string& said = reading.options.state_from;
  if (std::ranges::find(choices, said) == std::end(choices))
    return invalid("ingest.bad_option",
                   fmt::format("the state cannot be taken from '{}'{}", shown(said),
                               did_you_mean(said, {"name", "name+lifecycle"})),
                   "say name or name+lifecycle");
  return LogReader(reading).read_all();
}

}  // namespace tiebeam::ingest
