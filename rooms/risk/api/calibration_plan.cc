#include "rooms/risk/api/calibration_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/kernel_records.h"

namespace tiebeam::risk {
namespace {

Error no_person(std::string message) {
  return {.kind = Kind::not_found,
          .code = "risk.no_such_person",
          .message = std::move(message),
          .detail = {},
          .hint = "name one on record with --person, or write the name with --by-name",
          .field = "/person"};
}

std::string said(const Asking& asking, std::string_view name) {
  return std::string(trim(asking.option(fmt::format("--{}", name))));
}

Result<std::string> person_of(const Asking& asking, RecordPlan& plan) {
  const Snapshot& snapshot = asking.book->snapshot();
  const std::string id = said(asking, "person"), name = said(asking, "by-name");
  if (!id.empty()) {
    if (snapshot.find("person", id)) return id;
    return std::unexpected(no_person(fmt::format("there is no person '{}'", shown(id))));
  }
  if (name.empty()) return std::unexpected(no_person("nobody is named who answers"));
  for (const Person& each : snapshot.all<Person>()) {
    if (to_lower_ascii(each.name) == to_lower_ascii(name)) return each.id;
  }
  Person person;
  person.name = name;
  const std::string stem = slugify(name).empty() ? "person" : slugify(name);
  person.id = stem;
  for (int n = 2; snapshot.find("person", person.id); ++n)
    person.id = fmt::format("{}-{}", stem, n);
  plan.records.emplace_back("person", to_record(person));
  return person.id;
}

std::unexpected<Error> bad_range(std::string_view text, std::string message) {
  return std::unexpected(Error{.kind = Kind::invalid,
                               .code = "risk.bad_range",
                               .message = fmt::format("'{}': {}", shown(text), message),
                               .detail = {},
                               .hint = "write QUESTION LOW HIGH, such as: eiffel-height 200 500",
                               .field = "/range"});
}

Result<quant::RangeAnswer> range_of(std::string_view text) {
  const auto words = split_at(text, ' ');
  if (words.size() != 3)
    return bad_range(text, "a question, its low end and its high end are expected");
  const Question* question = find_question(words[0]);
  if (!question) {
    return fail(Kind::not_found, "risk.no_such_question",
                fmt::format("there is no question '{}'", shown(words[0])),
                "see them with: tiebeam risk calibration --questions");
  }
  const auto low = parse_number(words[1]), high = parse_number(words[2]);
  if (!low || !high || !std::isfinite(*low) || !std::isfinite(*high))
    return bad_range(text, "both ends are numbers");
  if (*low > *high) return bad_range(text, "the low end lies above the high end");
  return quant::RangeAnswer{.question = question->id,
                            .low = *low,
                            .high = *high,
                            .truth = question->answer,
                            .scale = question->scale};
}

std::string answer_text(const quant::RangeAnswer& answer) {
  const Question* question = find_question(answer.question);
  return fmt::format("  {} {}: {:g} to {:g}, it is {:g}\n", quant::is_hit(answer) ? "+" : "-",
                     question ? question->text : answer.question, answer.low, answer.high,
                     answer.truth);
}

}  // namespace

Result<RecordPlan> plan_calibration(const Asking& asking, const Writer& writer) {
  RecordPlan out;
  TB_TRY(const std::string person, person_of(asking, out));
  Round round{.record = {}, .answers = {}};
  for (const std::string_view line : split_at(asking.option("--range"), '\n')) {
    if (trim(line).empty()) continue;
    TB_TRY(quant::RangeAnswer answer, range_of(trim(line)));
    if (std::ranges::find(round.answers, answer.question, &quant::RangeAnswer::question) !=
        round.answers.end())
      return bad_range(line, "this question is answered twice");
    round.answers.push_back(std::move(answer));
  }
  if (round.answers.empty()) return bad_range("", "no range was given");
  CalibrationRound& record = round.record;
  record.person = Id<"person">(person);
  record.taken_on = Day{std::chrono::floor<std::chrono::days>(writer.at)};
  TB_TRY(record.level, Fraction::create(kMeantLevel));
  for (const quant::RangeAnswer& each : round.answers)
    record.answers.push_back(quant::format_range_answer(each));
  const Snapshot& snapshot = asking.book->snapshot();
  int number = 1;
  do {
    record.id = fmt::format("{}-round-{}", person.substr(0, 60), number);
    record.name = fmt::format("Round {} of {}", number++, person);
  } while (snapshot.find("calibration_round", record.id));
  out.records.emplace_back("calibration_round", to_record(record));
  const std::size_t hits = quant::hits_of(round.answers), asked = round.answers.size();
  for (const quant::RangeAnswer& each : round.answers) out.answer.text += answer_text(each);
  out.answer.text += fmt::format("{}\n{}\n", verdict_words(hits, asked), advice_words(hits, asked));
  out.answer.json =
      round_result(round, writer.at, "tiebeam risk calibration --json" + asking.recompute);
  out.answer.json.set("person", person);
  return out;
}

}  // namespace tiebeam::risk
