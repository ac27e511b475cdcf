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
    {"items", "days", "In the state", "days", "sum of time of the item in the state", kMethod},
    {"items", "share_of_item", "Share of its flow time", "share", "days / (finish - commit)",
     kMethod},
};
constexpr RowName kRows[] = {{"items", "item"}};

}  // namespace

Json state_items(const FigureBook& book, std::string_view state) {
  const FlowReport& report = *report_of(book);
  const FinishedStays& stays = bottlenecks_of(book)->stays;
  std::vector<ItemStays> items;
  const StayedState* found = stays.find(state);
  if (found) items = found->items;
  std::ranges::sort(items, [](const ItemStays& a, const ItemStays& b) {
    return std::tie(b.time, a.place) < std::tie(a.time, b.place);
  });
  if (items.size() > kMostRows) items.resize(kMostRows);
  const auto row = [&](const ItemStays& stay) {
    const auto cycle = static_cast<double>(stays.cycles[stay.place]);
    return Json::object(
        {{"item", report.log.key_of(report.log.items[stays.items[stay.place]])},
         {"days", days_of(stay.time)},
         {"share_of_item", cycle > 0 ? Json(static_cast<double>(stay.time) / cycle) : Json()}});
  };
  Json out = Json::object({{"state", state},
                           {"n", found ? found->items.size() : 0},
                           {"days", found ? days_of(found->time) : 0.0},
                           {"items", each(items, row)},
                           {"as_of", format_instant(report.as_of)},
                           {"from", format_instant(report.from)},
                           {"to", format_instant(report.to)}});
  add_columns(out, {kRows, kColumns});
  return out;
}

}  // namespace tiebeam::flow
