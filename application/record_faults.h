// What is wrong with a record that is to be written: its fields, its links, what a room's guard and
// the records beside it say.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "application/table.h"

namespace tiebeam {

using Faults = std::vector<Error>;
// Records that are written at once, as {type, id}: they may refer to each other.
using AddedIds = std::set<std::pair<std::string, std::string>>;

// What one step writes and removes, by type.
struct Step {
  std::map<std::string, std::vector<Record>, std::less<>> records;
  std::map<std::string, std::vector<std::string>, std::less<>> removed;
};
[[nodiscard]] Step step_of(const RecordPlan& plan);

// Of its description: fields, references, ends of links, what the kernel's own records mean.
[[nodiscard]] Faults all_faults(const Table& table, const Snapshot& snapshot,
                                const RecordType& type, const Record& record,
                                const AddedIds& added);
// Fields that could not be read are `told` of already; adds what is wrong with the others, so that
// a person hears all at once.
void add_other_faults(const Table& table, const Snapshot& snapshot, const RecordType& type,
                      const Record& record, Faults& told);
// Refuses to touch a record that was closed for good, such as the agreed minutes of a meeting.
void check_sealed(const Table& table, const Snapshot& snapshot, const RecordType& type,
                  std::string_view id, Faults& faults);
// Asks the guard of the type, for what the description has not found at a field already. `record`
// null: it would be removed.
void ask_guard(const Table& table, const Snapshot& snapshot, const RecordType& type,
               std::string_view id, Record* record, Instant at, bool from_file, Faults& faults,
               const Step& step = {});

}  // namespace tiebeam
