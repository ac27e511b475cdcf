// The events that wait for one client of a stream. Any thread puts them in; the connection takes
// them out. Bounded: a client that reads too slowly is cut off, it comes back and asks again.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tiebeam::server {

class EventQueue {
 public:
  static constexpr std::size_t kEvents = 256;
  static constexpr std::size_t kBytes = std::size_t{1024} * 1024;

  // True: the connection must be told; it was not told since it last took, or it is to be cut off.
  bool push(std::string_view event) {
    const std::scoped_lock lock(mutex_);
    if (is_cut_) return false;
    text_ += event;
    is_cut_ = ++events_ > kEvents || text_.size() > kBytes;
    return !std::exchange(is_told_, true) || is_cut_;
  }
  // All that waits, in order; nothing when the client is to be cut off.
  std::optional<std::string> take() {
    const std::scoped_lock lock(mutex_);
    if (is_cut_) return std::nullopt;
    events_ = 0;
    is_told_ = false;
    return std::exchange(text_, {});
  }
  [[nodiscard]] bool is_cut() {
    const std::scoped_lock lock(mutex_);
    return is_cut_;
  }
  // The client is gone: what is still said is dropped.
  void cut() {
    const std::scoped_lock lock(mutex_);
    is_cut_ = true;
    text_ = {};
  }

 private:
  std::mutex mutex_;
  std::string text_;
  std::size_t events_ = 0;
  bool is_cut_ = false;
  bool is_told_ = false;
};

}  // namespace tiebeam::server
