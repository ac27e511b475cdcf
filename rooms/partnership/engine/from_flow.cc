// The symptoms whose figure is one of the flow room's, with what that room cannot know: that a file
// holds finished work only, begins with nothing in hand, or tells no kinds of work apart.
#include <fmt/format.h>

#include "rooms/partnership/engine/maker.h"
#include "rooms/partnership/engine/parts.h"
#include "rooms/partnership/engine/proxies.h"

namespace tiebeam::partnership {
namespace {

constexpr double kDaysAWeek = 7;
constexpr std::int64_t kLeastAreas = 3;  // fewer hide who does what in them. Source: ours.

// A file that holds only what was asked for since its first day begins with nothing in hand; until
// the first pieces are finished, the pile grows by itself, by arrivals x time to finish (Little).
std::optional<std::string> start_explains(const FigureBook& book, const Figure& net) {
  const auto arrivals = number_of(book, "flow.arrival.week");
  auto days = number_of(book, "flow.cycle_time.mean");
  if (!days) days = number_of(book, "flow.lead_time.p85");
  const double low = net.interval ? net.interval->low : net.number();
  if (!arrivals || !days || !net.n || low <= 0) return std::nullopt;
  const auto weeks = static_cast<double>(*net.n);
  const auto first = first_event(book.snapshot());
  if (!first) return std::nullopt;
  const double read = days_between(*first, window_end(book));
  if (read - weeks * kDaysAWeek > *days) return std::nullopt;  // full before these weeks began
  if (low * weeks > *arrivals * *days / kDaysAWeek) return std::nullopt;
  return fmt::format(
      "the file begins {:.0f} weeks ago, and a file that holds no older work fills up by itself "
      "until its first pieces are finished: export three months more",
      weeks);
}

}  // namespace

Figure holders_figure(const FigureBook& book, const FigureSpec& spec) {
  Figure out = taken(book, spec, "flow.truck_factor");
  const auto people = number_of(book, "flow.concentration.people");
  const bool is_seen = out.has_value() && out.number() <= 2;
  if ((out.has_value() || out.status == Status::not_reached) && !is_seen &&
      out.n.value_or(0) < kLeastAreas) {
    say(out, Status::not_measurable,
        fmt::format("all work falls into {} {} of work, in which single people do not show: add "
                    "the column service (system, category, product) to the export",
                    out.n.value_or(0), out.n == 1 ? "kind" : "kinds"));
  }
  if (people && *people <= 2)
    out.trail.notes.push_back(fmt::format("only {:.0f} {} finished work at all", *people,
                                          *people == 1 ? "person" : "people"));
  return out;
}
std::vector<Evidence> holders_evidence(const FigureBook& book, std::size_t offset,
                                       std::size_t limit) {
  return book.evidence("flow.truck_factor", offset, limit);
}

Figure bottleneck_figure(const FigureBook& book, const FigureSpec& spec) {
  Figure out = taken(book, spec, "flow.demand.net.week");
  if (!out.has_value()) return out;
  if (number_of(book, "flow.open").value_or(0) == 0) {
    say(out, Status::not_measurable,
        "the export holds no open work: an export of finished work alone cannot show a pile; "
        "export the open tickets, too");
  } else if (const auto reason = start_explains(book, out)) {
    say(out, Status::too_few, *reason);
  }
  return out;
}
std::vector<Evidence> bottleneck_evidence(const FigureBook& book, std::size_t offset,
                                          std::size_t limit) {
  return book.evidence("flow.demand.net.week", offset, limit);
}

}  // namespace tiebeam::partnership
