#include "rooms/flow/cli/arrays.h"

#include <fmt/format.h>

#include "cli/text_table.h"
#include "model/figure_text.h"

namespace tiebeam::flow {
namespace {

std::string days(const std::optional<double>& value) {
  return value ? in_words(*value, "days") : "too few";
}

std::string titled(std::string_view title, const cli::TextTable& table) {
  return table.empty() ? std::string{} : fmt::format("{}\n{}\n", title, table.text());
}

}  // namespace

std::string states_text(const FlowReport& report) {
  cli::TextTable table(
      {"state", "class", ">visits", ">now", ">half within", ">85 % within", ">share of time"});
  for (const StateRow& row : report.states) {
    table.add({cli::fit(row.state, 32), std::string(meaning_name(row.meaning)), counted(row.visits),
               counted(row.now), days(row.p50_days), days(row.p85_days),
               in_words(row.share, "share")});
  }
  return titled("Where the time goes", table);
}

std::string streams_text(const FlowReport& report) {
  if (report.streams.size() < 2) return {};
  cli::TextTable table(
      {"value stream", ">items", ">in progress", ">begun a week", ">finished a week"});
  for (const StreamRow& row : report.streams) {
    table.add({cli::fit(row.name.empty() ? "(none)" : row.name, 36), counted(row.items),
               counted(row.now), rounded(row.arrival_a_week), rounded(row.throughput_a_week)});
  }
  return titled("Arrivals against what is finished", table);
}

std::string aging_text(const FlowReport& report) {
  constexpr std::size_t kShown = 10;
  cli::TextTable table({"item", ">age", "state", ">in it", "team"});
  for (std::size_t i = 0; i < report.aging.size() && i < kShown; ++i) {
    const AgingRow& row = report.aging[i];
    table.add({cli::fit(row.item, 28), in_words(row.age_days, "days"), cli::fit(row.state, 24),
               in_words(row.state_age_days, "days"), row.team});
  }
  return titled("Oldest open work", table);
}

std::string handover_text(const FlowReport& report) {
  constexpr std::size_t kShown = 5;
  cli::TextTable table({"from", "to", ">times", ">share of its handovers", ">wait after"});
  for (std::size_t i = 0; i < report.handover.size() && i < kShown; ++i) {
    const HandoverRow& row = report.handover[i];
    table.add({cli::fit(row.from, 26), cli::fit(row.to, 26), counted(row.count),
               in_words(row.share, "share"), days(row.mean_wait_days)});
  }
  return titled("Handed over most often", table);
}

}  // namespace tiebeam::flow
