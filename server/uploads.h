// Files that came by HTTP and wait to be imported: each in a folder of its own, by the name people
// know it by, with a descriptor of what was said of it. On disk and nowhere else, so that a restart
// loses nothing; kept until it is imported, dropped or a week old. Thread: any.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "model/json.h"

namespace tiebeam::server {

// A waiting file.
struct Waiting {
  std::string id = {};  // "prv_4f0c2a91d7b35e68": never given twice
  std::string organisation = {}, name = {};
  std::string path = {};
  std::int64_t bytes = 0;
  Instant at{};               // when it came
  Json answers = {};          // what was said of it so far (application/import_answers.h)
  bool is_resumable = false;  // stays through failed looks; else the first drops it
};

class Uploads {
 public:
  struct Limits {
    std::uintmax_t bytes = std::uintmax_t{16} << 30;  // of all waiting files together
    std::size_t files = 100;                          // of one organisation
    std::chrono::hours age{7 * 24};
  };
  // `folder` holds the waiting files; nothing is made before the first comes.
  explicit Uploads(std::string folder) : Uploads(std::move(folder), Limits{}) {}
  Uploads(std::string folder, Limits limits) : folder_(std::move(folder)), limits_(limits) {}

  // An empty folder for files that are being sent. Errors: server.no_spool.
  [[nodiscard]] static Result<void> prepare(const std::string& spool);

  // Takes the file over under the last part of `name`; on disk when it returns, through a power
  // cut too. Errors: import.bad_file_name, import.too_many_waiting, server.no_spool.
  [[nodiscard]] Result<Waiting> keep(Waiting wanted, const std::string& file);
  // Errors: import.no_such_upload, also for one of another organisation.
  [[nodiscard]] Result<Waiting> find(const std::string& organisation, std::string_view id) const;
  // Those of one organisation, oldest first.
  [[nodiscard]] std::vector<Waiting> list(const std::string& organisation) const;
  // Puts down what was said of it. Errors: server.no_spool.
  [[nodiscard]] Result<void> remember(const Waiting& waiting);
  // What the newest look at it found, beside the file; `name` as below.
  [[nodiscard]] Result<void> put(const Waiting& waiting, std::string_view name,
                                 std::string_view text);
  [[nodiscard]] std::optional<std::string> get(const Waiting& waiting, std::string_view name) const;
  void drop(const Waiting& waiting);
  // Drops what is older than a week.
  void drop_old(Instant now);

  static constexpr std::string_view kReport = "report.json", kRejects = "rejects.csv";

 private:
  [[nodiscard]] std::optional<Waiting> read(const std::string& id) const;
  [[nodiscard]] std::vector<Waiting> all() const;
  [[nodiscard]] Result<void> room_for(const Waiting& wanted) const;

  std::string folder_;
  Limits limits_;
  mutable std::mutex mutex_;
};

}  // namespace tiebeam::server
