#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/partnership/engine/maker.h"
#include "rooms/partnership/engine/parts.h"
#include "rooms/partnership/engine/proxies.h"
#include "rooms/partnership/engine/titles.h"

namespace tiebeam::partnership {
namespace {

struct Read {
  std::vector<std::pair<const Ticket*, TitleShape>> titles;  // of requests that have one
  std::size_t solution = 0, unclear = 0;
  std::size_t untitled = 0;      // requests without a title
  std::size_t other_kind = 0;    // incidents, defects, ...
  std::size_t unknown_kind = 0;  // of a type whose word is not known, or of none
};

bool is_order(const Ticket& ticket) {
  return ticket.type == flow::WorkType::request || ticket.type == flow::WorkType::feature;
}

// A title that many tickets share is read once.
class Shapes {
 public:
  explicit Shapes(const Tickets& tickets) : tickets_(tickets) {
    if (tickets.facts) known_.resize(tickets.facts->column("title").names.size(), -1);
  }
  TitleShape of(const Ticket& ticket) {
    int& held = known_[ticket.title];
    if (held < 0) held = static_cast<int>(shape_of(tickets_.title_of(ticket)));
    return static_cast<TitleShape>(held);
  }

 private:
  const Tickets& tickets_;
  std::vector<int> known_;
};

Read read_titles(const Tickets& tickets) {
  Read out;
  Shapes shapes(tickets);
  for (const Ticket& ticket : tickets.all) {
    if (tickets.any_type && !is_order(ticket)) {
      ++(ticket.type == flow::WorkType::unmapped ? out.unknown_kind : out.other_kind);
      continue;
    }
    if (ticket.title == 0) {
      ++out.untitled;
      continue;
    }
    const TitleShape shape = shapes.of(ticket);
    out.solution += shape == TitleShape::solution ? 1 : 0;
    out.unclear += shape == TitleShape::unclear ? 1 : 0;
    out.titles.emplace_back(&ticket, shape);
  }
  return out;
}

std::shared_ptr<const Read> read_of(const FigureBook& book) {
  return book.once<Read>("partnership.titles", [&book] { return read_titles(*tickets_of(book)); });
}

void note(Figure& figure, std::size_t count, std::string_view what) {
  if (count > 0)
    figure.trail.notes.push_back(
        fmt::format("{} {}", counted(static_cast<std::int64_t>(count)), what));
}

void notes(Figure& figure, const Tickets& tickets, const Read& read) {
  note(figure, read.unclear,
       "titles are unclear to the words: the upper end counts them as orders");
  note(figure, read.untitled, "requests have no title and are left out");
  note(figure, read.other_kind, "pieces of work are incidents or the like and no requests");
  note(figure, read.unknown_kind,
       "pieces of work are of no type that is known and are left out (say it with: tiebeam record "
       "work_item set ID type=request)");
  if (!tickets.any_type)
    figure.trail.notes.emplace_back(
        "the list says of no ticket whether it is a request: all are read, and the upper end is "
        "open; a column 'type' would tell");
}

}  // namespace

Figure solution_figure(const FigureBook& book, const FigureSpec& spec) {
  Figure out = blank_figure(spec, seen_at(book));
  const Tickets& tickets = *tickets_of(book);
  const Read& read = *read_of(book);
  rests_on_facts(out, book, read.titles.size(), "requests and features with a title");
  notes(out, tickets, read);
  if (tickets.all.empty() && number_of(book, "flow.items").value_or(0) == 0) {
    say(out, Status::too_few, "there is no work in the window");
  } else if (!tickets.any_title) {
    say(out, Status::not_measurable,
        "the export carries no titles: add the column title (summary, short description, Betreff, "
        "objet)");
  } else if (read.titles.empty() && read.unknown_kind == 0) {
    say(out, Status::not_measurable,
        "no ticket is a request: incidents are not orders; export the requests, too");
  } else if (read.titles.size() < kLeastPieces) {
    say(out, Status::too_few,
        fmt::format("{} requests have a title: {} are needed", read.titles.size(), kLeastPieces));
  } else {
    const auto all = static_cast<double>(read.titles.size());
    quant::Spread spread = quant::wilson(static_cast<double>(read.solution), all);
    spread.high = quant::wilson(static_cast<double>(read.solution + read.unclear), all).high;
    if (!tickets.any_type) spread.high = 1;
    set_spread(out, spread, 0, 1);
  }
  return out;
}

// Orders first, then what is unclear, then needs.
std::vector<Evidence> solution_evidence(const FigureBook& book, std::size_t offset,
                                        std::size_t limit) {
  const Tickets& tickets = *tickets_of(book);
  const Read& read = *read_of(book);
  std::vector<Evidence> out;
  std::size_t at = 0;
  for (const TitleShape wanted : {TitleShape::solution, TitleShape::unclear, TitleShape::need}) {
    for (const auto& [ticket, shape] : read.titles) {
      if (shape != wanted || at++ < offset) continue;
      if (out.size() == limit) return out;
      out.push_back(told(tickets, *ticket, shape == TitleShape::solution ? 1 : 0,
                         fmt::format("{}: {}",
                                     shape == TitleShape::solution ? "orders a solution"
                                     : shape == TitleShape::need   ? "tells a need"
                                                                   : "unclear",
                                     tickets.title_of(*ticket))));
    }
  }
  return out;
}

}  // namespace tiebeam::partnership
