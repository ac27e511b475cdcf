#include "rooms/risk/register_gone.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace tiebeam::risk {
namespace {

// What the file has, "type/id".
std::set<std::string, std::less<>> ids_of(const RegisterRecords& made) {
  std::set<std::string, std::less<>> out;
  for (const auto& [type, record] : made.records) out.insert(type + "/" + record.id());
  return out;
}

bool is_of_risk(const DriverLoading& loading) {
  const bool scenario = !loading.scenario.empty(), cause = !loading.common_cause.empty();
  if (scenario == cause) return false;
  return loading.input.empty() || loading.input == "frequency" ||
         (scenario && loading.input == "loss");
}

}  // namespace

bool counts(const Insurance& layer, const Snapshot& snapshot) {
  const auto held = [&](const std::optional<Money>& money) {
    return money && money->currency().code() == snapshot.organisation.currency;
  };
  return held(layer.deductible) && held(layer.limit);
}

void remove_gone(const Snapshot& snapshot, RegisterRecords& made) {
  const auto in_file = ids_of(made);
  const auto has = [&](std::string_view type, const std::string& id) {
    return in_file.contains(fmt::format("{}/{}", type, id));
  };
  const auto remove = [&](std::string_view type, const auto& record, std::string_view what) {
    made.removed.emplace_back(type, record.id);
    made.told.push_back(fmt::format("removed: {} '{}', which the file no longer has", what,
                                    record.name.empty() ? record.id : record.name));
  };
  for (const Insurance& each : snapshot.all<Insurance>()) {
    if (has("scenario", each.scenario.str()) && counts(each, snapshot) &&
        !has("insurance_layer", each.id))
      remove("insurance_layer", each, "the insurance layer");
  }
  for (const ControlEffect& each : snapshot.all<ControlEffect>()) {
    if (has("control", each.control.str()) && has("scenario", each.scenario.str()) &&
        !has("reduction", each.id))
      remove("reduction", each, "the reduction");
  }
  for (const DriverLoading& each : snapshot.all<DriverLoading>()) {
    const bool of_it =
        has("scenario", each.scenario.str()) || has("common_cause", each.common_cause.str());
    if (of_it && is_of_risk(each) && !has("driver_loading", each.id))
      remove("driver_loading", each, "the loading");
  }
}

}  // namespace tiebeam::risk
