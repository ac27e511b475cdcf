#include "model/json_parts.h"
#include "rooms/flow/columns.h"
#include "rooms/flow/people.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kConcentration = "docs/method/concentration.md";
constexpr const char* kUnplanned = "docs/method/unplanned.md";
constexpr const char* kLoad = "docs/method/load-on-people.md";

constexpr ColumnNote kColumns[] = {
    {"areas", "items", "Finished", "items",
     "count of items of the area that known people finished in the last 26 weeks", kConcentration},
    {"areas", "people", "People who finished any", "people",
     "number of different last known assignees", kConcentration},
    {"areas", "covering", "People who cover it", "people",
     "count of people with decayed finishes of at least max(2, 10 % of the area's)",
     kConcentration},
    {"areas", "bus_factor", "People for half of it", "people",
     "fewest people who together did more than half, by decayed finishes", kConcentration},
    {"areas", "top_share", "Done by the one who did most", "share",
     "largest share of one person in the area's decayed finishes", kConcentration},
    {"areas", "items_a_month", "Finished a month", "items a month",
     "items / months of the last 26 weeks", kConcentration},
    {"areas", "at_risk_a_month", "Waits if that person is away", "items a month",
     "items that its only holder finished / months of the last 26 weeks", kConcentration},
    {"unplanned", "entered", "Begun", "items",
     "count of items that entered an active state for the first time in the window", kUnplanned},
    {"unplanned", "unplanned", "Not planned", "items",
     "count of those that were urgent and active within 24 hours of being asked for", kUnplanned},
    {"unplanned", "share", "Share not planned", "share", "unplanned / entered", kUnplanned},
    {"unplanned", "target_high", "Planned for at most", "share",
     "unplanned_target of the value stream, 0.2 unless said", kUnplanned},
    {"unplanned", "months.entered", "Begun in the month", "items", "as entered", kUnplanned},
    {"unplanned", "months.unplanned", "Not planned in the month", "items", "as unplanned",
     kUnplanned},
    {"unplanned", "months.share", "Share not planned in the month", "share", "as share",
     kUnplanned},
    {"team_load", "people", "People", "people", "number of different people who held its work",
     kLoad},
    {"team_load", "events", "Events", "events", "count of events while the team held the work",
     kLoad},
    {"team_load", "out_of_hours", "Outside working hours", "share",
     "events outside the working hours of the value stream / events", kLoad},
    {"team_load", "concurrent", "In hand at once", "items a person",
     "active time held by its people / time in which they held any", kLoad},
    {"team_load", "single_holder", "Only one person can carry", "share",
     "items finished in areas that rest on one person / items finished, last 26 weeks", kLoad},
    {"team_load", "months.out_of_hours", "Outside working hours in the month", "share",
     "as out_of_hours", kLoad},
    {"team_load", "months.concurrent", "In hand at once in the month", "items a person",
     "as concurrent", kLoad},
    {"people_months", "people", "People", "people", "number of different people who held work",
     kLoad},
    {"people_months", "events", "Events", "events", "count of events in the month", kLoad},
    {"people_months", "out_of_hours", "Outside working hours", "share",
     "events outside the working hours of the value stream / events", kLoad},
    {"people_months", "concurrent", "In hand at once", "items a person",
     "active time held by known people / time in which they held any", kLoad},
};
constexpr RowName kRowNames[] = {{"areas", "area"},
                                 {"unplanned", "value_stream"},
                                 {"team_load", "team"},
                                 {"people_months", "month"}};

// Most at risk first, then most items, then by name.
Json areas_json(const Coverage& coverage) {
  std::vector<const Area*> sorted;
  for (const Area& area : coverage.areas) sorted.push_back(&area);
  std::ranges::sort(sorted, [](const Area* a, const Area* b) {
    return std::tie(b->at_risk, b->items, a->name) < std::tie(a->at_risk, a->items, b->name);
  });
  const auto monthly = [&](std::int64_t items) {
    return coverage.months > 0 ? Json(static_cast<double>(items) / coverage.months) : Json();
  };
  Json out = Json::Array{};
  for (const Area* area : sorted) {
    out.push(Json::object({{"area", area->name},
                           {"service", or_null(area->service)},
                           {"value_stream", or_null(area->value_stream)},
                           {"type", Names<WorkType>::values[static_cast<std::size_t>(area->type)]},
                           {"items", area->items},
                           {"people", area->holders.size()},
                           {"covering", area->covering},
                           {"bus_factor", area->bus_factor},
                           {"top_share", area->top_share},
                           {"verdict", area_verdict_name(area->verdict)},
                           {"rests_on_one", area->verdict == AreaVerdict::rests_on_one},
                           {"items_a_month", monthly(area->items)},
                           {"at_risk_a_month", monthly(area->at_risk)}}));
  }
  return out;
}

