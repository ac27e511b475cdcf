#include "store/files.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <set>

#include "base/text.h"

namespace tiebeam::store {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kDraft = ".draft-";
constexpr std::string_view kBeside[] = {"-wal", "-shm", "-journal"};  // what SQLite adds to a name

std::unexpected<Error> no_access(const std::string& path, int cause) {
  const auto lack = no_room(cause);
  return fail(
      Kind::unavailable, "store.unavailable",
      fmt::format("cannot use {}: {}", goal_of(path), lack ? lack->cause : std::strerror(cause)),
      std::string(lack ? lack->hint : "check that the folder exists and may be written"));
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
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::string name_of(const std::string& path) { return fs::path(path).filename().string(); }

// Names of the drafts that this process is making.
struct Making {
  std::mutex mutex;
  std::set<std::string, std::less<>> names;
};
Making& making() {
  static Making out;
  return out;
}

// A name of its own beside `target`; what is there under it goes with this value.
class Draft {
 public:
  explicit Draft(const std::string& target) {
    const std::scoped_lock lock(making().mutex);
    for (int i = 1;
         path.empty() || file_exists(path) || !making().names.insert(name_of(path)).second; ++i)
      path = fmt::format("{}{}{}-{}", target, kDraft, ::getpid(), i);
  }
  ~Draft() {
    take_back(path);
    const std::scoped_lock lock(making().mutex);
    making().names.erase(name_of(path));
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  std::string path;
};

// "12-3" or "12" -> 12; none for anything else.
std::optional<pid_t> maker_in(std::string_view numbers) {
  const std::size_t dash = numbers.find('-');
  const auto digits = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (dash != std::string_view::npos && !digits(numbers.substr(dash + 1))) return std::nullopt;
  const std::string_view maker = numbers.substr(0, dash);
  const auto number = digits(maker) ? parse_integer(maker) : std::nullopt;
  if (!number || *number <= 0 || *number > std::numeric_limits<pid_t>::max()) return std::nullopt;
  return static_cast<pid_t>(*number);
}

// Whether `name` is a draft of `target`, or of any organisation, that nobody is making any more.
bool is_leftover(std::string_view name, std::string_view target) {
  for (const std::string_view ending : kBeside) {
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  const std::size_t at = name.rfind(kDraft);
  if (at == std::string_view::npos) return false;
  const std::string_view of = name.substr(0, at);
  const auto maker = maker_in(name.substr(at + kDraft.size()));
  if (!maker || (of != target && !of.ends_with(".tiebeam"))) return false;
  if (*maker == ::getpid()) return !making().names.contains(name);
  return ::kill(*maker, 0) != 0 && errno == ESRCH;
}

void remove_leftovers(const std::string& path) {
  const std::scoped_lock lock(making().mutex);
  std::error_code ignored;  // what cannot be removed stays; the next making tries again
  for (const auto& entry : fs::directory_iterator(folder_of(path), ignored)) {
    if (is_leftover(name_of(entry.path().string()), name_of(path)))
      fs::remove(entry.path(), ignored);
  }
}

// A log that is left holds what the file itself lacks: a link would leave it behind.
Result<void> finish(const std::string& draft) {
  std::error_code none;
  if (const auto left = fs::file_size(draft + "-wal", none); !none && left > 0) {
    return fail(Kind::unavailable, "store.unavailable",
                fmt::format("cannot use {}: it could not be written as a whole", goal_of(draft)),
                "check the disk and its free space, then try again; nothing was kept");
  }
  return sync(draft, O_RDWR);
}

}  // namespace

std::optional<NoRoom> no_room(int system_error) {
  switch (system_error) {
    case ENOSPC:
    case EDQUOT:
      return NoRoom{"the disk is full", "free some space; nothing of this write was kept"};
    case EFBIG:
      return NoRoom{"a file may not grow that large here",
                    "raise the limit (ulimit -f), then try again; nothing of this write was kept"};
    default:
      return std::nullopt;
  }
}

bool file_exists(const std::string& path) {
  std::error_code ignored;  // a path that cannot be looked at is reported when it is opened
  return fs::exists(path, ignored);
}

std::string goal_of(const std::string& path) {
  const std::size_t at = path.rfind(kDraft);
  if (at == std::string::npos || !maker_in(path.substr(at + kDraft.size()))) return path;
  return path.substr(0, at);
}

void take_back(const std::string& path) {
  ::unlink(path.c_str());
  for (const std::string_view ending : kBeside) ::unlink(fmt::format("{}{}", path, ending).c_str());
}

Result<void> publish(const std::string& path,
                     const std::function<Result<void>(const std::string&)>& fill) {
  if (file_exists(path)) return exists(path);
  remove_leftovers(path);
  const Draft draft(path);
  TB_DO(fill(draft.path));
  TB_DO(finish(draft.path));
  // A link, not a rename: it fails when somebody took the name meanwhile.
  if (::link(draft.path.c_str(), path.c_str()) != 0) {
    if (errno == EEXIST) return exists(path);
    return no_access(path, errno);
  }
  return sync(folder_of(path), O_RDONLY | O_DIRECTORY);
}

}  // namespace tiebeam::store
