// The figures of section "Ten million events" of docs/performance.md, measured as a whole process.
//   flow_analytics prepare EVENTS FILE.bin [FILE.csv]   the generated log as typed columns
//   flow_analytics batch FILE.bin THREADS [RUNS]        everything from the columns
//   flow_analytics live FILE.bin                        one event more, and the figures after it
// Prints one line of JSON.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <random>

#include "bench/flow/columns_file.h"
#include "rooms/flow/engine/live/live_flow.h"

namespace {

using namespace tiebeam;
using bench::TypedLog;
using flow::live::LiveFlow;
using flow::live::Summary;

double cpu_now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
double wall_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// What every engine must agree on. Checksums are plain sums with small weights, so that SQL can
// make them too.
std::string sums_of(const Summary& summary, const std::vector<flow::live::Percentiles>& stays) {
  const auto& t = summary.totals;
  std::string out = fmt::format(
      R"("items":{},"finished":{},"cancelled":{},"handoffs":{},"cycle":{},"active":{},"wait":{},)"
      R"("blocked":{},"done_gap":{})",
      t.items, t.finished, t.cancelled, t.team_handoffs, static_cast<std::int64_t>(t.cycle),
      static_cast<std::int64_t>(t.active), static_cast<std::int64_t>(t.wait),
      static_cast<std::int64_t>(t.blocked), static_cast<std::int64_t>(t.done_gap));
  std::int64_t arrivals = 0, finishes = 0, second = 0;
  double weekly = 0;
  for (std::size_t i = 0; i < summary.weeks.size(); ++i) {
    const auto& week = summary.weeks[i];
    const auto weight = static_cast<std::int64_t>(i + 1);
    arrivals += week.arrivals * weight, finishes += week.finishes * weight;
    second += week.second_cycles;
    for (const auto& each : week.cycle) weekly += each.between * 1e-6;
  }
  std::int64_t stay_count = 0, cfd = 0;
  double stay = 0;
  for (std::size_t state = 1; state < stays.size(); ++state) {
    stay_count += summary.states[state].stays;
    for (const auto& each : stays[state]) stay += each.between * 1e-6;
  }
  const std::size_t width = summary.days.states;
  for (std::size_t i = 0; i < summary.days.items.size(); ++i) {
    const auto weight = static_cast<std::int64_t>((i / width + 1) * (i % width));
    cfd += summary.days.items[i] * weight;
  }
  return out + fmt::format(R"(,"arrivals":{},"finishes":{},"second_cycles":{},"weekly_p":{:.3f},)"
                           R"("stays":{},"stay_p":{:.3f},"cfd":{})",
                           arrivals, finishes, second, weekly, stay_count, stay, cfd);
}

flow::live::Reading reading() {
  flow::live::Reading out;
  out.maps.push_back(bench::generated_rules());
  return out;
}

int batch(const TypedLog& log, unsigned threads, int runs) {
  double cpu = 1e9, wall = 1e9, built = 1e9;
  std::string sums;
  for (int run = 0; run < runs; ++run) {
    const double cpu_start = cpu_now(), wall_start = wall_now();
    auto live =
        LiveFlow::build(log.columns(), reading(), {.threads = threads, .exact_stays = true});
    const double cpu_built = cpu_now();
    const auto stays = live->exact_stays(threads);
    const Summary& summary = live->refresh();
    const double cpu_end = cpu_now(), wall_end = wall_now();
    sums = sums_of(summary, stays);
    cpu = std::min(cpu, cpu_end - cpu_start);
    built = std::min(built, cpu_built - cpu_start);
    wall = std::min(wall, wall_end - wall_start);
  }
  const auto rows = static_cast<double>(log.at.size());
  fmt::print(R"({{"engine":"tiebeam","threads":{},"cpu":{:.4f},"pass_cpu":{:.4f},"wall":{:.4f},)"
             R"("peak_mb":{:.0f},"input_bytes_event":{:.1f},{}}})"
             "\n",
             threads, cpu, built, wall, peak_mb(), static_cast<double>(log.bytes()) / rows, sums);
  return 0;
}

double at_share(std::vector<double>& values, double p) {
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1))];
}

