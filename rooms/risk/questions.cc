#include "rooms/risk/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "model/json_object.h"
#include "quant/philox.h"
#include "rooms/risk/starter_library.h"

namespace tiebeam::risk {

Result<std::vector<Question>> read_questions(std::string_view text) {
  TB_TRY(const Json json, parse_json(text));
  std::vector<Error> faults;
  std::vector<Question> out;
  std::set<std::string> ids;
  JsonObject top(json, "", faults);
  const Json::Array& all = top.list("questions");
  for (std::size_t i = 0; i < all.size(); ++i) {
    JsonObject one(all[i], fmt::format("/questions/{}", i), faults);
    Question question;
    question.id = one.id();
    question.text = one.needed_text("text");
    question.unit = one.needed_text("unit");
    question.source = one.needed_text("source");
    question.answer = one.needed_number("answer", 1e-6, 1e15).value_or(1);
    question.scale = one.number("scale", 1e-6, 1e15).value_or(question.answer);
    if (!ids.insert(question.id).second) one.fault("id", question.id, "an id of its own");
    one.refuse_others();
    out.push_back(std::move(question));
  }
  top.refuse_others();
  if (!faults.empty()) return std::unexpected(all_as_one("risk.bad_questions", std::move(faults)));
  return out;
}

const std::vector<Question>& questions() {
  static const std::vector<Question> kAll = [] {
    auto text = carried_text("questions.json");
    TB_CHECK(text.has_value(), "the program carries its questions");
    auto read = read_questions(*text);
    TB_CHECK(read.has_value(), "the questions are whole: questions_test.cc");
    return *std::move(read);
  }();
  return kAll;
}

const Question* find_question(std::string_view id) {
  const auto at = std::ranges::find(questions(), id, &Question::id);
  return at == questions().end() ? nullptr : &*at;
}

std::vector<const Question*> next_round(std::string_view person,
                                        std::span<const std::string> asked) {
  // Never asked first; then by when it was asked last; then in the person's own order.
  const auto order = [&](const Question* question) {
    const auto last = std::ranges::find(asked.rbegin(), asked.rend(), question->id);
    const auto when = asked.rend() - last;  // 0: never
    const quant::Key mix = quant::key_of(1, fmt::format("{}/{}", person, question->id));
    return std::tuple(when, mix.high, mix.low, question->id);
  };
  std::vector<const Question*> out;
  for (const Question& each : questions()) out.push_back(&each);
  std::ranges::sort(out, {}, order);
  out.resize(std::min(out.size(), kRound));
  return out;
}

}  // namespace tiebeam::risk
