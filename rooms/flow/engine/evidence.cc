#include "rooms/flow/engine/evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "rooms/flow/engine/figures.h"
#include "rooms/flow/engine/pieces.h"

namespace tiebeam::flow {
namespace {

class Teller {
 public:
  explicit Teller(const FlowReport& report) : report_(report), log_(report.log) {}

  std::vector<Evidence> tell(std::string_view key, std::size_t offset, std::size_t limit) {
    if (key == "flow.little.residual") return audits(offset, limit);
    gather(key);
    return told(report_, std::move(pieces_), tell_, offset, limit);
  }

 private:
  void gather(std::string_view key) {
    if (key.starts_with("flow.cycle_time.km.")) return spells(false);
    if (key == "flow.cancelled.share") return spells(true);
    if (key.starts_with("flow.cycle_time.working.")) return working();
    if (key.starts_with("flow.cycle_time.")) return cycles();
    if (key.starts_with("flow.lead_time.")) return leads();
    if (key.starts_with("flow.age.") || key == "flow.load.now")
      return in_progress(key == "flow.load.now");
    if (key == "flow.throughput.week") return rates(false, true);
    if (key == "flow.arrival.week") return rates(true, false);
    if (key == "flow.net_flow.week") return rates(true, true);
    if (key == "flow.load") return loads();
    if (key.starts_with("flow.efficiency")) return efficiencies(key.ends_with(".band"));
    if (key == "flow.handoffs.team.wait") return waits();
    if (key.starts_with("flow.handoffs.team"))
      return handoffs(&Touch::team, key.ends_with(".per_item"));
    if (key.starts_with("flow.handoffs.person"))
      return handoffs(&Touch::person, key.ends_with(".per_item"));
    if (key == "flow.pingpong.share") return pingpong();
    if (key == "flow.unmapped.share" || key == "flow.events") return events(key == "flow.events");
    if (key == "flow.expectation.share") return expectation();
    if (key == "flow.purpose.share") return purpose();
    if (key == "flow.rework.share") return rework();
    if (key.starts_with("flow.distribution.")) return distribution(key.substr(18));
    standing(key);
  }

  void place(std::uint32_t row, Evidence& out) const { add_place(log_.transitions, row, out); }
  void place_ends(const ItemFlow& flow, Evidence& out) const {
    flow::place_ends(report_, flow, out);
  }
  [[nodiscard]] std::span<const Touch> touches(const ItemFlow& flow) const {
    return touches_of(log_, log_.items[flow.item]);
  }
  [[nodiscard]] bool in_window(const ItemFlow& flow) const {
    return flow.is_finished() && report_.window.holds(flow.finish);
  }
  template <class F>
  void each_finished(F add) {
    for (const ItemFlow& flow : report_.walked.items) {
      if (in_window(flow)) add(flow);
    }
  }
  [[nodiscard]] static std::string ends(const ItemFlow& flow) {
    return "committed " + when(flow.commit) + ", finished " + when(flow.finish);
  }

  void standing(std::string_view key) {
    for (const ItemFlow& flow : report_.walked.items) {
      if (!report_.present[flow.item]) continue;
      const bool open = flow.end() == kMissing || flow.end() >= report_.window.end;
      const bool cancelled =
          flow.standing == Standing::cancelled && report_.window.holds(flow.cancelled);
      const bool counts = key == "flow.items" || (key == "flow.finished" && in_window(flow)) ||
                          (key == "flow.open" && open) || (key == "flow.cancelled" && cancelled);
      if (counts) pieces_.push_back({1, flow.item});
    }
    tell_ = [this](const Piece&, const ItemFlow& flow, Evidence& out) {
      out.what = "first seen " + when(flow.first);
      if (flow.is_committed()) out.what += ", committed " + when(flow.commit);
      if (flow.finish != kMissing) out.what += ", finished " + when(flow.finish);
      if (flow.cancelled != kMissing) out.what += ", cancelled " + when(flow.cancelled);
      place(touches(flow).front().row, out);
      place(flow.end_row, out);
    };
  }

