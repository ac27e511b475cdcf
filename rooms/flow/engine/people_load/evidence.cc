#include <fmt/format.h>

#include "base/id.h"
#include "base/text.h"
#include "rooms/flow/engine/figure_set.h"
#include "rooms/flow/engine/people_load/people_load.h"

namespace tiebeam::flow {
namespace {

// A team in a month, or what is left of a month: at least three people, so no row tells of an
// item's single holder.
Evidence about(const FlowReport& report, const PeopleLoad& load, const GroupLoad& group) {
  Evidence out;
  out.subject = group.team ? "team/" + slugify(report.log.team_name(*group.team))
                           : std::string("small teams");
  out.what = fmt::format(" by {} people of {} in the month of {}", group.people,
                         group.team ? std::string(report.log.team_name(*group.team))
                                    : "teams too small to be told of alone",
                         format_day(load.periods[group.month].start));
  return out;
}

std::vector<Evidence> events(const FlowReport& report, const PeopleLoad& load, std::size_t offset,
                             std::size_t limit) {
  std::vector<EvidencePiece> pieces;
  for (std::uint32_t i = 0; i < load.groups.size(); ++i) {
    const GroupLoad& group = load.groups[i];
    if (group.events == 0) continue;
    pieces.push_back({static_cast<double>(group.outside) / static_cast<double>(group.events), i});
  }
  return page_of(std::move(pieces), offset, limit, [&](const EvidencePiece& piece) {
    const GroupLoad& group = load.groups[piece.item];
    Evidence out = about(report, load, group);
    out.what = fmt::format("part={} whole={} events outside working hours, of all events held{}",
                           group.outside, group.events, out.what);
    for (const std::uint32_t row : group.rows) add_place(report.log.transitions, row, out);
    return out;
  });
}

std::vector<Evidence> held(const FlowReport& report, const PeopleLoad& load, std::size_t offset,
                           std::size_t limit) {
  std::vector<EvidencePiece> pieces;
  for (std::uint32_t i = 0; i < load.groups.size(); ++i) {
    const GroupLoad& group = load.groups[i];
    if (group.attention > 0) pieces.push_back({group.held / group.attention, i});
  }
  return page_of(std::move(pieces), offset, limit, [&](const EvidencePiece& piece) {
    const GroupLoad& group = load.groups[piece.item];
    Evidence out = about(report, load, group);
    out.what = fmt::format("part={} whole={} days in hand, days with any of it, held{}",
                           shortest(group.held / kMicrosPerDay),
                           shortest(group.attention / kMicrosPerDay), out.what);
    for (const std::uint32_t row : group.begun) add_place(report.log.transitions, row, out);
    return out;
  });
}

std::vector<Evidence> finished(const FlowReport& report, const Concentration& found,
                               const PeopleLoad& load, std::size_t offset, std::size_t limit) {
  std::vector<EvidencePiece> pieces;
  for (const std::uint32_t index : load.finished) {
    const Finished& each = found.work.known[index];
    const bool single = found.coverage.areas[each.area].verdict == AreaVerdict::rests_on_one;
    pieces.push_back({single ? 1.0 : 0.0, each.item, index});
  }
  return page_of(std::move(pieces), offset, limit, [&](const EvidencePiece& piece) {
    const Finished& each = found.work.known[piece.sub];
    const ItemFlow& flow = report.walked.items[each.item];
    const Area& area = found.coverage.areas[each.area];
    Evidence out;
    out.subject = item_subject(report.log, each.item);
    out.what = fmt::format("area {} ({}), finished {}", area.name, area_verdict_name(area.verdict),
                           format_instant(instant_of(flow.finish)));
    add_place(report.log.transitions, flow.end_row, out);
    return out;
  });
}

}  // namespace

std::vector<Evidence> people_load_evidence(const FlowReport& report, const Concentration& found,
                                           const PeopleLoad& load, std::string_view key,
                                           std::size_t offset, std::size_t limit) {
  if (key == "flow.people.concurrent") return held(report, load, offset, limit);
  if (key == "flow.people.single_holder.share") return finished(report, found, load, offset, limit);
  return events(report, load, offset, limit);
}

}  // namespace tiebeam::flow
