#include "rooms/flow/engine/purpose.h"

#include <vector>

namespace tiebeam::flow {
namespace {

// The text of a reference or text field, empty when the type has no such field or it is not given.
std::string text_of(const Snapshot& snapshot, std::string_view type, const Record& record,
                    std::string_view field) {
  const RecordType* described = snapshot.catalog ? snapshot.catalog->find(type) : nullptr;
  const std::size_t index = described ? described->index_of(field) : std::string::npos;
  if (index >= record.values.size()) return {};
  const auto* text = std::get_if<std::string>(&record.values[index]);
  return text ? *text : std::string{};
}

}  // namespace

Purpose::Purpose(const Snapshot& snapshot) {
  for (const Record& record : snapshot.of("priority"))
    priorities_.insert("priority/" + record.id());
  has_priorities_ = !priorities_.empty();
  for (const Record& record : snapshot.of("initiative")) {
    const std::string priority = text_of(snapshot, "initiative", record, "priority");
    if (!priority.empty()) ties_.emplace("initiative/" + record.id(), "priority/" + priority);
  }
  for (const Link& link : snapshot.all<Link>()) {
    if (link.kind == "serves") ties_.emplace(link.from, link.to);
  }
}

bool Purpose::serves_priority(const std::string& node) const {
  std::set<std::string> seen{node};
  std::vector<std::string> open{node};
  while (!open.empty()) {
    const std::string here = open.back();
    open.pop_back();
    if (priorities_.contains(here)) return true;
    const auto [from, to] = ties_.equal_range(here);
    for (auto tie = from; tie != to; ++tie) {
      if (seen.insert(tie->second).second) open.push_back(tie->second);
    }
  }
  return false;
}

std::set<std::string, std::less<>> Purpose::serving(std::string_view type) const {
  std::set<std::string, std::less<>> ids;
  const std::string prefix = std::string(type) + "/";
  for (const auto& [from, to] : ties_) {
    if (from.starts_with(prefix) && serves_priority(from)) ids.insert(from.substr(prefix.size()));
  }
  return ids;
}

}  // namespace tiebeam::flow
