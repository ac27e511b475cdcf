#include "rooms/flow/engine/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <unordered_map>

#include "base/text.h"
#include "model/state_map_toml.h"
#include "model/work_type_words.h"
#include "rooms/flow/engine/purpose.h"

namespace tiebeam::flow {
namespace {

constexpr std::array<std::string_view, kMeanings> kMeaningNames = {
    "backlog", "wait", "active", "blocked", "done", "cancelled", "unknown"};

// The columns of the transition table, found once.
struct Columns {
  const PackedVector<std::uint32_t>&item, &state, &team, &person, &flag;
  const PackedVector<std::int64_t>&at, &seq;
  explicit Columns(const EventTable& table)
      : item(table.column("item").narrow),
        state(table.column("state").narrow),
        team(table.column("team").narrow),
        person(table.column("assignee").narrow),
        flag(table.column("blocked").narrow),
        at(table.column("at").wide),
        seq(table.column("seq").wide) {}
};

ResolvedMap resolve(StateMap map, const Dictionary& states) {
  ResolvedMap out;
  out.has_order = !map.order.empty();
  for (const std::string_view name : states.names()) {
    const std::optional<StateClass> known = map.class_of(name);
    out.meaning.push_back(known ? static_cast<Meaning>(*known) : Meaning::unknown);
    const bool has_stage = known && *known != StateClass::blocked;
    out.stage.push_back(has_stage ? map.stage_of(name) : -1);
  }
  bool was_active = false;
  bool waited = false;
  for (const std::string& stage : map.order) {
    const auto meaning = map.class_of(stage);
    if (meaning == StateClass::active) {
      out.has_wait_stage_inside = out.has_wait_stage_inside || waited;
      was_active = true;
    }
    waited = waited || (was_active && meaning == StateClass::wait);
  }
  out.map = std::move(map);
  return out;
}

// Builds a FlowLog step by step.
class Reader {
 public:
  Reader(const Snapshot& snapshot, Instant as_of) : snapshot_(snapshot) {
    log_.snapshot = &snapshot;
    log_.transitions = snapshot.table("transition");
    log_.facts = snapshot.table("item_fact");
    log_.as_of = as_of;
    limit_ = as_of.time_since_epoch().count();
  }

  FlowLog read() {
    read_streams();
    if (!log_.transitions || log_.transitions->rows() == 0) return std::move(log_);
    number_imports(*log_.transitions, import_of_);
    count_rows();
    place_rows();
    read_facts();
    read_records();
    choose_maps();
    find_truncated();
    tie_to_priorities();
    tell_unborn();
    sort_items();
    return std::move(log_);
  }

 private:
  void read_streams() {
    log_.streams.emplace_back();
    log_.streams.back().zone = snapshot_.organisation.zone;
    for (const ValueStream& record : snapshot_.all<ValueStream>()) {
      Stream stream;
      stream.id = record.id;
      stream.name = record.name.empty() ? record.id : record.name;
      stream.zone = snapshot_.organisation.zone;
      stream.expectation_days = record.expectation_days;
      stream.expectation_share = record.expectation_share.value_or(0.85);
      stream.wip_limit = record.wip_limit;
      stream.cost_of_delay_a_day = record.cost_of_delay_a_day;
      stream.calendar_id = record.calendar.str();
      if (!record.calendar.empty()) read_calendar(stream);
      stream_index_.emplace(record.id, static_cast<std::uint32_t>(log_.streams.size()));
      stream_maps_.resize(log_.streams.size());
      stream_maps_.push_back(record.state_map);
      log_.streams.push_back(std::move(stream));
    }
    stream_maps_.resize(log_.streams.size());
  }

  void read_calendar(Stream& stream) {
    const Record* record = snapshot_.find("calendar", stream.calendar_id);
    if (!record)
      return log_.faults.push_back("no calendar '" + stream.calendar_id + "' is on record");
    const auto calendar = to_struct<WorkCalendar>(*record);
    stream.zone = calendar.zone;
    const Result<Week> week = parse_week(calendar.hours);
    if (!week) return log_.faults.push_back(week.error().message);
    std::vector<Day> holidays;
    for (const std::string& text : calendar.holidays) {
      const Result<Day> day = parse_day(text);
      if (day)
        holidays.push_back(*day);
      else
        log_.faults.push_back("calendar '" + stream.calendar_id + "': " + day.error().message);
    }
    using std::chrono::year;
    const Day first{year{kFirstYear}, std::chrono::January, std::chrono::day{1}};
    const Day last = day_of(log_.as_of + std::chrono::days{2});
    auto made = Calendar::create(snapshot_.zone(calendar.zone), *week, holidays, first, last);
    if (made)
      stream.calendar = *std::move(made);
    else
      log_.faults.push_back(made.error().message);
  }

