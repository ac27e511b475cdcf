#include "server/desk.h"

#include <fmt/format.h>

#include "application/organisations.h"
#include "application/source.h"
#include "base/text.h"

namespace tiebeam::server {
namespace {

constexpr std::size_t kBooksKept = 4;
constexpr std::size_t kAnswerBytesKept = std::size_t{8} << 20;
constexpr std::size_t kLargestKept = std::size_t{4} << 20;

bool same(const Asked& a, const Asked& b) {
  return a.as_of == b.as_of && a.from == b.from && a.to == b.to;
}

}  // namespace

View::View(const Table& table, SnapshotPtr snapshot)
    : table_(table), snapshot_(std::move(snapshot)) {}

std::shared_ptr<View::Shared> View::book(const Asked& asked) {
  const std::scoped_lock lock(mutex_);
  const auto held =
      std::ranges::find_if(books_, [&](const Question& each) { return same(each.asked, asked); });
  if (held != books_.end()) {
    held->was_asked = true;
    std::rotate(books_.begin(), held, held + 1);
    return books_.front().shared;
  }
  if (books_.size() == kBooksKept) books_.pop_back();
  auto shared = std::make_shared<Shared>();
  shared->book = std::make_shared<const FigureBook>(table_.figures, snapshot_, asked);
  books_.insert(books_.begin(), {asked, shared});
  return shared;
}

std::shared_ptr<const std::vector<Record>> View::records(const std::string& type) {
  const std::scoped_lock lock(mutex_);
  Held& held = records_[type];
  held.was_asked = true;
  if (!held.records)
    held.records =
        std::make_shared<const std::vector<Record>>(records_of(table_, *snapshot_, type));
  return held.records;
}

void View::let_go() {
  const std::scoped_lock lock(mutex_);
  std::erase_if(records_, [](const auto& each) { return !each.second.was_asked; });
  for (auto& [type, held] : records_) held.was_asked = false;
  std::erase_if(books_, [](const Question& each) { return !each.was_asked; });
  for (Question& each : books_) each.was_asked = false;
}

std::optional<Kept> View::find_answer(const std::string& target) const {
  const std::shared_lock lock(answers_mutex_);
  const auto held = answers_.find(target);
  if (held == answers_.end()) return std::nullopt;
  return held->second;
}

void View::keep_answer(const std::string& target, Kept answer) {
  const std::size_t bytes = answer.body->size() + target.size();
  if (bytes > kLargestKept) return;
  const std::unique_lock lock(answers_mutex_);
  if (answer_bytes_ + bytes > kAnswerBytesKept) {
    answers_.clear();
    answer_bytes_ = 0;
  }
  if (answers_.emplace(target, std::move(answer)).second) answer_bytes_ += bytes;
}

Seat::Seat(const Table& table, std::string id, std::unique_ptr<store::Store> store, Clock now)
    : table_(table), id_(std::move(id)), store_(std::move(store)), now_(std::move(now)) {}

ViewPtr Seat::held_view() {
  const std::scoped_lock lock(mutex_);
  return view_;
}

void Seat::moved() {
  const std::scoped_lock lock(mutex_);
  looked_at_ = kNever;
  ++moves_;
}

ViewPtr Seat::view_at_once() {
  const Instant now = now_();
  ViewPtr held;
  std::uint64_t moves = 0;
  {
    const std::scoped_lock lock(mutex_);
    held = view_;
    moves = moves_;
    const bool is_fresh =
        looked_at_ != kNever && now >= looked_at_ && now - looked_at_ < kUnnoticed;
    if (!held || is_fresh) return held;
  }
  const auto newest = store_->last_seq();
  if (!newest || *newest != held->seq()) return nullptr;
  const std::scoped_lock lock(mutex_);
  if (moves == moves_) looked_at_ = now;
  return held;
}

Result<ViewPtr> Seat::view() {
  if (ViewPtr held = view_at_once()) return held;
  const std::scoped_lock one_at_a_time(loading_);
  if (ViewPtr held = view_at_once()) return held;  // somebody else loaded it meanwhile
  SnapshotPtr previous;
  {
    const std::scoped_lock lock(mutex_);
    if (view_) previous = view_->shared_snapshot();
  }
  TB_TRY(SnapshotPtr snapshot, load_snapshot(*store_, std::nullopt, previous));
  auto fresh = std::make_shared<View>(table_, std::move(snapshot));
  const std::scoped_lock lock(mutex_);
  view_ = fresh;
  return fresh;
}

std::vector<std::string> Desk::ids() const { return organisations_in(data_); }

SeatPtr Desk::open_seat(std::string_view id) const {
  const std::shared_lock lock(mutex_);
  const auto held = seats_.find(id);
  return held == seats_.end() ? nullptr : held->second;
}

std::vector<SeatPtr> Desk::open_seats() const {
  const std::shared_lock lock(mutex_);
  std::vector<SeatPtr> out;
  for (const auto& [id, seat] : seats_) out.push_back(seat);
  return out;
}

Result<SeatPtr> Desk::seat(const std::string& id) {
  if (SeatPtr held = open_seat(id)) return held;
  const std::vector<std::string> known = ids();
  if (std::ranges::find(known, id) == known.end()) {
    return std::unexpected(
        Error{.kind = Kind::not_found,
              .code = "organisation.no_such",
              .message = fmt::format("there is no organisation '{}' here", shown(id)),
              .detail = {},
              .hint = "list them with GET /api/v1/orgs",
              .field = {},
              .found = shown(id),
              .expected = "the id of an organisation of this server"});
  }
  const std::unique_lock lock(mutex_);
  SeatPtr& held = seats_[id];
  if (held) return held;
  auto store = open_organisation(table_, data_, id);
  if (!store) {
    seats_.erase(id);
    return std::unexpected(std::move(store).error());
  }
  held = std::make_shared<Seat>(table_, id, *std::move(store), now_);
  return held;
}

}  // namespace tiebeam::server
