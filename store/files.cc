#include "store/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tiebeam::store {
namespace {

std::unexpected<Error> no_access(const std::string& path, int cause) {
  const bool is_full = cause == ENOSPC || cause == EDQUOT;
  return fail(
      Kind::unavailable, "store.unavailable",
      fmt::format("cannot use {}: {}", path, is_full ? "the disk is full" : std::strerror(cause)),
      is_full ? "free some space; nothing of this write was kept"
              : "check that the folder exists and may be written");
}

std::unexpected<Error> exists(const std::string& path) {
  return fail(Kind::conflict, "store.exists",
              fmt::format("{} already exists and is never overwritten", path),
              "choose another name, or move the file away");
}

// Makes what was written to a file or folder survive a power cut.
Result<void> sync(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return no_access(path, errno);
  const int failed = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  if (failed != 0) return no_access(path, failed);
  return {};
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

// Removes the draft and what SQLite may have left beside it.
struct Draft {
  std::string path;
  ~Draft() {
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) ::unlink((path + ending).c_str());
  }
};

}  // namespace

bool file_exists(const std::string& path) {
  std::error_code ignored;  // a path that cannot be looked at is reported when it is opened
  return std::filesystem::exists(path, ignored);
}

Result<void> publish(const std::string& path,
                     const std::function<Result<void>(const std::string&)>& fill) {
  if (file_exists(path)) return exists(path);
  const Draft draft{fmt::format("{}.draft-{}", path, ::getpid())};
  TB_DO(fill(draft.path));
  TB_DO(sync(draft.path, O_RDWR));
  // A link, not a rename: it fails when somebody took the name meanwhile.
  if (::link(draft.path.c_str(), path.c_str()) != 0) {
    if (errno == EEXIST) return exists(path);
    return no_access(path, errno);
  }
  return sync(folder_of(path), O_RDONLY | O_DIRECTORY);
}

}  // namespace tiebeam::store
