// The work of a preview and of an import: what a job does with a file that waits.
#pragma once

#include <string>

#include "server/api.h"

namespace tiebeam::server {

struct ImportWork {
  World& world;
  SeatPtr seat;
  std::string upload;  // id of the waiting file
  std::string actor;   // who asked
  bool is_preview = false;
  bool skip_bad = false;
};

// Runs it; what a preview found is put beside the file. One import is made of a file, however often
// it is asked for. Errors: import.no_such_upload, those of reading, job.cancelled.
[[nodiscard]] std::expected<Json, Refused> import_now(const ImportWork& work, Job& job);

// Rejected rows that are listed at most, of those that are counted.
constexpr std::size_t kRejectsListed = 20'000;

}  // namespace tiebeam::server
