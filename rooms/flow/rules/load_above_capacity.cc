#include <fmt/format.h>

#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

std::string what_ends(const Growth& growth) {
  if (growth.given_up == 0) return fmt::format("{:.1f} finished", growth.finished);
  return fmt::format("{:.1f} finished and {:.1f} given up", growth.finished, growth.given_up);
}

Finding about(const StreamFacts& stream, std::string message, std::vector<std::string> figures,
              Instant as_of) {
  Finding out = finding(subject_of(stream.id), std::move(message), std::move(figures), as_of);
  if (stream.wip_limit) {
    out.act = fmt::format(
        "Agree with the business what to stop or to start later until no more comes in than goes "
        "out, and begin nothing while {} or more are in progress",
        *stream.wip_limit);
  }
  return out;
}

void look_at_growth(const FlowFacts& facts, const StreamFacts& stream, std::vector<Finding>& out) {
  if (!stream.growth) return;
  const Growth& growth = *stream.growth;
  out.push_back(about(
      stream,
      fmt::format(
          "more work is begun{} than comes to an end: {:.1f} against {} a week over the "
          "last {} full weeks; the pile grows by {:.1f} a week ({:.1f} to {:.1f}), {:.0f} in a "
          "quarter",
          in_stream(facts, stream), growth.begun, what_ends(growth), growth.weeks, growth.net,
          growth.low, growth.high, growth.net * 13),
      {"flow.arrival.week", "flow.throughput.week", "flow.demand.net.week", "flow.load.now"},
      facts.as_of));
}

void look_at_limit(const FlowFacts& facts, const StreamFacts& stream, std::vector<Finding>& out) {
  if (!stream.wip_limit || stream.now <= *stream.wip_limit) return;
  out.push_back(about(
      stream,
      fmt::format("{} are in progress{}, {} more than the agreed {}", pieces_of_work(stream.now),
                  in_stream(facts, stream), stream.now - *stream.wip_limit, *stream.wip_limit),
      {"flow.load.now"}, facts.as_of));
}

std::vector<Finding> look(const FlowFacts& facts) {
  std::vector<Finding> out;
  for (const StreamFacts& stream : facts.streams) {
    look_at_growth(facts, stream, out);
    look_at_limit(facts, stream, out);
  }
  return out;
}

}  // namespace

Rule load_above_capacity_rule(ReadFacts read) {
  return {"flow.load_above_capacity",
          Severity::warning,
          "More work begun than comes to an end",
          "A pile that grows makes everything in it later, whatever its priority; no single piece "
          "of work can be "
          "made faster by starting more.",
          "Agree with the business what to stop or to start later until no more comes in than goes "
          "out; then set "
          "the limit: tiebeam record value_stream set ID wip_limit=N",
          [read = std::move(read)](const FigureBook& book) { return look(read(book)); }};
}

}  // namespace tiebeam::flow
