#include "rooms/briefing/engine/sentences.h"

#include "model/figure_text.h"

namespace tiebeam::briefing {
namespace {

// The value of a figure that is ok, or nothing.
std::optional<double> value(const FigureBook& book, std::string_view key) {
  const Figure* figure = book.find(key);
  if (!figure || figure->status != Status::ok) return std::nullopt;
  const auto* number = std::get_if<double>(&figure->value);
  return number ? std::optional(*number) : std::nullopt;
}

bool has_status(const FigureBook& book, std::string_view key, Status status) {
  const Figure* figure = book.find(key);
  return figure && figure->status == status;
}

bool at_least(const FigureBook& book, std::string_view key, double bound) {
  const auto held = value(book, key);
  return held && *held >= bound;
}

bool below(const FigureBook& book, std::string_view key, double bound) {
  const auto held = value(book, key);
  return held && *held < bound;
}

// True when `key` exceeds `factor` times `other`.
bool exceeds(const FigureBook& book, std::string_view key, double factor, std::string_view other) {
  const auto a = value(book, key), b = value(book, other);
  return a && b && *a > factor * *b;
}

// The whole interval of a growth lies above (sign 1) or below (sign -1) zero: what chance alone
// could make is not worth a sentence.
bool surely_grows(const FigureBook& book, std::string_view key, int sign) {
  const Figure* figure = book.find(key);
  if (!figure || figure->status != Status::ok || !figure->interval) return false;
  return sign > 0 ? figure->interval->low > 0 : figure->interval->high < 0;
}

// Work in progress grows; what is given up leaves it too.
bool pile_grows(const FigureBook& book) { return surely_grows(book, "flow.demand.net.week", 1); }

// Given-up work is never finished: from here on it alone can keep a line from being reached.
bool given_up(const FigureBook& book, double share) {
  return at_least(book, "flow.cancelled.share", share);
}

// Even by the reading of the events that is hardest on it.
bool is_mostly_worked_on(const FigureBook& book) {
  const Figure* band = book.find("flow.efficiency.band");
  return band && band->status == Status::ok && band->interval && band->interval->low >= 0.4;
}

bool slow_part_is_hidden(const FigureBook& book) {
  return exceeds(book, "flow.cycle_time.km.p95", 1.3, "flow.cycle_time.p95");
}

// Even the low end of what the trials leave open is more often than was agreed.
bool appetite_is_missed(const FigureBook& book) {
  const Figure* figure = book.find("risk.appetite.factor");
  return figure && figure->status == Status::ok && figure->interval && figure->interval->low > 1;
}

struct Candidate {
  Role role;
  bool (*holds)(const FigureBook& book);
  std::string_view pattern;
};

bool always(const FigureBook& /*book*/) { return true; }

// In order of weight: of each role the first that holds and can be filled is said.
// Thresholds: ours, see docs/method/brief.md.
constexpr Candidate kCandidates[] = {
    {Role::answer,
     [](const FigureBook& b) { return has_status(b, "flow.cycle_time.km.p95", Status::ok); },
     "Half of the work is finished within {flow.cycle_time.km.p50}, 85 of 100 pieces within "
     "{flow.cycle_time.km.p85} and 95 of 100 within {flow.cycle_time.km.p95}."},
    {Role::answer,
     [](const FigureBook& b) {
       return has_status(b, "flow.cycle_time.km.p85", Status::ok) && given_up(b, 0.05);
     },
     "Half of the work is finished within {flow.cycle_time.km.p50} and 85 of 100 pieces within "
     "{flow.cycle_time.km.p85}; {flow.cancelled.share} of what is begun is given up."},
    {Role::answer,
     [](const FigureBook& b) { return has_status(b, "flow.cycle_time.km.p85", Status::ok); },
     "Half of the work is finished within {flow.cycle_time.km.p50} and 85 of 100 pieces within "
     "{flow.cycle_time.km.p85}; how long the slowest take is not known yet."},
    {Role::answer,
     [](const FigureBook& b) {
       return has_status(b, "flow.cycle_time.km.p50", Status::ok) && given_up(b, 0.15);
     },
     "Half of the work is finished within {flow.cycle_time.km.p50}; {flow.cancelled.share} of what "
     "is begun is given up."},
    {Role::answer,
     [](const FigureBook& b) { return has_status(b, "flow.cycle_time.km.p50", Status::ok); },
     "Half of the work is finished within {flow.cycle_time.km.p50}; too much is still open to say "
     "how long the rest takes."},
    {Role::answer, [](const FigureBook& b) { return given_up(b, 0.5); },
     "Most work is given up: {flow.cancelled.share} of what is begun."},
    {Role::answer, [](const FigureBook& b) { return at_least(b, "flow.items", 1); },
     "It is too early to say how long work takes: {flow.finished} finished, {flow.open} open."},
    {Role::answer, [](const FigureBook& b) { return value(b, "flow.items").has_value(); },
     "No work is known yet: {flow.items}."},

    {Role::volume, [](const FigureBook& b) { return at_least(b, "flow.cancelled", 1); },
     "Of {flow.items} asked for: {flow.finished} finished, {flow.cancelled} given up, {flow.open} "
     "still open."},
    {Role::volume, [](const FigureBook& b) { return at_least(b, "flow.open", 1); },
     "Of {flow.items} asked for: {flow.finished} finished, {flow.open} still open."},
    {Role::volume, [](const FigureBook& b) { return at_least(b, "flow.items", 1); },
     "All that was asked for is finished: {flow.items}."},

    {Role::value,
     [](const FigureBook& b) { return at_least(b, "investment.funded.npv.p_loss", 0.5); },
     "What is funded is expected to be worth {investment.funded.npv.mean}, and loses money in "
     "{investment.funded.npv.p_loss} of the cases: read its cases again."},
    {Role::value, always,
     "What is funded is expected to be worth {investment.funded.npv.mean}; the chance that it "
     "loses money is {investment.funded.npv.p_loss}."},

    {Role::good, [](const FigureBook& b) { return at_least(b, "flow.purpose.share", 0.8); },
     "{flow.purpose.share} of the work serves a priority that the business named."},
    {Role::good, [](const FigureBook& b) { return surely_grows(b, "flow.net_flow.week", -1); },
     "More is finished than arrives: {flow.throughput.week} against {flow.arrival.week}."},
    {Role::good, is_mostly_worked_on, "Work is in somebody's hands {flow.efficiency} of its time."},
    {Role::good, [](const FigureBook& b) { return below(b, "flow.rework.share", 0.05); },
     "Little has to be done twice: {flow.rework.share} of the finished work went back a step."},

    {Role::bad, appetite_is_missed,
     "A loss beyond what was agreed comes {risk.appetite.factor} as often as accepted; 1 year in "
     "10 "
     "costs more than {risk.loss.p90}."},
    {Role::bad, pile_grows,
     "More work is begun than comes to an end: what is in progress grows by "
     "{flow.demand.net.week}."},
    {Role::bad, [](const FigureBook& b) { return slow_part_is_hidden(b) && given_up(b, 0.01); },
     "Finished work alone hides the slow part: by it, 95 of 100 take no longer than "
     "{flow.cycle_time.p95}; with what is open or was given up it is {flow.cycle_time.km.p95}."},
    {Role::bad, slow_part_is_hidden,
     "Finished work alone hides the slow part: by it, 95 of 100 take no longer than "
     "{flow.cycle_time.p95}; with the open work counted it is {flow.cycle_time.km.p95}."},
    {Role::bad, [](const FigureBook& b) { return below(b, "flow.efficiency", 0.25); },
     "Work is in somebody's hands only {flow.efficiency} of its time; the rest it waits."},
    {Role::bad, [](const FigureBook& b) { return at_least(b, "flow.pingpong.share", 0.3); },
     "{flow.pingpong.share} of the work that changes teams twice or more comes back to a team that "
     "had it before."},
    {Role::bad, [](const FigureBook& b) { return at_least(b, "flow.unmapped.share", 0.05); },
     "What {flow.unmapped.share} of the events mean is not known yet."},

    {Role::ask, appetite_is_missed,
     "Decide together what to do about the loss beyond what was agreed: the worst 5 of 100 years "
     "cost "
     "{risk.loss.tvar95} on average."},
    {Role::ask, [](const FigureBook& b) { return below(b, "flow.purpose.share", 0.5); },
     "Decide together which priorities this work should serve: {flow.purpose.share} of it is tied "
     "to "
     "one today."},
    {Role::ask, pile_grows,
     "Decide together what to stop until no more is begun than comes to an end: it is "
     "{flow.demand.net.week} too many."},
    {Role::ask,
     [](const FigureBook& b) { return exceeds(b, "flow.age.p85", 1.0, "flow.cycle_time.km.p85"); },
     "Look at the oldest open work first: 15 of 100 open pieces are older than {flow.age.p85}."},
};

}  // namespace

std::string_view role_name(Role role) {
  constexpr std::string_view names[] = {"answer", "volume", "value", "good", "bad", "ask"};
  return names[static_cast<int>(role)];
}

std::string Sentence::plain() const {
  std::string out;
  for (const Piece& piece : pieces) out += piece.text;
  return out;
}

std::vector<std::string> Sentence::figures() const {
  std::vector<std::string> out;
  for (const Piece& piece : pieces) {
    if (!piece.figure.empty()) out.push_back(piece.figure);
  }
  return out;
}

std::optional<Sentence> fill(Role role, std::string_view pattern, const FigureBook& book) {
  Sentence out{role, {}};
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    if (open != 0) out.pieces.push_back({std::string(pattern.substr(0, open)), {}});
    if (open == std::string_view::npos) break;
    const std::size_t close = pattern.find('}', open);
    TB_CHECK(close != std::string_view::npos, "a template closes its braces");
    const std::string key(pattern.substr(open + 1, close - open - 1));
    const Figure* figure = book.find(key);
    if (!figure || !figure->has_value()) return std::nullopt;
    out.pieces.push_back({in_words(*figure), key});
    pattern.remove_prefix(close + 1);
  }
  return out;
}

std::vector<Sentence> sentences_of(const FigureBook& book) {
  std::vector<Sentence> out;
  for (const Candidate& candidate : kCandidates) {
    const bool said = !out.empty() && out.back().role == candidate.role;
    if (said || !candidate.holds(book)) continue;
    if (auto sentence = fill(candidate.role, candidate.pattern, book))
      out.push_back(*std::move(sentence));
  }
  return out;
}

}  // namespace tiebeam::briefing
