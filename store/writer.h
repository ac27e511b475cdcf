// The one thread that writes: takes what is queued, puts it in one transaction (each request in its
// own savepoint, so a failing one does not hurt the others), syncs once and answers all.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

#include "store/sqlite.h"
#include "store/store.h"

namespace tiebeam::store {

class Writer {
 public:
  using Work = std::function<Result<Written>(Db&)>;

  // Owns: the connection, which only its thread uses from now on.
  explicit Writer(std::unique_ptr<Db> db);
  ~Writer();  // does what is queued, then stops
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Durable when it returns a value; nothing of it is kept when it returns an Error.
  // Thread: any. Throws what `work` threw (a Bug), on the thread that asked.
  [[nodiscard]] Result<Written> run(Work work);

 private:
  struct Job {
    Work work;
    std::promise<Result<Written>> answer;
  };
  struct Done {
    Result<Written> result;
    std::exception_ptr thrown;
  };
  void loop();
  [[nodiscard]] std::vector<Done> commit_group(std::deque<Job>& group);
  [[nodiscard]] Result<void> do_group(std::deque<Job>& group, std::vector<Done>& done);
  [[nodiscard]] Result<Done> do_one(Job& job);

  std::unique_ptr<Db> db_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool is_stopping_ = false;
  std::thread thread_;  // last: starts when all else is ready
};

}  // namespace tiebeam::store
