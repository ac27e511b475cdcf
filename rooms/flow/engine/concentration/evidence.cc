#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "rooms/flow/engine/concentration/concentration.h"
#include "rooms/flow/engine/figure_set.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kPlacesAnArea = 50;  // lines of the sources given for an area

// How many of `things` each person has, and who the `first` are that have most.
class Holdings {
 public:
  template <class T>
  Holdings(const std::vector<T>& things, std::size_t first) {
    for (const T& thing : things) ++counts_[thing.person];
    std::vector<std::pair<std::int64_t, std::uint32_t>> sorted;
    for (const auto& [person, count] : counts_) sorted.emplace_back(-count, person);
    std::ranges::sort(sorted);
    for (std::size_t i = 0; i < std::min(first, sorted.size()); ++i) most_.insert(sorted[i].second);
  }
  [[nodiscard]] double of(std::uint32_t person) const {
    return static_cast<double>(counts_.at(person));
  }
  [[nodiscard]] bool is_among_first(std::uint32_t person) const { return most_.contains(person); }

 private:
  std::map<std::uint32_t, std::int64_t> counts_;
  std::set<std::uint32_t> most_;
};

class Teller {
 public:
  Teller(const FlowReport& report, const Concentration& found, std::size_t offset,
         std::size_t limit)
      : report_(report), log_(report.log), found_(found), offset_(offset), limit_(limit) {}

  // What was finished, each piece with what it adds to the figure.
  [[nodiscard]] std::vector<Evidence> finished(std::string_view key) const {
    const std::vector<Finished>& known = found_.work.known;
    const Holdings holdings(known, key == "flow.concentration.top10_share" ? 10 : 1);
    const auto others = static_cast<double>(known.size()) - 1;
    const auto value = [&](const Finished& each) {
      const double own = holdings.of(each.person);
      if (key == "flow.concentration.people") return 1 / own;
      if (key.ends_with("_share")) return holdings.is_among_first(each.person) ? 1.0 : 0.0;
      return (own - 1) / others;
    };
    std::vector<EvidencePiece> pieces;
    for (std::uint32_t i = 0; i < known.size(); ++i)
      pieces.push_back({value(known[i]), known[i].item, i});
    const bool ratio = key == "flow.concentration.effective_people";
    auto out = page_of(std::move(pieces), offset_, limit_, [&](const EvidencePiece& piece) {
      return tell_finish(known[piece.sub],
                         ratio ? fmt::format("part=1 whole={} of the others by the same person, ",
                                             shortest(piece.value))
                               : "");
    });
    // A share of the others is no number of people: it stands in words only.
    if (ratio) std::ranges::for_each(out, [](Evidence& each) { each.value.reset(); });
    return out;
  }

  // What the only holders of their areas finished.
  [[nodiscard]] std::vector<Evidence> at_risk() const {
    const double each_counts = 1 / found_.coverage.months;
    std::vector<EvidencePiece> pieces;
    for (std::uint32_t i = 0; i < found_.work.known.size(); ++i) {
      const Finished& each = found_.work.known[i];
      if (each.area == kNone) continue;
      const Area& area = found_.coverage.areas[each.area];
      if (area.verdict == AreaVerdict::rests_on_one && area.holders.front().person == each.person)
        pieces.push_back({each_counts, each.item, i});
    }
    return page_of(std::move(pieces), offset_, limit_, [&](const EvidencePiece& piece) {
      const Finished& each = found_.work.known[piece.sub];
      return tell_finish(each,
                         "the only holder of " + found_.coverage.areas[each.area].name + ", ");
    });
  }

  // Areas that count, by name; `only_single`: those that rest on one person.
  [[nodiscard]] std::vector<Evidence> areas(bool only_single) const {
    std::vector<Evidence> all;
    std::vector<std::uint32_t> index;
    for (std::uint32_t i = 0; i < found_.coverage.areas.size(); ++i) {
      const Area& area = found_.coverage.areas[i];
      if (area.verdict == AreaVerdict::thin) continue;
      if (only_single && area.verdict != AreaVerdict::rests_on_one) continue;
      Evidence out;
      out.subject = "area/" + area.name;
      out.value = 1;
      out.what = fmt::format(
          "{}: {} finished by {}, covered by {}; the one who did most did {:.0f} % of it",
          area_verdict_name(area.verdict), area.items,
          area.holders.size() == 1 ? std::string("one person")
                                   : fmt::format("{} people", area.holders.size()),
          area.covering, 100 * area.top_share);
      all.push_back(std::move(out));
      index.push_back(i);
    }
    if (offset_ >= all.size()) return {};
    std::vector<Evidence> page;
    for (std::size_t i = offset_; i < all.size() && page.size() < limit_; ++i) {
      place_area(index[i], all[i]);
      page.push_back(std::move(all[i]));
    }
    return page;
  }

