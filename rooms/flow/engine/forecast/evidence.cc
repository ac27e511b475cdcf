// What the forecast's figures rest on, and the way back from it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <list>
#include <map>

#include "base/text.h"
#include "rooms/flow/engine/forecast/figures.h"

namespace tiebeam::flow {
namespace {

// A row of numbers as text, "-9,-10"; nothing for none.
std::string listed_numbers(const std::vector<std::int64_t>& numbers) {
  return fmt::format("{}", fmt::join(numbers, ","));
}

// Which weeks there are: " first=-17 off=-9,-10 ahead_off=3".
std::string frame_of(const History& history, const std::vector<std::size_t>& working) {
  const auto weeks = static_cast<std::int64_t>(history.weeks.size());
  std::vector<std::int64_t> off, ahead_off;
  for (std::int64_t i = 0; i < weeks; ++i) {
    if (history.weeks[static_cast<std::size_t>(i)].is_shutdown) off.push_back(i - weeks);
  }
  for (std::size_t k = 1; k < working.size(); ++k) {
    if (working[k] == working[k - 1]) ahead_off.push_back(static_cast<std::int64_t>(k));
  }
  std::string out = fmt::format(" first={}", -weeks);
  if (!off.empty()) out += " off=" + listed_numbers(off);
  if (!ahead_off.empty()) out += " ahead_off=" + listed_numbers(ahead_off);
  return out;
}

// The weeks that an item of a stream counts in, and their frame.
struct Weeks {
  const History* history = nullptr;
  std::string frame;
};

// All work is one history.
std::vector<Weeks> weeks_of_all(const FlowReport& report, const StandingForecast& standing) {
  const Weeks one{&standing.history, frame_of(standing.history, standing.working)};
  return std::vector(report.log.streams.size(), one);
}

// Each stream is its own: " stream=payroll in_progress=12", 0 where it only lends the errors of its
// past.
std::vector<Weeks> weeks_of_each(const FlowReport& report, const StandingForecast& standing) {
  const ForecastQuestion& question = standing.open->question;
  std::vector<Weeks> out;
  for (const History& history : standing.each) {
    const auto asked = std::ranges::find(question.streams, history.streams.front());
    const auto at = static_cast<std::size_t>(asked - question.streams.begin());
    const std::size_t open = asked == question.streams.end() ? 0 : question.scopes[at].low;
    const auto working = working_weeks_ahead(report, history, standing.open->weeks_ahead);
    out.push_back({&history, frame_of(history, working) +
                                 fmt::format(" stream={} in_progress={}",
                                             history.id.empty() ? "-" : history.id, open)});
  }
  return out;
}

// `counts`: the figure is a number of items, so each adds to it as one of them; days it adds none.
// `weeks` by stream.
std::vector<Evidence> finished_items(const FlowReport& report, const std::vector<Weeks>& weeks,
                                     bool counts, std::size_t offset, std::size_t limit) {
  const FlowLog& log = report.log;
  std::vector<Evidence> out;
  std::size_t seen = 0;
  for (const ItemFlow& flow : report.walked.items) {
    if (flow.counted == kMissing) continue;
    const auto& [held, frame] = weeks[log.items[flow.item].stream];
    const History& history = *held;
    const auto week = week_of(report, history, flow.counted);
    if (!week || history.weeks[*week].is_shutdown || seen++ < offset) continue;
    if (out.size() == limit) break;
    Evidence evidence;
    evidence.subject = "work_item/" + std::string(log.key_of(log.items[flow.item]));
    if (counts) evidence.value = 1;
    evidence.what = fmt::format(
        "finished {} week={}{}", format_instant(instant_of(flow.counted)),
        static_cast<std::int64_t>(*week) - static_cast<std::int64_t>(history.weeks.size()), frame);
    if (flow.counted_row != kNone) {
      evidence.places.push_back(
          {log.transitions->import_of(flow.counted_row), log.transitions->line[flow.counted_row]});
    }
    out.push_back(std::move(evidence));
  }
  return out;
}

std::vector<Evidence> past_origins(const StandingForecast& standing, std::string_view key,
                                   std::size_t offset, std::size_t limit) {
  std::vector<Evidence> out;
  const auto& origins = standing.card.origins;
  for (std::size_t i = offset; i < origins.size() && out.size() < limit; ++i) {
    const PastForecast& past = origins[i];
    const History& history = standing.history;
    const auto back = static_cast<std::size_t>(-history.series.number[past.origin]);
    Evidence evidence;
    evidence.subject = "week/" + format_day(history.weeks[history.weeks.size() - back].from);
    double part = 1, whole = 1;
    if (key.ends_with("held_p85")) part = past.held_p85() ? 1 : 0;
    if (key.ends_with("coverage")) part = past.inside_90() ? 1 : 0;
    if (key.ends_with("skill")) {
      part = (past.reference - past.score) / past.scale;
      whole = past.reference / past.scale;
    }
    evidence.value = part;
    if (key.ends_with("skill")) evidence.value.reset();
    if (key.ends_with("skill") && whole > 0) evidence.value = part / whole;
    evidence.what = fmt::format("said p05={} p15={} p50={} p95={}, came {}, part={} whole={}",
                                past.p05, past.p15, past.p50, past.p95, past.came, part, whole);
    out.push_back(std::move(evidence));
  }
  return out;
}

// The text after "name=" up to the next blank.
std::string_view named(std::string_view what, std::string_view name) {
  for (const std::string_view word : split_at(what, ' ')) {
    if (word.size() > name.size() && word.starts_with(name) && word[name.size()] == '=')
      return word.substr(name.size() + 1);
  }
  return {};
}
std::vector<std::int64_t> numbers_in(std::string_view text) {
  std::vector<std::int64_t> out;
  if (text.empty()) return out;
  for (const std::string_view part : split_at(text, ','))
    out.push_back(parse_integer(part).value_or(0));
  return out;
}
// The word after `word`, as a number.
double number_after(std::string_view formula, std::string_view word) {
  const auto words = split_at(formula, ' ');
  const auto at = std::ranges::find(words, word);
  return at == words.end() || at + 1 == words.end() ? 0 : parse_number(*(at + 1)).value_or(0);
}

bool is_in(const std::vector<std::int64_t>& list, std::int64_t value) {
  return std::ranges::find(list, value) != list.end();
}

// The weeks that a frame tells of, with the items that were finished in them: those of one stream.
struct Told {
  Series series;
  std::size_t open = 0;
  std::string_view frame;
};
Told told_by(const std::vector<const Evidence*>& evidence) {
  Told out;
  out.frame = evidence.front()->what;
  out.open = static_cast<std::size_t>(parse_integer(named(out.frame, "in_progress")).value_or(0));
  const std::int64_t first = parse_integer(named(out.frame, "first")).value_or(-1);
  const auto off = numbers_in(named(out.frame, "off"));
  std::vector<std::int64_t> number;
  for (std::int64_t week = first; week < 0; ++week) {
    if (!is_in(off, week)) number.push_back(week);
  }
  std::vector<std::uint32_t> finished(number.size(), 0);
  for (const Evidence* each : evidence) {
    const std::int64_t week = parse_integer(named(each->what, "week")).value_or(0);
    const auto at = std::ranges::find(number, week);
    if (at != number.end()) ++finished[static_cast<std::size_t>(at - number.begin())];
  }
  out.series = make_series("", std::move(number), std::move(finished), 0);
  return out;
}
std::vector<Told> told_by_stream(const std::vector<Evidence>& evidence) {
  std::map<std::string_view, std::vector<const Evidence*>> by_stream;
  for (const Evidence& each : evidence) by_stream[named(each.what, "stream")].push_back(&each);
  std::vector<Told> out;
  for (const auto& [stream, rows] : by_stream) out.push_back(told_by(rows));
  return out;
}

std::vector<std::size_t> working_from(std::string_view frame, std::size_t weeks) {
  const auto off = numbers_in(named(frame, "ahead_off"));
  std::vector<std::size_t> out{0};
  for (std::size_t k = 1; k <= weeks; ++k)
    out.push_back(out.back() + (is_in(off, static_cast<std::int64_t>(k)) ? 0 : 1));
  return out;
}

std::shared_ptr<const Horizons> horizons_of(const std::vector<Told>& all) {
  std::vector<Series> series;
  for (const Told& each : all) series.push_back(each.series);
  return std::make_shared<const Horizons>(std::move(series));
}

// The week by which all streams have finished their open items; `items`: of all work, where the
// rows tell of no streams.
std::optional<std::size_t> week_of_last(std::vector<Told> all, std::size_t items, double sure) {
  if (all.size() == 1 && all.front().open == 0) all.front().open = items;
  std::size_t known = std::numeric_limits<std::size_t>::max();
  for (const Told& each : all) {
    if (each.open > 0) known = std::min(known, each.series.size());
  }
  const std::size_t most = most_weeks_ahead(known);
  const auto horizons = horizons_of(all);
  std::list<Outlook> outlooks;
  std::vector<Due> due;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].open == 0) continue;
    outlooks.emplace_back(horizons, i, working_from(all[i].frame, most));
    due.push_back({&outlooks.back(), points_of({.low = all[i].open, .high = all[i].open})});
  }
  return week_reaching(done_together(due, most, sure).all, sure);
}

}  // namespace

