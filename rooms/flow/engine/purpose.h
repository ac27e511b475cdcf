// Which work serves a priority: follows the initiative an item names and the "serves" links, as the
// record types of the other rooms are read by field name, never through their code.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/snapshot.h"

namespace tiebeam::flow {

class Purpose {
 public:
  explicit Purpose(const Snapshot& snapshot);
  // True when a path of ties leads from "type/id" to a priority on record.
  [[nodiscard]] bool serves_priority(const std::string& node) const;
  [[nodiscard]] bool has_priorities() const { return has_priorities_; }
  // Ids of the records of `type` that are tied by a link and serve a priority.
  [[nodiscard]] std::set<std::string, std::less<>> serving(std::string_view type) const;

 private:
  std::multimap<std::string, std::string> ties_;
  std::set<std::string> priorities_;
  bool has_priorities_ = false;
};

}  // namespace tiebeam::flow
