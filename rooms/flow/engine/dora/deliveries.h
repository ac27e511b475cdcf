// Deployments, code changes and incidents of a snapshot as known at an as-of: rows of one
// deployment put together, incidents tied to the deployment that caused them. docs/method/dora.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/snapshot.h"
#include "rooms/flow/engine/log.h"

namespace tiebeam::flow {

// An incident opens at most this long after the deployment that is taken as its cause when the
// source names none. Source: section 8 of the product's flow specification.
constexpr std::int64_t kCauseWindow = 24LL * 3600 * 1'000'000;

enum class Outcome : std::uint8_t { success, failure, other };
// By the words of DevLake, GitHub, GitLab, Jenkins and Azure DevOps; nothing said counts as
// success.
[[nodiscard]] Outcome outcome_of(std::string_view result);
[[nodiscard]] bool is_production(std::string_view environment);

// One deployment to one environment, of one or more services. Instants are microseconds, kMissing:
// none. Rows that repeat it (a later export, one row a commit) are one.
struct Shipment {
  std::string key;
  std::vector<std::uint32_t> services;  // index in DeliveryLog::services
  std::int64_t started = kMissing;
  std::int64_t finished = kMissing;
  Outcome outcome = Outcome::other;
  bool is_rework = false;     // unplanned, or made to end an incident
  bool tells_rework = false;  // the source says whether it is
  std::vector<std::uint32_t> rows;
};

// A change to the code of a service.
struct Change {
  std::string key;
  std::uint32_t service = 0;
  std::int64_t committed = 0;
  std::int64_t deployed = kMissing;  // finish of the first counted deployment that carried it
  // Only a deployment that failed names it: the next of the service that counts carried it.
  bool is_inferred = false;
  std::uint32_t row = 0;
};

struct Outage {
  std::string key;
  std::uint32_t service = 0;
  std::int64_t opened = 0;
  std::int64_t ended = kMissing;  // restored, else resolved; kMissing: open at the as-of
  std::uint32_t cause = kNone;    // index in DeliveryLog::shipments
  bool is_inferred = false;       // no source names the cause
  std::uint32_t row = 0;
};

struct DeliveryLog {
  const EventTable *deployments = nullptr, *changes = nullptr, *incidents = nullptr;
  Instant as_of{};
  std::vector<std::string> services;  // in alphabetical order; "": none is named
  // Those that count: successful, to production, finished by the as-of; by finish, then key.
  std::vector<Shipment> shipments;
  std::vector<Change> changed;   // by commit, then key
  std::vector<Outage> outages;   // by opening, then key
  std::size_t elsewhere = 0;     // deployments to other environments
  std::size_t unsuccessful = 0;  // that failed, or were neither
  std::size_t unfinished = 0;
  std::size_t inferred_changes = 0;
  std::size_t unknown_causes = 0;  // incidents that name a deployment which is not counted
  bool names_production = false;   // else every environment counts
  bool names_environment = false;
};

// `as_of`: asked, else the organisation's, else the newest event of any kind.
[[nodiscard]] DeliveryLog read_deliveries(const Snapshot& snapshot, std::optional<Instant> asked);

}  // namespace tiebeam::flow