std::vector<Evidence> forecast_evidence(const FlowReport& report, const StandingForecast& standing,
                                        std::string_view key, std::size_t offset,
                                        std::size_t limit) {
  if (key.starts_with("flow.forecast.card.")) return past_origins(standing, key, offset, limit);
  const bool counts = !key.starts_with("flow.forecast.open.");
  const bool by_stream = !counts && standing.open && !standing.open->question.streams.empty();
  return finished_items(
      report, by_stream ? weeks_of_each(report, standing) : weeks_of_all(report, standing), counts,
      offset, limit);
}

std::optional<Recomputed> recompute_forecast(std::string_view formula,
                                             const std::vector<Evidence>& evidence) {
  if (!formula.starts_with("forecast at ") || evidence.empty()) return std::nullopt;
  const double sure = number_after(formula, "at");
  const std::vector<Told> told = told_by_stream(evidence);
  if (formula.contains(" how many ")) {
    const auto weeks = static_cast<std::size_t>(number_after(formula, "in"));
    const std::size_t most = most_weeks_ahead(told.front().series.size());
    const Outlook outlook(horizons_of(told), 0, working_from(told.front().frame, most));
    return Recomputed{static_cast<double>(outlook.how_many(7 * weeks, 1 - sure)), std::nullopt,
                      std::nullopt};
  }
  const auto items = static_cast<std::size_t>(number_after(formula, "until"));
  const auto week = week_of_last(told, items, sure);
  if (!week) return Recomputed{};
  return Recomputed{7.0 * static_cast<double>(*week), std::nullopt, std::nullopt};
}

}  // namespace tiebeam::flow
