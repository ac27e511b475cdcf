#include "rooms/flow/delivery.h"

#include "rooms/flow/columns.h"
#include "rooms/flow/rules/rules.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/dora.md";
constexpr ColumnNote kColumns[] = {
    {"dora_services", "deployments", "Deployments", "deployments",
     "count of successful deployments to production in the window", kMethod},
    {"dora_services", "a_week", "Deployments a week", "deployments a week",
     "deployments in the last full weeks / weeks", kMethod},
    {"dora_services", "days_a_week", "Days a week with one", "days a week",
     "days with a deployment in the last full weeks / weeks", kMethod},
    {"dora_services", "lead_p50", "Half of the changes in use within", "days",
     "survival quantile at 0.5 of time from commit to deployment", kMethod},
    {"dora_services", "lead_p85", "85 of 100 changes in use within", "days",
     "survival quantile at 0.85 of time from commit to deployment", kMethod},
    {"dora_services", "failed", "That caused an incident", "deployments",
     "count of deployments that an incident is tied to", kMethod},
    {"dora_services", "failure_share", "Share that caused an incident", "share",
     "failed / deployments", kMethod},
    {"dora_services", "recovery_p50", "Half of the incidents over within", "days",
     "survival quantile at 0.5 of time from opening to end of incidents", kMethod},
    {"dora_services", "recovery_p85", "85 of 100 incidents over within", "days",
     "survival quantile at 0.85 of time from opening to end of incidents", kMethod},
    {"dora_services", "open_incidents", "Incidents still open", "incidents",
     "count of incidents without an end", kMethod},
    {"dora_services", "rework_share", "Share made only to mend", "share",
     "unplanned deployments, or made to end an incident / deployments", kMethod},
    {"dora_months", "deployments", "Deployments", "deployments",
     "count of successful deployments to production in the month", kMethod},
    {"dora_months", "days", "Days with one", "days", "count of days with a deployment", kMethod},
    {"dora_months", "failed", "That caused an incident", "deployments",
     "count of deployments of the month that an incident is tied to", kMethod},
    {"dora_months", "failure_share", "Share that caused an incident", "share",
     "failed / deployments", kMethod},
    {"dora_months", "incidents", "Incidents", "incidents", "count of incidents opened", kMethod},
    {"dora_months", "rework", "Made only to mend", "deployments",
     "count of deployments that were unplanned or made to end an incident", kMethod},
};
constexpr RowName kRowNames[] = {{"dora_services", "service"}, {"dora_months", "month"}};

Json share(std::int64_t part, std::int64_t whole, bool is_known) {
  if (!is_known || whole == 0) return {};
  return static_cast<double>(part) / static_cast<double>(whole);
}

Json service_json(const Dora& dora, const DoraService& row) {
  const auto incidents = [&](Json value) { return dora.has_incidents ? std::move(value) : Json(); };
  const Json interval = interval_json(row.failure_interval);
  return Json::object({{"service", row.service},
                       {"deployments", row.deployments},
                       {"a_week", or_null(row.a_week)},
                       {"days_a_week", or_null(row.days_a_week)},
                       {"lead_p50", or_null(row.lead_p50)},
                       {"lead_p85", or_null(row.lead_p85)},
                       {"failed", incidents(row.failed)},
                       {"failure_share", share(row.failed, row.deployments, dora.has_incidents)},
                       {"failure_interval", std::move(interval)},
                       {"recovery_p50", or_null(row.recovery_p50)},
                       {"recovery_p85", or_null(row.recovery_p85)},
                       {"open_incidents", incidents(row.open_incidents)},
                       {"rework_share", share(row.rework, row.deployments, dora.tells_rework)}});
}

Json month_json(const Dora& dora, const DoraMonth& row) {
  const auto incidents = [&](std::int64_t value) {
    return dora.has_incidents ? Json(value) : Json();
  };
  return Json::object({{"month", format_day(row.start)},
                       {"full", row.is_full},
                       {"deployments", row.deployments},
                       {"days", row.days},
                       {"failed", incidents(row.failed)},
                       {"failure_share", share(row.failed, row.deployments, dora.has_incidents)},
                       {"incidents", incidents(row.incidents)},
                       {"rework", dora.tells_rework ? Json(row.rework) : Json()}});
}

DeliveryFacts delivery_facts(const FigureBook& book) {
  const Dora& dora = *dora_of(book);
  DeliveryFacts out;
  out.is_known = dora.has_deployments && dora.has_incidents;
  const std::int64_t middle = dora.window.from + (dora.window.end - dora.window.from) / 2;
  for (const std::uint32_t index : dora.shipped) {
    DeliveryHalf& half = dora.log.shipments[index].finished < middle ? out.earlier : out.later;
    ++half.deployments;
    half.failed += dora.has_failed[index] ? 1 : 0;
  }
  const double weeks = days_of(dora.window.end - dora.window.from) / 2 / 7;
  for (DeliveryHalf* half : {&out.earlier, &out.later}) {
    if (weeks > 0) half->a_week = static_cast<double>(half->deployments) / weeks;
  }
  if (out.later.deployments > 0) {
    out.failure_low = quant::wilson(static_cast<double>(out.later.failed),
                                    static_cast<double>(out.later.deployments))
                          .low;
  }
  return out;
}

}  // namespace

std::vector<Rule> delivery_rules() { return {speed_without_stability_rule(delivery_facts)}; }

void add_delivery_json(Json& json, const FigureBook& book) {
  const Dora& dora = *dora_of(book);
  add_columns(json, {kRowNames, kColumns});
  Json services = Json::Array{};
  for (const DoraService& row : dora.services) services.push(service_json(dora, row));
  Json months = Json::Array{};
  if (dora.has_deployments || dora.has_incidents) {
    for (const DoraMonth& row : dora.months) months.push(month_json(dora, row));
  }
  json.set("dora_services", std::move(services));
  json.set("dora_months", std::move(months));
}

}  // namespace tiebeam::flow
