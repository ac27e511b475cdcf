// The diagnosis: which symptoms of order taking an organisation, or one export, shows. Snapshot in,
// figures and findings out. What each symptom is: engine/symptoms.cc; why:
// docs/method/diagnosis.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/figures.h"
#include "model/json.h"
#include "model/rules.h"
#include "rooms/partnership/engine/changes.h"
#include "rooms/partnership/engine/symptom.h"

namespace tiebeam::partnership {

// Somebody said with a waiver why the symptom is not one here, until a day.
struct Dispute {
  std::string waiver;  // id of the record
  std::string by;      // who owns the waiver; empty: not said
  std::string why;
  Day until{};
};

struct Example {
  Evidence evidence;
  std::string title;  // of the piece of work; empty: none
};

struct SymptomFound {
  const Symptom* what = nullptr;
  Verdict verdict = Verdict::unknown;
  Figure proxy, change;
  std::vector<Example> examples;  // at most kExamples; none where nothing can be known
  std::optional<Dispute> dispute;
};
constexpr std::size_t kExamples = 3;

struct Diagnosis {
  std::vector<SymptomFound> symptoms;  // in the order of symptoms()
  std::int64_t items = 0;              // pieces of work that were read
  std::size_t visible = 0, unknown = 0;
  bool is_list_only = false;  // all work comes from ticket lists
  std::string headline;       // a sentence
  Instant as_of{};
};

[[nodiscard]] Diagnosis diagnose(const FigureBook& book);

// Id of the rule that a symptom is found and disputed by: "partnership.no_purpose".
[[nodiscard]] std::string rule_id(const Symptom& symptom);

// The figures of a diagnosis, proxies first, how much work was read last.
[[nodiscard]] std::vector<Figure> diagnosis_figures(const FigureBook& book);
// {figures, findings, warnings, headline, symptoms[]}: rooms/partnership/README.md.
[[nodiscard]] Json diagnosis_json(const FigureBook& book, const std::vector<Finding>& findings,
                                  const std::vector<std::string>& warnings);

[[nodiscard]] std::vector<FigureFamily> diagnosis_families();
[[nodiscard]] std::vector<Rule> diagnosis_rules();

}  // namespace tiebeam::partnership
