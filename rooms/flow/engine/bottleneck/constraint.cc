#include "rooms/flow/engine/bottleneck/constraint.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "model/figure_text.h"
#include "quant/quantile.h"
#include "rooms/flow/engine/bottleneck/stays.h"

namespace tiebeam::flow {
namespace {

constexpr std::array<std::string_view, 5> kConstraints = {"people", "automation", "timing",
                                                          "dependency", "unclear"};
constexpr std::array<std::string_view, 7> kDays = {
    "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"};

// Starts of words in English, German, French, Spanish and Dutch.
constexpr std::string_view kApprovalStems[] = {"approval",
                                               "approve ",
                                               "to approve",
                                               "sign-off",
                                               "signoff",
                                               "sign off",
                                               "decision",
                                               "authoris",
                                               "authoriz",
                                               "steering",
                                               "change board",
                                               "cab ",
                                               "genehmigung",
                                               "freigabe",
                                               "abnahme",
                                               "entscheid",
                                               "approbation",
                                               "aprobaci",
                                               "d\xc3\xa9"
                                               "cision",
                                               "decisi\xc3\xb3n",
                                               "goedkeuring",
                                               "besluit",
                                               "akkoord"};
constexpr std::string_view kDateStems[] = {"release",   "change window", "deployment window",
                                           "scheduled", "planned for",   "freeze",
                                           "termin",    "geplant",       "planifi"};
constexpr std::string_view kMachineStems[] = {
    "deploy",  "pipeline",    "provision",  "automat",          "batch",
    "nightly", "environment", "regression", "integration test", "umgebung"};

std::string_view stem_in(std::string_view name, std::span<const std::string_view> stems) {
  const std::string lower = to_lower_ascii(name) + " ";
  const auto found =
      std::ranges::find_if(stems, [&](std::string_view stem) { return has_word(lower, stem); });
  return found == stems.end() ? std::string_view{} : trim(*found);
}

class Reader {
 public:
  explicit Reader(const FlowReport& report) : report_(report), zone_(zone_of(report.log)) {}

  std::vector<StateSigns> run() {
    const FlowLog& log = report_.log;
    if (!log.transitions) return {};
    const std::size_t states = log.transitions->column("state").names.size();
    signs_.resize(states), teams_.resize(states), weeks_.resize(states);
    for (const Item& item : log.items) {
      if (!item.is_ticket) read(item);
    }
    for (std::size_t state = 0; state < states; ++state) close(state);
    return std::move(signs_);
  }

 private:
  void read(const Item& item) {
    const auto touches = touches_of(report_.log, item);
    const ResolvedMap& map = report_.log.maps[item.map];
    for (std::size_t i = 0, j = 0; i < touches.size(); i = j) {
      while (j < touches.size() && touches[j].state == touches[i].state) ++j;
      if (j == touches.size() || !report_.window.holds(touches[j].at)) continue;
      if (touches[j].at == touches[i].at) continue;  // a skipped stage, no stay
      if (is_between_cycles(map.meaning[touches[i].state])) continue;
      note(item, map, touches, i, j);
    }
  }

  // One stay [i, j) that ended in the window.
  void note(const Item& item, const ResolvedMap& map, std::span<const Touch> touches, std::size_t i,
            std::size_t j) {
    const std::uint32_t state = touches[i].state;
    StateSigns& signs = signs_[state];
    signs.meaning = map.meaning[state];
    if (signs.party.empty()) signs.party = map.map.party_of(report_.log.state_name(state));
    for (std::size_t k = i; k < j; ++k) {
      const std::int64_t time = touches[k + 1].at - touches[k].at;
      signs.time += time;
      signs.blocked_time += meaning_of(map, touches[k]) == Meaning::blocked ? time : 0;
    }
    ++signs.stays;
    if (!item.is_truncated || i > 0) signs.ends.push_back(touches[j].at - touches[i].at);
    const std::size_t next = after_waiting(map, touches, j);
    const Meaning follows =
        next < touches.size() ? map.meaning[touches[next].state] : Meaning::wait;
    signs.to_active += follows == Meaning::active ? 1 : 0;
    signs.to_done += follows == Meaning::done ? 1 : 0;
    const std::uint32_t team =
        signs.meaning == Meaning::active ? last_team(touches, i, j) : next_team(touches, next);
    if (team != 0) ++teams_[state][team];
    note_rhythm(signs, state, touches[j].at);
  }