// The last million events appended one by one, then events one by one with all figures after each,
// then events that come late.
int live(const TypedLog& all) {
  const std::size_t rows = all.at.size(), tail = std::min<std::size_t>(1'000'000, rows / 2);
  constexpr std::size_t kRefreshed = 4000, kLate = 200;
  TypedLog log;
  log.append(all, 0, rows - tail);
  const double cpu_start = cpu_now(), wall_start = wall_now();
  auto flow = LiveFlow::build(log.columns(), reading());
  flow->refresh();
  const double build_cpu = cpu_now() - cpu_start, build_wall = wall_now() - wall_start;
  log.append(all, rows - tail, rows);
  const auto columns = log.columns();
  const std::size_t plain = rows - kRefreshed;
  const double append_start = cpu_now();
  for (std::size_t row = rows - tail; row < plain; ++row)
    flow->append(columns, static_cast<std::uint32_t>(row));
  const double append_ns =
      (cpu_now() - append_start) * 1e9 / static_cast<double>(plain - (rows - tail));
  flow->refresh();
  std::vector<double> refresh_us;
  for (std::size_t row = plain; row < rows; ++row) {
    flow->append(columns, static_cast<std::uint32_t>(row));
    const double start = cpu_now();
    flow->refresh();
    refresh_us.push_back((cpu_now() - start) * 1e6);
  }
  const double bytes = static_cast<double>(flow->bytes());
  const auto items = static_cast<double>(flow->refresh().totals.items);
  const Summary grown = flow->refresh();
  auto again = LiveFlow::build(columns, reading());
  const bool is_equal = again->refresh() == grown;

  // An event of the middle of some item's life, seen only now: the same figures as from all rows.
  std::mt19937_64 rng(7);
  std::vector<double> late_us;
  for (std::size_t i = 0; i < kLate; ++i) {
    const std::size_t like = rng() % rows;
    log.item.push_back(log.item[like]), log.state.push_back(1 + log.state[like] % 9);
    log.team.push_back(log.team[like]), log.person.push_back(log.person[like]);
    log.flag.push_back(0), log.seq.push_back(0), log.at.push_back(log.at[like] + 1'000'000);
    const double start = cpu_now();
    flow->append(log.columns(), static_cast<std::uint32_t>(log.at.size() - 1));
    late_us.push_back((cpu_now() - start) * 1e6);
  }
  const Summary corrected = flow->refresh();
  const bool is_equal_late = LiveFlow::build(log.columns(), reading())->refresh() == corrected;
  fmt::print(
      R"({{"engine":"tiebeam live","build_cpu":{:.3f},"build_wall":{:.3f},"append_ns":{:.1f},)"
      R"("refresh_p50_us":{:.1f},"refresh_p99_us":{:.1f},"refresh_max_us":{:.1f},)"
      R"("late_p50_us":{:.0f},"late_p99_us":{:.0f},"bytes_item":{:.1f},"items":{:.0f},)"
      R"("appended_equals_built":{},"late_equals_built":{}}})"
      "\n",
      build_cpu, build_wall, append_ns, at_share(refresh_us, 0.5), at_share(refresh_us, 0.99),
      refresh_us.back(), at_share(late_us, 0.5), at_share(late_us, 0.99), bytes / items, items,
      is_equal, is_equal_late);
  return is_equal && is_equal_late ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "prepare" && argc > 3) {
    bench::write_columns(bench::generate(std::stoull(argv[2])), argv[3]);
    if (argc > 4) bench::write_typed_csv(bench::read_columns(argv[3]), argv[4]);
    return 0;
  }
  if (what == "batch" && argc > 3) {
    return batch(bench::read_columns(argv[2]), static_cast<unsigned>(std::stoul(argv[3])),
                 argc > 4 ? std::stoi(argv[4]) : 5);
  }
  if (what == "live" && argc > 2) return live(bench::read_columns(argv[2]));
  fmt::print(stderr,
             "usage: flow_analytics prepare EVENTS FILE.bin [FILE.csv]\n"
             "       flow_analytics batch FILE.bin THREADS [RUNS]\n"
             "       flow_analytics live FILE.bin\n");
  return 2;
}