  // Days to the end of the spell, or for a share 1 for what was given up and 0 for the others.
  void spells(bool as_share) {
    auto all = std::make_shared<std::vector<ItemSpell>>(spells_of(report_.walked, report_.window));
    for (std::uint32_t i = 0; i < all->size(); ++i) {
      const quant::Spell& spell = (*all)[i].spell;
      const double given_up = spell.ending == quant::Ending::cancelled ? 1 : 0;
      pieces_.push_back({as_share ? given_up : days_of(spell.exit), (*all)[i].item, i});
    }
    tell_ = [this, all](const Piece& piece, const ItemFlow& flow, Evidence& out) {
      constexpr const char* kEvents[] = {"open", "done", "cancelled"};
      const quant::Spell& spell = (*all)[piece.sub].spell;
      out.what =
          fmt::format("entry_days={} exit_days={} event={}", shortest(days_of(spell.entry)),
                      shortest(days_of(spell.exit)), kEvents[static_cast<int>(spell.ending)]);
      place_ends(flow, out);
    };
  }

  void cycles() {
    each_finished([&](const ItemFlow& flow) {
      if (!flow.is_truncated && !flow.is_ticket)
        pieces_.push_back({days_of(flow.finish - flow.commit), flow.item});
    });
    tell_ = [this](const Piece&, const ItemFlow& flow, Evidence& out) {
      out.what = ends(flow);
      place_ends(flow, out);
    };
  }

  void working() {
    each_finished([&](const ItemFlow& flow) {
      const Stream& stream = log_.streams[log_.items[flow.item].stream];
      if (flow.is_truncated || flow.is_ticket || !stream.calendar) return;
      const Micros work =
          stream.calendar->working(instant_of(flow.commit), instant_of(flow.finish));
      pieces_.push_back({to_days(work) * 24, flow.item});
    });
    tell_ = [this](const Piece&, const ItemFlow& flow, Evidence& out) {
      out.what =
          ends(flow) + ", calendar " + log_.streams[log_.items[flow.item].stream].calendar_id;
      place_ends(flow, out);
    };
  }

  void leads() {
    each_finished([&](const ItemFlow& flow) {
      if (flow.created == kMissing || flow.finish < flow.created) return;
      pieces_.push_back({days_of(flow.finish - flow.created), flow.item});
    });
    tell_ = [this](const Piece&, const ItemFlow& flow, Evidence& out) {
      out.what = "asked for " + when(flow.created) + ", finished " + when(flow.finish);
      add_place(log_.facts, log_.items[flow.item].fact_row, out);
      place(flow.end_row, out);
    };
  }

  void in_progress(bool as_count) {
    auto rows = std::make_shared<std::map<std::uint32_t, const AgingRow*>>();
    for (const AgingRow& row : report_.aging) {
      pieces_.push_back({as_count ? 1 : row.age_days, row.index});
      rows->emplace(row.index, &row);
    }
    tell_ = [this, rows](const Piece&, const ItemFlow& flow, Evidence& out) {
      const AgingRow& row = *rows->at(flow.item);
      out.what = fmt::format("committed {}, in state {} for {:.2f} days", when(flow.commit),
                             row.state, row.state_age_days);
      place(flow.commit_row, out);
      if (flow.state_touch != kNone) place(touches(flow)[flow.state_touch].row, out);
    };
  }

  // sub 0: begun, 1: finished.
  void rates(bool begun, bool finished) {
    if (report_.rates.count == 0) return;
    const double each = 1 / static_cast<double>(report_.rates.count);
    const auto counts = [&](std::int64_t at) {
      return at != kMissing && report_.rates.from <= at && at < report_.rates.to;
    };
    for (const ItemFlow& flow : report_.walked.items) {
      if (begun && counts(flow.commit)) pieces_.push_back({each, flow.item, 0});
      if (finished && counts(flow.counted)) pieces_.push_back({begun ? -each : each, flow.item, 1});
    }
    tell_ = [this](const Piece& piece, const ItemFlow& flow, Evidence& out) {
      const bool is_begin = piece.sub == 0;
      const std::int64_t at = is_begin ? flow.commit : flow.counted;
      const Period& week = report_.week_periods[period_at(report_.week_periods, at)];
      out.what = fmt::format("{} {}, in the week of {}", is_begin ? "begun" : "finished", when(at),
                             format_day(week.start));
      place(is_begin ? flow.commit_row : flow.counted_row, out);
    };
  }

  void loads() {
    const Window& window = report_.window;
    const auto overlap = [window](const ItemFlow& flow) {
      const std::int64_t end =
          flow.end() == kMissing ? window.end : std::min(flow.end(), window.end);
      return std::max<std::int64_t>(0, end - std::max(flow.commit, window.from));
    };
    const auto length = static_cast<double>(window.end - window.from);
    for (const ItemFlow& flow : report_.walked.items) {
      if (!flow.is_committed() || overlap(flow) == 0) continue;
      pieces_.push_back({static_cast<double>(overlap(flow)) / length, flow.item});
    }
    tell_ = [this, overlap, length](const Piece&, const ItemFlow& flow, Evidence& out) {
      out.what = fmt::format("overlap_days={} window_days={}", shortest(days_of(overlap(flow))),
                             shortest(length / kMicrosPerDay));
      place_ends(flow, out);
    };
  }