  // Index in snapshot.imports of every row of `table`, kNone where its import is not on record.
  void number_imports(const EventTable& table, std::vector<std::uint32_t>& out) const {
    out.assign(table.rows(), kNone);
    for (const ImportSpan& span : table.spans) {
      const Import* import = snapshot_.import(span.import_id);
      const auto index =
          import ? static_cast<std::uint32_t>(import - snapshot_.imports.data()) : kNone;
      std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(span.first), span.rows, index);
    }
  }
  [[nodiscard]] bool is_list(std::uint32_t import) const {
    return import != kNone && snapshot_.imports[import].is_ticket_list;
  }

  // Finds the newest ticket list of each item and counts the rows that count.
  void count_rows() {
    const Columns columns(*log_.transitions);
    const std::size_t ids = log_.transitions->column("item").names.size();
    counts_.assign(ids + 1, 0);
    const bool any_list = std::ranges::any_of(snapshot_.imports, &Import::is_ticket_list);
    if (any_list) {
      newest_list_.assign(ids, kNone);
      for (std::size_t row = 0; row < columns.at.size(); ++row) {
        std::uint32_t& newest = newest_list_[columns.item[row]];
        if (is_list(import_of_[row]) && (newest == kNone || import_of_[row] > newest)) {
          newest = import_of_[row];
        }
      }
    }
    for (std::size_t row = 0; row < columns.at.size(); ++row) {
      if (columns.at[row] > limit_ || columns.item[row] == 0) continue;
      if (is_superseded(columns.item[row], import_of_[row]))
        ++log_.superseded_rows;
      else
        ++counts_[columns.item[row] + 1];
    }
  }
  [[nodiscard]] bool is_superseded(std::uint32_t item, std::uint32_t import) const {
    return !newest_list_.empty() && is_list(import) && newest_list_[item] != import;
  }

  // Counting sort by item, then each item's touches into their total order.
  void place_rows() {
    const Columns columns(*log_.transitions);
    std::partial_sum(counts_.begin(), counts_.end(), counts_.begin());
    log_.touches.resize(counts_.back());
    std::vector<std::uint32_t> next(counts_.begin(), counts_.end() - 1);
    item_index_.assign(next.size(), kNone);
    for (std::size_t row = 0; row < columns.at.size(); ++row) {
      const std::uint32_t id = columns.item[row];
      if (columns.at[row] > limit_ || id == 0 || is_superseded(id, import_of_[row])) continue;
      log_.touches[next[id]++] = {columns.at[row],     static_cast<std::uint32_t>(row),
                                  columns.state[row],  columns.team[row],
                                  columns.person[row], columns.flag[row] != 0};
    }
    const auto before = [&](const Touch& a, const Touch& b) {
      if (a.at != b.at) return a.at < b.at;
      const std::int64_t left = columns.seq[a.row];
      const std::int64_t right = columns.seq[b.row];
      return left != right ? left < right : a.row < b.row;
    };
    for (std::uint32_t id = 1; id < next.size(); ++id) {
      const auto first = log_.touches.begin() + counts_[id];
      const auto last = log_.touches.begin() + counts_[id + 1];
      if (first == last) continue;
      if (!std::is_sorted(first, last, before)) std::sort(first, last, before);
      Item item;
      item.key = id;
      item.first = counts_[id];
      item.count = counts_[id + 1] - counts_[id];
      look_at_imports(item);
      item_index_[id] = static_cast<std::uint32_t>(log_.items.size());
      log_.items.push_back(item);
    }
  }

  void look_at_imports(Item& item) const {
    item.import = kNone;
    item.is_ticket = true;
    for (std::uint32_t i = 0; i < item.count; ++i) {
      const std::uint32_t import = import_of_[log_.touches[item.first + i].row];
      item.is_ticket = item.is_ticket && is_list(import);
      if (import != kNone && (item.import == kNone || import > item.import)) item.import = import;
    }
  }

