#include "rooms/partnership/engine/maker.h"

#include <algorithm>

namespace tiebeam::partnership {

void take(Figure& figure, const Figure& from) {
  figure.value = from.value;
  figure.interval = from.interval;
  figure.low = from.low;
  figure.n = from.n;
  figure.status = from.status;
  figure.reason = from.reason;
  figure.trail.notes.insert(figure.trail.notes.end(), from.trail.notes.begin(),
                            from.trail.notes.end());
  for (const TrailInput& input : from.trail.inputs) {
    if (input.figure.empty()) figure.trail.inputs.push_back(input);
  }
}

Figure taken(const FigureBook& book, const FigureSpec& spec, std::string_view key) {
  Figure out = blank_figure(spec, seen_at(book));
  if (const Figure* from = book.find(key)) {
    take(out, *from);
    out.trail.formula = from->trail.formula;  // its evidence is that figure's, and told by it
  } else {
    say(out, Status::not_measurable, "no work is read");
  }
  return out;
}

std::optional<double> number_of(const FigureBook& book, std::string_view key) {
  const Figure* figure = book.find(key);
  return figure && figure->has_value() ? std::optional(figure->number()) : std::nullopt;
}

std::optional<Instant> first_event(const Snapshot& snapshot) {
  const EventTable* events = snapshot.table("transition");
  if (!events || events->rows() == 0) return std::nullopt;
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t at : events->column("at").wide) first = std::min(first, at);
  return Instant{Micros{first}};
}

std::optional<Instant> window_start(const FigureBook& book) {
  const auto first = first_event(book.snapshot());
  const auto from = book.asked().from;
  if (!first || !from) return first;
  return std::max(*first, *from);
}

Instant window_end(const FigureBook& book) {
  return std::min(book.asked().to.value_or(seen_at(book)), seen_at(book));
}

double days_between(Instant from, Instant to) {
  constexpr double kMicrosADay = 86'400e6;
  return static_cast<double>((to - from).count()) / kMicrosADay;
}

void rests_on_facts(Figure& figure, const FigureBook& book, std::size_t count, std::string filter) {
  rest_on(figure, "work_item", count, std::move(filter));
  const EventTable* facts = book.snapshot().table("item_fact");
  if (!facts) return;
  for (const Import& import : book.snapshot().imports) {
    const bool is_used = std::ranges::any_of(facts->spans, [&](const ImportSpan& span) {
      return span.import_id == import.id && span.rows > 0;
    });
    if (!is_used) continue;
    TrailInput input;
    input.import_id = import.id;
    input.import_file = import.file;
    input.sha256 = import.sha256;
    input.rows = import.rows;
    figure.trail.inputs.push_back(std::move(input));
  }
}

Evidence told(const Tickets& tickets, const Ticket& ticket, double value, std::string what) {
  Evidence out;
  out.subject = "work_item/" + std::string(tickets.key_of(ticket));
  out.value = value;
  out.what = std::move(what);
  out.places.push_back({tickets.facts->import_of(ticket.row), tickets.facts->line[ticket.row]});
  return out;
}

std::vector<Evidence> page(std::vector<Evidence> all, std::size_t offset, std::size_t limit) {
  if (offset >= all.size()) return {};
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(offset);
  const auto count = static_cast<std::ptrdiff_t>(std::min(limit, all.size() - offset));
  return {std::make_move_iterator(first), std::make_move_iterator(first + count)};
}

}  // namespace tiebeam::partnership
