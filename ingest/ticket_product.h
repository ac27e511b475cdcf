// Which product wrote a ticket list, by columns that only its export has. Sources: docs/format/
// tickets.md; a product whose export nobody documents is not here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tiebeam::ingest {

struct TicketProduct {
  std::string_view name;     // "Jira"
  std::string_view history;  // how to get what a list cannot tell
};
// None when no product's columns are all there.
[[nodiscard]] const TicketProduct* product_of(const std::vector<std::string>& header);

}  // namespace tiebeam::ingest
