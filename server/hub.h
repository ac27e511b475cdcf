// Who listens to an organisation's events, and how they are told. Thread: any.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "model/json.h"
#include "server/http.h"

namespace tiebeam::server {

class Hub {
 public:
  // A stream of the organisation's events; begins with `first` when it is not empty.
  [[nodiscard]] EventStream listen(const std::string& organisation, std::string first = {});
  // "event: journal\ndata: {...}\n\n" to everybody who listens.
  void tell(const std::string& organisation, std::string_view event, const Json& data);
  [[nodiscard]] std::size_t listeners() const;
  [[nodiscard]] static std::string text_of(std::string_view event, const Json& data);

 private:
  struct Room {
    std::mutex mutex;
    std::uint64_t next = 1;
    std::map<std::uint64_t, std::pair<std::string, EventStream::Sink>> sinks;
  };
  std::shared_ptr<Room> room_ = std::make_shared<Room>();
};

}  // namespace tiebeam::server