  // The newest fact of each kind that is known at the as-of, field by field.
  void read_facts() {
    stream_of_.assign(log_.items.size(), kNone);
    initiative_of_.assign(log_.items.size(), 0);
    if (!log_.facts) return;
    const EventTable& table = *log_.facts;
    std::vector<std::uint32_t> imports;
    number_imports(table, imports);
    const Dictionary& ours = log_.transitions->column("item").names;
    const Column& item = table.column("item");
    std::vector<std::uint32_t> known(item.names.size(), kNone);
    for (std::uint32_t id = 1; id < known.size(); ++id) {
      const std::uint32_t found = ours.find(item.names.name(id));
      if (found != 0) known[id] = item_index_[found];
    }
    const PackedVector<std::int64_t>& at = table.column("at").wide;
    const PackedVector<std::int64_t>& created = table.column("created").wide;
    const Column& type = table.column("type");
    const Column& stream = table.column("value_stream");
    const Column& initiative = table.column("initiative");
    constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min();
    std::vector<std::array<std::int64_t, 4>> newest(log_.items.size(),
                                                    {kNever, kNever, kNever, kNever});
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::uint32_t index = known[item.narrow[row]];
      if (index == kNone || at[row] > limit_) continue;
      Item& held = log_.items[index];
      if (is_superseded(held.key, imports[row])) continue;
      const auto is_newer = [&](std::size_t field, bool given) {
        if (!given || at[row] < newest[index][field]) return false;
        newest[index][field] = at[row];
        return true;
      };
      if (is_newer(0, created[row] != kMissing)) {
        held.created = created[row];
        held.fact_row = static_cast<std::uint32_t>(row);
      }
      if (is_newer(1, type.narrow[row] != 0)) held.type = type_of(type, type.narrow[row]);
      if (is_newer(2, stream.narrow[row] != 0))
        stream_of_[index] = stream_named(stream, stream.narrow[row]);
      if (is_newer(3, initiative.narrow[row] != 0)) initiative_of_[index] = initiative.narrow[row];
    }
  }

  WorkType type_of(const Column& column, std::uint32_t id) {
    types_.resize(column.names.size(), kUnread);
    if (types_[id] == kUnread) types_[id] = static_cast<int>(work_type_of(column.names.name(id)));
    return static_cast<WorkType>(types_[id]);
  }
  std::uint32_t stream_named(const Column& column, std::uint32_t id) {
    stream_names_.resize(column.names.size(), kUnread);
    if (stream_names_[id] == kUnread) {
      stream_names_[id] = static_cast<int>(stream_called(column.names.name(id)));
    }
    return static_cast<std::uint32_t>(stream_names_[id]);
  }
  // A stream by its slug or by a name that gives that slug. Work may name a stream that nobody
  // described.
  std::uint32_t stream_called(std::string_view name) {
    if (name.empty()) return 0;
    const std::string slug = is_slug(name) ? std::string(name) : slugify(name);
    const auto [known, is_new] =
        stream_index_.emplace(slug, static_cast<std::uint32_t>(log_.streams.size()));
    if (is_new) {
      Stream stream;
      stream.id = slug;
      stream.name = name;
      stream.zone = snapshot_.organisation.zone;
      log_.streams.push_back(std::move(stream));
      stream_maps_.emplace_back();
    }
    return known->second;
  }

  // What people wrote down about single items wins over what the source says.
  void read_records() {
    const Dictionary& keys = log_.transitions->column("item").names;
    for (const WorkItem& record : snapshot_.all<WorkItem>()) {
      std::uint32_t index = record.key.empty() ? kNone : item_at(keys.find(record.key));
      if (index == kNone) index = item_of_slug(record.id);
      if (index == kNone) continue;
      if (record.type != WorkType::unmapped) log_.items[index].type = record.type;
      if (!record.value_stream.empty())
        stream_of_[index] = stream_called(record.value_stream.str());
      if (!record.initiative.empty()) own_initiative_[index] = record.initiative.str();
    }
    for (std::size_t i = 0; i < log_.items.size(); ++i) {
      Item& item = log_.items[i];
      if (stream_of_[i] != kNone)
        item.stream = stream_of_[i];
      else if (item.import != kNone)
        item.stream = stream_called(snapshot_.imports[first_import_of(item)].value_stream);
    }
  }
  // The import an item came with first: it stays in that import's stream. REQUIRES: item.import is
  // known.
  [[nodiscard]] std::uint32_t first_import_of(const Item& item) const {
    std::uint32_t first = item.import;
    for (std::uint32_t i = 0; i < item.count; ++i) {
      first =
          std::min(first, import_of_[log_.touches[item.first + i].row]);  // kNone is the largest
    }
    return first;
  }
  [[nodiscard]] std::uint32_t item_at(std::uint32_t key) const {
    return key == 0 ? kNone : item_index_[key];
  }
  std::uint32_t item_of_slug(const std::string& slug) {
    if (slugs_.empty()) {
      for (std::uint32_t i = 0; i < log_.items.size(); ++i) {
        slugs_.emplace(slugify(log_.key_of(log_.items[i])), i);
      }
    }
    const auto found = slugs_.find(slug);
    return found == slugs_.end() ? kNone : found->second;
  }

