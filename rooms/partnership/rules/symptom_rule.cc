#include "rooms/partnership/rules/symptom_rule.h"

#include <utility>

namespace tiebeam::partnership {

Rule symptom_rule(SymptomWords words, ReadSymptom read) {
  return {std::move(words.id),
          Severity::info,
          std::move(words.title),
          std::move(words.why),
          std::move(words.act),
          [read = std::move(read)](const FigureBook& book) -> std::vector<Finding> {
            auto facts = read(book);
            if (!facts) return {};
            Finding out;
            out.subject = {"organisation", "self"};
            out.message = std::move(facts->message);
            out.figures = {std::move(facts->figure)};
            out.since = day_of(facts->as_of);
            return {std::move(out)};
          }};
}

}  // namespace tiebeam::partnership
