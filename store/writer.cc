#include "store/writer.h"

namespace tiebeam::store {

Writer::Writer(std::unique_ptr<Db> db) : db_(std::move(db)), thread_([this] { loop(); }) {}

Writer::~Writer() {
  {
    const std::scoped_lock lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

Result<Written> Writer::run(Work work) {
  std::future<Result<Written>> answer;
  {
    const std::scoped_lock lock(mutex_);
    queue_.push_back({std::move(work), {}});
    answer = queue_.back().answer.get_future();
  }
  wake_.notify_one();
  return answer.get();
}

void Writer::loop() {
  while (true) {
    std::deque<Job> group;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return is_stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      group.swap(queue_);
    }
    std::vector<Done> done = commit_group(group);
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (done[i].thrown)
        group[i].answer.set_exception(done[i].thrown);
      else
        group[i].answer.set_value(std::move(done[i].result));
    }
  }
}

// Answers of a group count only once it is committed: a failed commit is everybody's error.
std::vector<Writer::Done> Writer::commit_group(std::deque<Job>& group) {
  std::vector<Done> done;
  const Result<void> committed = do_group(group, done);
  done.resize(group.size(), Done{Written{}, nullptr});
  if (committed) return done;
  for (Done& each : done) {
    if (!each.thrown && each.result) each.result = std::unexpected(committed.error());
  }
  return done;
}

Result<void> Writer::do_group(std::deque<Job>& group, std::vector<Done>& done) {
  TB_TRY(Transaction transaction, Transaction::begin(*db_, Transaction::Kind::write));
  for (Job& job : group) {
    TB_TRY(Done one, do_one(job));
    done.push_back(std::move(one));
    // A full disk or a failed write ends the whole transaction: what came before it is gone too.
    if (!db_->in_transaction() && !done.back().result)
      return std::unexpected(done.back().result.error());
  }
  return transaction.commit();
}

Result<Writer::Done> Writer::do_one(Job& job) {
  TB_DO(db_->exec("SAVEPOINT request"));
  Done done{Written{}, nullptr};
  // A Bug belongs to the door that asked: carried there, not handled here.
  try {
    done.result = job.work(*db_);
  } catch (...) {
    done.thrown = std::current_exception();
  }
  if (!db_->in_transaction()) {
    if (done.result)
      done.result = fail(Kind::unavailable, "store.unavailable", "the transaction ended early");
    return done;
  }
  const bool is_good = !done.thrown && done.result.has_value();
  TB_DO(db_->exec(is_good ? "RELEASE request" : "ROLLBACK TO request; RELEASE request"));
  return done;
}

}  // namespace tiebeam::store
