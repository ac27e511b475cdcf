#include "ingest/repeated_keys.h"

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/reading.h"

namespace tiebeam::ingest {

Result<std::optional<std::string>> check_repeated_keys(const RepeatedItems& found,
                                                       std::string_view file,
                                                       std::string_view column) {
  if (found.repeats == 0) return std::nullopt;
  const std::string said =
      fmt::format("in '{}' {} the key of a row before, such as '{}' in lines {} and {}", column,
                  counted(found.repeats, "row repeats", "rows repeat"), shown(found.item, 40),
                  found.first_line, found.line);
  constexpr std::int64_t kFew = 2;
  if (found.repeats <= kFew || !are_many_repeats(found.repeats, found.rows))
    return said + ": each such ticket gets the events of all its rows; take out the older rows";
  Error fault{.kind = Kind::invalid,
              .code = "ingest.repeated_keys",
              .message = fmt::format("'{}', {}: a ticket list has one row a ticket", file, said),
              .detail = fmt::format("{} of {} rows", grouped(found.repeats), grouped(found.rows)),
              .hint =
                  "name another column as the key with --column NAME=key, say --format events "
                  "(of ServiceNow: servicenow-audit) if it is a log of events, or take out the "
                  "rows that tell of a ticket again",
              .field = std::string(column),
              .found = shown(found.item),
              .expected = "a key of its own in each row"};
  return std::unexpected(std::move(fault));
}

}  // namespace tiebeam::ingest
