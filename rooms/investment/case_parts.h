// Pieces of the room's JSON that several answers share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/figure.h"
#include "model/json.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {

// {"id", "name"} of a record; null: none named, or not there.
[[nodiscard]] Json named_json(const Snapshot& snapshot, std::string_view type,
                              const std::string& id);
[[nodiscard]] Json figures_json(const std::vector<Figure>& figures);
[[nodiscard]] Json day_json(const std::optional<Day>& day);
[[nodiscard]] Json text_json(const std::string& text);
// A number of a case that is no figure of its own: a bar's end, a level's worth.
[[nodiscard]] Figure cell(const Portfolio& portfolio, const RecordCase& one, std::string name,
                          std::string label, std::string unit, std::string formula,
                          std::string method);
[[nodiscard]] Figure money_cell(const Portfolio& portfolio, const RecordCase& one, std::string name,
                                std::string label, double amount, std::string formula,
                                std::string method);
// A figure that is not registered: with the command line that gives it again.
[[nodiscard]] Json cell_json(const Figure& figure, const std::string& recompute);
// Each estimate of a case: who gave it, and what it is worth to know it. `book` null: of a case
// that is not on record. REQUIRES: it is valued.
[[nodiscard]] Json assumptions_json(const FigureBook* book, const Portfolio& portfolio,
                                    const RecordCase& one, const CaseDetail& detail,
                                    const std::string& recompute);
// Adds the parts "sign_off" and "signatures".
void add_sign_off(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one,
                  Json& out);
// The unit of an input as people read it: "money", "days", "share", the KPI's own.
[[nodiscard]] std::string unit_of(const Portfolio& portfolio, std::string_view input);

}  // namespace tiebeam::investment
