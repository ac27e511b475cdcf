// Real series for tests: weeks of merged changes of public repositories (sample/NOTICE).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "ingest/byte_source.h"
#include "rooms/flow/engine/forecast/backtest.h"

namespace tiebeam::flow::testing {

inline std::string unpacked_sample(const char* name) {
  auto source =
      ingest::ByteSource::open(std::string(TIEBEAM_SOURCE_DIR "/sample/") + name, 1 << 16, {}, {});
  TB_CHECK(source.has_value(), "the sample is part of the project");
  std::string out;
  std::vector<char> block(1 << 16);
  while (true) {
    const Result<std::size_t> got = source->read(block);
    TB_CHECK(got.has_value(), "the sample can be read");
    if (*got == 0) return out;
    out.append(block.data(), *got);
  }
}

inline const std::vector<Times>& merge_times() {
  static const std::vector<Times> read = [] {
    std::map<std::string, std::vector<std::int64_t>> by_series;
    const std::string text = unpacked_sample("throughput_merges.csv.gz");
    for (const std::string_view line : split_at(text, '\n')) {
      const std::size_t comma = line.find(',');
      if (comma == std::string_view::npos || line.starts_with("series,")) continue;
      by_series[std::string(line.substr(0, comma))].push_back(
          parse_integer(line.substr(comma + 1)).value());
    }
    std::vector<Times> out;
    for (auto& [name, at] : by_series) out.push_back({name, std::move(at)});
    return out;
  }();
  return read;
}

// The twelve that take part in the protocol, by name.
inline const std::vector<Series>& merge_series() {
  static const std::vector<Series> counted = [] {
    std::vector<Series> out;
    for (const Times& times : merge_times()) {
      if (Counted each = count_weeks(times); each.series) out.push_back(*std::move(each.series));
    }
    return out;
  }();
  return counted;
}

inline std::size_t index_of(const std::vector<Series>& all, std::string_view id) {
  const auto held = std::ranges::find(all, id, &Series::id);
  TB_CHECK(held != all.end(), "the series takes part");
  return static_cast<std::size_t>(held - all.begin());
}

}  // namespace tiebeam::flow::testing
