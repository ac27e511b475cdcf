// What delivery tools export: a table of deployments with their commits, a table of incidents.
// Columns are known by the names that DevLake, GitHub, GitLab, PagerDuty and others give them
// (docs/format/deployments.md, docs/format/incidents.md).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ingest/csv_reader.h"
#include "ingest/stamp_column.h"
#include "model/event_table.h"

namespace tiebeam::ingest {

struct Reading;

enum class DeploymentColumn : std::uint8_t {
  deployment,
  started,
  finished,
  duration,  // in seconds
  service,
  environment,
  result,
  commits,
  commit_times,
  fixes_incident,
  unplanned
};
enum class IncidentColumn : std::uint8_t {
  incident,
  opened,
  restored,
  resolved,
  service,
  deployment,
  severity
};
[[nodiscard]] std::span<const ColumnSpec> deployment_columns();
[[nodiscard]] std::span<const ColumnSpec> incident_columns();

// By the header alone: it has what only a table of deployments, or of incidents that deployments
// caused or whose service was restored, has. A mere list of incidents is a list of tickets.
[[nodiscard]] bool is_deployments(const std::vector<std::string>& header);
[[nodiscard]] bool is_incidents(const std::vector<std::string>& header);

// The event tables of one file, stamps packed until resolve().
class Deliveries {
 public:
  Deliveries();
  // Turns stamps into instants: all of a file are one system's. Fills `at` of the deployments.
  void resolve(DateOrder order, const Zone& zone);
  [[nodiscard]] std::int64_t rows() const;
  // Those with rows; the first of them all when none has any.
  [[nodiscard]] std::vector<EventTable> take_tables();

  EventTable deployments, changes, incidents;
  std::vector<std::int64_t> durations;  // by row of `deployments`, microseconds; kMissing: not said
};

// Errors: ingest.missing_column, ingest.doubled_column, those of CsvReader::next.
[[nodiscard]] Result<void> read_deployments(Reading& reading, CsvReader& table);
[[nodiscard]] Result<void> read_incidents(Reading& reading, CsvReader& table);

}  // namespace tiebeam::ingest
