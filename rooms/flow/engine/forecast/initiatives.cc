#include "rooms/flow/engine/forecast/initiatives.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "model/figure_kit.h"
#include "rooms/flow/engine/forecast/forecast.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kLeastOwn = 5;  // finished items that tell a share of a stream's pace
constexpr int kShareDays = 91;        // of the newest finishes: 13 weeks
constexpr std::int64_t kMicrosADay = 86'400'000'000;

std::string slug_of(std::string_view name) {
  return is_slug(name) ? std::string(name) : slugify(name);
}

std::string text_of(const Snapshot& snapshot, std::string_view type, const Record& record,
                    std::string_view field) {
  const RecordType* described = snapshot.catalog ? snapshot.catalog->find(type) : nullptr;
  const std::size_t at = described ? described->index_of(field) : std::string::npos;
  if (at >= record.values.size()) return {};
  const auto* text = std::get_if<std::string>(&record.values[at]);
  return text ? *text : std::string{};
}

// Items are sorted by key.
std::optional<std::size_t> item_called(const FlowLog& log, std::string_view key) {
  const auto at = std::ranges::lower_bound(log.items, key, {},
                                           [&](const Item& item) { return log.key_of(item); });
  if (at == log.items.end() || log.key_of(*at) != key) return std::nullopt;
  return static_cast<std::size_t>(at - log.items.begin());
}

void read_sources(const FlowLog& log, std::vector<std::string>& out) {
  if (!log.facts) return;
  const Column& item = log.facts->column("item");
  const Column& initiative = log.facts->column("initiative");
  const auto& at = log.facts->column("at").wide;
  const std::int64_t limit = log.as_of.time_since_epoch().count();
  std::map<std::size_t, std::int64_t> newest;
  for (std::size_t row = 0; row < log.facts->rows(); ++row) {
    if (initiative.narrow[row] == 0 || at[row] > limit) continue;
    const auto found = item_called(log, item.names.name(item.narrow[row]));
    if (!found) continue;
    const auto [held, is_new] = newest.emplace(*found, at[row]);
    if (!is_new && at[row] < held->second) continue;
    held->second = at[row];
    out[*found] = slug_of(initiative.names.name(initiative.narrow[row]));
  }
}

void read_people(const FlowLog& log, std::vector<std::string>& out) {
  const Snapshot& snapshot = *log.snapshot;
  std::map<std::string, std::size_t> by_slug;
  const auto item_of = [&](const std::string& slug) -> std::optional<std::size_t> {
    if (by_slug.empty()) {
      for (std::size_t i = 0; i < log.items.size(); ++i)
        by_slug.emplace(slugify(log.key_of(log.items[i])), i);
    }
    const auto held = by_slug.find(slug);
    return held == by_slug.end() ? std::nullopt : std::optional(held->second);
  };
  constexpr std::string_view kItem = "work_item/", kInitiative = "initiative/";
  for (const Link& link : snapshot.all<Link>()) {
    if (link.kind != "serves" || !link.from.starts_with(kItem) || !link.to.starts_with(kInitiative))
      continue;
    if (const auto at = item_of(link.from.substr(kItem.size())))
      out[*at] = link.to.substr(kInitiative.size());
  }
  for (const WorkItem& record : snapshot.all<WorkItem>()) {
    if (record.initiative.empty()) continue;
    auto at = record.key.empty() ? std::nullopt : item_called(log, record.key);
    if (!at) at = item_of(record.id);
    if (at) out[*at] = record.initiative.str();
  }
}

// What one stream does for an initiative.
struct Part {
  std::size_t open = 0, finished = 0;
  std::size_t lately = 0;          // finished in the last kShareDays
  std::int64_t newest = kMissing;  // when the last of them was finished
};

// The weeks ahead of streams, each made when first asked for: what compute_forecast looks at,
// without the report cards.
class StreamsAhead {
 public:
  explicit StreamsAhead(const FlowReport& report) : report_(report) {}

