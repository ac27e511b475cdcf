// Work that takes longer than a person waits for: told of while it runs, can be cancelled, and its
// result is kept until the program ends.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/time.h"
#include "server/router.h"

namespace tiebeam::server {

enum class JobState : std::uint8_t { waiting, running, done, failed, cancelled };

// What the work itself sees: where it says how far it is, and whether it should stop.
class Job {
 public:
  Job(std::string id, std::string organisation, std::string kind, std::string title)
      : id_(std::move(id)),
        organisation_(std::move(organisation)),
        kind_(std::move(kind)),
        title_(std::move(title)) {}
  void progress(std::string_view phase, std::int64_t done, std::optional<std::int64_t> total);
  [[nodiscard]] bool should_stop() const { return stop_; }
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] const std::string& organisation() const { return organisation_; }

 private:
  friend class Jobs;
  const std::string id_, organisation_, kind_, title_;
  std::atomic<bool> stop_ = false;
  std::function<void()> on_progress_;
  mutable std::mutex mutex_;  // guards all below
  JobState state_ = JobState::waiting;
  std::string phase_ = "waiting";
  std::int64_t done_ = 0;
  std::optional<std::int64_t> total_;
  Instant begun_{}, told_{};
  Json result_;
  std::optional<Refused> refused_;
};

class Jobs {
 public:
  // Called also when the job was cancelled while it waited: it cleans up and ends with
  // job.cancelled.
  using Work = std::function<std::expected<Json, Refused>(Job&)>;
  using Tell = std::function<void(const std::string& organisation, const Json& job)>;
  // `tell` hears of every change, progress at most four times a second.
  Jobs(std::function<Instant()> now, Tell tell);
  ~Jobs();  // asks what runs to stop, and waits for it
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  // One at a time, in the order they were asked for. An id is never given twice, by a later run of
  // the program either: "job_4f0c2a91d7b300000001". The oldest that is over makes room for it.
  // Errors: job.too_many (429) where none is over.
  [[nodiscard]] std::expected<Json, Refused> start(const std::string& organisation,
                                                   std::string kind, std::string title, Work work);
  [[nodiscard]] std::optional<Json> find(std::string_view organisation, std::string_view id) const;
  [[nodiscard]] std::vector<Json> all(std::string_view organisation) const;
  // False when there is no such job; one that is over stays as it is.
  bool cancel(std::string_view organisation, std::string_view id);
  [[nodiscard]] std::size_t running() const;

 private:
  void run();
  [[nodiscard]] bool make_room();  // REQUIRES: mutex_ is held
  void act(const std::shared_ptr<Job>& job, const Work& work);
  [[nodiscard]] Json shown(const Job& job) const;
  void tell(Job& job, bool always);

  std::function<Instant()> now_;
  Tell tell_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;
  const std::string run_;  // what the ids of this run of the program begin with
  std::uint64_t next_ = 1;
  std::map<std::string, std::shared_ptr<Job>, std::less<>> jobs_;
  std::deque<std::pair<std::shared_ptr<Job>, Work>> queue_;
  std::jthread worker_;  // last: ends first
};

}  // namespace tiebeam::server
