#include "server/replies.h"

#include <fmt/format.h>

#include <fstream>

#include "base/hash.h"

namespace tiebeam::server {
namespace {
constexpr std::size_t kRepliesKept = 1000;

// Of a body that went to a file; blocks are chained. One that cannot be read is like no other.
std::uint64_t hash_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string block(std::size_t{1} << 20, '\0');
  std::uint64_t out = 0;
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
    const std::string_view read(block.data(), static_cast<std::size_t>(in.gcount()));
    out = row_hash(fmt::format("{:x} {:x}", out, row_hash(read)));
  }
  return in.eof() ? out : row_hash(path);
}

}  // namespace

std::string hash_of(const Request& request) {
  const std::uint64_t file = request.body_file.empty() ? 0 : hash_of_file(request.body_file);
  const std::uint64_t what = row_hash(fmt::format("{} {}\n{:x}\n{}", method_name(request.method),
                                                  request.target, file, request.body));
  return fmt::format("{:016x}", what);
}

Replies::Claim Replies::claim(const Request& request) {
  const std::string key(request.header("idempotency-key"));
  const std::string what = hash_of(request);
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto [held, is_new] = replies_.try_emplace(key, Reply{what, std::nullopt});
    if (is_new) return {};
    if (held->second.what != what) return {.before = {}, .is_other = true};
    if (held->second.response) return {.before = held->second.response, .is_other = false};
    finished_.wait(lock);
  }
}

void Replies::finish(const Request& request, const Response& response) {
  const std::string key(request.header("idempotency-key"));
  const std::scoped_lock lock(mutex_);
  const auto held = replies_.find(key);
  if (held == replies_.end()) return;
  if (response.status >= 400 || response.stream) {
    replies_.erase(held);
  } else {
    held->second.response = response;
    order_.push_back(key);
  }
  if (order_.size() > kRepliesKept) {
    replies_.erase(order_.front());
    order_.pop_front();
  }
  finished_.notify_all();
}

}  // namespace tiebeam::server
