#include <fmt/format.h>

#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kLeastWeeks = 4;     // fewer tell nothing about a pace
constexpr double kNoticeableShare = 0.05;  // of what is finished a week

void look_at_growth(const FlowFacts& facts, const StreamFacts& stream, std::vector<Finding>& out) {
  const double growth = stream.arrival_a_week - stream.throughput_a_week;
  if (facts.weeks < kLeastWeeks || growth <= kNoticeableShare * stream.throughput_a_week) return;
  out.push_back(finding(
      subject_of(stream.id),
      fmt::format("more work is begun than finished: {:.1f} against {:.1f} a week over the last {} "
                  "full weeks; the "
                  "pile grows by {:.1f} a week, {:.0f} in a quarter",
                  stream.arrival_a_week, stream.throughput_a_week, facts.weeks, growth,
                  growth * 13),
      {"flow.arrival.week", "flow.throughput.week", "flow.net_flow.week", "flow.backlog.months"},
      facts.as_of));
}

void look_at_limit(const FlowFacts& facts, const StreamFacts& stream, std::vector<Finding>& out) {
  if (!stream.wip_limit || stream.now <= *stream.wip_limit) return;
  out.push_back(finding(subject_of(stream.id),
                        fmt::format("{} are in progress in {}, {} more than the agreed {}",
                                    pieces_of_work(stream.now), stream.name,
                                    stream.now - *stream.wip_limit, *stream.wip_limit),
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
          "More work begun than can be finished",
          "A pile that grows makes everything in it later, whatever its priority; no single piece "
          "of work can be "
          "made faster by starting more.",
          "Agree with the business what to stop or to start later until no more comes in than goes "
          "out; then set "
          "the limit: tiebeam record value_stream set ID wip_limit=N",
          [read = std::move(read)](const FigureBook& book) { return look(read(book)); }};
}

}  // namespace tiebeam::flow
