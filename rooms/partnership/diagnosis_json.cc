#include <fmt/format.h>

#include "model/figure_json.h"
#include "model/json_parts.h"
#include "rooms/partnership/diagnosis.h"

namespace tiebeam::partnership {
namespace {

Json threshold_json(const Symptom& symptom) {
  return Json::object({{"value", symptom.line},
                       {"unit", symptom.unit},
                       {"sense", symptom.sense == Sense::above ? "above" : "at_most"},
                       {"text", line_words(symptom)},
                       {"reason", symptom.line_reason}});
}

Json evidence_json(const SymptomFound& found, const Snapshot& snapshot) {
  Json out = Json::Array{};
  for (const Example& example : found.examples) {
    Json row = to_json(example.evidence, snapshot);
    row.set("title", example.title.empty() ? Json() : Json(example.title));
    out.push(std::move(row));
  }
  return out;
}

Json dispute_json(const SymptomFound& found) {
  Json out = Json::object(
      {{"rule", rule_id(*found.what)},
       {"subject", "organisation/self"},
       {"command", fmt::format("tiebeam check --waive {} organisation/self --until DATE --why "
                               "\"what speaks against it\"",
                               rule_id(*found.what))},
       {"disputed", found.dispute.has_value()}});
  if (!found.dispute) return out;
  out.set("waiver", found.dispute->waiver);
  out.set("by", found.dispute->by.empty() ? Json() : Json(found.dispute->by));
  out.set("until", format_day(found.dispute->until));
  out.set("why", found.dispute->why);
  return out;
}

Json symptom_json(const SymptomFound& found, const Snapshot& snapshot) {
  const Symptom& what = *found.what;
  return Json::object({{"id", what.id},
                       {"title", what.title},
                       {"verdict", verdict_name(found.verdict)},
                       {"because", because(what, found.proxy)},
                       {"proxy", found.proxy.key},
                       {"threshold", threshold_json(what)},
                       {"trend", Json::object({{"verdict", course_name(course_of(found.change))},
                                               {"figure", found.change.key},
                                               {"text", course_words(found.change)}})},
                       {"evidence", evidence_json(found, snapshot)},
                       {"why", what.why},
                       {"unknown", fmt::format("{} {}", what.limits, what.ask)},
                       {"limits", what.limits},
                       {"ask", what.ask},
                       {"remedy", what.remedy},
                       {"dispute", dispute_json(found)}});
}

}  // namespace

Json diagnosis_json(const FigureBook& book, const std::vector<Finding>& findings,
                    const std::vector<std::string>& warnings) {
  const Diagnosis found = diagnose(book);
  return Json::object(
      {{"figures", each(diagnosis_figures(book), [](const Figure& one) { return to_json(one); })},
       {"findings", each(findings, [](const Finding& one) { return to_json(one); })},
       {"warnings", Json::array(warnings)},
       {"headline", found.headline},
       {"items", found.items},
       {"ticket_list", found.is_list_only},
       {"as_of", found.items == 0 ? Json() : Json(format_instant(found.as_of))},
       {"symptoms", each(found.symptoms, [&](const SymptomFound& one) {
          return symptom_json(one, book.snapshot());
        })}});
}

}  // namespace tiebeam::partnership