  // Who was taken out, one after the other, and what stands still then.
  [[nodiscard]] std::vector<Evidence> steps() const {
    std::vector<std::uint32_t> counted;  // index of the areas that the covers are of
    for (std::uint32_t i = 0; i < found_.coverage.areas.size(); ++i) {
      if (found_.coverage.areas[i].verdict != AreaVerdict::thin) counted.push_back(i);
    }
    std::vector<Evidence> out;
    for (std::size_t i = offset_; i < found_.truck.steps.size() && out.size() < limit_; ++i) {
      const TruckFactor::Step& step = found_.truck.steps[i];
      std::vector<std::string_view> names;
      for (const std::size_t index : step.lost)
        names.push_back(found_.coverage.areas[counted[index]].name);
      Evidence piece;
      piece.subject = fmt::format("person/taken out {}", i + 1);
      piece.value = 1;
      piece.what = fmt::format("covered {} of the areas left; ", step.covered);
      piece.what += names.empty() ? std::string("none stands still yet")
                                  : fmt::format("without anybody now: {}", fmt::join(names, ", "));
      for (const std::size_t index : step.lost) place_area(counted[index], piece);
      out.push_back(std::move(piece));
    }
    return out;
  }

  [[nodiscard]] std::vector<Evidence> escalations() const {
    const Holdings holdings(found_.escalations, 1);
    std::vector<EvidencePiece> pieces;
    for (std::uint32_t i = 0; i < found_.escalations.size(); ++i) {
      const Escalation& each = found_.escalations[i];
      pieces.push_back({holdings.is_among_first(each.person) ? 1.0 : 0.0, each.item, i});
    }
    return page_of(std::move(pieces), offset_, limit_, [&](const EvidencePiece& piece) {
      const Escalation& each = found_.escalations[piece.sub];
      const Touch& touch = touches_of(log_, log_.items[each.item])[each.touch];
      Evidence out;
      out.subject = item_subject(log_, each.item);
      out.what = fmt::format("handed on {} while {}", format_instant(instant_of(touch.at)),
                             each.was_blocked ? "blocked" : "late");
      add_place(log_.transitions, touch.row, out);
      return out;
    });
  }

 private:
  [[nodiscard]] Evidence tell_finish(const Finished& each, const std::string& lead) const {
    const ItemFlow& flow = report_.walked.items[each.item];
    Evidence out;
    out.subject = item_subject(log_, each.item);
    out.what = lead + "finished " + format_instant(instant_of(flow.finish));
    add_place(log_.transitions, each.row, out);
    if (flow.end_row != each.row) add_place(log_.transitions, flow.end_row, out);
    return out;
  }
  void place_area(std::uint32_t area, Evidence& out) const {
    for (const Finished& each : found_.work.known) {
      if (each.area != area) continue;
      if (out.places.size() == kPlacesAnArea) {
        out.what += fmt::format("; the lines of the first {} are given", kPlacesAnArea);
        return;
      }
      add_place(log_.transitions, report_.walked.items[each.item].end_row, out);
    }
  }

  const FlowReport& report_;
  const FlowLog& log_;
  const Concentration& found_;
  std::size_t offset_, limit_;
};

}  // namespace

std::vector<Evidence> concentration_evidence(const FlowReport& report, const Concentration& found,
                                             std::string_view key, std::size_t offset,
                                             std::size_t limit) {
  const Teller teller(report, found, offset, limit);
  if (key == "flow.concentration.hero_index") return {};
  if (key == "flow.concentration.single_holder.month") return teller.at_risk();
  if (key == "flow.concentration.single_holder") return teller.areas(true);
  if (key == "flow.concentration.areas") return teller.areas(false);
  if (key == "flow.truck_factor") return teller.steps();
  if (key == "flow.concentration.escalation_pull") return teller.escalations();
  return teller.finished(key);
}

}  // namespace tiebeam::flow
