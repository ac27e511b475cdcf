#include "rooms/investment/case_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/figure_json.h"
#include "model/figure_kit.h"
#include "rooms/investment/engine/money.h"

namespace tiebeam::investment {

Json named_json(const Snapshot& snapshot, std::string_view type, const std::string& id) {
  if (id.empty()) return {};
  const Record* record = snapshot.find(type, id);
  return Json::object({{"id", id}, {"name", record ? record->name() : id}});
}

Json figures_json(const std::vector<Figure>& figures) {
  Json out = Json::Array{};
  for (const Figure& figure : figures) out.push(to_json(figure));
  return out;
}

Json day_json(const std::optional<Day>& day) { return day ? Json(format_day(*day)) : Json(); }
Json text_json(const std::string& text) { return text.empty() ? Json() : Json(text); }

Figure cell(const Portfolio& portfolio, const RecordCase& one, std::string name, std::string label,
            std::string unit, std::string formula, std::string method) {
  Figure out;
  out.key = fmt::format("investment.{}.{}", one.id, name);
  out.label = std::move(label);
  out.unit = std::move(unit);
  out.as_of = portfolio.of.cases.as_of;
  out.n = static_cast<std::int64_t>(portfolio.draws.trials);
  out.trail.formula = std::move(formula);
  out.trail.method = std::move(method);
  out.trail.seed = portfolio.draws.seed;
  TrailInput input;
  input.record_type = "initiative";
  input.count = 1;
  input.filter = one.id;
  out.trail.inputs.push_back(std::move(input));
  return out;
}

Figure money_cell(const Portfolio& portfolio, const RecordCase& one, std::string name,
                  std::string label, double amount, std::string formula, std::string method) {
  Figure out = cell(portfolio, one, std::move(name), std::move(label), "money", std::move(formula),
                    std::move(method));
  if (const auto money = money_of(amount, portfolio.of.cases.currency)) {
    out.value = *money;
  } else {
    say(out, Status::not_measurable, "larger than money can be written");
  }
  return out;
}

Json cell_json(const Figure& figure, const std::string& recompute) {
  Json out = to_json(figure);
  out.set("cell", Json::object({{"recompute", recompute}}));
  return out;
}

std::string unit_of(const Portfolio& portfolio, std::string_view input) {
  if (input.ends_with(".share") || input == "adoption" || input == "p_success") return "share";
  if (input == "duration" || input == "adoption_ramp" || input.ends_with(".delay") ||
      input.ends_with(".ramp"))
    return "days";
  if (!input.ends_with(".change")) return "money";
  const std::string_view kpi = input.substr(0, input.rfind('.'));
  const auto& kpis = portfolio.of.cases.kpis;
  const auto found = std::ranges::find(kpis, kpi, &Kpi::id);
  return found == kpis.end() ? "" : found->unit;
}

}  // namespace tiebeam::investment
