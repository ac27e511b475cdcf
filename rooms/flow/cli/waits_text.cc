#include "rooms/flow/cli/waits_text.h"

#include <fmt/format.h>

#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/flow/capacity_json.h"
#include "rooms/flow/waits_json.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kShown = 7;

std::string days(const std::optional<double>& value) {
  return value ? in_words(*value, "days") : "too few";
}
std::string share(const std::optional<double>& value) {
  return value ? in_words(*value, "share") : "";
}
std::string range(const std::optional<Interval>& interval, const char* unit) {
  Figure figure;
  figure.unit = unit;
  figure.interval = interval;
  return between(figure);
}
std::string titled(std::string_view title, const cli::TextTable& table,
                   std::string_view notes = {}) {
  return table.empty() ? std::string{} : fmt::format("{}\n{}{}\n", title, table.text(), notes);
}

std::string bottlenecks(const FigureBook& book) {
  cli::TextTable table({"without", ">average less", "9 in 10 between", ">85 % less", "constraint"});
  std::string because;
  for (const Bottleneck& row : bottlenecks_of(book)->rows) {
    if (because.empty()) because = cli::wrap(row.state + ": " + row.judged.because) + "\n";
    table.add(
        {cli::fit(row.state, 30), days(row.effects.mean.saved),
         range(row.effects.mean.interval, "days"), days(row.effects.p85.saved),
         std::string(constraint_name(row.judged.constraint)) + (row.is_tied ? ", tied" : "")});
  }
  if (table.empty()) return {};
  return fmt::format("What finished work would have saved\n{}{}", table.text(), because);
}

std::string parties(const FigureBook& book) {
  const Waiting& waiting = *waiting_of(book);
  if (waiting.time == 0) return {};
  cli::TextTable table({"waited for", ">share", "9 in 10 between", ">items", ">now"});
  for (const PartyRow& row : waiting.parties) {
    table.add({cli::fit(row.party.empty() ? "(nobody named)" : row.party, 36), share(row.share),
               range(row.interval, "share"), counted(static_cast<std::int64_t>(row.items)),
               counted(static_cast<std::int64_t>(row.now))});
  }
  std::string missing = waiting.missing.empty() ? "" : cli::wrap("to say more: " + waiting.missing);
  return fmt::format("Whom finished work waited for\n{}{}{}\n", table.text(),
                     cli::wrap(waiting.sentence), missing);
}

std::string asks(const FigureBook& book) {
  const FlowReport& report = *report_of(book);
  std::string out;
  const auto rows = ask_today(report);
  for (std::size_t i = 0; i < rows.size() && i < kAskedToday; ++i)
    out += cli::wrap(fmt::format("{}: {}", report.aging[rows[i].aging].item, rows[i].why));
  if (rows.size() > kAskedToday) out += fmt::format("and {} more\n", rows.size() - kAskedToday);
  return out.empty() ? out : "Ask about these today\n" + out + "\n";
}

// A reason is a sentence: it stands below the table, which would cut it off.
void note_below(std::string& notes, std::string_view name, std::string_view reason) {
  notes += cli::wrap(fmt::format("{}: {}", name, reason), cli::kTextWidth, "  ");
}

std::string verdict(const DemandRow& row) {
  if (row.trend != Trend::grows && row.trend != Trend::shrinks) return "none, see below";
  if (!row.weeks_to) return std::string(trend_name(row.trend));
  return fmt::format("{} in {} weeks", row.trend == Trend::grows ? "doubled" : "gone",
                     rounded(row.weeks_to->value));
}

std::string demand(const FigureBook& book) {
  cli::TextTable table({"value stream", ">in progress", ">grows a week", "9 in 10 between",
                        ">do not begin", "forecast"});
  std::string notes;
  for (const DemandRow& row : demand_of(book)->rows) {
    if (!row.net) continue;
    const std::string name = cli::fit(row.name.empty() ? "(none)" : row.name, 24);
    if (row.trend != Trend::grows && row.trend != Trend::shrinks)
      note_below(notes, name, row.reason);
    table.add({name, counted(row.now), rounded(row.net->value),
               fmt::format("{} to {}", rounded(row.net->low), rounded(row.net->high)),
               row.stop ? rounded(row.stop->value) : "", verdict(row)});
  }
  return titled("Demand against capacity", table, notes);
}

std::string teams(const FigureBook& book) {
  cli::TextTable table({"team", ">people", ">with work", ">worked on", "10 % more load adds"});
  std::size_t shown = 0;
  std::string notes;
  for (const TeamRow& row : utilisation_of(book)->rows) {
    if (!row.utilisation || shown == kShown) continue;
    ++shown;
    std::string more = row.more_load
                           ? fmt::format("{} to {} (estimate)", days(row.more_load->days_low),
                                         days(row.more_load->days_high))
                           : "not told, see below";
    if (!row.more_load) note_below(notes, cli::fit(row.team, 26), row.load_reason);
    table.add({cli::fit(row.team, 26), counted(static_cast<std::int64_t>(row.people)),
               share(row.utilisation), share(row.efficiency), std::move(more)});
  }
  return titled("Busy teams beside flowing work", table, notes);
}

}  // namespace

std::string waits_text(const FigureBook& book) {
  return bottlenecks(book) + parties(book) + asks(book);
}

std::string capacity_text(const FigureBook& book) { return demand(book) + teams(book); }

}  // namespace tiebeam::flow