  void note_rhythm(StateSigns& signs, std::uint32_t state, std::int64_t at) {
    const auto day = std::chrono::floor<std::chrono::days>(to_local(zone_, instant_of(at)));
    const auto monday = week_start(day);
    ++signs.weekdays[static_cast<std::size_t>((day - monday).count())];
    weeks_[state].insert(static_cast<int>(monday.time_since_epoch().count()));
  }

  static std::uint32_t last_team(std::span<const Touch> touches, std::size_t i, std::size_t j) {
    for (std::size_t k = j; k-- > i;) {
      if (touches[k].team != 0) return touches[k].team;
    }
    return 0;
  }
  // Time in a queue belongs to the next stay that is no waiting, however many queues lie between.
  static std::size_t after_waiting(const ResolvedMap& map, std::span<const Touch> touches,
                                   std::size_t j) {
    while (j < touches.size() && is_waiting(map.meaning[touches[j].state])) ++j;
    return j;
  }
  // The first team that is known of the stay that begins at `j`.
  static std::uint32_t next_team(std::span<const Touch> touches, std::size_t j) {
    for (std::size_t k = j; k < touches.size() && touches[k].state == touches[j].state; ++k) {
      if (touches[k].team != 0) return touches[k].team;
    }
    return 0;
  }

  void close(std::size_t state) {
    StateSigns& signs = signs_[state];
    signs.name = report_.log.state_name(static_cast<std::uint32_t>(state));
    signs.weeks = weeks_[state].size();
    for (const auto& [team, count] : teams_[state]) {
      signs.with_team += count;
      const std::string_view name = report_.log.team_name(team);
      if (count > signs.by_team || (count == signs.by_team && name < signs.team)) {
        signs.by_team = count;
        signs.team = name;
      }
    }
  }

