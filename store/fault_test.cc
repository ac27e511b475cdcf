// Any write or sync may fail, the disk may be full, the power may go: what was acknowledged stays,
// nothing else does, and the error says what to do. A shim between SQLite and the files injects it.
#include <sqlite3.h>

#include <cerrno>
#include <mutex>
#include <set>

#include "store/files.h"
#include "store/test_support.h"

namespace tiebeam::store::test {
namespace {

// Counts writes, truncations and syncs of all files of this process, and fails from the n-th on.
struct Faults {
  int calls = 0;
  int fail_at = 0;          // 0: never
  bool is_lasting = false;  // fails from then on, not once
  bool is_power = false;    // the power goes: nothing reaches the disk any more
  int code = SQLITE_IOERR_WRITE;
  int system_error = EIO;

  [[nodiscard]] bool is_off() const { return is_power && fail_at != 0 && calls >= fail_at; }
  bool hits() {
    ++calls;
    return fail_at != 0 && (is_lasting || is_power ? calls >= fail_at : calls == fail_at);
  }
};
// What a file got since its last sync: a disk may have kept any part of it.
struct Unsynced {
  sqlite3_int64 at;  // -1: cut to `size_after`
  std::string before, after;
  sqlite3_int64 size_before, size_after;
};
std::map<std::string, std::vector<Unsynced>> unsynced;
std::mutex fault_mutex;
Faults faults;

struct ShimFile {
  sqlite3_file base;
  sqlite3_file* real;
  std::string* path;
};
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<ShimFile*>(file)->real; }

bool fails() {
  const std::scoped_lock lock(fault_mutex);
  return faults.hits();
}

const std::string& path_of(sqlite3_file* file) { return *reinterpret_cast<ShimFile*>(file)->path; }

sqlite3_int64 size_of(sqlite3_file* file) {
  sqlite3_int64 size = 0;
  real(file)->pMethods->xFileSize(real(file), &size);
  return size;
}

void note_write(sqlite3_file* file, std::string_view after, sqlite3_int64 at) {
  const std::scoped_lock lock(fault_mutex);
  if (!faults.is_power) return;
  std::string before(after.size(), '\0');
  (void)real(file)->pMethods->xRead(real(file), before.data(), static_cast<int>(before.size()), at);
  const sqlite3_int64 size = size_of(file);
  const sqlite3_int64 end = at + static_cast<sqlite3_int64>(after.size());
  unsynced[path_of(file)].push_back({at, before, std::string(after), size, std::max(size, end)});
}

int shim_close(sqlite3_file* file) {
  delete reinterpret_cast<ShimFile*>(file)->path;
  return real(file)->pMethods->xClose(real(file));
}
int shim_read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), to, size, at);
}
int shim_write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  if (fails()) {
    // A torn write: half of it reaches the file.
    if (size > 1 && !faults.is_power)
      (void)real(file)->pMethods->xWrite(real(file), from, size / 2, at);
    errno = faults.system_error;
    return faults.code;
  }
  note_write(file, {static_cast<const char*>(from), static_cast<std::size_t>(size)}, at);
  return real(file)->pMethods->xWrite(real(file), from, size, at);
}
int shim_truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (fails()) return SQLITE_IOERR_TRUNCATE;
  const sqlite3_int64 before = size_of(file);
  if (faults.is_power && before > size) {
    std::string cut(static_cast<std::size_t>(before - size), '\0');
    (void)real(file)->pMethods->xRead(real(file), cut.data(), static_cast<int>(cut.size()), size);
    const std::scoped_lock lock(fault_mutex);
    unsynced[path_of(file)].push_back({-1, cut, "", before, size});
  }
  return real(file)->pMethods->xTruncate(real(file), size);
}
int shim_sync(sqlite3_file* file, int flags) {
  if (fails()) return SQLITE_IOERR_FSYNC;
  {
    const std::scoped_lock lock(fault_mutex);
    unsynced.erase(path_of(file));
  }
  return real(file)->pMethods->xSync(real(file), flags);
}
int shim_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int shim_lock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int shim_unlock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int shim_reserved(sqlite3_file* file, int* out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int shim_control(sqlite3_file* file, int op, void* arg) {
  return real(file)->pMethods->xFileControl(real(file), op, arg);
}
int shim_sector(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int shim_traits(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shim_shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int shim_shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void shim_shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shim_shm_unmap(sqlite3_file* file, int drop) {
  return real(file)->pMethods->xShmUnmap(real(file), drop);
}

const sqlite3_io_methods kMethods = {
    2,           shim_close,   shim_read,     shim_write,       shim_truncate,  shim_sync,
    shim_size,   shim_lock,    shim_unlock,   shim_reserved,    shim_control,   shim_sector,
    shim_traits, shim_shm_map, shim_shm_lock, shim_shm_barrier, shim_shm_unmap, nullptr,
    nullptr};

sqlite3_vfs* unix_vfs = nullptr;

int shim_delete(sqlite3_vfs* /*vfs*/, const char* name, int sync_folder) {
  if (faults.is_off()) return SQLITE_IOERR_DELETE;
  return unix_vfs->xDelete(unix_vfs, name, sync_folder);
}

int shim_open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags,
              int* out_flags) {
  auto* shim = reinterpret_cast<ShimFile*>(file);
  shim->real = reinterpret_cast<sqlite3_file*>(shim + 1);
  shim->path = nullptr;
  const int code = unix_vfs->xOpen(unix_vfs, name, shim->real, flags, out_flags);
  shim->base.pMethods = shim->real->pMethods != nullptr ? &kMethods : nullptr;
  if (shim->base.pMethods != nullptr) shim->path = new std::string(name == nullptr ? "" : name);
  return code;
}

void put_at(std::string& bytes, sqlite3_int64 at, std::string_view what) {
  const auto end = static_cast<std::size_t>(at) + what.size();
  if (bytes.size() < end) bytes.resize(end, '\0');
  bytes.replace(static_cast<std::size_t>(at), what.size(), what);
}

// The files as a disk may hold them after the power went: of what was not synced, nothing (`keep`
// 0) or an arbitrary part.
void lose_power(std::uint64_t keep) {
  for (const auto& [path, changes] : unsynced) {
    if (path.empty() || !std::filesystem::exists(path)) continue;
    std::string bytes = file_bytes(path);
    for (auto each = changes.rbegin(); each != changes.rend(); ++each) {
      put_at(bytes, each->at < 0 ? each->size_after : each->at, each->before);
      bytes.resize(static_cast<std::size_t>(each->size_before));
    }
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if ((row_hash(path.substr(path.rfind('/')), keep + i) & keep) == 0) continue;
      if (changes[i].at < 0)
        bytes.resize(static_cast<std::size_t>(changes[i].size_after));
      else
        put_at(bytes, changes[i].at, changes[i].after);
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    if (path.ends_with("-wal")) std::filesystem::remove(path.substr(0, path.size() - 4) + "-shm");
  }
  unsynced.clear();
}

// Puts the shim in front of all files until it goes out of scope.
class Shim {
 public:
  Shim() {
    unix_vfs = sqlite3_vfs_find("unix");
    vfs_ = *unix_vfs;
    vfs_.zName = "faults";
    vfs_.szOsFile = static_cast<int>(sizeof(ShimFile)) + unix_vfs->szOsFile;
    vfs_.xOpen = shim_open;
    vfs_.xDelete = shim_delete;
    vfs_.pNext = nullptr;
    sqlite3_vfs_register(&vfs_, 1);
  }
  ~Shim() {
    sqlite3_vfs_register(unix_vfs, 1);
    sqlite3_vfs_unregister(&vfs_);
  }
  Shim(const Shim&) = delete;
  Shim& operator=(const Shim&) = delete;

 private:
  sqlite3_vfs vfs_{};
};

class Faulty : public testing::Test {
 protected:
  void SetUp() override { TearDown(); }
  void TearDown() override {
    faults = {};
    unsynced.clear();
  }

  static Change thing(int i) {
    return {Op::add,
            "thing",
            fmt::format("t{}", i),
            {{"name", "x"}, {"words", std::string(600, 'w')}},
            {}};
  }
  // Four writes and an import; what was acknowledged.
  struct Done {
    std::set<std::string> things;
    std::size_t rows = 0;
    std::vector<Error> errors;
  };
  static Result<Import> import_rows(Store& store, int first, int last) {
    TB_TRY(const auto writer, store.begin_import("bob", minute(1)));
    TB_DO(writer->raw(std::string(5000, 'r')));
    TB_TRY(const std::int64_t rows, writer->rows(visits(first, last)));
    (void)rows;
    return writer->commit({});
  }
  static Done work(Store& store) {
    Done done;
    for (int i = 0; i < 4; ++i) {
      const auto written = store.write(
          {"alice", minute(i), "test", fmt::format("key{}", i), {thing(i), thing(100 + i)}});
      if (written) {
        done.things.insert({fmt::format("t{}", i), fmt::format("t{}", 100 + i)});
      } else {
        done.errors.push_back(written.error());
      }
      if (i % 4 != 3) continue;
      const auto import = import_rows(store, i * 100, i * 100 + 50);
      if (import)
        done.rows += 50;
      else
        done.errors.push_back(import.error());
    }
    return done;
  }
  // After reopening: all that was acknowledged, nothing half. What failed may never be there.
  static void expect_kept(const std::string& path, const Done& done, const std::string& when) {
    const auto store = Store::open(path, catalog());
    ASSERT_TRUE(store) << when << ": " << said(store);
    const auto fault = (*store)->verify();
    ASSERT_TRUE(fault && !fault->has_value())
        << when << ": " << (fault ? (*fault)->message : said(fault));
    const auto snapshot = (*store)->load();
    ASSERT_TRUE(snapshot) << when;
    std::set<std::string> found;
    for (const Record& record : (*snapshot)->of("thing")) found.insert(record.id());
    for (const std::string& id : done.things)
      EXPECT_TRUE(found.contains(id)) << when << ": lost " << id;
    for (const std::string& id : found) {
      const int number = std::stoi(id.substr(1)) % 100;
      EXPECT_TRUE(found.contains(fmt::format("t{}", number)) &&
                  found.contains(fmt::format("t{}", 100 + number)))
          << when << ": half of " << id;
    }
    const EventTable* table = (*snapshot)->table("visit");
    const std::size_t rows = table == nullptr ? 0 : table->rows();
    EXPECT_GE(rows, done.rows) << when;
    EXPECT_EQ(rows % 50, 0U) << when;
  }
  static int calls_of_a_good_run() {
    const TestFolder folder;
    const Shim shim;
    const auto store = Store::create(folder / "s", catalog()).value();
    const int before = faults.calls;
    EXPECT_EQ(work(*store).errors.size(), 0U);
    return faults.calls - before;
  }
  static Done run_with(const std::string& path, const Faults& injected, const std::string& when) {
    const Shim shim;
    const auto store = Store::create(path, catalog()).value();
    {
      const std::scoped_lock lock(fault_mutex);
      faults = injected;
    }
    const Done done = work(*store);
    for (const Error& error : done.errors) {
      EXPECT_EQ(error.code, "store.unavailable") << when << ": " << error.message;
      EXPECT_FALSE(error.hint.empty()) << when;
    }
    return done;  // lasting faults go on while the store closes
  }
  static void check(const Faults& injected, std::uint64_t keep = 0) {
    const std::string when =
        fmt::format("call {}, code {}, keep {}", injected.fail_at, injected.code, keep);
    const TestFolder folder;
    const Done done = run_with(folder / "s", injected, when);
    faults = {};
    lose_power(keep);
    expect_kept(folder / "s", done, when);
  }
};

TEST_F(Faulty, AWriteOrSyncThatFailsOnceLosesNothingAcknowledged) {
  const int calls = calls_of_a_good_run();
  ASSERT_GT(calls, 30);
  for (int n = 1; n <= calls; ++n) check({.fail_at = n, .code = SQLITE_IOERR_WRITE});
}

TEST_F(Faulty, ADiskThatStaysFullLosesNothingAcknowledged) {
  const int calls = calls_of_a_good_run();
  for (int n = 1; n <= calls; n += 3)
    check({.fail_at = n, .is_lasting = true, .code = SQLITE_FULL});
}

TEST_F(Faulty, PowerLossLosesNothingAcknowledged) {
  const int calls = calls_of_a_good_run();
  for (int n = 1; n <= calls; n += 2) {
    check({.fail_at = n, .is_power = true});
    check({.fail_at = n, .is_power = true}, 1U << (n % 5));
  }
}

TEST_F(Faulty, AFullDiskIsSaidInPlainWords) {
  const TestFolder folder;
  const Shim shim;
  const auto store = Store::create(folder / "s", catalog()).value();
  faults = {.fail_at = 1, .is_lasting = true, .code = SQLITE_FULL};
  const auto refused = store->write({"alice", minute(1), "test", "", {thing(1)}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::unavailable);
  EXPECT_NE(refused.error().message.find("the disk is full"), std::string::npos);
  EXPECT_EQ(refused.error().hint, "free some space; nothing of this write was kept");
  faults = {};
  EXPECT_TRUE(store->write({"alice", minute(1), "test", "", {thing(1)}}));
}

TEST_F(Faulty, AnImportThatHitsAFullDiskEndsAsAWhole) {
  const TestFolder folder;
  const Shim shim;
  const auto store = Store::create(folder / "s", catalog()).value();
  const auto writer = store->begin_import("bob", minute(1)).value();
  ASSERT_TRUE(writer->rows(visits(0, 100)));
  faults = {.fail_at = 1, .is_lasting = true, .code = SQLITE_FULL};
  const auto refused = writer->commit({});
  EXPECT_EQ(code_of(refused), "store.unavailable");
  EXPECT_EQ(code_of(writer->rows(visits(100, 200))), "store.unavailable");
  faults = {};
  EXPECT_TRUE(store->write({"alice", minute(1), "test", "", {thing(1)}}));
  EXPECT_EQ(store->load().value()->table("visit"), nullptr);
}

// Makes `file` while the disk fails from the n-th call on, for every n until it is made: on failure
// nothing is there beside what was there before, in the end it is whole.
template <class Make>
void expect_whole_or_nothing(const TestFolder& folder, const char* file, const Make& make) {
  using Files = std::filesystem::directory_iterator;
  const auto count = [&] { return std::distance(Files(folder / ""), Files()); };
  const auto before = count();
  for (const int code : {SQLITE_FULL, SQLITE_IOERR_WRITE}) {
    bool is_made = false;
    for (int n = 1; !is_made; ++n) {
      ASSERT_LT(n, 2000);
      faults = {.fail_at = n, .is_lasting = true, .code = code};
      const Result<void> made = make(folder / file);
      faults = {};
      is_made = made.has_value();
      if (is_made) continue;
      EXPECT_EQ(made.error().code, "store.unavailable") << n << ": " << said(made);
      EXPECT_FALSE(made.error().message.contains("draft")) << said(made);
      ASSERT_EQ(count(), before) << "call " << n << ", code " << code;
    }
    const auto store = Store::open(folder / file, catalog());
    ASSERT_TRUE(store) << said(store);
    const auto fault = (*store)->verify();
    ASSERT_TRUE(fault && !*fault) << said(fault);
    EXPECT_EQ((*store)->load().value()->of("thing").size(), 1U);
    take_back(folder / file);
  }
}

Result<void> add_thing(Store& store) {
  TB_DO(store.write({"alice",
                     minute(1),
                     "test",
                     "",
                     {{Op::add, "thing", "t1", {{"name", "x"}, {"words", "w"}}, {}}}}));
  return {};
}

TEST_F(Faulty, AStoreIsMadeAsAWholeOrNotAtAll) {
  const TestFolder folder;
  const Shim shim;
  expect_whole_or_nothing(folder, "s", [](const std::string& path) -> Result<void> {
    TB_TRY([[maybe_unused]] const auto made, Store::create(path, catalog(), {}, add_thing));
    return {};
  });
}

TEST_F(Faulty, ACopyIsMadeAsAWholeOrNotAtAll) {
  const TestFolder folder;
  const Shim shim;
  const auto store = Store::create(folder / "s", catalog(), {}, add_thing).value();
  expect_whole_or_nothing(folder, "copy",
                          [&](const std::string& path) { return store->backup(path); });
}

TEST_F(Faulty, RestoringOntoAFullDiskNamesTheDiskThatIsFull) {
  const TestFolder folder;
  const Shim shim;
  const auto store = Store::create(folder / "s", catalog()).value();
  ASSERT_TRUE(store->backup(folder / "copy"));
  faults = {.fail_at = 1, .is_lasting = true, .code = SQLITE_FULL};
  const auto refused = restore(folder / "copy", folder / "target", catalog());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            fmt::format("cannot use {}: the disk is full", folder / "target"));
}

TEST_F(Faulty, WhyThereIsNoRoomIsSaid) {
  const TestFolder folder;
  const Shim shim;
  const auto store = Store::create(folder / "s", catalog()).value();
  const struct {
    int system_error;
    const char* words;
  } rows[] = {{ENOSPC, "the disk is full"},
              {EDQUOT, "the disk is full"},
              {EFBIG, "a file may not grow that large here"},
              {EIO, "disk I/O error"}};
  for (const auto& row : rows) {
    faults = {.fail_at = 1, .is_lasting = true, .system_error = row.system_error};
    const auto refused = add_thing(*store);
    EXPECT_EQ(code_of(refused), "store.unavailable");
    EXPECT_TRUE(said(refused).contains(row.words)) << said(refused);
  }
}

}  // namespace
}  // namespace tiebeam::store::test
