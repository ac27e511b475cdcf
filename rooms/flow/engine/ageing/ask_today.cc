#include "rooms/flow/engine/ageing/ask_today.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "model/figure_text.h"
#include "rooms/flow/engine/pieces.h"
#include "rooms/flow/engine/sheet.h"

namespace tiebeam::flow {
namespace {

std::string against_state(const AgingRow& row) {
  const std::string stays =
      fmt::format("In {} for {}", row.state, in_words(row.state_age_days, "days"));
  if (row.past_all_ended)
    return fmt::format("{}; none of the {} stays there that ended took so long", stays,
                       row.pace.ended);
  if (!row.pace.percentile) return stays;
  if (*row.pace.percentile >= 0.995) return stays + "; hardly any stay there lasted longer";
  return fmt::format("{}; {:.0f} of 100 stays there are shorter", stays,
                     100 * *row.pace.percentile);
}
std::string against_promise(const AgingRow& row) {
  return fmt::format("egun {} ago; {} were promised", in_words(row.age_days, "days"),
                     in_words(*row.promised_days, "days"));
}

bool past_promise(const AgingRow& row) {
  return row.promised_days && row.age_days > *row.promised_days;
}

// By its state, as far as stays there can be compared.
std::optional<double> state_line(const AgingRow& row) {
  if (row.past_state_line) return row.pace.line_days;
  return row.past_all_ended ? row.pace.longest_ended_days : std::nullopt;
}
bool can_be_judged(const AgingRow& row) {
  return row.pace.line_days || row.pace.longest_ended_days || row.promised_days;
}

AskRow judged(const AgingRow& row, std::size_t index) {
  AskRow out;
  out.aging = index;
  if (const auto line = state_line(row)) {
    out.surprise = row.pace.percentile.value_or(0);
    out.overrun = *line > 0 ? row.state_age_days / *line : row.state_age_days;
    out.why = against_state(row);
  }
  if (past_promise(row)) {
    const double promised = *row.promised_days;
    out.surprise = std::max(out.surprise, row.percentile);
    out.overrun = std::max(out.overrun, promised > 0 ? row.age_days / promised : row.age_days);
    out.why += out.why.empty() ? "B" + against_promise(row) : "; b" + against_promise(row);
  }
  out.why += ".";
  return out;
}

const std::vector<FigureSpec>& specs() {
  static const std::vector<FigureSpec> all = {{"flow.ask_today",
                                               "Open work to ask about today",
                                               "items",
                                               "count of items in progress that are in their state "
                                               "for longer than 85 of 100 stay there (where that "
                                               "is not reached: than all that ended), or older "
                                               "than their stream promised",
                                               "docs/method/bottlenecks.md",
                                               1,
                                               {}}};
  return all;
}

std::vector<Figure> compute(const FigureBook& book) {
  const FlowReport& report = *report_of(book);
  FigureSheet sheet(report, specs());
  Figure& figure =
      sheet.rests_on("flow.ask_today", report.aging.size(), "in progress at the end of the window");
  figure.value = static_cast<double>(ask_today(report).size());
  const auto judged = std::ranges::count_if(report.aging, can_be_judged);
  const auto unjudged = std::ssize(report.aging) - judged;
  if (unjudged == 0) return sheet.take();
  const std::string why =
      unjudged == 1 ? "1 open item is in a state in which too few stays have ended to compare it, "
                      "and its stream promises nothing"
                    : fmt::format(
                          "{} open items are in states in which too few stays have ended "
                          "to compare them, and their stream promises nothing",
                          unjudged);
  if (judged == 0) {
    say(figure, Status::too_few, why);
  } else {
    figure.trail.notes.push_back(why);
  }
  return sheet.take();
}

std::vector<Evidence> evidence(const FigureBook& book, std::string_view /*key*/, std::size_t offset,
                               std::size_t limit) {
  const FlowReport& report = *report_of(book);
  std::vector<Piece> pieces;
  const std::vector<AskRow> rows = ask_today(report);
  for (std::uint32_t i = 0; i < rows.size(); ++i)
    pieces.push_back({1, report.aging[rows[i].aging].index, i});
  const Tell tell = [&](const Piece& piece, const ItemFlow& flow, Evidence& out) {
    out.what = rows[piece.sub].why;
    const auto touches = touches_of(report.log, report.log.items[flow.item]);
    if (flow.state_touch != kNone)
      add_place(report.log.transitions, touches[flow.state_touch].row, out);
  };
  return told(report, std::move(pieces), tell, offset, limit);
}

}  // namespace

std::vector<AskRow> ask_today(const FlowReport& report) {
  std::vector<AskRow> out;
  for (std::size_t i = 0; i < report.aging.size(); ++i) {
    const AgingRow& row = report.aging[i];
    if (state_line(row) || past_promise(row)) out.push_back(judged(row, i));
  }
  std::ranges::sort(out, [&](const AskRow& a, const AskRow& b) {
    const AgingRow& left = report.aging[a.aging];
    const AgingRow& right = report.aging[b.aging];
    return std::tie(b.surprise, b.overrun, right.age_days, left.item) <
           std::tie(a.surprise, a.overrun, left.age_days, right.item);
  });
  return out;
}

FigureFamily ask_today_family() {
  return {.name = "flow.ask_today", .figures = specs(), .compute = compute, .evidence = evidence};
}

}  // namespace tiebeam::flow
