#include <fmt/format.h>

#include "base/text.h"
#include "rooms/flow/engine/figure_set.h"
#include "rooms/flow/engine/people_load/people_load.h"

namespace tiebeam::flow {
namespace {

std::vector<Evidence> events(const FlowReport& report, const PeopleLoad& load, std::size_t offset,
                             std::size_t limit) {
  std::vector<EvidencePiece> pieces;
  for (std::uint32_t i = 0; i < load.items.size(); ++i) {
    const ItemLoad& item = load.items[i];
    if (item.events == 0) continue;
    pieces.push_back(
        {static_cast<double>(item.outside) / static_cast<double>(item.events), item.item, i});
  }
  const Hours hours(report.log);
  const std::vector<std::int64_t> bulk = bulk_minutes(report.log);
  return page_of(std::move(pieces), offset, limit, [&](const EvidencePiece& piece) {
    const ItemLoad& item = load.items[piece.sub];
    Evidence out;
    out.subject = item_subject(report.log, item.item);
    out.what = fmt::format("part={} whole={} events outside working hours, events", item.outside,
                           item.events);
    const auto touches = touches_of(report.log, report.log.items[item.item]);
    each_counted_event(report, hours, bulk, item.item,
                       [&](std::size_t index, const Owner& owner, bool outside) {
                         const Touch& touch = touches[index];
                         if (outside && load.counts_at(owner.team, touch.at))
                           add_place(report.log.transitions, touch.row, out);
                       });
    return out;
  });
}

std::vector<Evidence> held(const FlowReport& report, const PeopleLoad& load, std::size_t offset,
                           std::size_t limit) {
  std::vector<EvidencePiece> pieces;
  for (std::uint32_t i = 0; i < load.items.size(); ++i) {
    const ItemLoad& item = load.items[i];
    if (item.attention > 0) pieces.push_back({item.held / item.attention, item.item, i});
  }
  return page_of(std::move(pieces), offset, limit, [&](const EvidencePiece& piece) {
    const ItemLoad& item = load.items[piece.sub];
    const ItemFlow& flow = report.walked.items[item.item];
    Evidence out;
    out.subject = item_subject(report.log, item.item);
    out.what = fmt::format(
        "part={} whole={} days in hand, days of attention when those who held it shared theirs "
        "among all they had",
        shortest(item.held / kMicrosPerDay), shortest(item.attention / kMicrosPerDay));
    add_place(report.log.transitions, flow.commit_row, out);
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
