// What the rooms put on the table at start: record types, event types, figures, rules, commands,
// questions, writings.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "application/command.h"
#include "model/event_table.h"
#include "model/figures.h"
#include "model/record_type.h"
#include "model/rules.h"

namespace tiebeam {

// A kind of tie that links may name: which types may stand at its ends.
struct LinkKind {
  std::string name;  // "serves"
  std::vector<std::string> from, to;
  std::string help;
};

// A figure of a file alone that must stay at or below a bound; otherwise the import is refused.
struct ImportAudit {
  std::string figure;  // "flow.little.residual"
  // Its value, straight from the events: every import waits for it.
  std::function<double(const Snapshot&)> measure;
  double at_most = 0;
  std::string meaning;  // "arrivals, departures and time in progress add up"
};

// Records that follow from events (work items): all of them, sorted by id, or only how many.
struct Derived {
  std::function<std::vector<Record>(const Snapshot&)> records;
  std::function<std::size_t(const Snapshot&)> count;
};

// A record about to be written, for the room that answers for its type.
struct Watched {
  const FigureBook& book;        // the organisation before it
  const Record* held = nullptr;  // as it is; null: it is new
  Record* record = nullptr;      // as it would be, which may be completed; null: it would go
  Instant at{};
  bool from_file = false;  // one of many that a file holds, told as they were
  // All of its type that the same step writes, itself among them, and ids of those it removes.
  std::span<const Record> together = {};
  std::span<const std::string> removed = {};
};
// What keeps it from being written, each with its field; nothing: it is written.
using Guard = std::function<std::vector<Error>(const Watched& writing)>;

struct Table {
  Catalog catalog;
  std::map<std::string, EventType, std::less<>> events;
  std::vector<LinkKind> links;
  FigureRegistry figures;
  RuleRegistry rules;
  std::vector<ImportAudit> audits;
  std::vector<Command> commands;
  std::vector<Query> queries;
  std::vector<Writing> writings;
  // Records that follow from events, merged under those that people wrote (work items).
  std::map<std::string, Derived, std::less<>> derived;
  // Record types that are fixed once a field of theirs is given (meeting -> closed_at): from then
  // on a record of it is neither changed nor removed, only undone as an entry of the journal.
  std::map<std::string, std::string, std::less<>> sealed_by;
  // By record type: asked after everything that follows from the description.
  std::map<std::string, Guard, std::less<>> guards;

  Table();  // with the kernel's own record types
  // Adds T's record type as part of `room`.
  template <class T>
  void record(std::string_view room) {
    catalog.add(describe_record<T>(room));
  }
  template <class T>
  void event(std::string_view room) {
    EventType type = describe_event<T>(room);
    const std::string name = type.name;
    events.emplace(name, std::move(type));
  }
  // Errors that make a start impossible: dangling references, circular figures.
  [[nodiscard]] Result<void> check() const;
};

// Records of `type`: those people wrote, and under them those that follow from events. Sorted by
// id.
// How many records_of would give, give or take what people wrote of work that is not there. Cost:
// much less.
[[nodiscard]] std::size_t count_of(const Table& table, const Snapshot& snapshot,
                                   std::string_view type);
[[nodiscard]] std::vector<Record> records_of(const Table& table, const Snapshot& snapshot,
                                             std::string_view type);

}  // namespace tiebeam
