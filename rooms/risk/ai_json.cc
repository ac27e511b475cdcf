// What the register of AI tools answers to programs and pages.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "model/figure_json.h"
#include "model/json_parts.h"
#include "rooms/risk/ai.h"

namespace tiebeam::risk {
namespace {

template <class E>
Json choice(const std::optional<E>& value) {
  return value ? Json(Names<E>::values[static_cast<std::size_t>(*value)]) : Json();
}

Json person_json(const Snapshot& snapshot, const Id<"person">& id) {
  if (id.empty()) return {};
  const Record* person = snapshot.find("person", id.str());
  return Json::object({{"id", id.str()}, {"name", person ? person->name() : id.str()}});
}

const JudgedTool* tool_named(const AiRegister& ai, std::string_view id) {
  const auto found = std::ranges::lower_bound(
      ai.tools, id, {}, [](const JudgedTool& one) -> std::string_view { return one.record().id; });
  return found == ai.tools.end() || found->record().id != id ? nullptr : &*found;
}

Json tool_ref(const AiRegister& ai, std::string_view id) {
  const JudgedTool* one = tool_named(ai, id);
  if (id.empty()) return {};
  return Json::object({{"id", id},
                       {"name", one ? one->record().name : std::string(id)},
                       {"approved", one && one->is_approved && one->is_live()}});
}

Json needs_json(const JudgedTool& one, bool is_duplicate) {
  Json out = Json::Array{};
  for (const std::string_view need : one.needs()) out.push(need);
  if (is_duplicate) out.push("duplicate");
  return out;
}

std::string_view status_of(const JudgedTool& one) {
  if (one.is_retired) return "retired";
  if (one.is_blocked) return "blocked";
  if (one.is_in_use) return "in use";
  return one.is_approved ? "approved" : "asked for";
}

Json tool_json(const Snapshot& snapshot, const AiRegister& ai, std::size_t at) {
  const JudgedTool& one = ai.tools[at];
  const AiTool& tool = one.record();
  const bool is_duplicate = ai.group_of[at] != kNoGroup;
  const auto evaluation = one.record().evaluation == Evaluation::not_begun
                              ? std::optional<Evaluation>()
                              : std::optional(tool.evaluation);
  const auto decision = one.listed.decision_is_known ? std::optional(tool.decision) : std::nullopt;
  return Json::object({{"id", tool.id},
                       {"name", tool.name},
                       {"purpose", shown(tool.purpose, 240)},
                       {"department", tool.department},
                       {"unit", tool.unit},
                       {"owner", person_json(snapshot, tool.owner)},
                       {"status", status_of(one)},
                       {"data_class", choice(tool.data_class)},
                       {"risk_tier", choice(tool.risk_tier)},
                       {"evaluation", choice(evaluation)},
                       {"decision", choice(decision)},
                       {"asked_on", or_null(tool.asked_on)},
                       {"first_used_on", or_null(tool.first_used_on)},
                       {"approved_on", or_null(tool.approved_on)},
                       {"review_on", or_null(tool.review_on)},
                       {"lag_days", one.lag ? Json(one.lag->days) : Json()},
                       {"lag_open", one.lag && one.lag->ending == quant::Ending::open},
                       {"cost_a_year", or_null(tool.cost_a_year)},
                       {"needs", needs_json(one, is_duplicate)}});
}

Json department_json(const DepartmentUse& use) {
  return Json::object({{"department", use.name},
                       {"tools", use.tools},
                       {"in_use", use.in_use},
                       {"before_approval", use.before_approval},
                       {"duplicates", use.duplicates},
                       {"spend", or_null(use.spend)}});
}

Json month_json(const LagMonth& month) {
  const bool enough = month.curve.spells >= kLeastInMonth;
  const auto name = fmt::format("{:04}-{:02}", static_cast<int>(month.month.year()),
                                static_cast<unsigned>(month.month.month()));
  return Json::object({{"month", name},
                       {"tools", month.curve.spells},
                       {"approved", month.curve.done},
                       {"p50", month.p50 ? Json(*month.p50) : Json()},
                       {"more_than", enough && !month.p50 ? Json(month.curve.longest) : Json()}});
}

Json group_json(const AiRegister& ai, const DuplicateGroup& group) {
  Json tools = Json::Array{};
  for (const std::size_t at : group.tools) {
    const AiTool& tool = ai.tools[at].record();
    tools.push(Json::object({{"id", tool.id},
                             {"name", tool.name},
                             {"department", tool.department},
                             {"status", status_of(ai.tools[at])},
                             {"cost_a_year", or_null(tool.cost_a_year)}}));
  }
  return Json::object({{"tools", std::move(tools)},
                       {"count", group.tools.size()},
                       {"departments", group.departments},
                       {"spend", or_null(group.spend)}});
}

Json blocked_json(const AiRegister& ai, const JudgedTool& one) {
  const AiTool& tool = one.record();
  const auto near = ai.suggested.find(tool.id);
  return Json::object(
      {{"id", tool.id},
       {"name", tool.name},
       {"department", tool.department},
       {"decided_on", or_null(tool.decided_on)},
       {"policy", or_null(tool.policy)},
       {"alternative", tool_ref(ai, tool.alternative.str())},
       {"suggested", near == ai.suggested.end() ? Json() : tool_ref(ai, near->second)}});
}

}  // namespace

Json ai_json(const FigureBook& book, const std::vector<Finding>& findings) {
  const auto ai = ai_register_of(book);
  Json figures = Json::Array{}, found = Json::Array{}, tools = Json::Array{},
       departments = Json::Array{}, months = Json::Array{}, duplicates = Json::Array{},
       blocked = Json::Array{};
  for (const Figure& figure : book.all("risk.ai.")) figures.push(to_json(figure));
  for (const Finding& finding : findings)
    if (finding.rule.starts_with("risk.ai_")) found.push(to_json(finding));
  for (const std::size_t at : by_need(*ai)) {
    tools.push(tool_json(book.snapshot(), *ai, at));
    if (ai->tools[at].is_blocked) blocked.push(blocked_json(*ai, ai->tools[at]));
  }
  for (const DepartmentUse& use : ai->departments) departments.push(department_json(use));
  for (const LagMonth& month : ai->months) months.push(month_json(month));
  for (const DuplicateGroup& group : ai->duplicates) duplicates.push(group_json(*ai, group));
  return Json::object({{"as_of", format_instant(ai_seen_from(book))},
                       {"currency", book.snapshot().organisation.currency},
                       {"status", ai->tools.empty() ? "empty" : "ok"},
                       {"figures", std::move(figures)},
                       {"tools", std::move(tools)},
                       {"departments", std::move(departments)},
                       {"months", std::move(months)},
                       {"duplicates", std::move(duplicates)},
                       {"blocked", std::move(blocked)},
                       {"findings", std::move(found)},
                       {"warnings", Json::Array{}}});
}

}  // namespace tiebeam::risk
