// For tests only: reads the real ServiceNow slice without the importers, so that the engine's numbers
// on it do not depend on them. The file has no quotes; "?" is missing; dates are day first.
#pragma once

#include <zlib.h>

#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rooms/flow/engine/test_log.h"

namespace tiebeam::flow::testing {

constexpr std::string_view kServiceNowMap = R"(order = ["New", "Active", "Resolved", "Closed"]
[states]
"New" = "wait"
"Resolved" = "wait"
"Active" = "active"
"Awaiting *" = "blocked"
"Closed" = "done"
)";

inline std::optional<std::string> gunzip(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (!file) return std::nullopt;
  std::string out;
  char block[1 << 16];
  for (int got = gzread(file, block, sizeof block); got > 0; got = gzread(file, block, sizeof block)) {
    out.append(block, static_cast<std::size_t>(got));
  }
  gzclose(file);
  return out;
}

// "29/2/2016 01:16" as UTC.
inline Instant slice_time(std::string_view text) {
  int day = 0, month = 0, year = 0, hour = 0, minute = 0;
  TB_CHECK(std::sscanf(std::string(text).c_str(), "%d/%d/%d %d:%d", &day, &month, &year, &hour, &minute) == 5,
           "the slice writes day/month/year hour:minute");
  const auto date = std::chrono::year{year} / month / day;
  return Instant{std::chrono::sys_days{date}} + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

// The slice as an organisation, or nothing when the file is not there.
inline std::optional<Org> read_slice() {
  std::optional<std::string> text;
  for (const char* path : {TIEBEAM_SOURCE_DIR "/sample/incident_event_log_2016Q1.csv.gz",
                           TIEBEAM_SOURCE_DIR "/../shared/data/uci_incident/incident_event_log_2016Q1.csv.gz"}) {
    if (!text) text = gunzip(path);
  }
  if (!text) return std::nullopt;
  Org org;
  org.import(kServiceNowMap);
  bool is_header = true;
  std::string last_created;
  for (const std::string_view line : split_at(*text, '\n')) {
    const auto cells = split_at(line, ',');
    if (!is_header && cells.size() == 36) {
      const auto known = [&](std::size_t i) { return cells[i] == "?" ? std::string_view{} : cells[i]; };
      org.event(cells[0], slice_time(cells[13]), cells[1], known(23), known(24),
                parse_integer(cells[5]).value_or(0));
      if (last_created != cells[0]) org.created(cells[0], slice_time(cells[9]), "incident");
      last_created = cells[0];
    }
    is_header = false;
  }
  return org;
}

}  // namespace tiebeam::flow::testing
