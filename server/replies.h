// Answers to writes by their Idempotency-Key: a request that is sent again, because its answer was
// lost, gets the same answer and does nothing; one that comes while the first is under way waits
// for it. Kept in memory; writes of records also keep the key with what they wrote (store). Thread:
// any.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "server/http.h"

namespace tiebeam::server {

// What is asked, as a hash of method, target and body. Cost: reads a body that went to a file.
[[nodiscard]] std::string hash_of(const Request& request);

class Replies {
 public:
  struct Claim {
    std::optional<Response> before;  // the earlier answer to the same request
    bool is_other = false;           // the key was used for another request
  };
  // With neither, the key is the caller's until finish(). REQUIRES: the request has a
  // key.
  [[nodiscard]] Claim claim(const Request& request);
  // Keeps the answer, if it is a good one, and lets others who wait go on.
  void finish(const Request& request, const Response& response);

 private:
  struct Reply {
    std::string what;                  // hash_of the request
    std::optional<Response> response;  // none: under way
  };
  std::mutex mutex_;
  std::condition_variable finished_;
  std::map<std::string, Reply, std::less<>> replies_;
  std::deque<std::string> order_;
};

}  // namespace tiebeam::server
