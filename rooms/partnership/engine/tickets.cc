#include "rooms/partnership/engine/tickets.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string>

#include "model/urgency_words.h"
#include "model/work_type_words.h"

namespace tiebeam::partnership {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min();
enum Field : std::uint8_t { kCreated, kType, kTitle, kInitiative, kPriority, kFields };

// By row: the number of the ticket list it came with, 0 for a row of another source.
std::vector<std::uint32_t> lists_of(const Snapshot& snapshot, const EventTable& facts) {
  std::vector<std::uint32_t> out(facts.rows(), 0);
  for (const ImportSpan& span : facts.spans) {
    const Import* import = snapshot.import(span.import_id);
    if (!import || !import->is_ticket_list) continue;
    const auto number = static_cast<std::uint32_t>(import - snapshot.imports.data()) + 1;
    std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(span.first), span.rows, number);
  }
  return out;
}

flow::WorkType type_named(std::string_view text) {
  const auto& names = Names<flow::WorkType>::values;
  const auto found = std::ranges::find(names, work_type_named(text));
  return found == names.end() ? flow::WorkType::unmapped
                              : static_cast<flow::WorkType>(found - names.begin());
}

// What is known of one item so far, and since when.
struct Held {
  Ticket ticket;
  std::array<std::int64_t, kFields> since{kNever, kNever, kNever, kNever, kNever};
  std::int64_t first = kMissing, created = kMissing;
};

class Reader {
 public:
  Reader(const Snapshot& snapshot, const EventTable& facts)
      : snapshot_(snapshot),
        facts_(facts),
        item_(facts.column("item")),
        type_(facts.column("type")),
        title_(facts.column("title")),
        initiative_(facts.column("initiative")),
        priority_(facts.column("priority")),
        at_(facts.column("at").wide),
        created_(facts.column("created").wide),
        held_(item_.names.size()) {
    for (const std::string_view name : type_.names.names()) types_.push_back(type_named(name));
    for (const std::string_view name : priority_.names.names())
      urgent_.push_back(is_urgent_priority(name));
  }

  void read(std::int64_t limit) {
    const std::vector<std::uint32_t> lists = lists_of(snapshot_, facts_);
    std::vector<std::uint32_t> newest(held_.size(), 0);
    for (std::size_t row = 0; row < lists.size(); ++row) {
      std::uint32_t& list = newest[item_.narrow[row]];
      list = std::max(list, lists[row]);
    }
    for (std::size_t row = 0; row < lists.size(); ++row) {
      const std::uint32_t item = item_.narrow[row];
      const bool is_superseded = lists[row] != 0 && lists[row] != newest[item];
      if (item != 0 && at_[row] <= limit && !is_superseded) take(held_[item], item, row);
    }
    for (const flow::WorkItem& record : snapshot_.all<flow::WorkItem>()) add(record);
  }

  [[nodiscard]] Tickets tickets(const Asked& window) const {
    Tickets out;
    out.facts = &facts_;
    const std::int64_t from = window.from ? window.from->time_since_epoch().count() : kNever;
    const std::int64_t to = window.to ? window.to->time_since_epoch().count()
                                      : std::numeric_limits<std::int64_t>::max();
    for (const Held& held : held_) {
      if (held.first == kMissing) continue;
      Ticket ticket = held.ticket;
      ticket.asked = held.created == kMissing ? held.first : held.created;
      if (ticket.asked < from || ticket.asked >= to) continue;
      out.any_title = out.any_title || ticket.title != 0;
      out.any_type = out.any_type || ticket.says_type;
      out.any_priority = out.any_priority || ticket.says_priority;
      out.any_initiative = out.any_initiative || ticket.names_initiative;
      out.all.push_back(ticket);
    }
    return out;
  }

 private:
  void take(Held& held, std::uint32_t item, std::size_t row) {
    Ticket& ticket = held.ticket;
    ticket.item = item;
    if (held.first == kMissing || at_[row] < held.first) held.first = at_[row];
    const auto is_newer = [&](Field field, bool given) {
      if (!given || at_[row] < held.since[field]) return false;
      held.since[field] = at_[row];
      return true;
    };
    if (is_newer(kCreated, created_[row] != kMissing)) held.created = created_[row];
    if (is_newer(kType, type_.narrow[row] != 0)) {
      ticket.type = types_[type_.narrow[row]];
      ticket.says_type = true;
    }
    if (is_newer(kPriority, priority_.narrow[row] != 0)) {
      ticket.says_priority = true;
      ticket.is_urgent = urgent_[priority_.narrow[row]];
    }
    if (is_newer(kInitiative, initiative_.narrow[row] != 0)) ticket.names_initiative = true;
    if (ticket.title == 0 || title_.narrow[row] != 0) {
      if (is_newer(kTitle, title_.narrow[row] != 0)) ticket.title = title_.narrow[row];
      ticket.row = static_cast<std::uint32_t>(row);
    }
  }

  // What people wrote down of one item wins.
  void add(const flow::WorkItem& record) {
    const std::uint32_t item = item_.names.find(record.key.empty() ? record.id : record.key);
    if (item == 0 || held_[item].first == kMissing) return;
    Ticket& ticket = held_[item].ticket;
    if (record.type != flow::WorkType::unmapped) ticket.type = record.type, ticket.says_type = true;
    if (!record.initiative.empty()) ticket.names_initiative = true;
  }

  const Snapshot& snapshot_;
  const EventTable& facts_;
  const Column &item_, &type_, &title_, &initiative_, &priority_;
  const PackedVector<std::int64_t>&at_, &created_;
  std::vector<Held> held_;  // by id of the item
  std::vector<flow::WorkType> types_;
  std::vector<bool> urgent_;  // by id of the priority
};

}  // namespace

std::string_view Tickets::key_of(const Ticket& ticket) const {
  return facts->column("item").names.name(ticket.item);
}
std::string_view Tickets::title_of(const Ticket& ticket) const {
  return ticket.title == 0 ? std::string_view{} : facts->column("title").names.name(ticket.title);
}

Tickets read_tickets(const Snapshot& snapshot, Instant as_of, const Asked& window) {
  const EventTable* facts = snapshot.table("item_fact");
  if (!facts || facts->rows() == 0) return {};
  Reader reader(snapshot, *facts);
  reader.read(as_of.time_since_epoch().count());
  return reader.tickets(window);
}

Instant seen_at(const FigureBook& book) {
  const Figure* items = book.find("flow.items");
  return items ? items->as_of : book.as_of();
}

std::shared_ptr<const Tickets> tickets_of(const FigureBook& book) {
  return book.once<Tickets>("partnership.tickets", [&book] {
    return read_tickets(book.snapshot(), seen_at(book), book.asked());
  });
}

std::string_view title_of_subject(const Tickets& tickets, std::string_view subject) {
  constexpr std::string_view kWorkItem = "work_item/";
  if (!tickets.facts || !subject.starts_with(kWorkItem)) return {};
  const std::uint32_t item =
      tickets.facts->column("item").names.find(subject.substr(kWorkItem.size()));
  const auto found = std::ranges::lower_bound(tickets.all, item, {}, &Ticket::item);
  if (item == 0 || found == tickets.all.end() || found->item != item) return {};
  return tickets.title_of(*found);
}

}  // namespace tiebeam::partnership
