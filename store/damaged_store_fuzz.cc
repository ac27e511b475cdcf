// A store that somebody or something changed behind our back, one cell of it or some bytes of the
// file: it opens or says what does not hold, and nothing that is then asked of it breaks the
// program.
#include <filesystem>
#include <fstream>

#include "base/fuzz_support.h"
#include "store/sqlite.h"
#include "store/store.h"
#include "store/test_catalog.h"

namespace tiebeam::store {
namespace {
namespace fs = std::filesystem;

struct Cell {
  std::string_view table, column;
};
constexpr Cell kCells[] = {{"tb_meta", "value"},
                           {"tb_meta", "key"},
                           {"tb_migration", "number"},
                           {"tb_migration", "kernel"},
                           {"tb_migration", "what"},
                           {"tb_journal", "seq"},
                           {"tb_journal", "at"},
                           {"tb_journal", "op"},
                           {"tb_journal", "type"},
                           {"tb_journal", "command"},
                           {"tb_journal", "actor"},
                           {"tb_journal", "id"},
                           {"tb_journal", "id_salt"},
                           {"tb_journal", "hash"},
                           {"tb_journal_value", "n"},
                           {"tb_journal_value", "name"},
                           {"tb_journal_value", "value"},
                           {"tb_journal_value", "salt"},
                           {"tb_person", "number"},
                           {"tb_person", "key"},
                           {"tb_event_type", "name"},
                           {"tb_event_type", "described"},
                           {"tb_dictionary", "import"},
                           {"tb_dictionary", "event"},
                           {"tb_dictionary", "part"},
                           {"tb_dictionary", "column"},
                           {"tb_dictionary", "names"},
                           {"tb_chunk", "event"},
                           {"tb_chunk", "n"},
                           {"tb_chunk", "part"},
                           {"tb_chunk", "first_row"},
                           {"tb_chunk", "rows"},
                           {"tb_chunk", "columns"},
                           {"tb_chunk", "identity"},
                           {"tb_raw", "bytes"},
                           {"tb_raw", "block"},
                           {"thing", "words"},
                           {"thing", "count"},
                           {"thing", "cost"},
                           {"thing", "begun"},
                           {"thing", "due"},
                           {"thing", "effort"},
                           {"thing", "maker"},
                           {"thing", "helpers"},
                           {"thing", "marks"},
                           {"thing", "colour"},
                           {"thing", "version"},
                           {"import", "rows"},
                           {"import", "statements"},
                           {"import", "state_map"},
                           {"import", "imported_at"}};

const Options kOptions{.busy_timeout = std::chrono::milliseconds{50},
                       .event_types = {test::visit_type()}};

const fs::path& folder() {
  static const fs::path path = [] {
    const bool has_memory = fs::is_directory("/dev/shm");
    std::string name =
        ((has_memory ? fs::path("/dev/shm") : fs::temp_directory_path()) / "tiebeam-fuzz-XXXXXX")
            .string();
    FUZZ_CHECK(::mkdtemp(name.data()) != nullptr);
    std::atexit([] { fs::remove_all(folder()); });
    return fs::path(name);
  }();
  return path;
}

Change change(Op op, std::string id, std::vector<std::pair<std::string, Value>> fields) {
  return {op, "thing", std::move(id), std::move(fields), {}};
}

void fill(Store& store) {
  const auto write = [&](Change each) {
    FUZZ_CHECK(store.write({"alice", test::minute(1), "test", {}, {std::move(each)}}).has_value());
  };
  FUZZ_CHECK(store
                 .write({"alice",
                         test::minute(0),
                         "test",
                         {},
                         {{Op::add, "person", "ann", {{"name", std::string("Ann")}}, {}}}})
                 .has_value());
  write(change(Op::add, "one",
               {{"name", std::string("One")},
                {"words", std::string("x")},
                {"cost", Money(1200, {})},
                {"begun", test::minute(3)},
                {"due", Day{std::chrono::year{2024} / 3 / 1}},
                {"effort", Estimate::point(3)},
                {"maker", std::string("ann")},
                {"marks", std::vector<std::string>{"a", "b"}}}));
  write(change(Op::set, "one", {{"count", std::int64_t{3}}}));
  write(change(Op::add, "gone", {{"name", std::string("Gone")}, {"effort", Estimate::point(1)}}));
  write({Op::remove, "thing", "gone", {}, {}});
  auto writer = store.begin_import("alice", test::minute(5));
  FUZZ_CHECK(writer && (*writer)->raw("Ann Lee,Bo Diaz\n") && (*writer)->rows(test::visits(0, 40)));
  Import import;
  import.file = "visits.csv";
  import.statements = {"said"};
  FUZZ_CHECK((*writer)->commit(import).has_value());
}

// The bytes of a sound store.
const std::string& sound() {
  static const std::string bytes = [] {
    const std::string path = folder() / "sound";
    {
      auto store = Store::create(path, test::catalog(), kOptions);
      FUZZ_CHECK(store.has_value());
      fill(**store);
      FUZZ_CHECK((*store)->backup(folder() / "copy").has_value());
    }
    std::ifstream in(folder() / "copy", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  return bytes;
}

// False when SQLite itself does not let the cell hold that.
bool damage(const std::string& path, std::string_view input) {
  const Cell& cell = kCells[static_cast<unsigned char>(input[0]) % std::size(kCells)];
  const int row = static_cast<unsigned char>(input[1]),
            kind = static_cast<unsigned char>(input[2]) % 4;
  const std::string_view value = input.substr(3);
  auto db = Db::open(path, {});
  FUZZ_CHECK(db.has_value());
  Query q = (*db)->query(fmt::format(
      R"(UPDATE "{0}" SET "{1}" = ?1 WHERE rowid = (SELECT rowid FROM "{0}" LIMIT 1 OFFSET {2} % (SELECT max(count(*), 1) FROM "{0}")))",
      cell.table, cell.column, row));
  if (kind == 0) q.with(value);
  if (kind == 1) q.with_blob(value);
  if (kind == 2) q.with(parse_integer(value).value_or(static_cast<std::int64_t>(value.size())));
  if (kind == 3) q.with_null();
  return q.run().has_value();
}

// The sound store with bytes overwritten: place (3 bytes) and value; what is left over cuts its
// end.
std::string with_other_bytes(std::string_view patches) {
  std::string out = sound();
  const auto byte = [&](std::size_t at) -> std::size_t {
    return static_cast<unsigned char>(patches[at]);
  };
  std::size_t at = 0;
  for (; at + 4 <= patches.size(); at += 4)
    out[(byte(at) | byte(at + 1) << 8U | byte(at + 2) << 16U) % out.size()] = patches[at + 3];
  if (at < patches.size()) out.resize(out.size() - (byte(at) << 8U) % out.size());
  return out;
}

template <class T>
bool is_good(const Result<T>& result) {
  if (!result) fuzz::check_error(result.error());
  return result.has_value();
}

void ask_everything(Store& store) {
  (void)is_good(store.load());
  (void)is_good(store.load(3));
  (void)is_good(store.journal(1, 100));
  (void)is_good(store.verify());
  (void)is_good(store.seq_at(test::minute(2)));
  (void)is_good(store.read_raw("imp_000001", [](std::string_view) { return true; }));
  (void)is_good(store.write({"bob",
                             test::minute(9),
                             "test",
                             {},
                             {change(Op::set, "one", {{"count", std::int64_t{4}}})}}));
  for (const std::int64_t seq : {2, 3, 4, 5, 6, 7})
    (void)is_good(store.undo(seq, "bob", test::minute(10)));
  (void)is_good(store.erase_person("ann", {"Ann Lee"}, "bob", test::minute(11)));
  (void)is_good(store.load());
}

}  // namespace

// 0xFF, then bytes to overwrite. Or: one byte for the cell, one for its row, one for the kind of
// value; then the value.
FUZZ(input) {
  if (input.size() < 3) return;
  const std::string path = folder() / "damaged", copy = folder() / "restored";
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(path + end), fs::remove(copy + end);
  const bool is_of_bytes = input[0] == '\xFF';
  std::ofstream(path, std::ios::binary)
      << (is_of_bytes ? with_other_bytes(input.substr(1)) : sound());
  if (!is_of_bytes && !damage(path, input)) return;
  (void)is_good(restore(path, copy, test::catalog()));
  auto store = Store::open(path, test::catalog(), kOptions);
  if (is_good(store)) ask_everything(**store);
}

}  // namespace tiebeam::store