  void efficiencies(bool band) {
    auto by_item = std::make_shared<std::map<std::uint32_t, const EfficiencyItem*>>();
    for (const EfficiencyItem& item : report_.efficiency.items) {
      pieces_.push_back(
          {static_cast<double>(item.active) / static_cast<double>(item.clock), item.item});
      by_item->emplace(item.item, &item);
    }
    tell_ = [this, by_item, band](const Piece&, const ItemFlow& flow, Evidence& out) {
      const EfficiencyItem& item = *by_item->at(flow.item);
      out.what = fmt::format("part={} whole={}", shortest(days_of(item.active)),
                             shortest(days_of(item.clock)));
      if (band) {
        out.what +=
            fmt::format(" owner_part={} touch_part={}", shortest(days_of(item.owner_active)),
                        shortest(days_of(item.touch_active)));
      }
      out.what += " days of active, of active and waiting time";
      place_ends(flow, out);
    };
  }

  [[nodiscard]] std::string name_of(std::uint32_t Touch::* owner, std::uint32_t id) const {
    return std::string(owner == &Touch::team ? log_.team_name(id) : log_.person_name(id));
  }
  void handoffs(std::uint32_t Touch::* owner, bool all) {
    for (const ItemFlow& flow : report_.walked.items) {
      const ItemOwners& owners = report_.owners.items[flow.item];
      const std::uint32_t count =
          owner == &Touch::team ? owners.team_handoffs : owners.person_handoffs;
      const bool counts = all ? report_.present[flow.item] && !flow.is_ticket : count > 0;
      if (!counts) continue;
      pieces_.push_back({static_cast<double>(count), flow.item});
    }
    tell_ = [this, owner](const Piece&, const ItemFlow& flow, Evidence& out) {
      for (const Handoff& handoff : handoffs_of(touches(flow), owner)) {
        const Touch& touch = touches(flow)[handoff.touch];
        if (!report_.window.holds(touch.at)) continue;
        if (!out.what.empty()) out.what += ", ";
        out.what += name_of(owner, handoff.from) + " to " + name_of(owner, handoff.to);
        place(touch.row, out);
      }
      if (out.what.empty()) out.what = "never handed on";
    };
  }

  void waits() {
    for (const ItemFlow& flow : report_.walked.items) {
      if (report_.owners.items[flow.item].team_handoffs == 0) continue;
      for (const Handoff& handoff : handoffs_of(touches(flow), &Touch::team)) {
        if (!report_.window.holds(touches(flow)[handoff.touch].at)) continue;
        const auto wait = wait_after(touches(flow), handoff.touch, flow, report_.window);
        if (wait)
          pieces_.push_back({days_of(*wait), flow.item, static_cast<std::uint32_t>(handoff.touch)});
      }
    }
    tell_ = [this](const Piece& piece, const ItemFlow& flow, Evidence& out) {
      const auto all = touches(flow);
      out.what = fmt::format("received by {} {}", log_.team_name(all[piece.sub].team),
                             when(all[piece.sub].at));
      place(all[piece.sub].row, out);
      if (piece.sub + 1 >= all.size()) return;
      out.what += ", next event " + when(all[piece.sub + 1].at);
      place(all[piece.sub + 1].row, out);
    };
  }

  void pingpong() {
    for (const ItemFlow& flow : report_.walked.items) {
      const ItemOwners& owners = report_.owners.items[flow.item];
      if (owners.team_handoffs >= 2)
        pieces_.push_back({owners.has_pingpong ? 1.0 : 0.0, flow.item});
    }
    tell_ = [this](const Piece&, const ItemFlow& flow, Evidence& out) {
      for (const Handoff& handoff : handoffs_of(touches(flow), &Touch::team)) {
        if (out.what.empty()) out.what = log_.team_name(handoff.from);
        out.what += " > " + std::string(log_.team_name(handoff.to));
        place(touches(flow)[handoff.touch].row, out);
      }
    };
  }