Json unplanned_json(const Unplanned& found) {
  Json out = Json::Array{};
  for (const UnplannedStream& row : found.streams) {
    const bool measurable = row.verdict != UnplannedVerdict::not_measurable;
    Json months = Json::Array{};
    for (const UnplannedMonth& month : row.months) {
      months.push(Json::object({{"month", format_day(month.start)},
                                {"full", month.is_full},
                                {"entered", month.begun},
                                {"unplanned", measurable ? Json(month.unplanned) : Json()},
                                {"share", measurable ? or_null(month.share()) : Json()}}));
    }
    out.push(Json::object({{"value_stream", row.id},
                           {"name", row.name},
                           {"entered", row.begun},
                           {"unplanned", measurable ? Json(row.unplanned) : Json()},
                           {"share", measurable ? or_null(row.share()) : Json()},
                           {"interval", measurable ? interval_json(row.interval) : Json()},
                           {"target_low", row.target ? Json(0.0) : Json()},
                           {"target_high", or_null(row.target)},
                           {"verdict", unplanned_verdict_name(row.verdict)},
                           {"months", std::move(months)}}));
  }
  return out;
}

Json month_json(const LoadMonth& month) {
  const bool told = month.people >= kLeastPeople;
  return Json::object({{"month", format_day(month.start)},
                       {"full", month.is_full},
                       {"people", told ? Json(month.people) : Json()},
                       {"events", told ? Json(month.events) : Json()},
                       {"out_of_hours", or_null(month.out_of_hours())},
                       {"concurrent", or_null(month.concurrent())}});
}
Json months_json(const std::vector<LoadMonth>& months) {
  Json out = Json::Array{};
  for (const LoadMonth& month : months) out.push(month_json(month));
  return out;
}

// Most outside working hours first, then by name.
Json teams_json(const PeopleLoad& load) {
  std::vector<const TeamLoad*> sorted;
  for (const TeamLoad& team : load.teams) sorted.push_back(&team);
  std::ranges::sort(sorted, [](const TeamLoad* a, const TeamLoad* b) {
    const double left = a->out_of_hours().value_or(-1);
    const double right = b->out_of_hours().value_or(-1);
    return std::tie(right, a->team) < std::tie(left, b->team);
  });
  Json out = Json::Array{};
  for (const TeamLoad* team : sorted) {
    Json over = Json::Array{};
    for (const std::string_view limit : team->over) over.push(limit);
    out.push(Json::object({{"team", team->team},
                           {"people", team->people},
                           {"events", team->events},
                           {"out_of_hours", or_null(team->out_of_hours())},
                           {"out_of_hours_interval", interval_json(team->out_of_hours_interval)},
                           {"concurrent", or_null(team->concurrent())},
                           {"single_holder", or_null(team->single_holder())},
                           {"over", std::move(over)},
                           {"months", months_json(team->months)}}));
  }
  return out;
}

}  // namespace

void add_people_json(Json& json, const FigureBook& book) {
  add_columns(json, {kRowNames, kColumns});
  const PeopleLoad& load = *people_load_of(book);
  json.set("areas", areas_json(concentration_of(book)->coverage));
  json.set("unplanned", unplanned_json(*unplanned_of(book)));
  json.set("team_load", teams_json(load));
  json.set("people_months", months_json(load.months));
  json.set("load_limits", Json::object({{"out_of_hours", kOutOfHoursLimit},
                                        {"concurrent", kConcurrentLimit},
                                        {"single_holder", kSingleHolderLimit}}));
  json.set("team_load_hidden", Json::object({{"teams", load.hidden_teams},
                                             {"events", load.hidden_events},
                                             {"least_people", kLeastPeople}}));
}

}  // namespace tiebeam::flow
