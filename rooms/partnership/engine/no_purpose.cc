#include <fmt/format.h>

#include <cmath>

#include "rooms/partnership/engine/maker.h"
#include "rooms/partnership/engine/parts.h"
#include "rooms/partnership/engine/proxies.h"

namespace tiebeam::partnership {
namespace {

constexpr const char* kShare = "flow.purpose.share";

bool has_priorities(const FigureBook& book) { return !book.snapshot().of("priority").empty(); }

void by_priorities(const FigureBook& book, Figure& out) {
  out.label = "Work that leads to no priority";
  out.trail.formula =
      "mean of 1 (no path of ties leads to a priority) or 0 over work present in the window, which "
      "is 1 - flow.purpose.share";
  const Figure* share = book.find(kShare);
  if (!share) return say(out, Status::not_measurable, "no work is read");
  take(out, *share);
  if (!share->has_value()) return;
  if (share->n.value_or(0) < static_cast<std::int64_t>(kLeastPieces))
    return say(out, Status::too_few,
               fmt::format("{} pieces of work: {} are needed", share->n.value_or(0), kLeastPieces));
  out.value = 1 - share->number();
}

void by_initiatives(const FigureBook& book, Figure& out) {
  out.label = "Work that names no initiative";
  out.trail.formula = "mean of 1 (names no initiative) or 0 over work asked for in the window";
  const Tickets& tickets = *tickets_of(book);
  rests_on_facts(out, book, tickets.all.size(), "asked for in the window");
  if (tickets.all.size() < kLeastPieces)
    return say(out, Status::too_few,
               fmt::format("{} pieces of work: {} are needed", tickets.all.size(), kLeastPieces));
  const auto without = std::ranges::count(tickets.all, false, &Ticket::names_initiative);
  out.value = static_cast<double>(without) / static_cast<double>(tickets.all.size());
}

}  // namespace

// A full count of what was read, not a sample: it has no interval.
Figure purpose_figure(const FigureBook& book, const FigureSpec& spec) {
  Figure out = blank_figure(spec, seen_at(book));
  if (has_priorities(book)) {
    by_priorities(book, out);
  } else if (tickets_of(book)->any_initiative) {
    by_initiatives(book, out);
  } else {
    say(out, Status::not_measurable,
        "no priority is on record and no ticket names an initiative, so none can lead to one");
  }
  return out;
}

// Work without a purpose first.
std::vector<Evidence> purpose_evidence(const FigureBook& book, std::size_t offset,
                                       std::size_t limit) {
  const Tickets& tickets = *tickets_of(book);
  std::vector<Evidence> out;
  if (!has_priorities(book)) {
    if (!tickets.any_initiative) return {};
    for (const bool names : {false, true}) {
      for (const Ticket& ticket : tickets.all) {
        if (ticket.names_initiative == names)
          out.push_back(told(tickets, ticket, names ? 0 : 1,
                             names ? "names an initiative" : "names no initiative"));
      }
    }
    return page(std::move(out), offset, limit);
  }
  // The same pieces as under the flow room's share, which lists those that are tied first.
  const Figure* share = book.find(kShare);
  if (!share || !share->has_value()) return {};
  const auto all = static_cast<std::size_t>(share->n.value_or(0));
  const auto tied =
      static_cast<std::size_t>(std::llround(share->number() * static_cast<double>(all)));
  const std::size_t stop = limit < all ? offset + limit : all + offset;
  const auto part = [&](std::size_t from, std::size_t to, std::size_t first) {
    const std::size_t begin = std::max(first, offset);
    const std::size_t end = std::min(first + (to - from), stop);
    if (begin >= end) return;
    for (Evidence& each : book.evidence(kShare, from + (begin - first), end - begin)) {
      each.value = 1 - each.value.value_or(0);
      out.push_back(std::move(each));
    }
  };
  part(tied, all, 0);
  part(0, tied, all - tied);
  return out;
}

}  // namespace tiebeam::partnership
