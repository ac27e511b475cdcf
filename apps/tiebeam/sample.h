// The real sample that the program carries: incidents of an IT department (sample/NOTICE).
#pragma once

#include <string>

#include "application/table.h"
#include "base/time.h"

namespace tiebeam {

// Makes the organisation "sample" with it in the directory `data`; its id. Errors: store.exists,
// organisation.no_directory, store.*.
[[nodiscard]] Result<std::string> make_sample(const Table& table, const std::string& data,
                                              const std::string& actor, Instant at);

}  // namespace tiebeam
