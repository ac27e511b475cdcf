#include "rooms/flow/engine/concentration/areas.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace tiebeam::flow {
namespace {

constexpr double kWeeksAMonth = 365.25 / 12 / 7;
constexpr double kHalf = 0.5;

std::optional<Finished> finished_by(const FlowReport& report, const ItemFlow& flow) {
  const auto touches = touches_of(report.log, report.log.items[flow.item]);
  std::size_t last = touches.size();
  for (std::size_t i = 0; i < touches.size(); ++i) {
    if (touches[i].row == flow.end_row) last = i + 1;
  }
  while (last > 0 && touches[last - 1].person == 0) --last;
  if (last == 0) return std::nullopt;
  return Finished{flow.item, touches[last - 1].person, touches[last - 1].row};
}

std::string_view type_name(WorkType type) {
  return Names<WorkType>::values[static_cast<std::size_t>(type)];
}

Area area_of(const FlowReport& report, const ItemTexts& texts, std::uint32_t item) {
  Area out;
  const Stream& stream = report.log.streams[report.log.items[item].stream];
  out.type = report.log.items[item].type;
  out.service = texts.service_of(item);
  const bool has_service = !out.service.empty();
  if (!has_service) out.value_stream = stream.id;
  const std::string_view place = has_service         ? std::string_view(out.service)
                                 : stream.id.empty() ? std::string_view("no value stream")
                                                     : std::string_view(stream.name);
  out.name = fmt::format("{} / {}", place, type_name(out.type));
  return out;
}

// Equal halves come out equal whatever the order they were summed in.
bool is_most(double part, double whole) {
  return part > kHalf * whole * (1 + quant::kShareTolerance);
}

void judge(Area& area) {
  std::ranges::sort(area.holders, [](const Holder& a, const Holder& b) {
    return std::tie(b.weight, a.person) < std::tie(a.weight, b.person);
  });
  const double bar = std::max(kLeastFinishes, kLeastShare * area.weight);
  double covered = 0;
  double most = 0;
  for (Holder& holder : area.holders) {
    holder.covers = holder.weight >= bar - quant::kShareTolerance;
    area.covering += holder.covers ? 1 : 0;
    covered += holder.covers ? holder.weight : 0;
    if (!is_most(most, area.weight)) ++area.bus_factor;
    most += holder.weight;
  }
  area.top_share = area.holders.front().weight / area.weight;
  const bool enough = kLeastShare * area.weight >= kLeastFinishes;
  if (area.covering == 0) {
    area.verdict = enough ? AreaVerdict::spread : AreaVerdict::thin;
  } else if (!is_most(covered, area.weight)) {
    area.verdict = AreaVerdict::spread;
  } else {
    area.verdict = area.covering == 1 ? AreaVerdict::rests_on_one : AreaVerdict::shared;
  }
  if (area.verdict == AreaVerdict::rests_on_one) area.at_risk = area.holders.front().items;
}

void count_holder(Area& area, std::uint32_t person, double weight) {
  const auto held = std::ranges::find(area.holders, person, &Holder::person);
  Holder& holder = held == area.holders.end() ? area.holders.emplace_back() : *held;
  holder.person = person;
  holder.weight += weight;
  ++holder.items;
  ++area.items;
  area.weight += weight;
}

}  // namespace

std::string_view area_verdict_name(AreaVerdict verdict) {
  constexpr std::array<std::string_view, 4> kNames = {"thin", "rests_on_one", "shared", "spread"};
  return kNames[static_cast<std::size_t>(verdict)];
}

FinishedWork finished_work(const FlowReport& report) {
  FinishedWork out;
  for (const Touch& touch : report.log.touches) out.any_person |= touch.person != 0;
  for (const ItemFlow& flow : report.walked.items) {
    if (!flow.is_finished() || !report.window.holds(flow.finish)) continue;
    if (const auto by = finished_by(report, flow))
      out.known.push_back(*by);
    else
      ++out.unknown;
  }
  return out;
}

