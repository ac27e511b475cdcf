#include <fmt/format.h>

#include "base/text.h"
#include "rooms/flow/engine/dora/dora.h"
#include "rooms/flow/engine/figure_set.h"

namespace tiebeam::flow {
namespace {

std::string when(std::int64_t at) { return format_instant(instant_of(at)); }

class Teller {
 public:
  Teller(const Dora& dora, std::size_t offset, std::size_t limit)
      : dora_(dora), log_(dora.log), offset_(offset), limit_(limit) {}

  // 1/K for each of `at` in the last full weeks, or 1 or 0 by `counts`.
  [[nodiscard]] std::vector<Evidence> rates(const std::vector<std::uint32_t>& shipments,
                                            std::string_view lead) const {
    if (dora_.rates.count == 0) return {};
    const double each_counts = 1 / static_cast<double>(dora_.rates.count);
    std::vector<EvidencePiece> pieces;
    for (const std::uint32_t index : shipments) {
      const std::int64_t at = log_.shipments[index].finished;
      if (dora_.rates.from <= at && at < dora_.rates.to) pieces.push_back({each_counts, index});
    }
    return page_of(std::move(pieces), offset_, limit_,
                   [&](const EvidencePiece& piece) { return tell_shipment(piece.item, lead); });
  }

  template <class F>
  [[nodiscard]] std::vector<Evidence> shares(F counts, std::string_view yes,
                                             std::string_view no) const {
    std::vector<EvidencePiece> pieces;
    for (const std::uint32_t index : dora_.shipped)
      pieces.push_back({counts(index) ? 1.0 : 0.0, index});
    return page_of(std::move(pieces), offset_, limit_, [&](const EvidencePiece& piece) {
      return tell_shipment(piece.item, piece.value > 0 ? yes : no);
    });
  }

  [[nodiscard]] std::vector<Evidence> links() const {
    std::vector<EvidencePiece> pieces;
    for (std::uint32_t i = 0; i < log_.outages.size(); ++i) {
      const Outage& outage = log_.outages[i];
      if (outage.cause == kNone || !dora_.window.holds(log_.shipments[outage.cause].finished))
        continue;
      pieces.push_back({outage.is_inferred ? 1.0 : 0.0, i});
    }
    return page_of(std::move(pieces), offset_, limit_, [&](const EvidencePiece& piece) {
      const Outage& outage = log_.outages[piece.item];
      const Shipment& cause = log_.shipments[outage.cause];
      Evidence out = tell_outage(outage);
      out.what += fmt::format(", {} deployment {} of {}",
                              outage.is_inferred ? "taken as caused by" : "caused by", cause.key,
                              when(cause.finished));
      return out;
    });
  }

  [[nodiscard]] std::vector<Evidence> spells(const std::vector<Watched>& watched,
                                             bool are_changes) const {
    std::vector<EvidencePiece> pieces;
    for (std::uint32_t i = 0; i < watched.size(); ++i)
      pieces.push_back({days_of(watched[i].spell.exit), watched[i].index, i});
    return page_of(std::move(pieces), offset_, limit_, [&](const EvidencePiece& piece) {
      const Watched& each = watched[piece.sub];
      Evidence out = are_changes ? tell_change(log_.changed[each.index])
                                 : tell_outage(log_.outages[each.index]);
      out.what =
          fmt::format("entry_days={} exit_days={} event={} {}", shortest(days_of(each.spell.entry)),
                      shortest(days_of(each.spell.exit)),
                      each.spell.ending == quant::Ending::done ? "done" : "open", out.what);
      return out;
    });
  }

 private:
  [[nodiscard]] Evidence tell_shipment(std::uint32_t index, std::string_view lead) const {
    const Shipment& each = log_.shipments[index];
    Evidence out;
    out.subject = "deployment/" + each.key;
    out.what = fmt::format("{}, finished {}", lead, when(each.finished));
    for (const std::uint32_t row : each.rows) add_place(log_.deployments, row, out);
    return out;
  }
  [[nodiscard]] Evidence tell_change(const Change& change) const {
    Evidence out;
    out.subject = "code_change/" + change.key;
    out.what = "committed " + when(change.committed);
    out.what += change.deployed == kMissing ? ", not in use" : ", in use " + when(change.deployed);
    if (change.is_inferred) out.what += " with the deployment after the one that failed";
    add_place(log_.changes, change.row, out);
    return out;
  }
  [[nodiscard]] Evidence tell_outage(const Outage& outage) const {
    Evidence out;
    out.subject = "incident_event/" + outage.key;
    out.what = "opened " + when(outage.opened);
    out.what += outage.ended == kMissing ? ", still open" : ", over " + when(outage.ended);
    add_place(log_.incidents, outage.row, out);
    return out;
  }

  const Dora& dora_;
  const DeliveryLog& log_;
  std::size_t offset_, limit_;
};

}  // namespace

std::vector<Evidence> dora_evidence(const Dora& dora, const Snapshot& snapshot,
                                    std::string_view key, std::size_t offset, std::size_t limit) {
  const Teller teller(dora, offset, limit);
  if (key == "flow.dora.deployments.week") return teller.rates(dora.shipped, "deployed");
  if (key == "flow.dora.deployments.days") {
    std::vector<std::uint32_t> firsts;
    for (const DeployDay& day : deploy_days(dora, snapshot.zone(snapshot.organisation.zone)))
      firsts.push_back(day.shipment);
    return teller.rates(firsts, "the first of its day");
  }
  if (key.starts_with("flow.dora.lead_time.")) return teller.spells(dora.lead, true);
  if (key.starts_with("flow.dora.recovery.")) return teller.spells(dora.recovery, false);
  if (key.starts_with("flow.dora.recovery_from_deploy."))
    return teller.spells(dora.recovery_from_deploy, false);
  if (key == "flow.dora.change_failure.inferred.share") return teller.links();
  if (key == "flow.dora.rework.share") {
    return teller.shares([&](std::uint32_t i) { return dora.log.shipments[i].is_rework; },
                         "made to mend something", "planned, or not said");
  }
  return teller.shares([&](std::uint32_t i) { return dora.has_failed[i]; },
                       "an incident is tied to it", "no incident is tied to it");
}

}  // namespace tiebeam::flow
