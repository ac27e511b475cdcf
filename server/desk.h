// The organisations of a data directory as they stand: each held open, in memory at its newest
// journal entry, with the books and answers that were asked for since. Reads never wait for writes.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

#include "application/table.h"
#include "server/http.h"
#include "store/store.h"

namespace tiebeam::server {

using Clock = std::function<Instant()>;
constexpr std::chrono::milliseconds kUnnoticed{10};

// An answer that holds as long as the journal does not move.
struct Kept {
  int status = 200;
  std::string type;
  Pairs headers;  // its ETag among them
  std::shared_ptr<const std::string> body;
};

// An organisation at one journal entry. Thread: any.
class View {
 public:
  View(const Table& table, SnapshotPtr snapshot);
  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] const SnapshotPtr& shared_snapshot() const { return snapshot_; }
  [[nodiscard]] std::int64_t seq() const { return snapshot_->journal_seq; }

  // Runs `use` on the book of a question; books are kept, and one thread at a time works on one.
  template <class F>
  auto with_book(const Asked& asked, F use) {
    const std::shared_ptr<Shared> shared = book(asked);
    const std::scoped_lock lock(shared->mutex);
    return use(shared->book);
  }
  // Records of `type`, written and derived, sorted by id; worked out once and kept while asked for.
  [[nodiscard]] std::shared_ptr<const std::vector<Record>> records(const std::string& type);

  // Lets go of records and books that nobody asked for since the last call: thousands of work items
  // are large.
  void let_go();

  // `target` is the address as sent. Cost: one look under a lock.
  [[nodiscard]] std::optional<Kept> find_answer(const std::string& target) const;
  void keep_answer(const std::string& target, Kept answer);

 private:
  struct Shared {
    std::mutex mutex;
    std::shared_ptr<const FigureBook> book;
  };
  struct Question {
    Asked asked;
    std::shared_ptr<Shared> shared;
    bool was_asked = true;
  };
  [[nodiscard]] std::shared_ptr<Shared> book(const Asked& asked);

  const Table& table_;
  SnapshotPtr snapshot_;
  std::mutex mutex_;
  std::vector<Question> books_;  // newest first, a few
  struct Held {
    std::shared_ptr<const std::vector<Record>> records;
    bool was_asked = false;
  };
  std::map<std::string, Held> records_;
  mutable std::shared_mutex answers_mutex_;
  std::map<std::string, Kept, std::less<>> answers_;
  std::size_t answer_bytes_ = 0;
};
using ViewPtr = std::shared_ptr<View>;

// One organisation: its store, and the view of its newest entry.
class Seat {
 public:
  Seat(const Table& table, std::string id, std::unique_ptr<store::Store> store, Clock now);
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] store::Store& store() { return *store_; }
  // The organisation now; loaded anew when somebody wrote. Errors: store.*.
  [[nodiscard]] Result<ViewPtr> view();
  // The view in memory, if the journal did not move since; never loads. What another process wrote
  // is noticed after at most kUnnoticed.
  [[nodiscard]] ViewPtr view_at_once();
  // The view in memory, whatever the journal says.
  [[nodiscard]] ViewPtr held_view();
  // This process wrote: the next look asks the store.
  void moved();

 private:
  const Table& table_;
  const std::string id_;
  std::unique_ptr<store::Store> store_;
  const Clock now_;
  static constexpr Instant kNever{};
  std::mutex loading_;
  std::mutex mutex_;  // guards all below
  ViewPtr view_;
  Instant looked_at_ = kNever;
  std::uint64_t moves_ = 0;  // a look that began before a move says nothing of what came after it
};
using SeatPtr = std::shared_ptr<Seat>;

class Desk {
 public:
  Desk(const Table& table, std::string data, Clock now)
      : table_(table), data_(std::move(data)), now_(std::move(now)) {}
  [[nodiscard]] const Table& table() const { return table_; }
  [[nodiscard]] const std::string& data() const { return data_; }
  // Ids, sorted: what lies in the directory now.
  [[nodiscard]] std::vector<std::string> ids() const;
  // Errors: organisation.no_such, store.*.
  [[nodiscard]] Result<SeatPtr> seat(const std::string& id);
  // One that is open already, else null.
  [[nodiscard]] SeatPtr open_seat(std::string_view id) const;
  [[nodiscard]] std::vector<SeatPtr> open_seats() const;

 private:
  const Table& table_;
  const std::string data_;
  const Clock now_;
  mutable std::shared_mutex mutex_;
  std::map<std::string, SeatPtr, std::less<>> seats_;
};

}  // namespace tiebeam::server
