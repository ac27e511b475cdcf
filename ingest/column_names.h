// The columns of a file under the names by which a format finds them: as the header spells them, or
// a role of the format where a person or the content said so. Says of each what it is read as, and
// why.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/csv_reader.h"
#include "ingest/import.h"

namespace tiebeam::ingest {

struct ColumnNames {
  std::vector<std::string> spelled;  // as the header has them
  std::vector<std::string> names;    // the same, or a role; empty: never to be read
  std::vector<std::string> why;      // where `names` differs from `spelled`

  // From now on found as `role` (empty: as nothing).
  void rename(std::size_t at, std::string_view role, std::string reason) {
    names[at] = role;
    why[at] = std::move(reason);
  }
  // Nobody said what it is: the content may tell.
  [[nodiscard]] bool is_free(std::size_t at) const { return why[at].empty(); }
};

using ColumnChoices = std::map<std::string, std::string, std::less<>>;  // as in Options

// `choices` win over all names. Errors: ingest.missing_column (no such column), ingest.unknown_role
// (no role of any format), ingest.bad_option (two columns for one role).
[[nodiscard]] Result<ColumnNames> name_columns(std::string_view file,
                                               const std::vector<std::string>& header,
                                               const ColumnChoices& choices);

// That each role that was chosen is one of the format's. Errors: ingest.unknown_role.
[[nodiscard]] Result<void> check_roles(std::string_view format, std::span<const ColumnSpec> specs,
                                       const ColumnChoices& choices);

// Each different name of the header with its first values; nothing is said of roles yet.
[[nodiscard]] std::vector<ColumnUse> list_columns(const CsvReader& table);

// Fills role and evidence of what list_columns() made. `bound` as by bind_columns.
void describe_columns(std::vector<ColumnUse>& columns, const ColumnNames& names,
                      std::span<const ColumnSpec> specs, const std::vector<std::size_t>& bound);

}  // namespace tiebeam::ingest