Coverage coverage_of(const FlowReport& report, const ItemTexts& texts, FinishedWork& work) {
  Coverage out;
  const Window& window = report.window;
  const std::int64_t from = std::max(window.from, window.horizon - kCoverageWindow);
  const std::int64_t length = std::max<std::int64_t>(0, window.end - from);
  if (length >= kAMicrosWeek)
    out.months = static_cast<double>(length) / static_cast<double>(kAMicrosWeek) / kWeeksAMonth;
  std::map<std::string, std::size_t, std::less<>> index;
  for (Finished& each : work.known) {
    const std::int64_t finish = report.walked.items[each.item].finish;
    if (finish < from) continue;
    Area area = area_of(report, texts, each.item);
    out.without_service += area.service.empty() ? 1 : 0;
    const auto [known, is_new] = index.emplace(area.name, out.areas.size());
    if (is_new) out.areas.push_back(std::move(area));
    each.weight =
        std::exp2(-static_cast<double>(window.horizon - finish) / static_cast<double>(kHalfLife));
    each.area = static_cast<std::uint32_t>(known->second);
    count_holder(out.areas[known->second], each.person, each.weight);
  }
  // From the order of first appearance to that of the names.
  std::vector<std::uint32_t> place(out.areas.size());
  std::vector<Area> sorted;
  for (const auto& [name, at] : index) {
    place[at] = static_cast<std::uint32_t>(sorted.size());
    sorted.push_back(std::move(out.areas[at]));
    judge(sorted.back());
  }
  out.areas = std::move(sorted);
  for (Finished& each : work.known) {
    if (each.area != kNone) each.area = place[each.area];
  }
  return out;
}

Covers covers_of(const FlowLog& log, const Coverage& coverage) {
  std::map<std::string_view, std::uint32_t> numbers;
  const auto each_cover = [&](auto visit) {
    for (const Area& area : coverage.areas) {
      if (area.verdict == AreaVerdict::thin) continue;
      std::vector<std::string_view> names;
      for (const Holder& holder : area.holders) {
        if (holder.covers && area.verdict != AreaVerdict::spread)
          names.push_back(log.person_name(holder.person));
      }
      std::ranges::sort(names);
      visit(names);
    }
  };
  each_cover([&](const auto& names) {
    for (const std::string_view name : names) numbers.emplace(name, 0);
  });
  std::uint32_t next = 0;
  for (auto& [name, number] : numbers) number = ++next;
  Covers out;
  each_cover([&](const auto& names) {
    out.emplace_back();
    for (const std::string_view name : names) out.back().push_back(numbers.at(name));
  });
  return out;
}

TruckFactor truck_factor(const Covers& covers) {
  TruckFactor out;
  out.areas = covers.size();
  std::map<std::size_t, std::set<std::uint32_t>> left;  // by index in the covers
  for (std::size_t i = 0; i < covers.size(); ++i) {
    if (!covers[i].empty()) left.emplace(i, std::set(covers[i].begin(), covers[i].end()));
  }
  std::size_t lost = 0;
  while (!left.empty()) {
    std::map<std::uint32_t, std::size_t> counts;
    for (const auto& [index, area] : left) {
      for (const std::uint32_t person : area) ++counts[person];
    }
    const auto most = std::ranges::max_element(
        counts, [](const auto& a, const auto& b) { return a.second < b.second; });
    TruckFactor::Step step{most->second, {}};
    for (auto& [index, area] : left) {
      area.erase(most->first);
      if (area.empty()) step.lost.push_back(index);
    }
    for (const std::size_t index : step.lost) left.erase(index);
    lost += step.lost.size();
    out.steps.push_back(std::move(step));
    ++out.removed;
    if (2 * lost > out.areas) {
      out.people = out.removed;
      return out;
    }
  }
  return out;
}

}  // namespace tiebeam::flow
