#include "application/table.h"

#include <fmt/format.h>

#include "model/derived.h"
#include "model/kernel_records.h"

namespace tiebeam {

std::string Asking::option(std::string_view name, std::string_view otherwise) const {
  const auto held = options.find(name);
  return held == options.end() ? std::string(otherwise) : held->second;
}

bool Asking::has(std::string_view name) const { return options.find(name) != options.end(); }

Table::Table() {
  record<Organisation>("kernel");
  record<Person>("kernel");
  record<Team>("kernel");
  record<WorkCalendar>("kernel");
  record<Link>("kernel");
  record<Waiver>("kernel");
}

Result<void> Table::check() const {
  if (const auto dangling = catalog.dangling(); !dangling.empty()) {
    return fail(Kind::internal, "table.dangling_reference", dangling.front(),
                "declare the record type in its room's mount");
  }
  return figures.check();
}

std::size_t count_of(const Table& table, const Snapshot& snapshot, std::string_view type) {
  const auto derive = table.derived.find(type);
  const std::size_t written = snapshot.of(type).size();
  return derive == table.derived.end() ? written
                                       : std::max(written, derive->second.count(snapshot));
}

std::vector<Record> records_of(const Table& table, const Snapshot& snapshot,
                               std::string_view type) {
  std::vector<Record> written = snapshot.of(type);
  const auto derive = table.derived.find(type);
  if (derive == table.derived.end()) return written;
  return laid_over(derive->second.records(snapshot), std::move(written));
}

}  // namespace tiebeam