  const FlowReport& report_;
  const Zone& zone_;
  std::vector<StateSigns> signs_;
  std::vector<std::map<std::uint32_t, std::size_t>> teams_;  // by state
  std::vector<std::set<int>> weeks_;
};

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}
std::string of_100(std::size_t part, std::size_t whole) {
  return fmt::format("{:.0f} of 100", 100 * share(part, whole));
}

// The map's own words, but those that are ours as they stand in a sentence.
std::string party_said(std::string_view party) {
  std::string key = to_lower_ascii(party);
  std::ranges::replace(key, ' ', '_');
  const PartyKind kind = party_kind(party);
  return std::string(key == party_key(kind) ? party_words(kind) : party);
}

Judged by_party(const StateSigns& signs) {
  Judged out;
  const PartyKind kind = party_kind(signs.party);
  switch (kind) {
    case PartyKind::business_decision:
    case PartyKind::funding:
      out.constraint = Constraint::timing;
      out.is_approval = true;
      break;
    case PartyKind::it:
      out.constraint = Constraint::people;
      break;
    default:
      out.constraint = Constraint::dependency;
  }
  out.because = fmt::format("Its state map says that it waits for {}.", party_said(signs.party));
  return out;
}

// A timer: the middle half of the stays is nearly of one length.
bool is_timer(const StateSigns& signs, std::int64_t& median) {
  if (signs.ends.size() < kTimerStays) return false;
  std::vector<std::int64_t> sorted = signs.ends;
  std::ranges::sort(sorted);
  const std::span<const std::int64_t> all(sorted);
  median = quant::inverse_ecdf(all, 0.5);
  const std::int64_t width = quant::inverse_ecdf(all, 0.75) - quant::inverse_ecdf(all, 0.25);
  constexpr std::int64_t kHour = 3600LL * 1'000'000;
  return median > kHour && static_cast<double>(width) <= kTimerWidth * static_cast<double>(median);
}

std::optional<std::size_t> meeting_day(const StateSigns& signs) {
  std::size_t all = 0;
  for (const std::size_t day : signs.weekdays) all += day;
  if (all < kRhythmStays || signs.weeks < kRhythmWeeks) return std::nullopt;
  const auto most = std::ranges::max_element(signs.weekdays);
  if (share(*most, all) < kRhythmShare) return std::nullopt;
  return static_cast<std::size_t>(most - signs.weekdays.begin());
}

std::string taken_by(const StateSigns& signs) {
  if (signs.by_team == 0) return {};
  return fmt::format(", {} by {}", of_100(signs.by_team, signs.with_team), signs.team);
}

Judged by_what_follows(const StateSigns& signs) {
  Judged out;
  const std::size_t stays = signs.stays;
  if (signs.meaning == Meaning::active) {
    out.constraint = Constraint::people;
    out.because = fmt::format("It is worked in{}: the time is that of people.", taken_by(signs));
  } else if (signs.meaning == Meaning::unknown) {
    out.because = "No map says what this state means.";
  } else if (stays > 0 && share(signs.to_active, stays) >= kMostly) {
    out.constraint = Constraint::people;
    out.because = fmt::format("A queue: after {} stays work begins{}.",
                              of_100(signs.to_active, stays), taken_by(signs));
  } else if (stays > 0 && share(signs.to_done, stays) >= kMostly) {
    out.constraint = Constraint::timing;
    out.because =
        fmt::format("After {} stays it is done without further work: it waits to be closed.",
                    of_100(signs.to_done, stays));
  } else if (stays > 0) {
    out.because =
        fmt::format("Work begins after only {} stays, and nothing says what it waits for.",
                    of_100(signs.to_active, stays));
  } else {
    out.because = "No stay in it ended in the window.";
  }
  return out;
}

Judged by_signs(const StateSigns& signs) {
  if (!signs.party.empty()) return by_party(signs);
  if (const auto stem = stem_in(signs.name, kApprovalStems); !stem.empty())
    return {
        Constraint::timing, true, fmt::format("Its name speaks of approval: \"{}\".", stem), {}};
  if (const auto stem = stem_in(signs.name, kDateStems); !stem.empty())
    return {Constraint::timing, false, fmt::format("Its name speaks of a date: \"{}\".", stem), {}};
  if (const auto stem = stem_in(signs.name, kMachineStems); !stem.empty())
    return {Constraint::automation,
            false,
            fmt::format("Its name speaks of a machine: \"{}\".", stem),
            {}};
  const bool waits = signs.meaning != Meaning::active && signs.meaning != Meaning::unknown;
  if (std::int64_t median = 0; waits && is_timer(signs, median))
    return {Constraint::timing,
            false,
            fmt::format("Half of its stays last nearly the same, {}: a timer, not people.",
                        in_words(days_of(median), "days")),
            {}};
  if (const auto day = meeting_day(signs); waits && day)
    return {Constraint::timing,
            true,
            fmt::format("Work leaves it mostly on {}: it waits for a meeting.", kDays[*day]),
            {}};
  if (signs.meaning == Meaning::blocked || (signs.time > 0 && 2 * signs.blocked_time > signs.time))
    return {Constraint::dependency,
            false,
            "It is blocked: it waits for someone outside the team, and the map does not say for "
            "whom.",
            {}};
  return by_what_follows(signs);
}

}  // namespace

std::string_view constraint_name(Constraint constraint) {
  return kConstraints[static_cast<std::size_t>(constraint)];
}

std::vector<StateSigns> state_signs(const FlowReport& report) { return Reader(report).run(); }

Judged judge(const StateSigns& signs) {
  Judged out = by_signs(signs);
  const bool is_theirs = signs.with_team > 0 && share(signs.by_team, signs.with_team) >= kMostly;
  if (out.constraint == Constraint::people && is_theirs) out.team = signs.team;
  return out;
}

}  // namespace tiebeam::flow
