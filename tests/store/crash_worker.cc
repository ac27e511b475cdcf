// Writes to a store and says what was acknowledged, one line each, until it is killed; or checks
// one. Driven by crash_test.py.
//
//   crash_worker mixed PATH FIRST     operations FIRST, FIRST+1, ... without end: "ack N"
//   crash_worker write PATH NAME N    N records NAME-0.. : "ack NAME-i"
//   crash_worker fill  PATH           records until an error: "ack N", then "error CODE"
//   crash_worker check PATH           "thing ID", "item NAME ROWS", "sound" or what is wrong
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "store/test_catalog.h"

namespace tiebeam::store::test {
namespace {

constexpr int kRows = 40;  // an import

void say(const std::string& line) {
  std::fputs((line + "\n").c_str(), stdout);
  std::fflush(stdout);
}

int failed(const Error& error) {
  say(fmt::format("error {} {}", error.code, error.message));
  return 1;
}

Change thing(const std::string& id) {
  return {Op::add, "thing", id, {{"name", id}, {"words", std::string(300, 'w')}}, {}};
}

Result<void> write_records(Store& store, int n) {
  TB_DO(store.write({"worker",
                     minute(n),
                     "test",
                     fmt::format("op-{}", n),
                     {thing(fmt::format("t{}-a", n)), thing(fmt::format("t{}-b", n))}}));
  return {};
}

Result<void> import_rows(Store& store, int n) {
  TB_TRY(const auto writer, store.begin_import("worker", minute(n)));
  EventTable table(visit_type());
  for (int i = 0; i < kRows; ++i)
    add_visit(table, fmt::format("item-{}", n), i, fmt::format("P{}", n));
  TB_DO(writer->raw(fmt::format("raw bytes of {}", n)));
  TB_DO(writer->rows(table));
  // Repeated after a crash that hid its answer, the record is already there; so are the rows.
  const auto added = writer->change(thing(fmt::format("i{}", n)));
  if (!added && added.error().code != "store.exists") return added;
  TB_DO(writer->commit({}));
  return {};
}

int mixed(Store& store, int first) {
  for (int n = first;; ++n) {
    const Result<void> done = n % 4 == 3 ? import_rows(store, n) : write_records(store, n);
    if (!done) return failed(done.error());
    say(fmt::format("ack {}", n));
  }
}

int write_some(Store& store, std::string_view name, int count) {
  for (int i = 0; i < count; ++i) {
    const std::string id = fmt::format("{}-{}", name, i);
    const auto written = store.write({std::string(name), minute(i), "test", id, {thing(id)}});
    if (!written) return failed(written.error());
    say("ack " + id);
  }
  return 0;
}

int fill(Store& store) {
  for (int n = 0;; ++n) {
    if (const auto done = write_records(store, n); !done) {
      say("error " + done.error().code);
      return 0;
    }
    say(fmt::format("ack {}", n));
  }
}

int check(const Store& store) {
  const auto fault = store.verify();
  if (!fault) return failed(fault.error());
  const auto snapshot = store.load();
  if (!snapshot) return failed(snapshot.error());
  for (const Record& record : (*snapshot)->of("thing")) say("thing " + record.id());
  if (const EventTable* table = (*snapshot)->table("visit")) {
    const Column& items = table->column("item");
    std::vector<int> rows(items.names.size());
    for (const std::uint32_t id : items.narrow) ++rows[id];
    for (std::uint32_t id = 1; id < rows.size(); ++id)
      say(fmt::format("item {} {}", items.names.name(id), rows[id]));
  }
  say(fault->has_value() ? fmt::format("broken {} {}", (*fault)->seq, (*fault)->message) : "sound");
  return 0;
}

int run(int argc, char** argv) {
  const std::string_view mode = argc > 2 ? argv[1] : "";
  if (mode.empty()) return 2;
  auto store = Store::open(argv[2], catalog());
  if (!store && store.error().code == "store.not_found") store = Store::create(argv[2], catalog());
  if (!store && store.error().code == "store.exists") store = Store::open(argv[2], catalog());
  if (!store) return failed(store.error());
  if (mode == "mixed" && argc > 3) return mixed(**store, std::atoi(argv[3]));
  if (mode == "write" && argc > 4) return write_some(**store, argv[3], std::atoi(argv[4]));
  if (mode == "fill") return fill(**store);
  if (mode == "check") return check(**store);
  return 2;
}

}  // namespace
}  // namespace tiebeam::store::test

int main(int argc, char** argv) { return tiebeam::store::test::run(argc, argv); }
