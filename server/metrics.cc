#include "server/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace tiebeam::server {

void Metrics::answered(int status, std::size_t bytes) {
  by_class_[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].fetch_add(
      1, std::memory_order_relaxed);
  bytes_.fetch_add(bytes, std::memory_order_relaxed);
}

void Metrics::handled(const std::string& route) {
  const std::scoped_lock lock(mutex_);
  ++by_route_[route];
}

std::string Metrics::text(const std::map<std::string, double>& gauges) const {
  std::string out = "# TYPE tiebeam_http_answers_total counter\n";
  for (std::size_t i = 1; i < by_class_.size(); ++i)
    out += fmt::format("tiebeam_http_answers_total{{class=\"{}xx\"}} {}\n", i,
                       by_class_[i].load(std::memory_order_relaxed));
  out += fmt::format(
      "# TYPE tiebeam_http_answer_bytes_total counter\ntiebeam_http_answer_bytes_total {}\n",
      bytes_.load(std::memory_order_relaxed));
  out += "# TYPE tiebeam_api_handled_total counter\n";
  const std::scoped_lock lock(mutex_);
  for (const auto& [route, count] : by_route_)
    out += fmt::format("tiebeam_api_handled_total{{route=\"{}\"}} {}\n", route, count);
  for (const auto& [name, value] : gauges)
    out += fmt::format("# TYPE tiebeam_{0} gauge\ntiebeam_{0} {1}\n", name, value);
  return out;
}

}  // namespace tiebeam::server