  void choose_maps() {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> chosen;
    for (Item& item : log_.items) {
      const auto [known, is_new] = chosen.try_emplace({item.stream, item.import}, 0);
      if (is_new) known->second = map_for(item);
      item.map = known->second;
    }
  }
  std::uint32_t map_for(const Item& item) {
    const std::string& own = stream_maps_[item.stream];
    if (!own.empty()) {
      if (const auto found = map_of(own, "value stream '" + log_.streams[item.stream].id + "'"))
        return *found;
    }
    if (item.import != kNone) {
      const Import& import = snapshot_.imports[item.import];
      if (const auto found = map_of(import.state_map, "import '" + import.id + "'")) return *found;
    }
    return *map_of("", "");
  }
  std::optional<std::uint32_t> map_of(const std::string& toml, const std::string& whose) {
    if (const auto known = map_index_.find(toml); known != map_index_.end()) return known->second;
    StateMap map;
    if (!toml.empty()) {
      auto parsed = parse_state_map(toml);
      if (!parsed) {
        log_.faults.push_back("the state map of " + whose +
                              " cannot be read: " + parsed.error().front().message);
        map_index_.emplace(toml, std::nullopt);
        return std::nullopt;
      }
      map = *std::move(parsed);
      if (map.version.empty()) map.version = state_map_version(map);
    }
    const auto index = static_cast<std::uint32_t>(log_.maps.size());
    log_.maps.push_back(resolve(std::move(map), log_.transitions->column("state").names));
    map_index_.emplace(toml, index);
    return index;
  }

  // Work of one stream in one format numbers its events alike, in however many files it came.
  using Source = std::pair<std::uint32_t, std::string_view>;
  [[nodiscard]] Source source_of(const Item& item) const {
    const bool known = item.import != kNone;
    return {item.stream, known ? std::string_view(snapshot_.imports[item.import].format) : ""};
  }

  // An item is truncated when nobody says when it was created and its own numbering starts late:
  // above 0, or above 1 in a source whose numbering nowhere starts at 0.
  void find_truncated() {
    const PackedVector<std::int64_t>& seq = log_.transitions->column("seq").wide;
    std::map<Source, std::vector<std::size_t>> late;  // items that start above 0
    std::map<Source, bool> starts_at_0;
    for (std::size_t i = 0; i < log_.items.size(); ++i) {
      const Item& item = log_.items[i];
      if (item.created != kMissing) continue;
      if (seq[log_.touches[item.first].row] > 0)
        late[source_of(item)].push_back(i);
      else
        starts_at_0[source_of(item)] = true;
    }
    for (const auto& [source, items] : late) {
      if (!counts_within_items(source)) continue;
      const std::int64_t base = starts_at_0.contains(source) ? 0 : 1;
      for (const std::size_t i : items) {
        log_.items[i].is_truncated = seq[log_.touches[log_.items[i].first].row] > base;
      }
    }
  }
  // True when some number is used twice: else one counter runs through the whole source.
  [[nodiscard]] bool counts_within_items(const Source& source) const {
    const PackedVector<std::int64_t>& seq = log_.transitions->column("seq").wide;
    std::vector<std::int64_t> seen;
    std::size_t items = 0;
    for (const Item& item : log_.items) {
      if (source_of(item) != source) continue;
      ++items;
      for (std::uint32_t i = 0; i < item.count; ++i)
        seen.push_back(seq[log_.touches[item.first + i].row]);
    }
    std::sort(seen.begin(), seen.end());
    return items < 2 || std::adjacent_find(seen.begin(), seen.end()) != seen.end();
  }

