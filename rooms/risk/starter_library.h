// The library of starting points that the program carries: rooms/risk/starters/*.json, read
// strictly.
#pragma once

#include <span>
#include <string_view>

#include "rooms/risk/engine/starters.h"

namespace tiebeam::risk {

struct CarriedFile {
  std::string_view name;  // "ransomware.json"
  std::string_view text;
};
// As they were built in. Sorted by name.
[[nodiscard]] std::span<const CarriedFile> carried_files();
// Errors: risk.no_such_file.
[[nodiscard]] Result<std::string_view> carried_text(std::string_view name);

// Every fault of the files: kinds, names that are unknown, ends out of order, evidence without its
// source. Errors: risk.bad_library.
[[nodiscard]] Result<StarterLibrary> read_starter_library(std::span<const CarriedFile> files);
// The one the program carries, read once. Thread: any.
[[nodiscard]] const StarterLibrary& starter_library();

}  // namespace tiebeam::risk
