#include "rooms/risk/cli/start_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/risk/risk.h"
#include "rooms/risk/start_figures.h"

namespace tiebeam::risk {

std::string start_text(const StartAnswer& answer) {
  const StartWish& wish = answer.wish;
  std::string out =
      fmt::format("Starting points for {} people, {} a year, sector {}\n\n",
                  counted(static_cast<std::int64_t>(wish.profile.people)),
                  money_words(wish.profile.revenue, answer.currency), wish.profile.sector);
  cli::TextTable table({"id", "times a year", "one event costs", "a year", "how often rests on"});
  for (const Suggestion& each : answer.all) {
    const StarterFigures figures = figures_of(each, answer);
    const bool is_held = std::ranges::find(answer.held, each.starter->id) != answer.held.end();
    const Interval loss = figures.loss.interval.value_or(Interval{});
    table.add({each.starter->id + (is_held ? " *" : ""), between(figures.frequency),
               fmt::format("{} to {}", money_words(loss.low, answer.currency),
                           money_words(loss.high, answer.currency)),
               in_words(figures.mean), evidence_words(each.frequency)});
  }
  out += table.text();
  if (!answer.held.empty()) out += "* is a scenario already\n";
  if (answer.together) {
    out += "\nThe chosen ones together:\n";
    for (const Figure& each : answer.figures)
      out += fmt::format("  {}: {}\n", each.label, in_words(each));
    for (std::size_t i = 0; i < answer.points.size(); ++i) {
      out += fmt::format("  more than {} in {}: {}\n",
                         money_words(answer.points[i].loss, answer.currency),
                         years_words(answer.together->appetite[i].probability.value),
                         quant::verdict_name(answer.together->appetite[i].verdict));
    }
  }
  return out + "\nadd some with: tiebeam risk start ID ... (or --all)\n";
}

std::string calibration_text(const FigureBook& book) {
  const auto people = calibrated_people(book.snapshot());
  if (people.empty())
    return "nobody has taken a round yet; see one with: tiebeam risk calibration --questions\n";
  cli::TextTable table({"person", "rounds", "answers", "inside", "9 in 10 between"});
  for (const Calibrated& each : people) {
    const Figure hits = hits_figure(each, book.as_of());
    table.add({each.name, counted(static_cast<std::int64_t>(each.rounds.size())),
               counted(static_cast<std::int64_t>(each.answers().size())), in_words(hits),
               between(hits)});
  }
  return table.text() + "ranges are meant to hold 90 times in 100\n";
}

std::string round_text(const FigureBook& book, const std::string& person) {
  std::string out = "For each, a range that holds the answer 9 times in 10:\n\n";
  for (const Question* each : next_round(person, asked_before(book.snapshot(), person)))
    out += fmt::format("  {:<24} {} ({})\n", each->id, each->text, each->unit);
  return out +
         "\nanswer with: tiebeam risk calibrate --by-name NAME --range \"QUESTION LOW HIGH\" ...\n";
}

}  // namespace tiebeam::risk