  // Chance that each stream has finished its items by the end of week 1, 2, ... as far as the
  // surest answer needs; or why that cannot be told.
  struct Answer {
    std::vector<double> done, later;
    std::string reason;
    bool is_refused = false;
  };
  Answer when(const std::vector<std::pair<std::uint32_t, std::size_t>>& asked) {
    if (each_.empty()) each_ = histories(report_);
    std::size_t known = 0;
    for (const auto& [stream, items] : asked) {
      if (const auto no = refusal(report_, each_[stream])) return {{}, {}, no->reason, true};
      const std::size_t own = each_[stream].series.size();
      known = known == 0 ? own : std::min(known, own);
    }
    const std::size_t most = most_weeks_ahead(known);
    std::vector<Due> due;
    for (const auto& [stream, items] : asked)
      due.push_back({&outlook(stream, most), points_of({.low = items, .high = items})});
    Answer out;
    out.done = done_together(due, most, kSure).all;
    const auto sure = week_reaching(out.done, kSure);
    if (!sure) {
      out.reason =
          fmt::format("{} weeks is as far as this history lets a forecast look", out.done.size());
      out.later = after(asked, most);
    }
    out.done.resize(std::min(out.done.size(), std::max(kAtLeast, sure.value_or(most) + 1)));
    return out;
  }

 private:
  static constexpr std::size_t kAtLeast = 13;
  static constexpr std::size_t kMostWeeks = 1040, kFinerUntil = 52;
  static constexpr double kSure = 0.95, kAllButSure = 1 - 1e-6;
  // Weeks most + 1, most + 2, ...: N items by week w are N most / w by week `most`, as long as the
  // pace goes on. Looked at every week at first, later more seldom; in between nothing is gained.
  std::vector<double> after(const std::vector<std::pair<std::uint32_t, std::size_t>>& asked,
                            std::size_t most) {
    std::vector<double> out;
    double reached = 0;
    for (std::size_t week = most + 1; week <= kMostWeeks && reached < kAllButSure;) {
      double chance = 1;
      for (const auto& [stream, items] : asked) {
        const std::size_t fewer = (items * most + week - 1) / week;
        const auto points = points_of({.low = fewer, .high = fewer});
        outlook(stream, most).prepare(most);  // asked of again and again
        chance *= outlook(stream, most).done_by_week(points, most).back();
      }
      reached = std::max(reached, chance);
      const std::size_t next = std::min(kMostWeeks + 1, week + 1 + week / kFinerUntil);
      out.resize(next - most - 1, reached);
      week = next;
    }
    return out;
  }
  const Outlook& outlook(std::uint32_t stream, std::size_t most) {
    auto& held = outlooks_[{stream, most}];
    if (held) return *held;
    if (!horizons_) horizons_ = lend_to_each_other();
    held = std::make_unique<const Outlook>(horizons_, at_[stream],
                                           working_weeks_ahead(report_, each_[stream], most));
    return *held;
  }
  // Every stream's past errors count for every other.
  std::shared_ptr<const Horizons> lend_to_each_other() {
    std::vector<Series> all;
    for (const History& each : each_) {
      at_.push_back(all.size());
      if (each.series.size() > 0) all.push_back(each.series);
    }
    return std::make_shared<const Horizons>(std::move(all));
  }

  const FlowReport& report_;
  std::vector<History> each_;
  std::vector<std::size_t> at_;  // of a stream among the series
  std::shared_ptr<const Horizons> horizons_;
  std::map<std::pair<std::uint32_t, std::size_t>, std::unique_ptr<const Outlook>> outlooks_;
};

class Maker {
 public:
  explicit Maker(const FlowReport& report)
      : report_(report),
        ahead_(report),
        of_(initiative_of_items(report.log)),
        lately_(report.log.streams.size(), 0),
        open_(report.log.streams.size(), 0) {
    for (const ItemFlow& flow : report.walked.items) {
      const std::uint32_t stream = report.log.items[flow.item].stream;
      if (is_open(flow)) ++open_[stream];
      if (is_lately(flow)) ++lately_[stream];
      if (!of_[flow.item].empty()) count(flow, parts_[of_[flow.item]][stream]);
    }
  }
  InitiativeForecasts all() {
    const Snapshot& snapshot = *report_.log.snapshot;
    InitiativeForecasts out;
    for (const Record& record : snapshot.of("initiative")) {
      const std::string stage = text_of(snapshot, "initiative", record, "stage");
      if (stage == "stopped") continue;
      const bool is_over = stage == "done";
      const auto own = parts_.find(record.id());
      if (own != parts_.end()) {
        out.each.push_back(of_own(record.id(), own->second, is_over));
        continue;
      }
      const std::string stream = text_of(snapshot, "initiative", record, "value_stream");
      if (stream.empty()) continue;
      out.each.push_back(is_over ? over(record.id(), stream) : of_stream(record.id(), stream));
    }
    return out;
  }

