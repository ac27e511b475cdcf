// Calibration as JSON.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/figure_json.h"
#include "model/figure_kit.h"
#include "model/figure_text.h"
#include "model/kernel_records.h"
#include "rooms/risk/calibration.h"
#include "rooms/risk/exposure_json.h"

namespace tiebeam::risk {
namespace {

constexpr const char* kMethod = "docs/method/calibration.md";

Figure round_figure(const Round& round, std::string name, std::string label, std::string unit,
                    std::string formula, double value, Instant as_of) {
  Figure out = blank_figure({.key = fmt::format("risk.calibration.{}[{}]", name, round.record.id),
                             .label = std::move(label),
                             .unit = std::move(unit),
                             .formula = std::move(formula),
                             .method = kMethod,
                             .version = 1,
                             .reads = {}},
                            as_of);
  out.value = value;
  out.n = static_cast<std::int64_t>(round.answers.size());
  return out;
}

Json answer_json(const quant::RangeAnswer& answer) {
  const Question* question = find_question(answer.question);
  return Json::object({{"question", answer.question},
                       {"text", question ? Json(question->text) : Json()},
                       {"unit", question ? Json(question->unit) : Json()},
                       {"source", question ? Json(question->source) : Json()},
                       {"low", answer.low},
                       {"high", answer.high},
                       {"truth", answer.truth},
                       {"inside", quant::is_hit(answer)}});
}

Error no_person(std::string message) {
  return {.kind = Kind::not_found,
          .code = "risk.no_such_person",
          .message = std::move(message),
          .detail = {},
          .hint = "name one on record with --person, or write the name with --by-name",
          .field = "/person"};
}

}  // namespace

std::vector<std::string> asked_before(const Snapshot& snapshot, const std::string& person) {
  for (const Calibrated& each : calibrated_people(snapshot)) {
    if (each.person == person) return each.asked();
  }
  return {};
}

Json round_result(const Round& round, Instant as_of, const std::string& recompute) {
  const std::size_t hits = quant::hits_of(round.answers), asked = round.answers.size();
  Json answers = Json::Array{};
  for (const quant::RangeAnswer& each : round.answers) answers.push(answer_json(each));
  Json out = Json::object(
      {{"id", round.record.id},
       {"taken_on", round.record.taken_on ? Json(format_day(*round.record.taken_on)) : Json()},
       {"unreadable", round.unreadable},
       {"answers", std::move(answers)}});
  if (asked == 0) return out;
  out.set("hits", cell_json(round_figure(round, "inside", "Answers inside", "answers",
                                         "answers with low <= truth <= high",
                                         static_cast<double>(hits), as_of),
                            recompute));
  out.set("chance",
          cell_json(round_figure(round, "chance", "Chance of so few by luck", "share",
                                 "P(at most so many hits), binomial with 0.9",
                                 quant::chance_of_so_few(hits, asked, kMeantLevel), as_of),
                    recompute));
  out.set("score",
          cell_json(round_figure(round, "score", "Interval score, less is better",
                                 "times the answer", "mean of (high - low + 20 x miss) / scale",
                                 quant::mean_score(round.answers, kMeantLevel), as_of),
                    recompute));
  out.set("verdict", verdict_words(hits, asked));
  out.set("advice", advice_words(hits, asked));
  return out;
}

namespace {
Json person_json(const Calibrated& person, Instant as_of, const std::string& recompute) {
  Json rounds = Json::Array{};
  for (const Round& each : person.rounds) rounds.push(round_result(each, as_of, recompute));
  return Json::object({{"id", person.person},
                       {"name", person.name},
                       {"hits", cell_json(hits_figure(person, as_of), recompute)},
                       {"rounds", std::move(rounds)}});
}

}  // namespace

Json calibration_json(const FigureBook& book, const std::string& recompute) {
  Json people = Json::Array{}, figures = Json::Array{};
  for (const Calibrated& each : calibrated_people(book.snapshot()))
    people.push(person_json(each, book.as_of(), recompute));
  for (const Figure& each : book.all("risk.calibration.")) figures.push(to_json(each));
  return Json::object({{"figures", std::move(figures)},
                       {"people", std::move(people)},
                       {"questions", questions().size()},
                       {"needed", quant::kAnswersNeeded},
                       {"level", kMeantLevel},
                       {"recompute", recompute}});
}

Json calibration_of(const FigureBook& book, const std::string& person) {
  const auto people = calibrated_people(book.snapshot());
  const auto held = std::ranges::find(people, person, &Calibrated::person);
  if (person.empty() || held == people.end()) return {};
  return Json::object(
      {{"person", Json::object({{"id", held->person}, {"name", held->name}})},
       {"figure", cell_json(hits_figure(*held, book.as_of()), "tiebeam risk calibration --json")}});
}

Result<Json> round_json(const FigureBook& book, const std::string& person) {
  const Snapshot& snapshot = book.snapshot();
  if (!person.empty() && !snapshot.find("person", person))
    return std::unexpected(no_person(fmt::format("there is no person '{}'", shown(person))));
  const std::vector<std::string> asked = asked_before(snapshot, person);
  Json out = Json::Array{};
  for (const Question* each : next_round(person, asked)) {
    out.push(Json::object({{"id", each->id},
                           {"text", each->text},
                           {"unit", each->unit},
                           {"again", std::ranges::find(asked, each->id) != asked.end()}}));
  }
  return Json::object({{"person", person.empty() ? Json() : Json(person)},
                       {"level", kMeantLevel},
                       {"questions", std::move(out)}});
}

}  // namespace tiebeam::risk
