#include "rooms/flow/engine/dora/dora.h"

#include <algorithm>
#include <map>
#include <set>

#include "quant/quantile.h"

namespace tiebeam::flow {
namespace {

std::int64_t micros(Instant at) { return at.time_since_epoch().count(); }

Window window_of(const DeliveryLog& log, const Asked& asked) {
  Window out;
  std::int64_t first = micros(log.as_of);
  if (!log.shipments.empty()) first = std::min(first, log.shipments.front().finished);
  if (!log.changed.empty()) first = std::min(first, log.changed.front().committed);
  if (!log.outages.empty()) first = std::min(first, log.outages.front().opened);
  out.from = asked.from ? micros(*asked.from) : first;
  out.end = asked.to ? micros(*asked.to) : micros(log.as_of) + 1;
  out.horizon = std::min(micros(log.as_of), out.end);
  return out;
}

// What began at `from` and ended at `to` (kMissing: not yet), as seen in the window; none when it
// was over before or began after it.
std::optional<quant::Spell> spell_of(const Window& window, std::int64_t from, std::int64_t to) {
  if (from >= window.end || (to != kMissing && to < window.from)) return std::nullopt;
  quant::Spell out;
  out.entry = std::max<std::int64_t>(0, window.from - from);
  const bool ended = to != kMissing && to < window.end;
  out.exit = (ended ? to : window.horizon) - from;
  out.ending = ended ? quant::Ending::done : quant::Ending::open;
  return out;
}

quant::Curve curve_of(const std::vector<Watched>& watched) {
  std::vector<quant::Spell> spells;
  for (const Watched& each : watched) spells.push_back(each.spell);
  return quant::survival_curve(spells);
}

void watch(Dora& out) {
  const DeliveryLog& log = out.log;
  for (std::uint32_t i = 0; i < log.changed.size(); ++i) {
    const Change& change = log.changed[i];
    if (change.deployed != kMissing && change.deployed < change.committed) {
      ++out.negative;
      continue;
    }
    if (const auto spell = spell_of(out.window, change.committed, change.deployed))
      out.lead.push_back({i, *spell});
  }
  for (std::uint32_t i = 0; i < log.outages.size(); ++i) {
    const Outage& outage = log.outages[i];
    const bool backwards = outage.ended != kMissing && outage.ended < outage.opened;
    if (backwards) continue;
    if (const auto spell = spell_of(out.window, outage.opened, outage.ended))
      out.recovery.push_back({i, *spell});
    if (outage.cause == kNone) continue;
    const std::int64_t deployed = log.shipments[outage.cause].finished;
    if (const auto spell = spell_of(out.window, deployed, outage.ended))
      out.recovery_from_deploy.push_back({i, *spell});
  }
  out.lead_curve = curve_of(out.lead);
  out.recovery_curve = curve_of(out.recovery);
  out.from_deploy_curve = curve_of(out.recovery_from_deploy);
}

void fill_months(Dora& out, const Zone& zone) {
  const std::vector<Period> periods = periods_of(out.window, zone, Step::month);
  for (const Period& period : periods) {
    DoraMonth month;
    month.start = period.start, month.is_full = period.is_full;
    out.months.push_back(month);
  }
  for (const std::uint32_t index : out.shipped) {
    const Shipment& each = out.log.shipments[index];
    DoraMonth& month = out.months[period_at(periods, each.finished)];
    ++month.deployments;
    month.failed += out.has_failed[index] ? 1 : 0;
    month.rework += each.is_rework ? 1 : 0;
  }
  for (const DeployDay& day : deploy_days(out, zone))
    ++out.months[period_at(periods, out.log.shipments[day.shipment].finished)].days;
  for (const Outage& outage : out.log.outages) {
    if (out.window.holds(outage.opened)) ++out.months[period_at(periods, outage.opened)].incidents;
  }
}

// A quantile in days, where there are enough and the curve reaches it.
std::optional<double> days_at(const std::vector<Watched>& watched, double p) {
  if (watched.size() < quant::values_needed(p)) return std::nullopt;
  const auto found = quant::survival_value(curve_of(watched), p);
  return found ? std::optional(days_of(*found)) : std::nullopt;
}

template <class F>
std::vector<Watched> only(const std::vector<Watched>& all, F belongs) {
  std::vector<Watched> out;
  std::ranges::copy_if(all, std::back_inserter(out), belongs);
  return out;
}

void fill_service(Dora& out, std::uint32_t service, const Zone& zone) {
  DoraService row;
  row.service = out.log.services[service];
  std::size_t in_weeks = 0;
  const auto counts = [&](std::int64_t at) { return out.rates.from <= at && at < out.rates.to; };
  for (const std::uint32_t index : out.shipped) {
    const Shipment& each = out.log.shipments[index];
    if (std::ranges::find(each.services, service) == each.services.end()) continue;
    ++row.deployments;
    row.failed += out.has_failed[index] ? 1 : 0;
    row.rework += each.is_rework ? 1 : 0;
    in_weeks += counts(each.finished) ? 1 : 0;
  }
  for (const Outage& outage : out.log.outages)
    row.open_incidents += outage.service == service && outage.ended == kMissing ? 1 : 0;
  if (out.rates.count > 0) {
    const auto weeks = static_cast<double>(out.rates.count);
    std::size_t days = 0;
    for (const DeployDay& day : deploy_days(out, zone, service))
      days += counts(out.log.shipments[day.shipment].finished) ? 1 : 0;
    row.a_week = static_cast<double>(in_weeks) / weeks;
    row.days_a_week = static_cast<double>(days) / weeks;
  }
  const auto lead = only(out.lead, [&](const Watched& each) {
    return out.log.changed[each.index].service == service;
  });
  const auto recovery = only(out.recovery, [&](const Watched& each) {
    return out.log.outages[each.index].service == service;
  });
  row.lead_p50 = days_at(lead, 0.5), row.lead_p85 = days_at(lead, 0.85);
  row.recovery_p50 = days_at(recovery, 0.5), row.recovery_p85 = days_at(recovery, 0.85);
  if (row.deployments > 0 && out.has_incidents) {
    const auto spread =
        quant::wilson(static_cast<double>(row.failed), static_cast<double>(row.deployments));
    row.failure_interval = Interval{spread.low, spread.high, quant::kLevel};
  }
  if (row.deployments > 0 || row.open_incidents > 0) out.services.push_back(std::move(row));
}

}  // namespace

std::vector<DeployDay> deploy_days(const Dora& dora, const Zone& zone,
                                   std::optional<std::uint32_t> service) {
  std::vector<DeployDay> out;
  for (const std::uint32_t index : dora.shipped) {
    const Shipment& each = dora.log.shipments[index];
    if (service && std::ranges::find(each.services, *service) == each.services.end()) continue;
    const Day day = day_of(instant_of(each.finished), zone);
    if (out.empty() || out.back().day != day) out.push_back({day, index});
  }
  return out;
}

Dora compute_dora(const Snapshot& snapshot, const Asked& asked) {
  Dora out;
  out.log = read_deliveries(snapshot, asked.as_of);
  const DeliveryLog& log = out.log;
  out.has_deployments = log.deployments && log.deployments->rows() > 0;
  out.has_changes = log.changes && log.changes->rows() > 0;
  out.has_incidents = log.incidents && log.incidents->rows() > 0;
  out.window = window_of(log, asked);
  const Zone& zone = snapshot.zone(snapshot.organisation.zone);
  out.weeks = periods_of(out.window, zone, Step::week);
  out.rates = rate_weeks(out.weeks);
  out.has_failed.assign(log.shipments.size(), false);
  for (const Outage& outage : log.outages) {
    if (outage.cause != kNone) out.has_failed[outage.cause] = true;
  }
  for (std::uint32_t i = 0; i < log.shipments.size(); ++i) {
    if (!out.window.holds(log.shipments[i].finished)) continue;
    out.shipped.push_back(i);
    out.tells_rework |= log.shipments[i].tells_rework;
  }
  watch(out);
  fill_months(out, zone);
  for (std::uint32_t i = 0; i < log.services.size(); ++i) fill_service(out, i, zone);
  return out;
}

std::shared_ptr<const Dora> dora_of(const FigureBook& book) {
  return book.once<Dora>("flow.dora", [&] { return compute_dora(book.snapshot(), book.asked()); });
}

}  // namespace tiebeam::flow
