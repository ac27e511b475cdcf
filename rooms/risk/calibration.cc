#include "rooms/risk/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/figure_kit.h"
#include "model/figure_text.h"
#include "model/kernel_records.h"

namespace tiebeam::risk {
namespace {

constexpr const char* kMethod = "docs/method/calibration.md";
constexpr const char* kFormula = "answers inside their range / all, of all rounds";

Round round_of(CalibrationRound record) {
  Round out{.record = std::move(record), .answers = {}};
  for (const std::string& text : out.record.answers) {
    if (auto answer = quant::parse_range_answer(text)) {
      out.answers.push_back(*std::move(answer));
    } else {
      ++out.unreadable;
    }
  }
  return out;
}

Figure blank_hits(std::string key, std::string label, Instant as_of) {
  return blank_figure({.key = std::move(key),
                       .label = std::move(label),
                       .unit = "share",
                       .formula = kFormula,
                       .method = kMethod,
                       .version = 1,
                       .reads = {}},
                      as_of);
}

std::vector<Figure> family_figures(const FigureBook& book) {
  std::vector<quant::RangeAnswer> all;
  std::size_t rounds = 0;
  for (const Calibrated& each : calibrated_people(book.snapshot())) {
    const auto answers = each.answers();
    all.insert(all.end(), answers.begin(), answers.end());
    rounds += each.rounds.size();
  }
  Figure hits =
      blank_hits("risk.calibration.hits", "Guesses inside their 90 % range", book.as_of());
  quant::set_hits(hits, all);
  if (rounds > 0) rest_on(hits, "calibration_round", rounds, "all people");
  hits.n = static_cast<std::int64_t>(all.size());
  return {std::move(hits)};
}

std::vector<Evidence> family_evidence(const FigureBook& book, std::size_t offset,
                                      std::size_t limit) {
  std::vector<Evidence> out;
  std::size_t at = 0;
  for (const Calibrated& person : calibrated_people(book.snapshot())) {
    for (const Round& round : person.rounds) {
      if (at++ < offset || out.size() >= limit) continue;
      const std::size_t hits = quant::hits_of(round.answers);
      out.push_back(
          {.subject = "calibration_round/" + round.record.id,
           .value = round.answers.empty()
                        ? std::optional<double>{}
                        : static_cast<double>(hits) / static_cast<double>(round.answers.size()),
           .what = fmt::format("{} of {} inside, {}", hits, round.answers.size(), person.name),
           .places = {}});
    }
  }
  return out;
}

}  // namespace

std::vector<quant::RangeAnswer> Calibrated::answers() const {
  std::vector<quant::RangeAnswer> out;
  for (const Round& each : rounds) out.insert(out.end(), each.answers.begin(), each.answers.end());
  return out;
}

std::vector<std::string> Calibrated::asked() const {
  std::vector<std::string> out;
  for (const quant::RangeAnswer& each : answers()) out.push_back(each.question);
  return out;
}

std::vector<Calibrated> calibrated_people(const Snapshot& snapshot) {
  std::vector<Calibrated> out;
  for (CalibrationRound& each : snapshot.all<CalibrationRound>()) {
    const std::string& id = each.person.str();
    auto held = std::ranges::find(out, id, &Calibrated::person);
    if (held == out.end()) {
      const Record* person = snapshot.find("person", id);
      held = out.insert(out.end(), {id, person ? person->name() : id, {}});
    }
    held->rounds.push_back(round_of(std::move(each)));
  }
  for (Calibrated& each : out) {
    std::ranges::sort(each.rounds, {}, [](const Round& round) {
      return std::pair(round.record.taken_on.value_or(Day{}), round.record.created_at);
    });
  }
  std::ranges::sort(out, {},
                    [](const Calibrated& each) { return std::pair(each.name, each.person); });
  return out;
}

Figure hits_figure(const Calibrated& person, Instant as_of) {
  Figure out = blank_hits(fmt::format("risk.calibration.hits[{}]", person.person),
                          fmt::format("{}: guesses inside their 90 % range", person.name), as_of);
  quant::set_hits(out, person.answers());
  const auto n = out.n;
  rest_on(out, "calibration_round", person.rounds.size(), person.name);
  out.n = n;
  return out;
}

namespace {
// To two digits: 14, 610, 2,700,000.
std::string about(double value) {
  const double step = std::pow(10, std::floor(std::log10(value)) - 1);
  return counted(static_cast<std::int64_t>(std::round(value / step) * step));
}
}  // namespace

std::string verdict_words(std::size_t hits, std::size_t asked) {
  const double expected = kMeantLevel * static_cast<double>(asked);
  const double chance = quant::chance_of_so_few(hits, asked, kMeantLevel);
  std::string out = fmt::format("{} of {} inside; {:g} are meant to be.", hits, asked, expected);
  if (asked < kRound) return out + " So few answers say little.";
  if (chance < 0.1) {
    return out + fmt::format(
                     " Whose ranges hold 9 times in 10 gets so few in 1 of {} rounds: the "
                     "ranges are too narrow.",
                     about(1 / chance));
  }
  if (hits == asked)
    return out + " All inside: good, unless the ranges are wider than they need be.";
  return out + " That is what good ranges give.";
}

std::string advice_words(std::size_t hits, std::size_t asked) {
  const double chance = quant::chance_of_so_few(hits, asked, kMeantLevel);
  constexpr const char* kBet =
      "Ask yourself: would I rather bet on my range, or draw from ten balls of which nine win? "
      "Widen "
      "the range until you do not care.";
  if (chance < 0.01) return fmt::format("Make the next ranges about twice as wide. {}", kBet);
  if (chance < 0.1)
    return fmt::format("Look for reasons why each end could be wrong, then widen. {}", kBet);
  if (hits == asked)
    return "See whether you would still take the bet with a narrower range: the score tells.";
  return "Keep to it: say both ends from what you know, not from a middle with a bit added.";
}

std::vector<FigureFamily> calibration_families() {
  FigureFamily out;
  out.name = "risk_calibration";
  out.figures = {{.key = "risk.calibration.hits",
                  .label = "Guesses inside their 90 % range",
                  .unit = "share",
                  .formula = kFormula,
                  .method = kMethod,
                  .version = 1,
                  .reads = {}}};
  out.compute = family_figures;
  out.evidence = [](const FigureBook& book, std::string_view /*key*/, std::size_t offset,
                    std::size_t limit) { return family_evidence(book, offset, limit); };
  return {std::move(out)};
}

}  // namespace tiebeam::risk
