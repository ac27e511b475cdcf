#include "server/hub.h"

#include <fmt/format.h>

#include <vector>

namespace tiebeam::server {

std::string Hub::text_of(std::string_view event, const Json& data) {
  return fmt::format("event: {}\ndata: {}\n\n", event, write_json(data));
}

EventStream Hub::listen(const std::string& organisation, std::string first) {
  EventStream out;
  // The token holds the room weakly: a connection may end after the hub.
  out.open = [weak = std::weak_ptr<Room>(room_), organisation,
              first = std::move(first)](EventStream::Sink sink) -> std::shared_ptr<void> {
    const auto room = weak.lock();
    if (!room) return nullptr;
    if (!first.empty()) sink(first);
    const std::scoped_lock lock(room->mutex);
    const std::uint64_t number = room->next++;
    room->sinks.emplace(number, std::pair{organisation, std::move(sink)});
    return {room.get(), [weak, number](void* /*token*/) {
              if (const auto still = weak.lock()) {
                const std::scoped_lock inner(still->mutex);
                still->sinks.erase(number);
              }
            }};
  };
  return out;
}

void Hub::tell(const std::string& organisation, std::string_view event, const Json& data) {
  const std::string text = text_of(event, data);
  std::vector<EventStream::Sink> sinks;
  {
    const std::scoped_lock lock(room_->mutex);
    for (const auto& [number, each] : room_->sinks) {
      if (each.first == organisation) sinks.push_back(each.second);
    }
  }
  for (const EventStream::Sink& sink : sinks) sink(text);
}

std::size_t Hub::listeners() const {
  const std::scoped_lock lock(room_->mutex);
  return room_->sinks.size();
}

}  // namespace tiebeam::server
