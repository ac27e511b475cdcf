// Counts for GET /metrics in the text format of Prometheus. Thread: any.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace tiebeam::server {

class Metrics {
 public:
  void answered(int status, std::size_t bytes);
  void handled(const std::string& route);  // worked out anew, not from memory
  [[nodiscard]] std::string text(const std::map<std::string, double>& gauges) const;

 private:
  std::array<std::atomic<std::uint64_t>, 6> by_class_{};  // 1xx .. 5xx at 1 to 5
  std::atomic<std::uint64_t> bytes_ = 0;
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t> by_route_;
};

}  // namespace tiebeam::server
