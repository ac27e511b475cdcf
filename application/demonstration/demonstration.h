// The demonstration: a made-up company, marked as such wherever it is shown, told in the readable
// files of demo/ that are part of the program.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "application/table.h"

namespace tiebeam {

struct StoryFile {
  std::string_view name;  // "person.csv"
  std::string_view text;
};
// The story as it was built in. Sorted by name.
[[nodiscard]] std::span<const StoryFile> built_in_story();

// Makes the organisation that the story's `story.json` names, from its steps in order: each writes
// records of one type, or lets a team work and imports its events. It appears in `dir` as a whole
// or not at all. `seed` 0: the story's own. Its id.
// Errors: store.exists, demo.bad_story, demo.bad_plan, record.*, ingest.*, store.*.
[[nodiscard]] Result<std::string> make_demonstration(const Table& table, const std::string& dir,
                                                     std::span<const StoryFile> story,
                                                     std::uint64_t seed = 0);

}  // namespace tiebeam
