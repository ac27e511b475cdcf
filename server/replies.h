// Answers to writes by their Idempotency-Key: a request that is sent again, because its answer was
// lost, gets the same answer and does nothing. Kept in memory; writes of records also keep the key
// with what they wrote (store). Thread: any.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "server/http.h"

namespace tiebeam::server {

class Replies {
 public:
  // The earlier answer. `is_other` is set when the key was used for something else.
  [[nodiscard]] std::optional<Response> find(const Request& request, bool& is_other) const;
  void keep(const Request& request, const Response& response);

 private:
  struct Reply {
    std::uint64_t what;  // hash of method, target and body
    Response response;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Reply, std::less<>> replies_;
  std::deque<std::string> order_;
};

}  // namespace tiebeam::server
