// The briefing room's facade: one page that a leader can read in two minutes and believe.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "model/json.h"
#include "model/rules.h"
#include "rooms/briefing/engine/sentences.h"

namespace tiebeam::briefing {

struct Brief {
  std::string organisation;
  bool is_fictional = false;
  Instant as_of{};
  std::vector<Sentence> sentences;
  std::vector<Figure>
      figures;  // every figure a sentence names, then the fixed ones; numbered from 1
  std::vector<Finding> findings;  // worst first
  std::vector<Import> sources;
};

[[nodiscard]] Brief compute_brief(const FigureBook& book, const RuleRegistry& rules);

[[nodiscard]] std::string to_text(const Brief& brief);
// One file, no script, nothing loaded from elsewhere; readable on paper, light and dark.
[[nodiscard]] std::string to_html(const Brief& brief);
[[nodiscard]] Json to_json(const Brief& brief);

// What is said where no sentence tells of something wrong: the worst of the findings, if there is
// any.
[[nodiscard]] std::string in_place_of_bad(const Brief& brief);

// The number of a figure in the brief, 1 for the first; 0 when it is not in it.
[[nodiscard]] std::size_t number_of(const Brief& brief, std::string_view key);

}  // namespace tiebeam::briefing
