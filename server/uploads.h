// Files that came by HTTP and wait to be imported: each in a folder of its own under the spool, by
// the name people know it by. Thread: any.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/error.h"

namespace tiebeam::server {

class Uploads {
 public:
  // Empties what an earlier run left behind. Errors: server.no_spool.
  [[nodiscard]] static Result<void> prepare(const std::string& spool);
  explicit Uploads(std::string spool) : spool_(std::move(spool)) {}

  // Takes the file over under the last part of `name`; its id ("prv_3").
  // Errors: import.bad_file_name, server.no_spool.
  [[nodiscard]] Result<std::string> keep(const std::string& organisation, const std::string& file,
                                         std::string_view name);
  // Its path. Errors: import.no_such_upload.
  [[nodiscard]] Result<std::string> find(const std::string& organisation,
                                         std::string_view id) const;
  void drop(std::string_view id);

 private:
  struct Upload {
    std::string organisation, folder, path;
  };
  std::string spool_;
  mutable std::mutex mutex_;
  std::uint64_t next_ = 1;
  std::map<std::string, Upload, std::less<>> uploads_;
};

}  // namespace tiebeam::server
