// What a person asked of the cases, resolved: draws, one case, a case that is not saved.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/json.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

// By name, as text: "trials", "seed".
using Words = std::map<std::string, std::string, std::less<>>;

// Errors: investment.bad_number.
[[nodiscard]] Result<Draws> draws_of(const std::string& trials, const std::string& seed);
// Errors: record.no_such with a near miss.
[[nodiscard]] Result<const RecordCase*> find_case(const Portfolio& portfolio,
                                                  const std::string& id);

// Command lines that give the same again, without the options of the organisation.
[[nodiscard]] std::string cases_line(const Draws& draws);
[[nodiscard]] std::string case_line(const std::string& id, std::string scales, const Draws& draws);

// A case as a form holds it, estimates as people type them. Empty: not given.
struct FormCase {
  std::string benefit, cost, run_cost, starts, duration, adoption, p_success;
};
[[nodiscard]] std::string preview_line(const FormCase& form, const Draws& draws);
// {"figures", ... as a case on record}, and "errors": what cannot be meant, field by field. With
// errors there is nothing else. Nothing is saved.
[[nodiscard]] Json preview_json(const FigureBook& book, const FormCase& form, Draws draws,
                                const KeepPtr& keep, const std::string& recompute);

// The case with inputs so many times as large as estimated: "adoption:1.2".
// Errors: those of parse_scales and scale_inputs, investment.not_valued.
[[nodiscard]] Result<Json> whatif_json(const Portfolio& portfolio, const RecordCase& one,
                                       const std::string& scales, const std::string& recompute);

}  // namespace tiebeam::investment
