// Small organisations for tests: events written as in a table, random logs with a fixed seed.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "model/snapshot.h"
#include "rooms/flow/records.h"

namespace tiebeam::flow::testing {

inline const EventType& transition_type() {
  static const EventType type = describe_event<Transition>("flow");
  return type;
}
inline const EventType& fact_type() {
  static const EventType type = describe_event<ItemFact>("flow");
  return type;
}

// "New" waits, "Active" and "Review" are worked on, "Awaiting *" is blocked, "Closed" is done.
constexpr std::string_view kMap = R"(order = ["Idea", "New", "Active", "Queue", "Review", "Closed"]
[states]
"Idea" = "backlog"
"New" = "wait"
"Active" = "active"
"Queue" = "wait"
"Review" = "active"
"Awaiting *" = "blocked"
"Closed" = "done"
"Archived" = "done"
"Dropped" = "cancelled"
)";

inline Instant at(std::string_view text) {
  auto parsed = parse_instant(text);
  TB_CHECK(parsed.has_value(), "a test writes its times in ISO 8601");
  return *parsed;
}

// Builds a snapshot import by import.
class Org {
 public:
  Org() {
    made_->events.emplace("transition", transitions_);
    made_->events.emplace("item_fact", facts_);
  }
  Org& import(std::string_view map = kMap) {
    Import import;
    import.id = "imp_" + std::to_string(made_->imports.size() + 1);
    import.file = import.id + ".csv";
    import.sha256 = "0";
    import.state_map = map;
    made_->imports.push_back(std::move(import));
    return *this;
  }
  Import& last_import() { return made_->imports.back(); }
  Org& event(std::string_view item, Instant when, std::string_view state,
             std::string_view team = {}, std::string_view person = {}, std::int64_t seq = 0,
             bool blocked = false) {
    if (made_->imports.empty()) import();
    EventTable& table = *transitions_;
    text(table, "item", item), text(table, "state", state), text(table, "team", team);
    text(table, "assignee", person);
    table.column("at").wide.push_back(when.time_since_epoch().count());
    table.column("seq").wide.push_back(seq);
    table.column("blocked").narrow.push_back(blocked ? 1 : 0);
    close_row(table);
    ++made_->imports.back().rows;
    return *this;
  }
  Org& event(std::string_view item, std::string_view when, std::string_view state,
             std::string_view team = {}, std::string_view person = {}, std::int64_t seq = 0,
             bool blocked = false) {
    return event(item, at(when), state, team, person, seq, blocked);
  }
  Org& created(std::string_view item, Instant when, std::string_view type = {},
               std::string_view stream = {}, std::string_view initiative = {},
               std::optional<Instant> known = std::nullopt) {
    EventTable& table = *facts_;
    text(table, "item", item), text(table, "type", type), text(table, "value_stream", stream);
    text(table, "initiative", initiative);
    for (const char* name : {"title", "service", "priority", "status"}) text(table, name, "");
    table.column("at").wide.push_back(known.value_or(when).time_since_epoch().count());
    table.column("created").wide.push_back(when.time_since_epoch().count());
    close_row(table);
    return *this;
  }
  Org& created(std::string_view item, std::string_view when, std::string_view type = {},
               std::string_view stream = {}, std::string_view initiative = {},
               std::string_view known = {}) {
    const auto since = known.empty() ? std::nullopt : std::optional(at(known));
    return created(item, at(when), type, stream, initiative, since);
  }
  // What a source says of an item beside its dates.
  Org& words(std::string_view item, Instant when, std::string_view service,
             std::string_view type = {}, std::string_view priority = {},
             std::string_view stream = {}) {
    EventTable& table = *facts_;
    text(table, "item", item), text(table, "type", type), text(table, "value_stream", stream);
    text(table, "service", service), text(table, "priority", priority);
    for (const char* name : {"title", "initiative", "status"}) text(table, name, "");
    table.column("at").wide.push_back(when.time_since_epoch().count());
    table.column("created").wide.push_back(kMissing);
    close_row(table);
    return *this;
  }
  struct Deploy {
    std::string_view key = {}, service = {}, result = "success", environment = {}, fixes = {},
                     unplanned = {};
  };
  // A deployment that finished at `finished`, with changes committed before it.
  Org& deployed(const Deploy& deploy, Instant finished,
                const std::vector<std::pair<std::string, Instant>>& changes = {}) {
    EventTable& table = delivery("deployment", describe_event<Deployment>("flow"));
    text(table, "deployment", deploy.key), text(table, "service", deploy.service);
    text(table, "result", deploy.result), text(table, "environment", deploy.environment);
    text(table, "fixes_incident", deploy.fixes), text(table, "unplanned", deploy.unplanned);
    table.column("at").wide.push_back(finished.time_since_epoch().count());
    table.column("started").wide.push_back(kMissing);
    table.column("finished").wide.push_back(finished.time_since_epoch().count());
    close_row(table);
    for (const auto& [change, when] : changes) changed(change, when, deploy.service, deploy.key);
    return *this;
  }
  Org& changed(std::string_view change, Instant when, std::string_view service,
               std::string_view deployment = {}) {
    EventTable& table = delivery("code_change", describe_event<CodeChange>("flow"));
    text(table, "change", change), text(table, "service", service);
    text(table, "deployment", deployment);
    table.column("at").wide.push_back(when.time_since_epoch().count());
    close_row(table);
    return *this;
  }
  Org& outage(std::string_view key, std::string_view service, Instant opened,
              std::optional<Instant> restored = {}, std::string_view cause = {}) {
    EventTable& table = delivery("incident_event", describe_event<IncidentEvent>("flow"));
    text(table, "incident", key), text(table, "service", service);
    text(table, "deployment", cause), text(table, "severity", "");
    table.column("at").wide.push_back(opened.time_since_epoch().count());
    table.column("restored")
        .wide.push_back(restored ? restored->time_since_epoch().count() : kMissing);
    table.column("resolved").wide.push_back(kMissing);
    close_row(table);
    return *this;
  }
  template <class T>
  Org& record(const T& record) {
    auto& list = made_->records[std::string(Describe<T>::name)];
    list.push_back(to_record(record));
    std::ranges::sort(list, {}, [](const Record& each) { return each.id(); });
    return *this;
  }
  Snapshot& snapshot() { return *made_; }
  [[nodiscard]] std::shared_ptr<Snapshot> shared() const { return made_; }

