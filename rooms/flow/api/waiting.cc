#include <algorithm>
#include <tuple>

#include "rooms/flow/api/answers.h"
#include "rooms/flow/columns.h"
#include "rooms/flow/waits_json.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kMostRows = 200;
constexpr const char* kMethod = "docs/method/bottlenecks.md";
constexpr ColumnNote kColumns[] = {
    {"items", "days", "Waited", "days",
     "sum of waiting time of the item in the state; of open work, since it entered the state",
     kMethod},
    {"items", "share_of_item", "Share of its flow time", "share", "days / (finish - commit)",
     kMethod},
};
constexpr RowName kRows[] = {{"items", "item"}};

struct Row {
  std::uint32_t item;
  std::string_view state, team;
  double days;
  std::optional<double> share;
  bool is_open;
};

class Finder {
 public:
  Finder(const FigureBook& book, const WaitingWords& words)
      : report_(*report_of(book)), waiting_(*waiting_of(book)), words_(words) {}

  Json answer() {
    finished();
    open();
    std::ranges::sort(rows_, [](const Row& a, const Row& b) {
      return std::tie(b.days, a.item, a.state) < std::tie(a.days, b.item, b.state);
    });
    const std::size_t all = rows_.size();
    if (all > kMostRows) rows_.resize(kMostRows);
    Json out = Json::object({{"state", words_.state},
                             {"party", words_.party ? Json(*words_.party) : Json()},
                             {"stream", words_.stream},
                             {"n", items_},
                             {"open", all - counted_},
                             {"days", days_},
                             {"items", each(rows_, [&](const Row& row) { return row_json(row); })},
                             {"as_of", format_instant(report_.as_of)},
                             {"from", format_instant(report_.from)},
                             {"to", format_instant(report_.to)}});
    add_columns(out, {kRows, kColumns});
    return out;
  }

 private:
  [[nodiscard]] bool holds(std::string_view state, std::string_view party,
                           std::uint32_t item) const {
    if (!words_.state.empty() && words_.state != state) return false;
    if (words_.party && *words_.party != party) return false;
    const Stream& stream = report_.log.streams[report_.log.items[item].stream];
    return words_.stream.empty() || words_.stream == stream.id;
  }

  void finished() {
    std::uint32_t last = kNone;
    for (const ItemWait& wait : waiting_.waits) {
      const std::string_view state = report_.log.state_name(wait.state);
      if (!holds(state, waiting_.parties[wait.party].party, wait.item)) continue;
      const ItemFlow& flow = report_.walked.items[wait.item];
      const auto cycle = static_cast<double>(flow.finish - flow.commit);
      const auto touches = touches_of(report_.log, report_.log.items[wait.item]);
      const double days = days_of(wait.time);
      rows_.push_back({wait.item, state, report_.log.team_name(touches[wait.touch].team), days,
                       static_cast<double>(wait.time) / cycle, false});
      days_ += days;
      items_ += wait.item != last ? 1 : 0;
      last = wait.item;
    }
    counted_ = rows_.size();
  }

  void open() {
    for (const AgingRow& row : report_.aging) {
      const bool waits = row.meaning == Meaning::wait || row.meaning == Meaning::blocked ||
                         row.meaning == Meaning::backlog;
      const Item& item = report_.log.items[row.index];
      if (!waits || item.is_ticket) continue;
      if (!holds(row.state, report_.log.maps[item.map].map.party_of(row.state), row.index))
        continue;
      rows_.push_back({row.index, row.state, row.team, row.state_age_days, std::nullopt, true});
    }
  }

  [[nodiscard]] Json row_json(const Row& row) const {
    return Json::object({{"item", report_.log.key_of(report_.log.items[row.item])},
                         {"state", row.state},
                         {"team", row.team},
                         {"days", row.days},
                         {"share_of_item", or_null(row.share)},
                         {"open", row.is_open}});
  }

  const FlowReport& report_;
  const Waiting& waiting_;
  const WaitingWords& words_;
  std::vector<Row> rows_;
  std::size_t items_ = 0, counted_ = 0;
  double days_ = 0;
};

}  // namespace

Json waiting_items(const FigureBook& book, const WaitingWords& words) {
  return Finder(book, words).answer();
}

}  // namespace tiebeam::flow
