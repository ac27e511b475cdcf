// What the diagnosis reads of each piece of work beside its flow: its title, its kind and the
// initiative it names, from the item facts and from what people added.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/figures.h"
#include "rooms/flow/records.h"

namespace tiebeam::partnership {

struct Ticket {
  std::uint32_t item = 0;   // id in the facts' item column
  std::uint32_t title = 0;  // id in their title column; 0: none
  std::uint32_t row = 0;    // of the fact that gave the title, else of its newest one
  std::int64_t asked = 0;   // microseconds since 1970: its creation, else its first fact
  flow::WorkType type = flow::WorkType::unmapped;
  bool says_priority = false, is_urgent = false;  // of the highest priority
  bool says_type = false;                         // in words that we know or not
  bool names_initiative = false;                  // in its source, or written down by people
};

struct Tickets {
  const EventTable* facts = nullptr;  // null: none, and `all` is empty
  std::vector<Ticket> all;            // asked for in the window, by id of the item
  bool any_title = false, any_type = false, any_initiative = false, any_priority = false;

  [[nodiscard]] std::string_view key_of(const Ticket& ticket) const;
  [[nodiscard]] std::string_view title_of(const Ticket& ticket) const;
};

// Those known at `as_of`, field by field the newest; of ticket lists only the newest that names the
// item counts. Cost: O(rows of the facts).
[[nodiscard]] Tickets read_tickets(const Snapshot& snapshot, Instant as_of, const Asked& window);
// Of a book, read once.
[[nodiscard]] std::shared_ptr<const Tickets> tickets_of(const FigureBook& book);

// The as-of of the figures about work, so that all speak of one moment.
[[nodiscard]] Instant seen_at(const FigureBook& book);

// Titles by key of the item, for showing evidence: "work_item/INC7" -> "Cannot print".
[[nodiscard]] std::string_view title_of_subject(const Tickets& tickets, std::string_view subject);

}  // namespace tiebeam::partnership
