#include "application/demonstration/work_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <queue>

#include "application/demonstration/dice.h"

namespace tiebeam::demonstration {
namespace {

constexpr std::chrono::days kFurther{400};  // work that is planned behind the end, and cut there

struct Piece {
  std::string key;
  Dice dice;
  Instant created{};
  std::size_t type = 0, service = 0;
  std::string title = {}, priority = {}, initiative = {}, holder = {};
  std::size_t station = 0;  // where it is
  int drops_at = -1;        // station at which it is cancelled
};

struct Line {
  Instant at;
  std::uint64_t order;
  std::size_t piece;
  std::string state, team, holder;
};

// What happens next to a piece.
struct Step {
  Instant at;
  std::uint64_t order;  // of those at one time, who was first
  std::size_t piece;
  bool is_over;  // the station is over; else the piece comes to it
  bool operator>(const Step& other) const {
    return at != other.at ? at > other.at : order > other.order;
  }
};

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

std::string quoted(const std::string& text) {
  return text.find_first_of(",\"") == std::string::npos
             ? text
             : fmt::format("\"{}\"", replaced(text, "\"", "\"\""));
}

class Team {
 public:
  Team(const WorkPlan& plan, std::uint64_t seed, Calendar calendar, Instant until)
      : plan_(plan),
        seed_(seed),
        calendar_(std::move(calendar)),
        until_(until),
        busy_(plan.stations.size()),
        waiting_(plan.stations.size()) {}

  std::string work() {
    take_in();
    while (!steps_.empty()) {
      const Step step = steps_.top();
      steps_.pop();
      if (step.at >= until_) break;
      if (step.is_over) {
        leave(step.piece, step.at);
      } else {
        come(step.piece, step.at);
      }
    }
    return text();
  }

 private:
  // The first instant with so much working time between `from` and it.
  Instant after(Instant from, double days) const {
    constexpr double kDay = 8.0 * 3600 * 1e6;  // microseconds of a working day
    const Micros wanted{static_cast<std::int64_t>(days * kDay)};
    Instant low = from, high = from + wanted * 6 + std::chrono::days{14};
    while (high - low > std::chrono::seconds{1}) {
      const Instant middle = low + (high - low) / 2;
      (calendar_.working(from, middle) < wanted ? low : high) = middle;
    }
    return std::chrono::floor<std::chrono::seconds>(high);
  }

  double rate_on(Day day) const {
    double out = 0;
    for (const Rate& rate : plan_.rates)
      if (rate.from <= day) out = rate.a_week;
    return out;
  }

  // All pieces, week by week, each at a working moment.
  void take_in() {
    Dice arrivals(seed_, plan_.prefix + " arrivals");
    std::vector<Instant> moments;
    for (std::chrono::sys_days week{plan_.from}; week < until_; week += std::chrono::days{7}) {
      const int count = arrivals.poisson(rate_on(Day{week}));
      for (int i = 0; i < count; ++i) moments.push_back(after(week, arrivals.uniform() * 5.3));
    }
    std::ranges::sort(moments);
    for (const Instant at : moments) {
      if (at >= until_) break;
      add(at);
    }
  }

  void add(Instant at) {
    const std::string key = fmt::format(
        "{}-{}", plan_.prefix, plan_.first_number + static_cast<std::int64_t>(pieces_.size()));
    Piece piece{.key = key, .dice = Dice(seed_, key), .created = at};
    Dice& dice = piece.dice;
    piece.type = dice.one_of(plan_.types, [](const Type& type) { return type.weight; });
    piece.service = dice.one_of(plan_.services, [](const Service& one) { return one.weight; });
    const Type& type = plan_.types[piece.type];
    const Service& service = plan_.services[piece.service];
    piece.title = replaced(type.titles[dice.below(type.titles.size())], "{thing}",
                           service.things[dice.below(service.things.size())]);
    if (!plan_.who.empty())
      piece.title = replaced(piece.title, "{who}", plan_.who[dice.below(plan_.who.size())]);
    piece.priority = dice.happens(type.priority_high) ? "high" : "normal";
    if (!service.initiatives.empty()) piece.initiative = dice.one_of(service.initiatives);
    piece.holder = dice.one_of(service.holders);
    if (dice.happens(plan_.dropped))
      piece.drops_at = static_cast<int>(dice.below(plan_.stations.size()));
    pieces_.push_back(std::move(piece));
    const std::size_t place = pieces_.size() - 1;
    note(place, at, plan_.created_state, plan_.stations.front().team, "");
    step(place, at, false);
  }