 private:
  EventTable& delivery(const std::string& name, const EventType& described) {
    if (made_->imports.empty()) import();
    auto& table = deliveries_[name];
    if (!table) {
      types_.push_back(std::make_shared<EventType>(described));
      table = std::make_shared<EventTable>(*types_.back());
      made_->events.emplace(name, table);
    }
    return *table;
  }
  static void text(EventTable& table, std::string_view column, std::string_view value) {
    Column& held = table.column(column);
    held.narrow.push_back(held.names.intern(value));
  }
  void close_row(EventTable& table) {
    const std::size_t row = table.rows();
    table.line.push_back(static_cast<std::uint32_t>(row + 2));
    table.identity.push_back(row);
    if (made_->imports.empty()) import();
    const std::string& id = made_->imports.back().id;
    if (table.spans.empty() || table.spans.back().import_id != id)
      table.spans.push_back({id, row, 0});
    ++table.spans.back().rows;
  }
  std::vector<std::shared_ptr<EventType>> types_;
  std::map<std::string, std::shared_ptr<EventTable>> deliveries_;
  std::shared_ptr<Snapshot> made_ = std::make_shared<Snapshot>();
  std::shared_ptr<EventTable> transitions_ = std::make_shared<EventTable>(transition_type());
  std::shared_ptr<EventTable> facts_ = std::make_shared<EventTable>(fact_type());
};

// One event of a random log.
struct RandomEvent {
  std::string item, state, team, person;
  Instant at;
  std::int64_t seq;
  bool blocked;
};
// Up to `items` items over about 200 days: reopened, cancelled, blocked, unmapped, several at one
// instant.
inline std::vector<RandomEvent> random_events(std::mt19937_64& rng, int items) {
  static constexpr std::string_view kStates[] = {
      "Idea",   "New",      "Active",  "Queue",   "Review", "Awaiting parts",
      "Closed", "Archived", "Dropped", "Mystery", "Active", "Closed"};
  const auto any = [&](std::uint64_t n) { return rng() % n; };
  const std::int64_t start = at("2024-01-03T09:30:00Z").time_since_epoch().count();
  std::vector<RandomEvent> out;
  for (int i = 0; i < items; ++i) {
    std::int64_t when = start + static_cast<std::int64_t>(any(100'000'000)) * 100'000;
    const std::uint64_t events = 1 + any(9);
    for (std::uint64_t k = 0; k < events; ++k) {
      RandomEvent event;
      event.item = "W-" + std::to_string(i);
      event.state = kStates[any(std::size(kStates))];
      if (any(4) != 0) event.team = "Team " + std::to_string(any(4));
      if (any(3) == 0) event.person = "Person " + std::to_string(any(6));
      event.at = Instant{Micros{when}};
      event.seq = static_cast<std::int64_t>(k);
      event.blocked = any(12) == 0;
      out.push_back(std::move(event));
      if (any(8) != 0) when += static_cast<std::int64_t>(any(20 * 86'400)) * 1'000'000;
    }
  }
  return out;
}
inline void add(Org& org, const RandomEvent& event) {
  org.event(event.item, event.at, event.state, event.team, event.person, event.seq, event.blocked);
}

}  // namespace tiebeam::flow::testing
