#include "server/spool.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace tiebeam::server {

Upload::~Upload() {
  if (file_ >= 0) ::close(file_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

bool Upload::open_file(const std::string& path) {
  file_ = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file_ < 0) {
    fault = Fault::no_space;
    return false;
  }
  path_ = path;
  return true;
}

void Upload::put(std::string_view bytes) {
  size_ += bytes.size();
  if (size_ > limit_) {
    fault = Fault::too_large;
  } else if (path_.empty()) {
    text.append(bytes);
  } else if (!write_all(bytes)) {
    fault = Fault::no_space;
  }
}

bool Upload::close_file() {
  const bool is_closed = file_ < 0 || ::close(file_) == 0;
  file_ = -1;
  if (!is_closed) fault = Fault::no_space;
  return is_closed;
}

bool Upload::write_all(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::size_t raise_file_limit(std::size_t connections, std::size_t spare) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return connections;
  const rlim_t wanted = connections + spare;
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  const auto granted = static_cast<std::size_t>(limit.rlim_cur);
  return std::min(connections, granted > 2 * spare ? granted - spare : granted / 2);
}

}  // namespace tiebeam::server
