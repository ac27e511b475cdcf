#include "server/replies.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace tiebeam::server {
namespace {
constexpr std::size_t kRepliesKept = 1000;

std::uint64_t what_of(const Request& request) {
  return row_hash(
      fmt::format("{} {}\n{}", method_name(request.method), request.target, request.body));
}
}  // namespace

std::optional<Response> Replies::find(const Request& request, bool& is_other) const {
  const std::scoped_lock lock(mutex_);
  const auto held = replies_.find(request.header("idempotency-key"));
  is_other = held != replies_.end() && held->second.what != what_of(request);
  if (held == replies_.end() || is_other) return std::nullopt;
  return held->second.response;
}

void Replies::keep(const Request& request, const Response& response) {
  const std::string key(request.header("idempotency-key"));
  if (key.empty() || response.status >= 400 || response.stream) return;
  const std::scoped_lock lock(mutex_);
  if (!replies_.emplace(key, Reply{what_of(request), response}).second) return;
  order_.push_back(key);
  if (order_.size() > kRepliesKept) {
    replies_.erase(order_.front());
    order_.pop_front();
  }
}

}  // namespace tiebeam::server
