// What each part of an import costs: reads a file as `tiebeam import` does and keeps it in a new
// store, part by part. Usage: import_phases FILE STATE_MAP NEW_STORE. bench/import_table.sh puts
// DuckDB beside it.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>

#include "application/source.h"
#include "base/hash.h"
#include "base/repeats.h"
#include "model/state_map_toml.h"
#include "rooms/flow/engine/load.h"
#include "store/chunk.h"

namespace tiebeam {
namespace {

// CPU seconds of this process so far, its own and the system's for it.
double cpu() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}
double wall() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double peak_mb() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

template <class F>
double cpu_of(F work) {
  const double before = cpu();
  work();
  return cpu() - before;
}

template <class T>
T good(Result<T> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().message);
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

template <class F>
void for_each_block(const std::string& path, F take) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::vector<char> block(std::size_t{1} << 20);
  for (ssize_t got = ::read(fd, block.data(), block.size()); got > 0;
       got = ::read(fd, block.data(), block.size()))
    take(std::string_view(block.data(), static_cast<std::size_t>(got)));
  ::close(fd);
}

std::size_t bytes_of(const EventTable& table) {
  std::size_t out = table.line.bytes();
  for (const Column& column : table.columns)
    out += column.wide.bytes() + column.narrow.bytes() + 8 * column.real.capacity();
  return out;
}

std::size_t pack_all(const EventTable& table) {
  std::size_t bytes = 0;
  const store::RowRange all{.first = 0, .count = table.rows()};
  std::vector<store::UsedNames> names;
  for (const Column& column : table.columns) {
    names.push_back(store::used_names(column, {.first = 0, .count = column.narrow.size()}));
    if (column.kind == ColumnKind::text) bytes += store::pack_names(names.back().names).size();
  }
  for (std::size_t first = 0; first < all.count; first += store::kChunkRows) {
    const store::RowRange some = all.part(first, store::kChunkRows);
    bytes += store::pack_columns(table, some, names).size();
    bytes += store::pack_identity(table, some).size();
  }
  return bytes;
}

void tell(std::string_view what, double seconds) { fmt::print("{:<42}{:>8.2f}\n", what, seconds); }

void control_sums(const EventTable& events) {
  __extension__ using Wide = __int128;
  Wide seconds = 0;
  events.column("at").wide.for_each_block([&](std::span<const std::int64_t> block) {
    for (const std::int64_t at : block) seconds += at / 1'000'000;
  });
  fmt::print("rows {}, items {}, states {}, sum of seconds {}\n", events.rows(),
             events.column("item").names.size() - 1, events.column("state").names.size() - 1,
             static_cast<std::int64_t>(seconds));
}

int run(const std::string& file, const std::string& map_file, const std::string& path) {
  Table table;
  ingest::Options options;
  std::ostringstream toml;
  toml << std::ifstream(map_file).rdbuf();
  options.state_map = parse_state_map(toml.str()).value();
  Sha256 hash;
  const double read_only = cpu_of([&] { for_each_block(file, [](std::string_view) {}); });
  const double sha =
      cpu_of([&] { for_each_block(file, [&](std::string_view b) { hash.update(b); }); }) -
      read_only;

  ingest::Batch batch;
  const double reading = cpu_of([&] { batch = ingest::read_file(file, options).value(); });
  const double read_peak = peak_mb();
  const EventTable& events = batch.tables[0];
  const double dedupe = cpu_of([&] { (void)repeated_places(events.identity); });
  double audit = 0;
  {
    const auto view = view_of(table, batch, options);
    audit = cpu_of([&] { (void)flow::little_residual(*view); });
  }
  const double audit_peak = peak_mb();
  std::size_t packed = 0;
  const double encode = cpu_of([&] {
    for (const EventTable& each : batch.tables) packed += pack_all(each);
  });

  auto store = good(store::Store::create(path, table.catalog));
  auto writer = good(store->begin_import("bench", Instant{}));
  const double keeping = cpu_of([&] {
    for (const EventTable& each : batch.tables) (void)good(writer->rows(each));
    (void)good(writer->commit(import_of(batch, options)));
  });
  auto copier = good(store->begin_import("bench", Instant{}));
  const double raw =
      cpu_of([&] {
        for_each_block(file, [&](std::string_view block) { good(copier->raw(block)); });
      }) -
      read_only;
  copier->rollback();

  fmt::print("Tiebeam, CPU seconds\n");
  tell("text into columns, without the two below", reading - sha - dedupe);
  tell("rows that repeat others", dedupe);
  tell("encoding", encode);
  tell("durable in the store, and repeated rows", keeping - encode);
  tell("sum: text to columns to store", reading - sha + keeping);
  tell("SHA-256 of the file", sha);
  tell("raw copy", raw);
  tell("audit", audit);
  fmt::print(
      "peak MB: after reading {:.0f}, with audit {:.0f}, at the end {:.0f}; stored {:.0f} MB\n",
      read_peak, audit_peak, peak_mb(), static_cast<double>(packed) / 1e6);
  control_sums(events);
  batch = {};

  const double cpu_before = cpu(), wall_before = wall();
  const auto snapshot = good(store->load());
  fmt::print("opening: {:.2f} s CPU, {:.2f} s wall; {:.1f} bytes an event in columns\n",
             cpu() - cpu_before, wall() - wall_before,
             static_cast<double>(bytes_of(*snapshot->table("transition"))) /
                 static_cast<double>(snapshot->table("transition")->rows()));
  return 0;
}

}  // namespace
}  // namespace tiebeam

int main(int count, char** arguments) {
  if (count != 4) {
    fmt::print(stderr, "usage: import_phases FILE STATE_MAP NEW_STORE\n");
    return 2;
  }
  return tiebeam::run(arguments[1], arguments[2], arguments[3]);
}