  void tie_to_priorities() {
    const Purpose purpose(snapshot_);
    if (!purpose.has_priorities()) return;
    std::vector<bool> by_stream;
    for (const Stream& stream : log_.streams) {
      by_stream.push_back(!stream.id.empty() &&
                          purpose.serves_priority("value_stream/" + stream.id));
    }
    std::vector<int> by_initiative;
    const Dictionary* initiatives = log_.facts ? &log_.facts->column("initiative").names : nullptr;
    by_initiative.resize(initiatives ? initiatives->size() : 0, kUnread);
    const auto serves = [&](std::string_view name) {
      return purpose.serves_priority("initiative/" +
                                     (is_slug(name) ? std::string(name) : slugify(name)));
    };
    for (std::size_t i = 0; i < log_.items.size(); ++i) {
      Item& item = log_.items[i];
      item.is_tied = by_stream[item.stream];
      const std::uint32_t named = initiative_of_[i];
      if (const auto own = own_initiative_.find(i); own != own_initiative_.end()) {
        item.is_tied = item.is_tied || serves(own->second);
      } else if (named != 0) {
        int& known = by_initiative[named];
        if (known == kUnread) known = serves(initiatives->name(named)) ? 1 : 0;
        item.is_tied = item.is_tied || known == 1;
      }
    }
    for (const std::string& slug : purpose.serving("work_item")) {
      if (const std::uint32_t index = item_of_slug(slug); index != kNone)
        log_.items[index].is_tied = true;
    }
  }

  // Work that its own events show is not dropped because of the date a source gives beside them.
  void tell_unborn() {
    const auto count = std::ranges::count_if(log_.items, [&](const Item& item) {
      return item.created != kMissing && item.created > limit_;
    });
    if (count == 0) return;
    log_.faults.push_back(fmt::format(
        "{} {} events up to {} and a date of creation after it: counted, but not in lead "
        "times",
        count, count == 1 ? "item has" : "items have", format_instant(log_.as_of)));
  }
  void sort_items() {
    const Dictionary& keys = log_.transitions->column("item").names;
    const auto before = [&](const Item& a, const Item& b) {
      return keys.name(a.key) < keys.name(b.key);
    };
    if (!std::ranges::is_sorted(log_.items, before)) std::ranges::sort(log_.items, before);
  }

  static constexpr int kUnread = -1;

  const Snapshot& snapshot_;
  FlowLog log_;
  std::int64_t limit_ = 0;
  std::vector<std::uint32_t> import_of_, newest_list_, counts_, item_index_;
  std::vector<std::uint32_t> stream_of_, initiative_of_;  // by item
  std::map<std::size_t, std::string> own_initiative_;     // by item, from its record
  std::map<std::string, std::uint32_t, std::less<>> stream_index_;
  std::map<std::string, std::optional<std::uint32_t>> map_index_;
  std::vector<std::string> stream_maps_;  // TOML by stream
  std::vector<int> types_, stream_names_;
  std::unordered_map<std::string, std::uint32_t> slugs_;
};

}  // namespace

std::string_view meaning_name(Meaning meaning) {
  return kMeaningNames[static_cast<std::size_t>(meaning)];
}

std::string_view FlowLog::key_of(const Item& item) const {
  return transitions->column("item").names.name(item.key);
}
std::string_view FlowLog::state_name(std::uint32_t state) const {
  return transitions->column("state").names.name(state);
}
std::string_view FlowLog::team_name(std::uint32_t team) const {
  return transitions->column("team").names.name(team);
}
std::string_view FlowLog::person_name(std::uint32_t person) const {
  return transitions->column("assignee").names.name(person);
}

Instant resolve_as_of(const Snapshot& snapshot, std::optional<Instant> asked) {
  if (asked) return *asked;
  if (snapshot.organisation.as_of) return *snapshot.organisation.as_of;
  std::int64_t newest = kMissing;
  for (const std::string_view name : {"transition", "item_fact"}) {
    const EventTable* table = snapshot.table(name);
    if (!table || newest != kMissing) continue;
    for (const std::int64_t at : table->column("at").wide) newest = std::max(newest, at);
  }
  return newest == kMissing ? newest_event(snapshot) : Instant{Micros{newest}};
}

FlowLog read_log(const Snapshot& snapshot, Instant as_of) { return Reader(snapshot, as_of).read(); }

WorkType work_type_of(std::string_view text) {
  const std::string_view name = work_type_named(text);
  const auto& names = Names<WorkType>::values;
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? WorkType::unmapped : static_cast<WorkType>(found - names.begin());
}

}  // namespace tiebeam::flow
