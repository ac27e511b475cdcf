#include <fmt/format.h>

#include "rooms/flow/engine/figure_set.h"
#include "rooms/flow/engine/unplanned/unplanned.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kKey = "flow.unplanned.share";

std::vector<Evidence> evidence(const FlowReport& report, const Unplanned& found, std::size_t offset,
                               std::size_t limit) {
  std::vector<EvidencePiece> pieces;
  for (std::uint32_t i = 0; i < found.begun.size(); ++i)
    pieces.push_back({found.begun[i].is_unplanned ? 1.0 : 0.0, found.begun[i].item, i});
  return page_of(std::move(pieces), offset, limit, [&](const EvidencePiece& piece) {
    const Begun& begun = found.begun[piece.sub];
    Evidence out;
    out.subject = item_subject(report.log, begun.item);
    out.what = fmt::format(
        "{}, asked for {}, worked on from {}", begun.is_urgent ? "urgent" : "not urgent",
        format_instant(instant_of(begun.asked)), format_instant(instant_of(begun.at)));
    add_place(report.log.facts, report.log.items[begun.item].fact_row, out);
    add_place(report.log.transitions, begun.row, out);
    return out;
  });
}

std::string why_none_began(const FlowReport& report) {
  const bool only_lists = report.quality.from_lists > 0 &&
                          std::ranges::all_of(report.walked.items, &ItemFlow::is_ticket);
  if (only_lists)
    return "a list of tickets does not tell when work on them began: import their history "
           "(tiebeam import FILE --format events with item,at,state)";
  return "no work entered an active state in the window: check what the state map calls active";
}

}  // namespace

const std::vector<FigureSpec>& unplanned_specs() {
  static const std::vector<FigureSpec> all = {figure_spec(
      kKey, "Begun work that nobody had planned", "share",
      "mean of 1 (an incident or of an urgent type or priority, and active within 24 hours of "
      "being "
      "asked for) or 0 over items that entered an active state for the first time in the window",
      "docs/method/unplanned.md")};
  return all;
}

std::vector<Figure> unplanned_figures(const FlowReport& report, const Unplanned& found) {
  FigureSet set(unplanned_specs(), report.as_of, sources_behind(report.log));
  Figure& figure = set.rests_on(kKey, "work_item", found.begun.size(),
                                "entered an active state for the first time in the window");
  const auto note = [&](std::size_t count, std::string_view what) {
    if (count > 0) figure.trail.notes.push_back(fmt::format("{} {}", count, what));
  };
  note(found.without_created,
       "items have no date of creation: their first event counts as when they were asked for");
  note(found.without_words, "items name neither type nor priority: not counted as urgent");
  note(found.truncated, "items began before their first event and are left out");
  if (found.begun.empty()) {
    const bool is_empty = report.log.items.empty();
    say(figure, is_empty ? Status::too_few : Status::not_measurable,
        is_empty ? "there is no work in the window" : why_none_began(report));
  } else if (found.without_words == found.begun.size()) {
    say(figure, Status::not_measurable,
        "the source names neither type nor priority of its work: add the column type (incident, "
        "request, ...) or priority to the file");
  } else {
    set_share(figure, static_cast<std::size_t>(found.unplanned), found.begun.size(), 1, "");
  }
  return set.take();
}

FigureFamily unplanned_family() {
  FigureFamily family;
  family.name = "flow.unplanned";
  family.figures = unplanned_specs();
  family.compute = [](const FigureBook& book) {
    return unplanned_figures(*report_of(book), *unplanned_of(book));
  };
  family.evidence = [](const FigureBook& book, std::string_view, std::size_t offset,
                       std::size_t limit) {
    return evidence(*report_of(book), *unplanned_of(book), offset, limit);
  };
  return family;
}

}  // namespace tiebeam::flow
