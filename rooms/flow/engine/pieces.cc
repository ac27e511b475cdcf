#include "rooms/flow/engine/pieces.h"

namespace tiebeam::flow {

std::vector<Evidence> told(const FlowReport& report, std::vector<Piece> pieces, const Tell& tell,
                           std::size_t offset, std::size_t limit) {
  return page_of(std::move(pieces), offset, limit, [&](const Piece& piece) {
    const ItemFlow& flow = report.walked.items[piece.item];
    Evidence evidence;
    evidence.subject = item_subject(report.log, flow.item);
    tell(piece, flow, evidence);
    return evidence;
  });
}

void place_ends(const FlowReport& report, const ItemFlow& flow, Evidence& out) {
  add_place(report.log.transitions, flow.commit_row, out);
  if (flow.end_row != flow.commit_row) add_place(report.log.transitions, flow.end_row, out);
}

std::string when(std::int64_t micros) { return format_instant(instant_of(micros)); }

}  // namespace tiebeam::flow
