// Working hours for counting what was done outside them: the stream's calendar, else an assumed
// one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rooms/flow/engine/log.h"

namespace tiebeam::flow {

// Where a value stream has no calendar. Source: ours; every figure that rests on it says so.
constexpr std::string_view kAssumedHours = "Mon-Fri 08:00-18:00";

class Hours {
 public:
  explicit Hours(const FlowLog& log);
  // `at` in microseconds lies outside the working hours of the stream.
  [[nodiscard]] bool is_outside(std::uint32_t stream, std::int64_t at) const;
  [[nodiscard]] bool is_assumed(std::uint32_t stream) const { return by_stream_[stream].assumed; }
  // "calendar 'office'", or the assumed hours with their zone.
  [[nodiscard]] const std::string& name(std::uint32_t stream) const {
    return by_stream_[stream].name;
  }

 private:
  struct OfStream {
    const Calendar* calendar;
    bool assumed;
    std::string name;
  };
  std::vector<OfStream> by_stream_;
  std::vector<std::unique_ptr<Calendar>> assumed_;  // one a zone
};

// The minutes (since 1970) in which more than 50 items moved at once: a script, not people. Sorted.
[[nodiscard]] std::vector<std::int64_t> bulk_minutes(const FlowLog& log);

}  // namespace tiebeam::flow
