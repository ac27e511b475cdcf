// What earlier imports teach about a file: how it was read, where it went, what its states mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "application/import_answers.h"
#include "application/imports.h"

namespace tiebeam {

struct Memory {
  ImportAnswers answers;
  std::string file;    // of the import it is from
  std::string header;  // of that import
};
// Hash over the names of the columns, in order; empty when there are none.
[[nodiscard]] std::string header_of(const ingest::Batch& batch);
// How the newest import of a file of this name was read; nothing when all was by evidence.
[[nodiscard]] std::optional<Memory> memory_of_file(const Snapshot& before, const std::string& file);
// How the newest import with these very columns was read.
[[nodiscard]] std::optional<Memory> memory_of_header(const Snapshot& before,
                                                     const std::string& header);
// The newest different ones with columns, at most three: for a file that says nothing by itself.
[[nodiscard]] std::vector<Memory> newest_memories(const Snapshot& before);

// What was decided for this source before holds until somebody says otherwise.
[[nodiscard]] std::optional<StateMap> remembered_map(const Snapshot& before,
                                                     const ImportRequest& request);
// The stream nobody named: that of the import this file goes on from, with its map when this file's
// was only guessed; else one of its own.
[[nodiscard]] std::string choose_stream(const Snapshot& before, ingest::Batch& batch);

}  // namespace tiebeam
