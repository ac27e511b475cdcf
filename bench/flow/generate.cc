// Writes the event file that the benchmarks of the flow room read: bench/flow/README.md.
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "base/time.h"
#include "bench/flow/generated_log.h"

namespace {

using tiebeam::bench::GeneratedLog;

int write_csv(const GeneratedLog& log, const char* path) {
  std::FILE* file = std::fopen(path, "wb");
  if (!file) return fmt::print(stderr, "error: cannot write {}\n", path), 3;
  std::string block = "item,at,state,team,assignee\n";
  for (const auto& row : log.rows) {
    fmt::format_to(std::back_inserter(block), "W-{},{},{},Team {},P{}\n", row.item + 1,
                   tiebeam::format_instant(tiebeam::Instant{tiebeam::Micros{row.at}}),
                   tiebeam::bench::kStates[row.state].name, row.team + 1, row.person + 1);
    if (block.size() < (1U << 20)) continue;
    if (std::fwrite(block.data(), 1, block.size(), file) != block.size()) return 3;
    block.clear();
  }
  const bool written = std::fwrite(block.data(), 1, block.size(), file) == block.size();
  return std::fclose(file) == 0 && written ? 0 : 3;
}

int write_map(const char* path) {
  std::FILE* file = std::fopen(path, "wb");
  if (!file) return fmt::print(stderr, "error: cannot write {}\n", path), 3;
  const std::string text = tiebeam::bench::state_map();
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written ? 0 : 3;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: generate EVENTS FILE.csv [FILE.toml]\n");
    return 2;
  }
  const GeneratedLog log = tiebeam::bench::generate(std::stoull(argv[1]));
  fmt::print("{} events, {} items\n", log.rows.size(), log.items);
  if (const int failed = write_csv(log, argv[2])) return failed;
  return argc > 3 ? write_map(argv[3]) : 0;
}
