#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "rooms/flow/engine/figure_set.h"
#include "rooms/flow/engine/forecast/forecast.h"

namespace tiebeam::flow {
namespace {

std::unexpected<Error> bad_items(std::string_view found, std::string_view what) {
  return invalid("flow.forecast_bad_items", fmt::format("items '{}' {}", shown(found), what),
                 "give a number, 30, or a range that holds it nine times in ten, 20-40");
}

Result<std::size_t> count_in(std::string_view text, std::string_view whole) {
  const auto value = parse_integer(trim(text));
  if (!value) return bad_items(whole, "is neither a whole number nor a range of two");
  if (*value < 1) return bad_items(whole, "is less than one item");
  if (*value > static_cast<std::int64_t>(kMostItems))
    return bad_items(whole, fmt::format("is more than {} items", kMostItems));
  return static_cast<std::size_t>(*value);
}

Result<Scope> parse_scope(std::string_view text) {
  const std::size_t dash = text.find('-', 1);
  Scope out;
  TB_TRY(out.low, count_in(text.substr(0, dash), text));
  out.high = out.low;
  if (dash == std::string_view::npos) return out;
  TB_TRY(out.high, count_in(text.substr(dash + 1), text));
  if (out.high < out.low) return bad_items(text, "is a range that ends before it starts");
  if (out.high > kWidestRange * out.low)
    return bad_items(text, fmt::format("is a range over a factor of more than {}", kWidestRange));
  return out;
}

Result<std::vector<std::uint32_t>> parse_streams(const FlowReport& report, std::string_view text) {
  std::vector<std::uint32_t> out;
  if (text.empty()) return out;
  std::vector<std::string_view> known;
  for (const Stream& stream : report.log.streams) {
    if (!stream.id.empty()) known.push_back(stream.id);
  }
  for (const std::string_view part : split_at(text, ',')) {
    const std::string_view id = trim(part);
    const auto held = std::ranges::find(report.log.streams, id, &Stream::id);
    if (held == report.log.streams.end() || id.empty()) {
      return fail(Kind::not_found, "flow.no_such_stream",
                  fmt::format("no value stream '{}'{}", shown(id), did_you_mean(id, known)),
                  known.empty() ? "there is only work in no stream: leave the stream out"
                                : fmt::format("value streams: {}", fmt::join(known, ", ")));
    }
    const auto index = static_cast<std::uint32_t>(held - report.log.streams.begin());
    if (std::ranges::find(out, index) == out.end()) out.push_back(index);
  }
  return out;
}

Result<double> parse_split(std::string_view text) {
  if (text.empty()) return 0.0;
  const auto value = parse_number(trim(text));
  if (value && *value >= 0 && *value <= kLargestSplit) return *value;
  return invalid("flow.forecast_bad_split",
                 fmt::format("split '{}' is not a number from 0 to {}", shown(text), kLargestSplit),
                 "give how many further items come up for each one, as in 0.2");
}

Result<Day> parse_by(const FlowReport& report, std::string_view text, Day today) {
  const auto day = parse_day(trim(text));
  if (!day) {
    return invalid("flow.forecast_bad_date", fmt::format("by '{}' is not a day", shown(text)),
                   "write it as in 2026-03-31");
  }
  if (std::chrono::local_days{*day} <= std::chrono::local_days{today}) {
    return invalid("flow.forecast_bad_date",
                   fmt::format("by {} is not after {}, from which the forecast looks ahead",
                               format_day(*day), format_day(today)),
                   fmt::format("give a later day, or an earlier --as-of than {}",
                               format_instant(report.as_of)));
  }
  return *day;
}

Scope exactly(std::size_t items) { return {.low = items, .high = items}; }

ForecastQuestion of_all_work(std::size_t open) {
  return {.scopes = {exactly(open)}, .by = {}, .streams = {}, .left_out = {}};
}

// Streams with work in progress that no forecast can be made of are told of, not asked.
ForecastQuestion of_streams_with_a_pace(const FlowReport& report,
                                        const std::vector<History>& with_open) {
  ForecastQuestion out;
  for (const History& history : with_open) {
    if (const auto no = refusal(report, history)) {
      out.left_out.push_back(fmt::format("{} in progress in {} {} left out: {}",
                                         counted_of(history.open, "items"), history.name,
                                         history.open == 1 ? "is" : "are", no->reason));
      continue;
    }
    out.streams.push_back(history.streams.front());
    out.scopes.push_back(exactly(history.open));
  }
  return out;
}

Result<std::vector<Scope>> parse_scopes(std::string_view items, double split) {
  std::vector<Scope> out;
  for (const std::string_view each : split_at(items, ',')) {
    TB_TRY(Scope scope, parse_scope(trim(each)));
    scope.split = split;
    out.push_back(scope);
  }
  return out;
}

Result<ForecastQuestion> parse_open(const FlowReport& report, std::vector<std::uint32_t> streams,
                                    double split) {
  auto out = open_question(report, std::move(streams));
  if (!out)
    return invalid("flow.forecast_nothing_open", "nothing is in progress there",
                   "give a number of items, or ask how many are done by a day");
  for (Scope& scope : out->scopes) scope.split = split;
  return *std::move(out);
}

}  // namespace

std::optional<ForecastQuestion> open_question(const FlowReport& report,
                                              std::vector<std::uint32_t> streams) {
  const bool is_all = streams.empty();
  std::vector<History> with_open;
  std::size_t open = 0, all = 0;
  for (History& history : histories(report)) {
    all += history.open > 0 || !history.weeks.empty();
    const auto& own = history.streams.front();
    if (history.open == 0 || (!is_all && std::ranges::find(streams, own) == streams.end()))
      continue;
    open += history.open;
    with_open.push_back(std::move(history));
  }
  if (open == 0) return std::nullopt;
  if (is_all && all == 1) return of_all_work(open);
  if (is_all) {
    ForecastQuestion out = of_streams_with_a_pace(report, with_open);
    return out.streams.empty() ? of_all_work(open) : std::move(out);
  }
  ForecastQuestion out;
  for (const History& history : with_open) {
    out.streams.push_back(history.streams.front());
    out.scopes.push_back(exactly(history.open));
  }
  return out;
}

Result<ForecastQuestion> parse_question(const FlowReport& report, std::string_view items,
                                        std::string_view by, std::string_view streams,
                                        std::string_view split) {
  if (items.empty() && by.empty()) {
    return invalid("flow.forecast_no_question", "a forecast needs a question",
                   "ask when a number of items is done (items 30), or how many are done by a day "
                   "(by 2026-03-31)");
  }
  if (!items.empty() && !by.empty()) {
    return invalid("flow.forecast_two_questions", "items and by are two questions",
                   "ask one after the other");
  }
  ForecastQuestion out;
  TB_TRY(out.streams, parse_streams(report, streams));
  TB_TRY(const double rate, parse_split(split));
  if (!by.empty()) {
    if (rate > 0) {
      return invalid("flow.forecast_bad_split", "a split rate grows a number of items",
                     "leave it out when the question is how many by a day");
    }
    const History history =
        out.streams.empty() ? history_of_all(report) : history_of(report, out.streams);
    TB_TRY(out.by, parse_by(report, by, history.today));
    return out;
  }
  if (trim(items) == "open") return parse_open(report, std::move(out.streams), rate);
  TB_TRY(out.scopes, parse_scopes(items, rate));
  if (out.scopes.size() > 1 && out.scopes.size() != out.streams.size()) {
    return invalid("flow.forecast_items_count",
                   fmt::format("{} numbers of items for {} value streams", out.scopes.size(),
                               out.streams.size()),
                   "give one number for all, or one for each stream in the same order");
  }
  return out;
}

}  // namespace tiebeam::flow
