// Rules look at figures and records and say what a person should know. `tiebeam check` runs them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "model/figures.h"

namespace tiebeam {

struct Rule {
  std::string id;  // "flow.past_expectation"
  Severity severity = Severity::warning;
  std::string title;  // "Work past the 85 % line"
  std::string why;
  std::string act;
  // Pure. Fills subject, message, figures, since; the registry fills the rest.
  std::function<std::vector<Finding>(const FigureBook& book)> look;
};

class RuleRegistry {
 public:
  void add(Rule rule);  // REQUIRES: the id is new
  [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
  // All findings, worst first, then by rule and subject: each pair of them once, whatever a rule
  // saw of a subject stands in one message. Waived ones (docs: record type `waiver`) are left out.
  [[nodiscard]] std::vector<Finding> run(const FigureBook& book) const;

 private:
  std::vector<Rule> rules_;
};

}  // namespace tiebeam
