#include "ingest/deliveries.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ingest/ticket_names.h"
#include "rooms/flow/records.h"

namespace tiebeam::ingest {
namespace {

const EventType& deployment_type() {
  static const EventType type = describe_event<flow::Deployment>("flow");
  return type;
}
const EventType& code_change_type() {
  static const EventType type = describe_event<flow::CodeChange>("flow");
  return type;
}
const EventType& incident_type() {
  static const EventType type = describe_event<flow::IncidentEvent>("flow");
  return type;
}

bool has(const HeaderKeys& keys, DeploymentColumn column) {
  return keys.has(deployment_columns()[static_cast<std::size_t>(column)]);
}
bool has(const HeaderKeys& keys, IncidentColumn column) {
  return keys.has(incident_columns()[static_cast<std::size_t>(column)]);
}

// The key of a deployment under a name that only such tables have, or beside columns that only they
// have: lists of tickets have an id, an environment, a revision, and say of a service how it is
// deployed.
bool has_deployment_key(const HeaderKeys& keys) {
  const ColumnSpec id{"deployment_id", false, {"cicd_deployment_id", "deploy_id"}};
  const ColumnSpec run{"pipeline_id", false, {"cicd_pipeline_id"}};
  const ColumnSpec hash{
      "sha", false, {"commit_sha", "commit_shas", "merge_commit_shas", "head_sha"}};
  if (keys.has(id)) return true;
  const bool has_evidence = keys.has(hash) || has(keys, DeploymentColumn::commit_times) ||
                            has(keys, DeploymentColumn::duration) ||
                            has(keys, DeploymentColumn::unplanned);
  if (keys.has({"deployment"})) return has_evidence || keys.count_missing(ticket_columns()) > 0;
  if (!has(keys, DeploymentColumn::environment)) return false;
  return keys.has(run) ? has(keys, DeploymentColumn::commits) : keys.has({"id"}) && keys.has(hash);
}

void resolve_column(Column& column, DateOrder order, const Zone& zone) {
  column.wide.transform([&](std::int64_t value) {
    if (value == kMissing) return value;
    const LocalTime wall{Micros{StampColumn::micros(value, order)}};
    const Instant at = StampColumn::has_offset(value) ? Instant{wall.time_since_epoch()}
                                                      : to_instant(zone, wall).at;
    return std::int64_t{at.time_since_epoch().count()};
  });
}

}  // namespace

std::span<const ColumnSpec> deployment_columns() {
  static const std::array<ColumnSpec, 11> columns = {
      {{"deployment",
        true,
        {"deployment_id", "cicd_deployment_id", "cicd_pipeline_id", "pipeline_id", "deploy_id",
         "id"}},
       {"started",
        false,
        {"started_at", "started_date", "start_time", "created_at", "created_date", "created"}},
       {"finished",
        false,
        {"finished_at", "finished_date", "deployed_at", "completed_at", "ended_at", "end_time",
         "deploy_time"}},
       {"duration_sec", false, {"duration_seconds"}},
       {"service",
        false,
        {"service_name", "application", "app", "component", "repository", "repo", "repo_url",
         "repo_name", "repo_id", "cicd_scope_id", "project"}},
       {"environment", false, {"env", "environment_name", "target"}},
       {"result", false, {"conclusion", "state", "status", "outcome", "success"}},
       {"commits",
        false,
        {"commit_shas", "commit_sha", "merge_commit_shas", "head_sha", "sha", "commit",
         "revision"}},
       {"commit_times",
        false,
        {"commit_time", "committed_at", "committed_date", "authored_at", "authored_date",
         "commit_date"}},
       {"fixes_incident", false, {"fixes", "fixed_incident", "incident_id", "incident"}},
       {"is_unplanned",
        false,
        {"unplanned", "is_rework", "rework", "is_rollback", "rollback", "is_hotfix", "hotfix"}}}};
  return columns;
}

std::span<const ColumnSpec> incident_columns() {
  static const std::array<ColumnSpec, 7> columns = {
      {{"incident",
        true,
        {"incident_id", "incident_number", "incident_key", "issue_key", "number", "key", "id"}},
       {"opened",
        true,
        {"opened_at", "triggered_at", "declared_at", "reported_at", "started_at", "created_at",
         "created_on", "created_date", "created", "start_time"}},
       {"restored",
        false,
        {"restored_at", "mitigated_at", "mitigated", "recovered_at", "service_restored_at"}},
       {"resolved",
        false,
        {"resolved_at", "resolved_on", "resolution_date", "closed_at", "closed", "ended_at",
         "end_time"}},
       {"service",
        false,
        {"service_name", "business_service", "application", "app", "component", "repository",
         "repo", "scope_id", "project"}},
       {"deployment",
        false,
        {"deployment_id", "caused_by_deployment", "cicd_deployment_id", "caused_by"}},
       {"severity", false, {"urgency", "priority", "impact"}}}};
  return columns;
}

bool is_deployments(const std::vector<std::string>& header) {
  const ColumnSpec opened{"opened", false, {"opened_at", "triggered_at"}};
  const HeaderKeys keys(header);
  const bool has_time = has(keys, DeploymentColumn::started) ||
                        has(keys, DeploymentColumn::finished) ||
                        has(keys, DeploymentColumn::commit_times);
  return has_deployment_key(keys) && has_time && !keys.has(opened) &&
         !has(keys, IncidentColumn::restored);
}

bool is_incidents(const std::vector<std::string>& header) {
  const ColumnSpec key{"incident", true, {"incident_id", "incident_number", "incident_key"}};
  const ColumnSpec pager{"seconds_to_first_ack", false, {"seconds_to_resolve"}};
  const HeaderKeys keys(header);
  return has(keys, IncidentColumn::incident) && has(keys, IncidentColumn::opened) &&
         (has(keys, IncidentColumn::restored) || keys.has(pager) ||
          (keys.has(key) && has(keys, IncidentColumn::deployment)));
}

Deliveries::Deliveries()
    : deployments(deployment_type()), changes(code_change_type()), incidents(incident_type()) {}

void Deliveries::resolve(DateOrder order, const Zone& zone) {
  for (EventTable* table : {&deployments, &changes, &incidents}) {
    for (Column& column : table->columns) {
      if (column.kind == ColumnKind::instant) resolve_column(column, order, zone);
    }
  }
  PackedVector<std::int64_t>& at = deployments.column("at").wide;
  const PackedVector<std::int64_t>& started = deployments.column("started").wide;
  PackedVector<std::int64_t>& finished = deployments.column("finished").wide;
  for (std::size_t row = 0; row < at.size(); ++row) {
    if (finished[row] == kMissing && durations[row] != kMissing && started[row] != kMissing)
      finished.set(row, started[row] + durations[row]);
    at.set(row, finished[row] != kMissing ? finished[row] : started[row]);
  }
}

std::int64_t Deliveries::rows() const {
  return static_cast<std::int64_t>(deployments.rows() + changes.rows() + incidents.rows());
}

std::vector<EventTable> Deliveries::take_tables() {
  std::vector<EventTable> out;
  for (EventTable* table : {&deployments, &changes, &incidents}) {
    if (table->rows() == 0 && (rows() > 0 || !out.empty())) continue;
    table->spans.push_back({.import_id = {}, .first = 0, .rows = table->rows()});
    out.push_back(std::move(*table));
    *table = EventTable(*out.back().type);
  }
  return out;
}

}  // namespace tiebeam::ingest
