// Everything is urgent: with a history, how much of what was begun was urgent and unplanned; of a
// list alone, how much was asked for with the highest priority.
#include <fmt/format.h>

#include "rooms/partnership/engine/maker.h"
#include "rooms/partnership/engine/parts.h"
#include "rooms/partnership/engine/proxies.h"

namespace tiebeam::partnership {
namespace {

constexpr const char* kUnplanned = "flow.unplanned.share";

// Nothing is known of when work began, but priorities are.
bool by_priority(const FigureBook& book) {
  const Figure* flow = book.find(kUnplanned);
  return flow && flow->status == Status::not_measurable && flow->n.value_or(0) == 0 &&
         tickets_of(book)->any_priority;
}

bool is_asked(const Tickets& tickets, const Ticket& ticket) {
  return ticket.says_priority && !(tickets.any_type && ticket.type == flow::WorkType::incident);
}

Figure of_priorities(const FigureBook& book, const FigureSpec& spec) {
  Figure out = blank_figure(spec, seen_at(book));
  out.label = "Work asked for with the highest priority";
  out.trail.formula =
      "mean of 1 (of the highest priority) or 0 over work with a priority that is no incident";
  out.trail.notes.emplace_back(
      "a list does not tell when work began, so whether it was planned is not known; this is what "
      "was called urgent");
  const Tickets& tickets = *tickets_of(book);
  std::size_t asked = 0, urgent = 0;
  for (const Ticket& ticket : tickets.all) {
    if (!is_asked(tickets, ticket)) continue;
    ++asked;
    urgent += ticket.is_urgent ? 1 : 0;
  }
  rests_on_facts(out, book, asked, "with a priority, no incident");
  if (asked < kLeastPieces) {
    say(out, Status::too_few,
        fmt::format("{} tickets that are no incidents have a priority: {} are needed", asked,
                    kLeastPieces));
    return out;
  }
  set_spread(out, quant::wilson(static_cast<double>(urgent), static_cast<double>(asked)), 0, 1);
  return out;
}

}  // namespace

Figure unplanned_figure(const FigureBook& book, const FigureSpec& spec) {
  if (by_priority(book)) return of_priorities(book, spec);
  Figure out = taken(book, spec, kUnplanned);
  if (!out.has_value()) return out;
  const auto incidents = number_of(book, "flow.distribution.incident");
  if (incidents && *incidents > kMadeForIncidents) {
    say(out, Status::not_measurable,
        fmt::format("{:.0f} of 100 finished pieces are incidents: that incidents are urgent and "
                    "unplanned says nothing of the other work; export the requests, too",
                    100 * *incidents));
  } else if (out.n.value_or(0) < static_cast<std::int64_t>(kLeastPieces)) {
    say(out, Status::too_few,
        fmt::format("{} pieces of work were begun: {} are needed", out.n.value_or(0),
                    kLeastPieces));
  }
  return out;
}

std::vector<Evidence> unplanned_evidence(const FigureBook& book, std::size_t offset,
                                         std::size_t limit) {
  if (!by_priority(book)) return book.evidence(kUnplanned, offset, limit);
  const Tickets& tickets = *tickets_of(book);
  std::vector<Evidence> out;
  for (const bool urgent : {true, false}) {
    for (const Ticket& ticket : tickets.all) {
      if (is_asked(tickets, ticket) && ticket.is_urgent == urgent)
        out.push_back(told(tickets, ticket, urgent ? 1 : 0,
                           urgent ? "of the highest priority" : "of a lower priority"));
    }
  }
  return page(std::move(out), offset, limit);
}

}  // namespace tiebeam::partnership
