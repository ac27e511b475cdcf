#include "rooms/partnership/engine/related.h"

#include <algorithm>

#include "rooms/investment/records.h"
#include "rooms/partnership/engine/review.h"
#include "rooms/strategy/records.h"

namespace tiebeam::partnership {
namespace {

constexpr std::size_t kMostChanges = 40;

struct Stamped {
  Instant created{}, updated{};
};
Stamped stamps(const Record& record) {
  Stamped out;
  if (const auto* at = std::get_if<Instant>(&record.values[kCreatedField])) out.created = *at;
  if (const auto* at = std::get_if<Instant>(&record.values[kUpdatedField])) out.updated = *at;
  return out;
}

}  // namespace

Related::Related(const Snapshot& snapshot, const Engagement& engagement, const Rhythm& rhythm)
    : snapshot_(snapshot), partner_(engagement.partner.str()) {
  for (const Meeting& meeting : rhythm.meetings) meetings_.insert(meeting.id);
  for (const auto& id : engagement.priorities) priorities_.insert(id.str());
  for (const auto& id : engagement.value_streams) streams_.insert(id.str());
  for (const auto& priority : snapshot.all<strategy::Priority>()) {
    if (priority.business_owner.str() == partner_) priorities_.insert(priority.id);
  }
  for (const auto& initiative : snapshot.all<investment::Initiative>()) {
    if (priorities_.contains(initiative.priority.str()) ||
        initiative.business_owner.str() == partner_ || initiative.sponsor.str() == partner_)
      initiatives_.insert(initiative.id);
  }
}

bool Related::concerns(const governance::Commitment& promise) const {
  return promise.owner.str() == partner_ || promise.to.str() == partner_ ||
         is_meeting(promise.meeting) || priorities_.contains(promise.priority.str()) ||
         initiatives_.contains(promise.initiative.str());
}

bool Related::concerns(const governance::Decision& decision) const {
  return decision.decider.str() == partner_ || is_meeting(decision.meeting) ||
         priorities_.contains(decision.priority.str()) ||
         initiatives_.contains(decision.initiative.str());
}

std::vector<ChangeLine> Related::changes(Day since, Day today) const {
  const Instant from{std::chrono::sys_days{since}};
  const Instant to{std::chrono::sys_days{today} + std::chrono::days{1}};
  std::vector<ChangeLine> out;
  const auto look = [&](std::string_view type, auto concerns) {
    for (const Record& record : snapshot_.of(type)) {
      const Stamped at = stamps(record);
      const Instant last = std::max(at.created, at.updated);
      if (last < from || last >= to || !concerns(record)) continue;
      out.push_back({std::string(type), record.id(), record.name(), at.created >= from, last});
    }
  };
  const auto among = [](const std::set<std::string, std::less<>>& ids) {
    return [&ids](const Record& record) { return ids.contains(record.id()); };
  };
  look("priority", among(priorities_));
  look("initiative", among(initiatives_));
  look("value_stream", among(streams_));
  look("decision", [&](const Record& r) { return concerns(to_struct<governance::Decision>(r)); });
  look("commitment",
       [&](const Record& r) { return concerns(to_struct<governance::Commitment>(r)); });
  look("kpi", [&](const Record& r) {
    return to_struct<strategy::Kpi>(r).business_owner.str() == partner_;
  });
  std::ranges::sort(out, [](const ChangeLine& a, const ChangeLine& b) {
    return std::tie(b.at, a.type, a.id) < std::tie(a.at, b.type, b.id);
  });
  if (out.size() > kMostChanges) out.resize(kMostChanges);
  return out;
}

}  // namespace tiebeam::partnership
