// Waiting for the business: three of the flow room's parties together. Their shares are read by
// key; the interval of the sum follows from the pieces under them.
#include <fmt/format.h>

#include <array>
#include <map>

#include "base/text.h"
#include "rooms/partnership/engine/maker.h"
#include "rooms/partnership/engine/parts.h"

namespace tiebeam::partnership {
namespace {

constexpr std::array<std::string_view, 3> kBusiness = {"flow.waiting.party.business_decision",
                                                       "flow.waiting.party.requirement_change",
                                                       "flow.waiting.party.funding"};
constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kLeastItems = 5;  // as flow.waits_outside

// The number behind "part=" in a piece of evidence under a ratio of sums.
double number_behind(std::string_view what, std::string_view name) {
  const std::size_t at = what.find(name);
  if (at == std::string_view::npos) return 0;
  const std::string_view rest = what.substr(at + name.size());
  return parse_number(rest.substr(0, rest.find(' '))).value_or(0);
}

struct Piece {
  double part = 0, whole = 0;
  std::vector<Evidence::Place> places;
};
using Pieces = std::map<std::string, Piece>;  // by subject

Pieces pieces_of(const FigureBook& book) {
  Pieces out;
  for (const std::string_view key : kBusiness) {
    for (Evidence& each : book.evidence(key, 0, kAll)) {
      Piece& piece = out[each.subject];
      piece.part += number_behind(each.what, "part=");
      piece.whole = number_behind(each.what, "whole=");
      piece.places = std::move(each.places);
    }
  }
  return out;
}
std::shared_ptr<const Pieces> shared_pieces(const FigureBook& book) {
  return book.once<Pieces>("partnership.waiting", [&book] { return pieces_of(book); });
}

}  // namespace

Figure waiting_figure(const FigureBook& book, const FigureSpec& spec) {
  Figure out = blank_figure(spec, seen_at(book));
  const Figure* first = book.find(kBusiness.front());
  if (!first) {
    say(out, Status::not_measurable, "no work is read");
    return out;
  }
  take(out, *first);
  if (!first->has_value()) return out;
  std::vector<double> parts, wholes;
  std::size_t waited = 0;
  for (const auto& [subject, piece] : *shared_pieces(book)) {
    parts.push_back(piece.part), wholes.push_back(piece.whole);
    waited += piece.whole > 0 ? 1 : 0;
  }
  const auto share = quant::ratio_of_sums(parts, wholes);
  if (!share || waited < kLeastItems) {
    say(out, Status::too_few,
        fmt::format("{} finished pieces of work waited: {} are needed", waited, kLeastItems));
    return out;
  }
  out.interval.reset();
  set_spread(out, *share, 0, 1);
  return out;
}

// Longest waits for the business first.
std::vector<Evidence> waiting_evidence(const FigureBook& book, std::size_t offset,
                                       std::size_t limit) {
  const Pieces& pieces = *shared_pieces(book);
  std::vector<std::pair<double, const Pieces::value_type*>> order;
  order.reserve(pieces.size());
  for (const auto& piece : pieces) order.emplace_back(piece.second.part, &piece);
  std::ranges::sort(order, [](const auto& a, const auto& b) {
    return std::tie(b.first, a.second->first) < std::tie(a.first, b.second->first);
  });
  std::vector<Evidence> out;
  for (std::size_t i = offset; i < order.size() && out.size() < limit; ++i) {
    const auto& [subject, piece] = *order[i].second;
    out.push_back({subject, piece.whole > 0 ? piece.part / piece.whole : 0,
                   fmt::format("part={} whole={} days of waiting for the business, of all its "
                               "waiting",
                               shortest(piece.part), shortest(piece.whole)),
                   piece.places});
  }
  return out;
}

}  // namespace tiebeam::partnership
