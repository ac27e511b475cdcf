// The pack of a review and the list of all partners, for programs and pages.
#include <fmt/format.h>

#include "model/figure_json.h"
#include "model/json_parts.h"
#include "model/record_json.h"
#include "rooms/partnership/engine/figures.h"
#include "rooms/partnership/review.h"

namespace tiebeam::partnership {
namespace {

template <class E>
std::string_view choice(E value) {
  return Names<E>::values[static_cast<std::size_t>(value)];
}

Json person_json(const Snapshot& snapshot, const Id<"person">& id) {
  if (id.empty()) return {};
  const Record* person = snapshot.find("person", id.str());
  return Json::object({{"id", id.str()},
                       {"name", person ? person->name() : id.str()},
                       {"role", person ? to_struct<Person>(*person).role : std::string{}}});
}

// A figure of this answer alone: it opens in the page without asking the server again.
Json cell(const Figure& figure, const std::string& recompute) {
  Json out = to_json(figure);
  out.set("cell", Json::object({{"recompute", recompute}}));
  return out;
}

// A figure of the book opens by its key; a KPI's is a cell.
Json chosen_json(const Figure& figure, const std::string& recompute) {
  return figure.key.starts_with("kpi[") ? cell(figure, recompute) : to_json(figure);
}

Json figures_json(const Review& review, const std::string& recompute) {
  Json out = Json::Array{};
  for (const ChosenFigure& one : review.figures) {
    Json row = Json::object({{"chosen", one.chosen},
                             {"figure", chosen_json(one.now, recompute)},
                             {"before", one.before ? chosen_json(*one.before, recompute) : Json()},
                             {"wanted", wanted_name(one.wanted)},
                             {"trend", trend_name(one.trend)},
                             {"matters", one.vote ? Json(choice(one.vote->matters)) : Json()},
                             {"asked_on", one.vote ? or_null(one.vote->asked_on) : Json()}});
    out.push(std::move(row));
  }
  return out;
}

Json points_json(const std::vector<Point>& points) {
  Json out = Json::Array{};
  for (const Point& point : points) {
    out.push(Json::object({{"text", point.text},
                           {"type", point.type.empty() ? Json() : Json(point.type)},
                           {"id", point.id.empty() ? Json() : Json(point.id)},
                           {"figure", point.figure.empty() ? Json() : Json(point.figure)}}));
  }
  return out;
}

Json promises_json(const Snapshot& snapshot, const std::vector<PromiseLine>& lines) {
  Json out = Json::Array{};
  for (const PromiseLine& line : lines) {
    out.push(Json::object({{"id", line.record.id},
                           {"name", line.record.name},
                           {"owner", person_json(snapshot, line.record.owner)},
                           {"to", person_json(snapshot, line.record.to)},
                           {"due", or_null(line.record.due)},
                           {"moved_to", or_null(line.record.moved_to)},
                           {"closed_on", or_null(line.record.closed_on)},
                           {"fate", fate_name(line.fate)},
                           {"says", fate_in_words(line.fate)},
                           {"ours", line.is_ours}}));
  }
  return out;
}

Json actions_json(const Snapshot& snapshot, const std::vector<ActionLine>& lines) {
  Json out = Json::Array{};
  for (const ActionLine& line : lines) {
    out.push(Json::object({{"id", line.record.id},
                           {"name", line.record.name},
                           {"owner", person_json(snapshot, line.record.owner)},
                           {"due", or_null(line.record.due)},
                           {"overdue", line.is_overdue}}));
  }
  return out;
}

Json decisions_json(const Snapshot& snapshot, const std::vector<DecisionLine>& lines) {
  Json out = Json::Array{};
  for (const DecisionLine& line : lines) {
    out.push(
        Json::object({{"id", line.record.id},
                      {"name", line.record.name},
                      {"question", line.record.question},
                      {"decider", person_json(snapshot, line.record.decider)},
                      {"raised_at", or_null(line.record.raised_at)},
                      {"needed_by", or_null(line.record.needed_by)},
                      {"decided_at", or_null(line.record.decided_at)},
                      {"chosen", line.record.chosen.empty() ? Json() : Json(line.record.chosen)},
                      {"age_days", line.age_days ? Json(*line.age_days) : Json()},
                      {"cost_of_delay_a_week", or_null(line.record.cost_of_delay_a_week)},
                      {"cost_so_far", or_null(line.cost_so_far)},
                      {"past_needed", line.is_past_needed}}));
  }
  return out;
}

Json meeting_json(const Snapshot& snapshot, const std::optional<Meeting>& meeting) {
  const RecordType* type = snapshot.catalog ? snapshot.catalog->find("meeting") : nullptr;
  if (!meeting || !type) return {};
  return to_json(*type, to_record(*meeting));
}

Json meetings_json(const Review& review) {
  Json out = Json::Array{};
  for (auto one = review.rhythm.meetings.rbegin(); one != review.rhythm.meetings.rend(); ++one) {
    out.push(Json::object({{"id", one->id},
                           {"name", one->name},
                           {"planned_on", or_null(one->planned_on)},
                           {"held_on", or_null(one->held_on)},
                           {"closed", one->closed_at.has_value()}}));
  }
  return out;
}

Json changes_json(const Review& review) {
  Json out = Json::Array{};
  for (const ChangeLine& line : review.changes) {
    out.push(Json::object({{"type", line.type},
                           {"id", line.id},
                           {"name", line.name},
                           {"new", line.is_new},
                           {"at", format_instant(line.at)}}));
  }
  return out;
}

Json engagement_json(const Snapshot& snapshot, const Review& review) {
  const Engagement& record = review.engagement;
  Json priorities = Json::Array{};
  for (const auto& id : record.priorities) {
    const Record* priority = snapshot.find("priority", id.str());
    priorities.push(
        Json::object({{"id", id.str()}, {"name", priority ? priority->name() : id.str()}}));
  }
  return Json::object({{"id", record.id},
                       {"name", record.name},
                       {"partner", person_json(snapshot, record.partner)},
                       {"owner", person_json(snapshot, record.owner)},
                       {"cadence", choice(record.cadence)},
                       {"next_on", or_null(review.rhythm.next)},
                       {"priorities", std::move(priorities)}});
}

Json relevance_json(const Review& review, const std::string& recompute) {
  return Json::object(
      {{"figure", cell(relevance_figure(fmt::format("partnership.engagement[{}].relevance",
                                                    review.engagement.id),
                                        review.relevance, review.as_of),
                       recompute)},
       {"target", kRelevanceTarget},
       {"asked", review.relevance.asked.size()},
       {"reported_not_valued", Json::array(review.relevance.reported_not_valued)},
       {"valued_not_reported", Json::array(review.relevance.valued_not_reported)}});
}

Json findings_json(const std::vector<Finding>& findings) {
  Json out = Json::Array{};
  for (const Finding& finding : findings) out.push(to_json(finding));
  return out;
}

}  // namespace

Json review_json(const FigureBook& book, const Review& review,
                 const std::vector<Finding>& findings) {
  const Snapshot& snapshot = book.snapshot();
  const std::string recompute =
      fmt::format("tiebeam partnership review {} --json", review.engagement.id);
  Json out = Json::object({{"as_of", format_instant(review.as_of)},
                           {"today", format_day(review.today)},
                           {"since", format_day(review.period.since)},
                           {"first", review.period.is_first},
                           {"engagement", engagement_json(snapshot, review)}});
  out.set("last", meeting_json(snapshot, review.rhythm.last_closed));
  out.set("meeting", meeting_json(snapshot, review.rhythm.open));
  out.set("chosen", figures_json(review, recompute));
  out.set("good", points_json(review.good));
  out.set("bad", points_json(review.bad));
  out.set("ugly", points_json(review.ugly));
  out.set("asks", Json::array(review.asks));
  out.set("promises", Json::object({{"kept", promises_json(snapshot, review.kept)},
                                    {"missed", promises_json(snapshot, review.missed)},
                                    {"open", promises_json(snapshot, review.open)}}));
  out.set("actions", actions_json(snapshot, review.actions));
  out.set("waiting", decisions_json(snapshot, review.waiting));
  out.set("decided", decisions_json(snapshot, review.decided));
  out.set("changes", changes_json(review));
  out.set("relevance", relevance_json(review, recompute));
  const Figure held =
      held_figure(fmt::format("partnership.engagement[{}].held", review.engagement.id),
                  review.rhythm, review.as_of);
  out.set("rhythm",
          Json::object({{"held", cell(held, recompute)}, {"meetings", meetings_json(review)}}));
  Json figures = Json::Array{};
  for (const Figure& figure : book.all("partnership.")) figures.push(to_json(figure));
  out.set("figures", std::move(figures));
  out.set("findings", findings_json(findings_of(review, findings)));
  out.set("warnings", Json::Array{});
  out.set("recompute", recompute);
  return out;
}

Json engagements_json(const FigureBook& book, const std::vector<Finding>& findings) {
  const std::string recompute = "tiebeam partnership digest --json";
  const Instant as_of = review_seen_from(book);
  Json rows = Json::Array{}, figures = Json::Array{};
  for (const EngagementRow& row : *engagements_of(book)) {
    const Figure held = held_figure(fmt::format("partnership.engagement[{}].held", row.record.id),
                                    row.rhythm, as_of);
    rows.push(Json::object({{"id", row.record.id},
                            {"name", row.record.name},
                            {"partner", person_json(book.snapshot(), row.record.partner)},
                            {"owner", person_json(book.snapshot(), row.record.owner)},
                            {"cadence", choice(row.record.cadence)},
                            {"last_held", or_null(row.rhythm.last_held)},
                            {"next", or_null(row.rhythm.next)},
                            {"silent", row.rhythm.is_silent},
                            {"planned", row.rhythm.planned},
                            {"held", row.rhythm.held},
                            {"figure", cell(held, recompute)},
                            {"open_actions", row.open_actions},
                            {"overdue_actions", row.overdue_actions},
                            {"meeting_open", row.rhythm.open && row.rhythm.open->held_on}}));
  }
  for (const Figure& figure : book.all("partnership.")) figures.push(to_json(figure));
  std::vector<Finding> ours;
  std::ranges::copy_if(findings, std::back_inserter(ours), [](const Finding& finding) {
    return finding.rule.starts_with("partnership.");
  });
  return Json::object({{"as_of", format_instant(as_of)},
                       {"figures", std::move(figures)},
                       {"engagements", std::move(rows)},
                       {"findings", findings_json(ours)},
                       {"warnings", Json::Array{}},
                       {"recompute", recompute}});
}

}  // namespace tiebeam::partnership