  void events(bool as_sum) {
    const auto counts = [this](const ItemFlow& flow) {
      std::pair<int, int> out{0, 0};  // unmapped, all
      const ResolvedMap& map = log_.maps[log_.items[flow.item].map];
      for (const Touch& touch : touches(flow)) {
        if (!report_.window.holds(touch.at)) continue;
        ++out.second;
        out.first += map.meaning[touch.state] == Meaning::unknown ? 1 : 0;
      }
      return out;
    };
    for (const ItemFlow& flow : report_.walked.items) {
      const auto [unmapped, all] = counts(flow);
      if (all > 0)
        pieces_.push_back(
            {as_sum ? static_cast<double>(all) : unmapped / static_cast<double>(all), flow.item});
    }
    tell_ = [this, counts](const Piece&, const ItemFlow& flow, Evidence& out) {
      const auto [unmapped, all] = counts(flow);
      out.what = fmt::format("part={} whole={} events in unmapped states, of all its events",
                             unmapped, all);
      for (const Touch& touch : touches(flow)) {
        if (report_.window.holds(touch.at)) place(touch.row, out);
      }
    };
  }

  void purpose() {
    for (const ItemFlow& flow : report_.walked.items) {
      if (report_.present[flow.item])
        pieces_.push_back({log_.items[flow.item].is_tied ? 1.0 : 0.0, flow.item});
    }
    tell_ = [this](const Piece& piece, const ItemFlow& flow, Evidence& out) {
      out.what = piece.value > 0 ? "a path of ties leads to a priority"
                                 : "no path of ties leads to a priority";
      place(touches(flow).front().row, out);
    };
  }

  void expectation() {
    const auto days = [](const ItemFlow& flow) { return days_of(cycle_at(flow, flow.finish)); };
    each_finished([&](const ItemFlow& flow) {
      const auto promised = promised_days(log_, flow);
      if (promised) pieces_.push_back({days(flow) <= *promised ? 1.0 : 0.0, flow.item});
    });
    tell_ = [this, days](const Piece&, const ItemFlow& flow, Evidence& out) {
      out.what = fmt::format("took {:.2f} days, promised {} days", days(flow),
                             shortest(promised_days(log_, flow).value_or(0)));
      place_ends(flow, out);
    };
  }

  void rework() {
    each_finished([&](const ItemFlow& flow) {
      if (flow.is_ticket) return;
      pieces_.push_back({flow.backward_moves > 0 || flow.second_cycles > 0 ? 1.0 : 0.0, flow.item});
    });
    tell_ = [this](const Piece&, const ItemFlow& flow, Evidence& out) {
      out.what = fmt::format("{} {} back a stage, {} second {}", flow.backward_moves,
                             flow.backward_moves == 1 ? "move" : "moves", flow.second_cycles,
                             flow.second_cycles == 1 ? "cycle" : "cycles");
      for (const Touch& touch : touches(flow)) place(touch.row, out);
    };
  }

  void distribution(std::string_view type) {
    const auto name = [this](const ItemFlow& flow) {
      return Names<WorkType>::values[static_cast<std::size_t>(log_.items[flow.item].type)];
    };
    each_finished([&](const ItemFlow& flow) {
      pieces_.push_back({name(flow) == type ? 1.0 : 0.0, flow.item});
    });
    tell_ = [this, name](const Piece&, const ItemFlow& flow, Evidence& out) {
      out.what = fmt::format("type {}, finished {}", name(flow), when(flow.finish));
      place_ends(flow, out);
    };
  }

  // Worst first, then in the order of the audit.
  [[nodiscard]] std::vector<Evidence> audits(std::size_t offset, std::size_t limit) const {
    std::vector<Evidence> all;
    for (const Audited& audited : report_.audit) {
      all.push_back({"audit/" + audited.name,
                     audited.residual,
                     fmt::format("left_seconds={} right_seconds={}", shortest(audited.left_seconds),
                                 shortest(audited.right_seconds)),
                     {}});
    }
    std::ranges::sort(all, [](const Evidence& a, const Evidence& b) {
      return std::tie(b.value, a.subject) < std::tie(a.value, b.subject);
    });
    if (offset >= all.size()) return {};
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(offset);
    const auto count = std::min(limit, all.size() - offset);
    return {first, first + static_cast<std::ptrdiff_t>(count)};
  }

  const FlowReport& report_;
  const FlowLog& log_;
  std::vector<Piece> pieces_;
  Tell tell_ = [](const Piece&, const ItemFlow&, Evidence&) {};
};

}  // namespace

std::vector<Evidence> evidence_of(const FlowReport& report, std::string_view key,
                                  std::size_t offset, std::size_t limit) {
  const auto known = std::ranges::find(figure_specs(), key, &FigureSpec::key);
  if (known == figure_specs().end() || !known->reads.empty()) return {};
  return Teller(report).tell(key, offset, limit);
}

}  // namespace tiebeam::flow
