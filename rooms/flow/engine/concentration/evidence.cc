#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "rooms/flow/engine/concentration/concentration.h"
#include "rooms/flow/engine/figure_set.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kPlacesAnArea = 50;  // lines of the sources given for an area

// Numbers that say nothing of a person: 1, 2, ... in the order they are met.
class Numbers {
 public:
  std::uint32_t of(std::uint32_t person) {
    return numbers_.emplace(person, static_cast<std::uint32_t>(numbers_.size() + 1)).first->second;
  }

 private:
  std::map<std::uint32_t, std::uint32_t> numbers_;
};

class Teller {
 public:
  Teller(const FlowReport& report, const Concentration& found, std::size_t offset,
         std::size_t limit)
      : report_(report), log_(report.log), found_(found), offset_(offset), limit_(limit) {}

  [[nodiscard]] std::vector<Evidence> finished() const {
    Numbers numbers;
    std::vector<std::uint32_t> by;
    std::vector<EvidencePiece> pieces;
    for (const Finished& each : found_.work.known) {
      pieces.push_back({1, each.item, static_cast<std::uint32_t>(by.size())});
      by.push_back(numbers.of(each.person));
    }
    return page_of(std::move(pieces), offset_, limit_, [&](const EvidencePiece& piece) {
      return tell_finish(found_.work.known[piece.sub], fmt::format("by={} ", by[piece.sub]));
    });
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
    std::size_t at = 0;
    for (std::uint32_t i = 0; i < found_.coverage.areas.size(); ++i) {
      const Area& area = found_.coverage.areas[i];
      if (area.verdict == AreaVerdict::thin) continue;
      const auto& covers = found_.covers[at++];
      if (only_single && area.verdict != AreaVerdict::rests_on_one) continue;
      Evidence out;
      out.subject = "area/" + area.name;
      out.value = 1;
      out.what =
          fmt::format("covers={} {}, {} finished by {}, the one who did most did {:.0f} % of it",
                      fmt::join(covers, "|"), area_verdict_name(area.verdict), area.items,
                      area.holders.size() == 1 ? std::string("one person")
                                               : fmt::format("{} people", area.holders.size()),
                      100 * area.top_share);
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

  [[nodiscard]] std::vector<Evidence> escalations() const {
    Numbers numbers;
    std::vector<std::uint32_t> by;
    std::vector<EvidencePiece> pieces;
    for (const Escalation& each : found_.escalations) {
      pieces.push_back({1, each.item, static_cast<std::uint32_t>(by.size())});
      by.push_back(numbers.of(each.person));
    }
    return page_of(std::move(pieces), offset_, limit_, [&](const EvidencePiece& piece) {
      const Escalation& each = found_.escalations[piece.sub];
      const Touch& touch = touches_of(log_, log_.items[each.item])[each.touch];
      Evidence out;
      out.subject = item_subject(log_, each.item);
      out.what =
          fmt::format("by={} handed on {} while {}", by[piece.sub],
                      format_instant(instant_of(touch.at)), each.was_blocked ? "blocked" : "late");
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
  if (key == "flow.concentration.areas" || key == "flow.truck_factor") return teller.areas(false);
  if (key == "flow.concentration.escalation_pull") return teller.escalations();
  return teller.finished();
}

}  // namespace tiebeam::flow