 private:
  using Question =
      std::vector<std::pair<std::uint32_t, std::size_t>>;  // streams, and items of each
  [[nodiscard]] static bool is_open(const ItemFlow& flow) {
    return flow.standing == Standing::open || flow.standing == Standing::waiting_to_start;
  }
  [[nodiscard]] bool is_lately(const ItemFlow& flow) const {
    return flow.counted != kMissing && flow.counted <= report_.window.horizon &&
           flow.counted > report_.window.horizon - kShareDays * kMicrosADay;
  }
  void count(const ItemFlow& flow, Part& part) const {
    if (is_open(flow)) ++part.open;
    if (flow.is_finished()) ++part.finished;
    if (is_lately(flow)) ++part.lately;
    if (flow.is_finished() && flow.finish != kMissing)
      part.newest = part.newest == kMissing ? flow.finish : std::max(part.newest, flow.finish);
  }
  [[nodiscard]] Day day(std::int64_t at) const {
    const Snapshot& snapshot = *report_.log.snapshot;
    return day_of(instant_of(at), snapshot.zone(snapshot.organisation.zone));
  }
  [[nodiscard]] InitiativeForecast begin(const std::string& id) const {
    InitiativeForecast out;
    out.initiative = id;
    out.today = day(report_.window.horizon);
    return out;
  }
  // Done, without an item of its own.
  [[nodiscard]] InitiativeForecast over(const std::string& id, const std::string& stream) const {
    InitiativeForecast out = begin(id);
    out.streams = {stream};
    out.is_over = true;
    out.status = Status::too_few;
    out.reason = "it is done, and no item of its own says since when";
    return out;
  }
  void set_finished(const std::map<std::uint32_t, Part>& parts, InitiativeForecast& out) const {
    std::int64_t newest = kMissing;
    for (const auto& [stream, part] : parts) {
      out.streams.push_back(report_.log.streams[stream].id);
      if (part.newest != kMissing)
        newest = newest == kMissing ? part.newest : std::max(newest, part.newest);
    }
    if (newest != kMissing) {
      out.finished_on = day(newest);
    } else {
      out.status = Status::too_few;
      out.reason = "none of its items was finished";
    }
  }

  InitiativeForecast of_own(const std::string& id, const std::map<std::uint32_t, Part>& parts,
                            bool is_over) {
    InitiativeForecast out = begin(id);
    out.has_own_items = true;
    out.is_over = is_over;
    Question question;
    std::size_t own = 0, all = 0;
    for (const auto& [stream, part] : parts) {
      out.open += is_over ? 0 : part.open;
      out.finished += part.finished;
      if (part.open == 0 || is_over) continue;
      // For each item of its own the stream finishes others, too, as it did lately.
      const bool tells = part.lately >= kLeastOwn;
      const double share =
          tells ? static_cast<double>(part.lately) / static_cast<double>(lately_[stream]) : 1;
      own += tells ? part.lately : 1;
      all += tells ? lately_[stream] : 1;
      ask(stream, static_cast<std::size_t>(std::round(static_cast<double>(part.open) / share)), out,
          question);
    }
    if (all > 0) out.own_share = static_cast<double>(own) / static_cast<double>(all);
    if (out.open == 0) set_finished(parts, out);
    answer(question, out);
    return out;
  }
  InitiativeForecast of_stream(const std::string& id, const std::string& stream) {
    InitiativeForecast out = begin(id);
    const auto& streams = report_.log.streams;
    const auto found = std::ranges::find(streams, stream, &Stream::id);
    if (found == streams.end()) {
      out.streams = {stream};
      out.status = Status::too_few;
      out.reason = fmt::format("no work of the stream '{}' is on record", stream);
      return out;
    }
    Question question;
    const auto at = static_cast<std::uint32_t>(found - streams.begin());
    out.open = open_[at];
    if (out.open > 0) {
      ask(at, out.open, out, question);
    } else {
      out.streams = {stream};
      out.status = Status::too_few;
      out.reason = fmt::format("nothing is open in the stream '{}'", stream);
      return out;
    }
    answer(question, out);
    return out;
  }
  void ask(std::uint32_t stream, std::size_t items, InitiativeForecast& out,
           Question& question) const {
    items = std::clamp<std::size_t>(items, 1, kMostItems);
    out.streams.push_back(report_.log.streams[stream].id);
    out.scope += items;
    question.emplace_back(stream, items);
  }
  void answer(const Question& question, InitiativeForecast& out) {
    if (question.empty()) return;  // all of it is done
    StreamsAhead::Answer found = ahead_.when(question);
    out.done_by_week = std::move(found.done);
    out.later_by_week = std::move(found.later);
    out.reason = std::move(found.reason);
    if (found.is_refused) out.status = Status::too_few;
  }

