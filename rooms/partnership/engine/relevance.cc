#include "rooms/partnership/engine/relevance.h"

#include <map>

namespace tiebeam::partnership {
namespace {

std::optional<Day> asked_on(const MetricVote& vote) {
  if (vote.asked_on) return vote.asked_on;
  if (vote.created_at) return day_of(*vote.created_at);
  return std::nullopt;
}

bool is_newer(const MetricVote& a, const MetricVote& b) {
  const auto rank = [](const MetricVote& vote) {
    return std::tuple(std::chrono::sys_days{asked_on(vote).value_or(Day{})},
                      vote.created_at.value_or(Instant{}), vote.id);
  };
  return rank(a) > rank(b);
}

}  // namespace

double importance(Matters matters) {
  return matters == Matters::yes ? 1 : matters == Matters::somewhat ? 0.5 : 0;
}

std::optional<double> Relevance::share() const {
  if (all == 0) return std::nullopt;
  return reported / all;
}

Relevance relevance_of(const std::vector<MetricVote>& votes, std::string_view engagement,
                       Day today) {
  std::map<std::pair<std::string, std::string>, MetricVote> newest;  // of partner and measure
  for (const MetricVote& vote : votes) {
    const auto day = asked_on(vote);
    if ((day && *day > today) || (!engagement.empty() && vote.engagement.str() != engagement))
      continue;
    const auto [held, is_new] = newest.try_emplace({vote.engagement.str(), vote.figure}, vote);
    if (!is_new && is_newer(vote, held->second)) held->second = vote;
  }
  Relevance out;
  for (const auto& [of, vote] : newest) {
    const double weight = importance(vote.matters);
    out.all += weight;
    out.reported += vote.reported ? weight : 0;
    if (vote.reported && weight == 0) out.reported_not_valued.push_back(vote.figure);
    if (!vote.reported && weight > 0) out.valued_not_reported.push_back(vote.figure);
    out.asked.push_back(vote);
  }
  return out;
}

}  // namespace tiebeam::partnership