  void step(std::size_t piece, Instant at, bool is_over) {
    steps_.push({at, order_++, piece, is_over});
  }
  void note(std::size_t piece, Instant at, const std::string& state, const std::string& team,
            const std::string& holder) {
    lines_.push_back({at, order_++, piece, state, team, holder});
  }

  bool passes(Piece& piece, const Station& station) const {
    if (!station.types.empty() &&
        std::ranges::find(station.types, plan_.types[piece.type].name) == station.types.end())
      return false;
    return station.chance >= 1 || piece.dice.happens(station.chance);
  }

  // To the next station that it passes, or to its end.
  void come(std::size_t place, Instant at) {
    Piece& piece = pieces_[place];
    while (piece.station < plan_.stations.size() && !passes(piece, plan_.stations[piece.station])) {
      ++piece.station;
    }
    if (piece.station >= plan_.stations.size()) {
      note(place, at, plan_.done_state, plan_.stations.back().team, piece.holder);
      return;
    }
    if (piece.drops_at >= 0 && piece.station >= static_cast<std::size_t>(piece.drops_at)) {
      note(place, at, plan_.dropped_state, plan_.stations[piece.station].team, piece.holder);
      return;
    }
    const Station& station = plan_.stations[piece.station];
    if (station.desks > 0 && busy_[piece.station] >= station.desks) {
      if (!station.queue.empty()) note(place, at, station.queue, station.team, "");
      waiting_[piece.station].push_back(place);
    } else {
      begin(place, at);
    }
  }

  void begin(std::size_t place, Instant at) {
    Piece& piece = pieces_[place];
    const Station& station = plan_.stations[piece.station];
    ++busy_[piece.station];
    if (!station.keeps_holder) {
      piece.holder = piece.dice.one_of(
          station.holders.empty() ? plan_.services[piece.service].holders : station.holders);
    }
    note(place, at, station.state, station.team, piece.holder);
    step(place, after(at, piece.dice.days(station.days)), true);
  }

  void leave(std::size_t place, Instant at) {
    Piece& piece = pieces_[place];
    const std::size_t here = piece.station;
    const Station& station = plan_.stations[here];
    --busy_[here];
    if (!waiting_[here].empty()) {
      const std::size_t next = waiting_[here].front();
      waiting_[here].pop_front();
      begin(next, at);
    }
    ++piece.station;
    if (piece.dice.happens(station.back_chance)) {
      const auto back = std::ranges::find(plan_.stations, station.back_to, &Station::state);
      piece.station = static_cast<std::size_t>(back - plan_.stations.begin());
    }
    come(place, at);
  }

  std::string text() {
    std::ranges::sort(lines_, [](const Line& a, const Line& b) {
      return a.at != b.at ? a.at < b.at : a.order < b.order;
    });
    std::string out =
        "item,created,at,state,type,priority,service,team,assignee,initiative,title\n";
    for (const Line& line : lines_) {
      if (line.at >= until_) break;
      const Piece& piece = pieces_[line.piece];
      out += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", piece.key,
                         format_instant(piece.created), format_instant(line.at), quoted(line.state),
                         plan_.types[piece.type].name, piece.priority,
                         quoted(plan_.services[piece.service].name), quoted(line.team),
                         quoted(line.holder), piece.initiative, quoted(piece.title));
    }
    return out;
  }

  const WorkPlan& plan_;
  std::uint64_t seed_;
  Calendar calendar_;
  Instant until_;
  std::vector<Piece> pieces_;
  std::vector<Line> lines_;
  std::priority_queue<Step, std::vector<Step>, std::greater<>> steps_;
  std::uint64_t order_ = 0;
  std::vector<std::int64_t> busy_;                // by station
  std::vector<std::deque<std::size_t>> waiting_;  // by station, first come first served
};

}  // namespace

Result<std::string> event_file(const WorkPlan& plan, std::uint64_t seed, const Zone& zone,
                               Instant until) {
  Calendar calendar = Calendar::always();
  if (plan.hours != "always") {
    TB_TRY(Week week, parse_week(plan.hours));
    const Day last{std::chrono::floor<std::chrono::days>(until) + kFurther};
    TB_TRY(calendar, Calendar::create(zone, std::move(week), {}, plan.from, last));
  }
  return Team(plan, seed, std::move(calendar), until).work();
}

}  // namespace tiebeam::demonstration