  const FlowReport& report_;
  StreamsAhead ahead_;
  std::vector<std::string> of_;             // by item
  std::vector<std::size_t> lately_, open_;  // by stream
  std::map<std::string, std::map<std::uint32_t, Part>> parts_;
};

FigureSpec spec() {
  return {std::string(kInitiativeForecasts),
          "Initiatives whose open work has a forecast",
          "initiatives",
          "count of initiatives whose open work can be forecast",
          "docs/method/forecast.md",
          1,
          {}};
}

std::shared_ptr<const InitiativeForecasts> forecasts_of(const FigureBook& book) {
  return book.once<InitiativeForecasts>(std::string(kInitiativeForecasts), [&] {
    return compute_initiative_forecasts(*report_of(book));
  });
}

std::vector<const InitiativeForecast*> told(const InitiativeForecasts& all) {
  std::vector<const InitiativeForecast*> out;
  for (const InitiativeForecast& each : all.each) {
    if (each.status == Status::ok && !each.is_over) out.push_back(&each);
  }
  return out;
}

std::vector<Figure> figures(const FigureBook& book) {
  const InitiativeForecasts& all = *forecasts_of(book);
  Figure figure = blank_figure(spec(), report_of(book)->as_of);
  const auto looked_at =
      static_cast<std::size_t>(std::ranges::count(all.each, false, &InitiativeForecast::is_over));
  rest_on(figure, "initiative", looked_at, "with work of their own or a value stream");
  figure.value = static_cast<double>(told(all).size());
  return {std::move(figure)};
}

std::string words(const InitiativeForecast& one) {
  if (one.open == 0) return fmt::format("all {} items are done", one.finished);
  std::string out =
      fmt::format("{} open items{} in {}", one.open, one.has_own_items ? "" : ", all there are,",
                  fmt::join(one.streams, ", "));
  if (one.scope > one.open)
    out += fmt::format(", done once {} are: it gets {:.0f} of 100", one.scope, 100 * one.own_share);
  const auto week = week_reaching(one.done_by_week, 0.85);
  return out + (week ? fmt::format("; in 85 of 100 cases within {} weeks", *week)
                     : std::string("; further than the forecast looks"));
}

std::vector<Evidence> evidence(const FigureBook& book, std::size_t offset, std::size_t limit) {
  const auto all = told(*forecasts_of(book));
  std::vector<Evidence> out;
  for (std::size_t i = offset; i < all.size() && out.size() < limit; ++i) {
    const auto week = week_reaching(all[i]->done_by_week, 0.85);
    out.push_back({.subject = "initiative/" + all[i]->initiative,
                   .value = week ? std::optional(7.0 * static_cast<double>(*week)) : std::nullopt,
                   .what = words(*all[i]),
                   .places = {}});
  }
  return out;
}

}  // namespace

std::vector<std::string> initiative_of_items(const FlowLog& log) {
  std::vector<std::string> out(log.items.size());
  read_sources(log, out);
  read_people(log, out);
  return out;
}

InitiativeForecasts compute_initiative_forecasts(const FlowReport& report) {
  return Maker(report).all();
}

FigureFamily initiative_forecast_family() {
  FigureFamily family;
  family.name = std::string(kInitiativeForecasts);
  family.figures = {spec()};
  family.compute = figures;
  family.evidence = [](const FigureBook& book, std::string_view /*key*/, std::size_t offset,
                       std::size_t limit) { return evidence(book, offset, limit); };
  return family;
}

}  // namespace tiebeam::flow
