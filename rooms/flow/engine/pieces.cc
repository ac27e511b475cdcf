#include "rooms/flow/engine/pieces.h"

#include <algorithm>
#include <tuple>

namespace tiebeam::flow {

std::vector<Evidence> told(const FlowReport& report, std::vector<Piece> pieces, const Tell& tell,
                           std::size_t offset, std::size_t limit) {
  std::ranges::sort(pieces, [](const Piece& a, const Piece& b) {
    return std::tie(b.value, a.item, a.sub) < std::tie(a.value, b.item, b.sub);
  });
  std::vector<Evidence> out;
  for (std::size_t i = offset; i < pieces.size() && out.size() < limit; ++i) {
    const ItemFlow& flow = report.walked.items[pieces[i].item];
    Evidence evidence;
    evidence.subject = "work_item/" + std::string(report.log.key_of(report.log.items[flow.item]));
    evidence.value = pieces[i].value;
    tell(pieces[i], flow, evidence);
    out.push_back(std::move(evidence));
  }
  return out;
}

void place_row(const EventTable* table, std::uint32_t row, Evidence& out) {
  if (table && row != kNone) out.places.push_back({table->import_of(row), table->line[row]});
}

void place_ends(const FlowReport& report, const ItemFlow& flow, Evidence& out) {
  place_row(report.log.transitions, flow.commit_row, out);
  if (flow.end_row != flow.commit_row) place_row(report.log.transitions, flow.end_row, out);
}

std::string when(std::int64_t micros) { return format_instant(instant_of(micros)); }

}  // namespace tiebeam::flow
