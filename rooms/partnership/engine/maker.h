// What the proxies share while they are being made, beside model/figure_kit.h: figures of other
// rooms under a name of one's own, the window that is asked about, and how evidence is told and
// paged.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/figure_kit.h"
#include "quant/figure_values.h"
#include "rooms/partnership/engine/tickets.h"

namespace tiebeam::partnership {

// The value, n, status, notes and sources of another figure, under this one's name.
void take(Figure& figure, const Figure& from);
// The figure of another room under this spec.
[[nodiscard]] Figure taken(const FigureBook& book, const FigureSpec& spec, std::string_view key);
[[nodiscard]] std::optional<double> number_of(const FigureBook& book, std::string_view key);
// Of work, whatever the window; none: no events.
[[nodiscard]] std::optional<Instant> first_event(const Snapshot& snapshot);
// Where the window that is asked about begins and ends.
[[nodiscard]] std::optional<Instant> window_start(const FigureBook& book);
[[nodiscard]] Instant window_end(const FigureBook& book);
[[nodiscard]] double days_between(Instant from, Instant to);
// The imports that the item facts came with, as inputs.
void rests_on_facts(Figure& figure, const FigureBook& book, std::size_t count, std::string filter);

// Where a ticket stands in its file.
[[nodiscard]] Evidence told(const Tickets& tickets, const Ticket& ticket, double value,
                            std::string what);
// At most `limit` from `offset`.
[[nodiscard]] std::vector<Evidence> page(std::vector<Evidence> all, std::size_t offset,
                                         std::size_t limit);

}  // namespace tiebeam::partnership
