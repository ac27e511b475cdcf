// What every record says of itself, whatever its type. The store keeps created_at, updated_at and
// version; people write the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace tiebeam {

struct RecordBase {
  std::string id;  // slug, unique within its type and organisation
  std::string name;
  std::string notes;
  std::vector<std::string> tags;
  Id<"person"> owner;
  std::optional<Instant> created_at;
  std::optional<Instant> updated_at;
  std::int64_t version = 0;  // 1 on creation, then one more with each change
};

}  // namespace tiebeam
