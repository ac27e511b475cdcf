#include "rooms/flow/rules/words.h"

#include <fmt/format.h>

#include "model/figure_text.h"

namespace tiebeam::flow {

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

std::string pieces_of_work(std::int64_t count) {
  return fmt::format("{} {} of work", counted(count), count == 1 ? "piece" : "pieces");
}

Subject subject_of(std::string_view stream) {
  if (stream.empty()) return {"organisation", "self"};
  return {"value_stream", std::string(stream)};
}

std::string in_stream(const FlowFacts& facts, const StreamFacts& stream) {
  if (stream.id.empty()) return facts.streams.size() > 1 ? " in no value stream" : "";
  return fmt::format(" in {}", stream.name.empty() ? stream.id : stream.name);
}

Finding finding(Subject subject, std::string message, std::vector<std::string> figures,
                Instant as_of) {
  Finding out;
  out.subject = std::move(subject);
  out.message = std::move(message);
  out.figures = std::move(figures);
  out.since = day_of(as_of);
  return out;
}

}  // namespace tiebeam::flow
