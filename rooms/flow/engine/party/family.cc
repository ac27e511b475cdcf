#include <fmt/format.h>

#include "base/text.h"
#include "rooms/flow/engine/bottleneck/stays.h"
#include "rooms/flow/engine/party/waiting.h"
#include "rooms/flow/engine/pieces.h"
#include "rooms/flow/engine/sheet.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/bottlenecks.md";
constexpr std::string_view kParty = "flow.waiting.party.";

std::vector<FigureSpec> specs() {
  std::vector<FigureSpec> out;
  const auto add = [&](std::string key, std::string label, std::string unit, std::string formula) {
    out.push_back(
        {std::move(key), std::move(label), std::move(unit), std::move(formula), kMethod, 1, {}});
  };
  add("flow.waiting.mean", "Finished work waited on average", "days",
      "mean of waiting time between commit and finish over finished items");
  for (std::size_t i = 0; i < kPartyKinds; ++i) {
    const auto kind = static_cast<PartyKind>(i);
    add(fmt::format("{}{}", kParty, party_key(kind)),
        fmt::format("Share of the waiting that is for {}", party_words(kind)), "share",
        fmt::format("ratio of sums of waiting time for {} / waiting time over finished items",
                    party_words(kind)));
  }
  add("flow.waiting.outside_it.share", "Share of the waiting that is surely outside IT", "share",
      "ratio of sums of waiting time for a named party that is neither IT nor another stream / "
      "waiting time over finished items");
  add("flow.waiting.cost", "What the waiting of finished work cost", "money",
      "sum of waiting time x cost of a day's delay of the value stream over finished items");
  return out;
}
const std::vector<FigureSpec>& waiting_specs() {
  static const std::vector<FigureSpec> all = specs();
  return all;
}

// Which waits a share is about.
bool counts(std::string_view key, PartyKind kind) {
  if (key == "flow.waiting.outside_it.share") return is_outside_it(kind);
  return key.starts_with(kParty) && key.substr(kParty.size()) == party_key(kind);
}
bool is_share(std::string_view key) {
  return key == "flow.waiting.outside_it.share" || key.starts_with(kParty);
}

// Waiting of each finished item, all of it and the part that `key` is about, in days.
struct Split {
  std::vector<double> part, whole;
};
Split split(const FlowReport& report, const Waiting& waiting, std::string_view key) {
  Split out{std::vector<double>(report.log.items.size(), 0),
            std::vector<double>(report.log.items.size(), 0)};
  for (const ItemWait& wait : waiting.waits) {
    const double days = days_of(wait.time);
    out.whole[wait.item] += days;
    if (counts(key, waiting.parties[wait.party].kind)) out.part[wait.item] += days;
  }
  return out;
}
std::vector<double> of_items(const std::vector<double>& by_item, const Waiting& waiting) {
  std::vector<double> out;
  out.reserve(waiting.items.size());
  for (const std::uint32_t item : waiting.items) out.push_back(by_item[item]);
  return out;
}

void fill_share(Figure& figure, const FlowReport& report, const Waiting& waiting) {
  if (!waiting.has_parties)
    return say(figure, Status::not_measurable, std::string(kHowToNameParties));
  const Split found = split(report, waiting, figure.key);
  const auto share =
      quant::ratio_of_sums(of_items(found.part, waiting), of_items(found.whole, waiting));
  if (share) set_spread(figure, *share, 0, 1);
}

void fill_cost(Figure& figure, const Waiting& waiting) {
  const auto total = waiting.cost.total();
  if (!total) return say(figure, Status::not_measurable, why_no_cost(waiting.cost));
  figure.value = *total;
  if (waiting.cost.without() > 0)
    figure.trail.notes.emplace_back(
        "without the waiting in value streams that do not say what a day's delay costs");
}

std::vector<Figure> compute(const FigureBook& book) {
  const FlowReport& report = *report_of(book);
  const Waiting& waiting = *waiting_of(book);
  FigureSheet sheet(report, waiting_specs());
  for (const FigureSpec& spec : waiting_specs()) {
    Figure& figure =
        sheet.rests_on(spec.key, waiting.items.size(), "finished in the window, history known");
    if (waiting.items.empty() && waiting.from_lists > 0) {
      say(figure, Status::not_measurable, std::string(kNoHistory));
    } else if (waiting.items.empty()) {
      say(figure, Status::too_few, "no item finished in the window");
    } else if (waiting.time == 0 && spec.key != "flow.waiting.mean") {
      say(figure, Status::too_few, "no finished work waited");
    } else if (is_share(spec.key)) {
      fill_share(figure, report, waiting);
    } else if (spec.key == "flow.waiting.cost") {
      fill_cost(figure, waiting);
    } else {
      const auto found = split(report, waiting, {});
      set_spread(figure, quant::mean_of(of_items(found.whole, waiting)), 0, 1e300);
    }
  }
  return sheet.take();
}

// In major units, as an auditor would write it.
double cost_of(const FlowReport& report, const ItemWait& wait) {
  const auto& day = report.log.streams[report.log.items[wait.item].stream].cost_of_delay_a_day;
  return day ? days_of(wait.time) * major_units(*day) : 0;
}

std::vector<Evidence> cost_evidence(const FlowReport& report, const Waiting& waiting,
                                    std::size_t offset, std::size_t limit) {
  std::vector<Piece> pieces;
  for (std::uint32_t i = 0; i < waiting.waits.size(); ++i) {
    const ItemWait& wait = waiting.waits[i];
    if (report.log.streams[report.log.items[wait.item].stream].cost_of_delay_a_day)
      pieces.push_back({cost_of(report, wait), wait.item, i});
  }
  const Tell tell = [&](const Piece& piece, const ItemFlow& flow, Evidence& out) {
    const ItemWait& wait = waiting.waits[piece.sub];
    out.what = fmt::format("{} days in {}", shortest(days_of(wait.time)),
                           report.log.state_name(wait.state));
    const auto touches = touches_of(report.log, report.log.items[flow.item]);
    add_place(report.log.transitions, touches[wait.touch].row, out);
  };
  return told(report, std::move(pieces), tell, offset, limit);
}

std::vector<Evidence> evidence(const FigureBook& book, std::string_view key, std::size_t offset,
                               std::size_t limit) {
  const FlowReport& report = *report_of(book);
  const Waiting& waiting = *waiting_of(book);
  if (key == "flow.waiting.cost") return cost_evidence(report, waiting, offset, limit);
  const Split found = split(report, waiting, key);
  const bool share = is_share(key);
  std::vector<Piece> pieces;
  for (const std::uint32_t item : waiting.items) {
    const double whole = found.whole[item];
    pieces.push_back({!share ? whole : whole > 0 ? found.part[item] / whole : 0, item});
  }
  const Tell tell = [&](const Piece& piece, const ItemFlow& flow, Evidence& out) {
    out.what = fmt::format("part={} whole={} days of this waiting, of all its waiting",
                           shortest(share ? found.part[piece.item] : found.whole[piece.item]),
                           shortest(found.whole[piece.item]));
    place_ends(report, flow, out);
  };
  return told(report, std::move(pieces), tell, offset, limit);
}

}  // namespace

FigureFamily waiting_family() {
  return {
      .name = "flow.waiting", .figures = waiting_specs(), .compute = compute, .evidence = evidence};
}

}  // namespace tiebeam::flow
