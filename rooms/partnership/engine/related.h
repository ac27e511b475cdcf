// Which records concern a partner: of their meetings, their priorities and the initiatives under
// them, or by name.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/snapshot.h"
#include "rooms/governance/records.h"
#include "rooms/partnership/engine/rhythm.h"

namespace tiebeam::partnership {

struct ChangeLine;

class Related {
 public:
  Related(const Snapshot& snapshot, const Engagement& engagement, const Rhythm& rhythm);
  [[nodiscard]] bool is_meeting(const Id<"meeting">& id) const {
    return meetings_.contains(id.str());
  }
  // By or to the partner, made in one of their meetings, or for what serves their priorities.
  [[nodiscard]] bool concerns(const governance::Commitment& promise) const;
  // For the partner to decide, from one of their meetings, or for what serves their priorities.
  [[nodiscard]] bool concerns(const governance::Decision& decision) const;
  // Records that concern the partner and were written or changed from `since` to `today`.
  [[nodiscard]] std::vector<ChangeLine> changes(Day since, Day today) const;

 private:
  const Snapshot& snapshot_;
  std::string partner_;
  std::set<std::string, std::less<>> meetings_, priorities_, initiatives_, streams_;
};

}  // namespace tiebeam::partnership
