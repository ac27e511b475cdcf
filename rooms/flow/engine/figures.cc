#include "rooms/flow/engine/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "quant/quantile.h"
#include "quant/special.h"
#include "quant/survival.h"
#include "rooms/flow/engine/report.h"
#include "rooms/flow/engine/sheet.h"

namespace tiebeam::flow {
namespace {

constexpr double kWeeksAMonth = 365.25 / 12 / 7;
double share_of(std::string_view key) {
  if (key.ends_with("p50")) return 0.5;
  return key.ends_with("p85") ? 0.85 : 0.95;
}

// Makes one figure after the other from the report.
class Maker : FigureSheet {
 public:
  Maker(const FlowReport& report, const Load& load)
      : FigureSheet(report, figure_specs()), report_(report), load_(load) {
    for (const ItemFlow& flow : report.walked.items) {
      if (!flow.is_finished() || !report.window.holds(flow.finish)) continue;
      finished_.push_back(&flow);
    }
  }

  std::vector<Figure> all() {
    counts();
    cycle_times();
    survival();
    working_time();
    ages();
    rates();
    loads();
    efficiency();
    handoffs();
    shares();
    return take();
  }

 private:
  // A ticket's clock runs from created to done: never in one percentile with the others.
  [[nodiscard]] static bool has_cycle(const ItemFlow& flow) {
    return !flow.is_truncated && !flow.is_ticket;
  }

  void count(std::string_view key, std::size_t value, std::string filter) {
    rests_on(key, value, std::move(filter)).value = static_cast<double>(value);
  }

  void counts() {
    std::size_t open = 0, cancelled = 0;
    for (const ItemFlow& flow : report_.walked.items) {
      if (!report_.present[flow.item]) continue;
      open += flow.end() == kMissing || flow.end() >= report_.window.end;
      cancelled += flow.standing == Standing::cancelled && report_.window.holds(flow.cancelled);
    }
    present_ = static_cast<std::size_t>(std::ranges::count(report_.present, true));
    only_lists_ = present_ > 0 && report_.quality.from_lists == present_;
    count("flow.items", present_, "present in the window");
    count("flow.finished", finished_.size(), "finished in the window");
    count("flow.open", open, "neither finished nor cancelled at the end of the window");
    count("flow.cancelled", cancelled, "cancelled in the window");
    Figure& events = rests_on("flow.events", present_, "present in the window");
    events.value = static_cast<double>(report_.events);
    events.n = report_.events;
    Figure& given_up =
        rests_on("flow.cancelled.share", report_.curve.spells, "begun, seen in the window");
    if (report_.curve.spells == 0) return say(given_up, Status::too_few, "no work has begun");
    given_up.value = report_.curve.share_cancelled();
    given_up.interval = given_up_interval();
    given_up.trail.notes.push_back(
        fmt::format("{} of {} items were given up in the window; of all begun work this share ends "
                    "that way, as far as "
                    "the ages seen reach ({:.1f} days)",
                    report_.curve.cancelled, report_.curve.spells, days_of(report_.curve.longest)));
  }

  // Of the share given up, by the same log-log interval as the survival quantiles: giving up takes
  // the place of finishing in the curve. Where all or none was given up the curve has no error, and
  // Wilson's interval over what has ended stands in.
  [[nodiscard]] std::optional<Interval> given_up_interval() const {
    const quant::Curve& curve = report_.curve;
    const std::size_t ended = curve.done + curve.cancelled;
    if (ended == 0) return std::nullopt;
    if (curve.done == 0 || curve.cancelled == 0) {
      const auto share =
          quant::wilson(static_cast<double>(curve.cancelled), static_cast<double>(ended));
      return Interval{share.low, share.high, quant::kLevel};
    }
    std::vector<quant::Spell> spells;
    for (const ItemSpell& each : spells_of(report_.walked, report_.window)) {
      using quant::Ending;
      const Ending ending = each.spell.ending;
      spells.push_back({each.spell.entry, each.spell.exit,
                        ending == Ending::done        ? Ending::cancelled
                        : ending == Ending::cancelled ? Ending::done
                                                      : ending});
    }
    const quant::Curve turned = quant::survival_curve(spells);
    const double left = turned.steps.back().not_done;
    // Once nothing more is watched there is no error: that of the last age before it is taken.
    const auto last = std::find_if(turned.steps.rbegin(), turned.steps.rend(),
                                   [](const auto& step) { return std::isfinite(step.error); });
    if (left <= 0 || left >= 1 || last == turned.steps.rend()) return std::nullopt;
    const double error = last->error;
    const double half =
        quant::normal_quantile((1 + quant::kLevel) / 2) * error / (left * -std::log(left));
    return Interval{1 - std::pow(left, std::exp(-half)), 1 - std::pow(left, std::exp(half)),
                    quant::kLevel};
  }

  // One percentile of values in days or hours. `what` names the values: "finished items".
  void percentile(std::string_view key, std::vector<double>& sorted, std::string_view what,
                  std::string filter) {
    set_percentile(rests_on(key, sorted.size(), std::move(filter)), sorted, share_of(key), what);
  }
  static std::vector<double> in_days(std::vector<std::int64_t>& micros) {
    std::ranges::sort(micros);
    std::vector<double> days;
    days.reserve(micros.size());
    for (const std::int64_t value : micros) days.push_back(days_of(value));
    return days;
  }

  void cycle_times() {
    std::vector<std::int64_t> cycle, lead;
    std::vector<double> each;
    for (const ItemFlow* flow : finished_) {
      if (has_cycle(*flow)) cycle.push_back(flow->finish - flow->commit);
      if (has_cycle(*flow)) each.push_back(days_of(flow->finish - flow->commit));
      if (flow->created != kMissing && flow->finish >= flow->created)
        lead.push_back(flow->finish - flow->created);
    }
    std::vector<double> sorted = in_days(cycle);
    for (const auto* key : {"flow.cycle_time.p50", "flow.cycle_time.p85", "flow.cycle_time.p95"}) {
      percentile(key, sorted, "finished items", "finished in the window");
      at(key).trail.notes.push_back(
          "of finished items only: unfinished ones are in flow.cycle_time.km");
      note_time(at(key));
      if (only_lists_) say(at(key), Status::not_measurable, std::string(kNoHistory));
    }
    Figure& mean = rests_on("flow.cycle_time.mean", each.size(), "finished in the window");
    set_mean(mean, each);
    note_time(mean);
    if (only_lists_) say(mean, Status::not_measurable, std::string(kNoHistory));
    sorted = in_days(lead);
    const bool any_created = std::ranges::any_of(
        finished_, [](const ItemFlow* flow) { return flow->created != kMissing; });
    for (const auto* key : {"flow.lead_time.p50", "flow.lead_time.p85", "flow.lead_time.p95"}) {
      percentile(key, sorted, "finished items with a date of creation",
                 "finished in the window, created known");
      note_count(at(key), report_.quality.negative_lead, "finished before being created: left out");
      if (!finished_.empty() && !any_created) {
        say(at(key), Status::not_measurable,
            "the source does not say when work was asked for: add the column created to the file");
      }
    }
  }

  // One value has no range, equal ones have one of no width.
  static void set_mean(Figure& figure, const std::vector<double>& values) {
    if (values.empty()) return say(figure, Status::too_few, "no item finished in the window");
    const quant::Spread spread = quant::mean_of(values);
    figure.value = spread.value;
    if (values.size() < 2) return;
    figure.interval = Interval{std::max(0.0, spread.low), spread.high, quant::kLevel};
  }
  static void note_count(Figure& figure, std::size_t count, std::string_view what) {
    if (count > 0)
      figure.trail.notes.push_back(
          fmt::format("{} {} {}", count, count == 1 ? "item" : "items", what));
  }
  void note_time(Figure& figure) const {
    const Quality& quality = report_.quality;
    const auto note = [&](std::size_t count, std::string_view what) {
      note_count(figure, count, what);
    };
    note(quality.truncated, "began before the first event that is known: left out");
    note(quality.skipped_all, "went straight to done: cycle time 0");
    note(quality.from_lists,
         "came from a list of tickets, the clock runs from created to done: in the survival curve, "
         "not in cycle times");
    note(quality.restated, "came back after a finish; each counts once, by its last finish");
  }

  void survival() {
    const quant::Curve& curve = report_.curve;
    const std::size_t open = curve.spells - curve.done - curve.cancelled;
    for (const auto* key :
         {"flow.cycle_time.km.p50", "flow.cycle_time.km.p85", "flow.cycle_time.km.p95"}) {
      const double p = share_of(key);
      Figure& figure =
          rests_on(key, curve.spells, "begun, seen in the window, unfinished ones included");
      figure.trail.notes.push_back(fmt::format("{} finished, {} still open, {} given up",
                                               curve.done, open, curve.cancelled));
      note_time(figure);
      if (curve.spells < quant::values_needed(p)) {
        say(figure, Status::too_few,
            fmt::format("{} begun: {} are needed for {}",
                        counted_of(curve.spells, curve.spells == 1 ? "items has" : "items have"),
                        quant::values_needed(p), line_name(p)));
        continue;
      }
      const quant::SurvivalQuantile found = quant::survival_quantile(curve, p);
      if (!found.value) {
        not_reached(figure, p, open);
        continue;
      }
      figure.value = days_of(*found.value);
      if (found.low && found.high) {
        figure.interval = Interval{days_of(*found.low), days_of(*found.high), quant::kLevel};
      } else if (found.low) {
        figure.trail.notes.push_back(fmt::format(
            "between {:.4g} days and an upper bound beyond the data", days_of(*found.low)));
      }
    }
  }
  void not_reached(Figure& figure, double p, std::size_t open) const {
    const quant::Curve& curve = report_.curve;
    const double longest = days_of(curve.longest);
    std::string reason = fmt::format(
        "more than {:.4g} days: fewer than {:.0f} of 100 items are finished at any age seen so "
        "far; {} of {} are "
        "still open",
        longest, p * 100, open, curve.spells);
    if (curve.cancelled > 0) reason += fmt::format(" and {} were given up", curve.cancelled);
    say(figure, Status::not_reached, std::move(reason));
    figure.low = longest;
  }

  void working_time() {
    std::vector<double> hours;
    std::vector<std::string> calendars;
    for (const ItemFlow* flow : finished_) {
      const Stream& stream = report_.log.streams[report_.log.items[flow->item].stream];
      if (!has_cycle(*flow) || !stream.calendar) continue;
      hours.push_back(
          to_days(stream.calendar->working(instant_of(flow->commit), instant_of(flow->finish))) *
          24);
      if (std::ranges::find(calendars, stream.calendar_id) == calendars.end())
        calendars.push_back(stream.calendar_id);
    }
    std::ranges::sort(hours);
    std::ranges::sort(calendars);
    const bool any = std::ranges::any_of(report_.log.streams,
                                         [](const Stream& s) { return s.calendar.has_value(); });
    for (const auto* key : {"flow.cycle_time.working.p50", "flow.cycle_time.working.p85"}) {
      percentile(key, hours, "finished items in streams with a calendar",
                 "finished in the window, calendar known");
      Figure& figure = at(key);
      if (!any) {
        say(figure, Status::not_measurable,
            "no value stream has a calendar: tiebeam record calendar add office hours=\"Mon-Fri "
            "09:00-17:00\", "
            "then tiebeam record value_stream set ID calendar=office");
      }
      if (only_lists_) say(figure, Status::not_measurable, std::string(kNoHistory));
      for (const std::string& id : calendars)
        figure.trail.notes.push_back("working time of calendar '" + id + "'");
    }
  }

  void ages() {
    std::vector<double> ages;
    for (const AgingRow& row : report_.aging) ages.push_back(row.age_days);
    std::ranges::sort(ages);
    for (const auto* key : {"flow.age.p50", "flow.age.p85"}) {
      percentile(key, ages, "items in progress", "in progress at the end of the window");
    }
    count("flow.load.now", ages.size(), "in progress at the end of the window");
  }

  void rates() {
    const RateWeeks& weeks = report_.rates;
    std::vector<double> begun, finished, net;
    std::size_t begun_sum = 0, finished_sum = 0;
    for (const WeekRow& row : report_.weeks) {
      const std::size_t index = static_cast<std::size_t>(&row - report_.weeks.data());
      const Period& period = report_.week_periods[index];
      if (!row.is_full || period.from < weeks.from || period.to > weeks.to) continue;
      begun.push_back(static_cast<double>(row.arrivals));
      finished.push_back(static_cast<double>(row.finishes));
      net.push_back(static_cast<double>(row.arrivals - row.finishes));
      begun_sum += static_cast<std::size_t>(row.arrivals);
      finished_sum += static_cast<std::size_t>(row.finishes);
    }
    const auto make = [&](std::string_view key, const std::vector<double>& values,
                          std::size_t items, std::string_view what, std::string formula) {
      Figure& figure =
          rests_on(key, items, fmt::format("{} in the last {} full weeks", what, values.size()));
      if (values.empty()) return say(figure, Status::too_few, "no full week lies in the window");
      figure.n = static_cast<std::int64_t>(values.size());
      figure.trail.formula = std::move(formula);
      figure.trail.notes.push_back(
          fmt::format("{} weeks from {} on, weeks with none included", values.size(),
                      format_day(day_of(instant_of(weeks.from), zone_of(report_.log)))));
      set_spread(figure, quant::mean_of(values), key == "flow.net_flow.week" ? -1e300 : 0, 1e300);
    };
    const std::size_t k = begun.size();
    make("flow.throughput.week", finished, finished_sum, "finished",
         fmt::format("sum of 1/{0} for each item finished in the last {0} full weeks", k));
    make("flow.arrival.week", begun, begun_sum, "begun",
         fmt::format("sum of 1/{0} for each item begun in the last {0} full weeks", k));
    make("flow.net_flow.week", net, begun_sum + finished_sum, "begun or finished",
         fmt::format("sum of 1/{0} for each item begun and -1/{0} for each finished in the last "
                     "{0} full weeks",
                     k));
    Figure& months =
        rests_on("flow.backlog.months", static_cast<std::size_t>(at("flow.open").n.value_or(0)),
                 "neither finished nor cancelled");
    const Figure& throughput = at("flow.throughput.week");
    if (!throughput.has_value()) return say(months, Status::too_few, throughput.reason);
    if (throughput.number() <= 0) {
      return say(months, Status::not_measurable,
                 "nothing was finished in the last full weeks, so no pace can be told");
    }
    const auto months_at = [&](double pace) {
      return at("flow.open").number() / pace / kWeeksAMonth;
    };
    months.value = months_at(throughput.number());
    if (throughput.interval && throughput.interval->low > 0) {
      months.interval = Interval{months_at(throughput.interval->high),
                                 months_at(throughput.interval->low), quant::kLevel};
    } else if (throughput.interval) {
      months.trail.notes.push_back(
          fmt::format("at least {:.3g} months; the pace may also be 0, then there is no end",
                      months_at(throughput.interval->high)));
    }
    months.trail.notes.emplace_back("at the pace of the last full weeks; nothing new coming in");
  }

  void loads() {
    std::size_t on_clock = 0;
    for (const ItemFlow& flow : report_.walked.items) {
      on_clock += flow.is_committed() && flow.commit < report_.window.end &&
                  (flow.end() == kMissing || flow.end() > report_.window.from);
    }
    Figure& load = rests_on("flow.load", on_clock, "in progress at some time of the window");
    const std::int64_t length = report_.window.end - report_.window.from;
    if (length <= 0) {
      say(load, Status::not_measurable, "the window is empty");
    } else {
      load.value = static_cast<double>(load_.integral(report_.window.from, report_.window.end)) /
                   static_cast<double>(length);
    }
    Figure& residual =
        rests_on("flow.little.residual", on_clock, "in progress at some time of the window");
    double worst = 0;
    for (const Audited& audited : report_.audit) worst = std::max(worst, audited.residual);
    residual.value = worst;
    residual.trail.notes.push_back(
        fmt::format("{} windows and states audited in whole microseconds", report_.audit.size()));
  }

  void efficiency() {
    const Efficiency& efficiency = report_.efficiency;
    std::vector<std::string> notes;
    for (const ResolvedMap& map : report_.log.maps) {
      notes.push_back("state map version " +
                      (map.map.version.empty() ? std::string("none") : map.map.version));
    }
    notes.push_back(fmt::format("{:.1f} % of the cycle time was in states of the map",
                                100 * efficiency.mapped_share));
    std::vector<double> each;
    for (const EfficiencyItem& item : efficiency.items) {
      each.push_back(static_cast<double>(item.active) / static_cast<double>(item.clock));
    }
    std::ranges::sort(each);
    percentile("flow.efficiency.p50", each, "finished items",
               "finished in the window, with time on the clock");
    for (const auto* key : {"flow.efficiency", "flow.efficiency.band"}) {
      rests_on(key, efficiency.items.size(), "finished in the window, with time on the clock");
    }
    Figure& figure = at("flow.efficiency");
    Figure& band = at("flow.efficiency.band");
    for (Figure* each_figure : {&figure, &band, &at("flow.efficiency.p50")}) {
      for (const std::string& note : notes) each_figure->trail.notes.push_back(note);
      if (!efficiency.is_measurable) {
        say(*each_figure, efficiency.finished == 0 ? Status::too_few : Status::not_measurable,
            efficiency.reason);
      }
    }
    if (!efficiency.is_measurable) return;
    set_spread(figure, *efficiency.declared, 0, 1);
    band.value = efficiency.declared->value;
    band.interval = Interval{efficiency.low, efficiency.high, 1};
    band.trail.notes.push_back(fmt::format("as declared {:.4f}, by owner {:.4f}, by touch {:.4f}",
                                           efficiency.declared->value, efficiency.owner_view,
                                           efficiency.touch_view));
    band.trail.notes.emplace_back(
        "the interval holds three readings of the same events, it is not a matter of chance");
    for (const std::string& state : efficiency.owner_wait_states) {
      band.trail.notes.push_back("mostly left to another owner: " + state);
    }
  }

  void handoffs() {
    bool has_team = false, has_person = false;
    for (const Touch& touch : report_.log.touches) {
      has_team = has_team || touch.team != 0;
      has_person = has_person || touch.person != 0;
    }
    const auto missing = [&](Figure& figure, bool has, std::string_view who) {
      if (only_lists_) {
        say(figure, Status::not_measurable, std::string(kNoHistory));
      } else if (!has && present_ > 0) {
        say(figure, Status::not_measurable, fmt::format("the source names no {}", who));
      }
    };
    const auto make = [&](std::string_view key, std::int64_t total, bool has,
                          std::string_view who) {
      Figure& sum = rests_on(key, present_, "present in the window");
      sum.value = static_cast<double>(total);
      missing(sum, has, who);
      Figure& mean = rests_on(fmt::format("{}.per_item", key), present_, "present in the window");
      std::vector<double> each;
      for (std::size_t i = 0; i < report_.owners.items.size(); ++i) {
        if (!report_.present[i] || report_.walked.items[i].is_ticket) continue;
        const ItemOwners& owners = report_.owners.items[i];
        each.push_back(
            static_cast<double>(who == "team" ? owners.team_handoffs : owners.person_handoffs));
      }
      mean.n = static_cast<std::int64_t>(each.size());
      if (each.empty())
        say(mean, Status::too_few, "there is no work in the window");
      else
        set_spread(mean, quant::mean_of(each), 0, 1e300);
      missing(mean, has, who);
    };
    make("flow.handoffs.team", report_.owners.team_handoffs, has_team, "team");
    make("flow.handoffs.person", report_.owners.person_handoffs, has_person, "person");
    waits_after_handoffs();
    std::size_t back = 0, several = 0;
    for (const ItemOwners& owners : report_.owners.items) {
      several += owners.team_handoffs >= 2;
      back += owners.team_handoffs >= 2 && owners.has_pingpong;
    }
    share("flow.pingpong.share", back, several, "at least 2 handoffs between teams",
          "no item was handed on twice");
    missing(at("flow.pingpong.share"), has_team, "team");
  }

  void waits_after_handoffs() {
    std::vector<double> waits;
    for (std::size_t i = 0; i < report_.log.items.size(); ++i) {
      if (report_.owners.items[i].team_handoffs == 0) continue;
      const auto touches = touches_of(report_.log, report_.log.items[i]);
      each_handoff(touches, &Touch::team, [&](const Handoff& handoff) {
        if (!report_.window.holds(touches[handoff.touch].at)) return;
        const auto wait =
            wait_after(touches, handoff.touch, report_.walked.items[i], report_.window);
        if (wait) waits.push_back(days_of(*wait));
      });
    }
    Figure& figure =
        rests_on("flow.handoffs.team.wait", waits.size(), "handed from one team to another");
    if (!waits.empty()) return set_spread(figure, quant::mean_of(waits), 0, 3);
    if (only_lists_) return say(figure, Status::not_measurable, std::string(kNoHistory));
    say(figure, Status::too_few, "no work was handed from one team to another");
  }

  void share(std::string_view key, std::size_t part, std::size_t whole, std::string filter,
             std::string_view none) {
    Figure& figure = rests_on(key, whole, std::move(filter));
    if (whole == 0) return say(figure, Status::too_few, std::string(none));
    set_spread(figure, quant::wilson(static_cast<double>(part), static_cast<double>(whole)), 0, 1);
  }

  void shares() {
    std::size_t reworked = 0, staged = 0, known = 0;
    for (const ItemFlow* flow : finished_) {
      if (flow->is_ticket) continue;
      ++known;
      reworked += flow->backward_moves > 0 || flow->second_cycles > 0;
      staged += flow->has_stage;
    }
    share("flow.rework.share", reworked, known, "finished in the window",
          "no item finished in the window");
    Figure& rework = at("flow.rework.share");
    if (only_lists_) {
      say(rework, Status::not_measurable, std::string(kNoHistory));
    } else if (known > 0 && staged == 0) {
      say(rework, Status::not_measurable,
          "the state map gives its states no order: add order = [\"first state\", \"next state\", "
          "...] to it");
    }
    for (const TypeRow& row : report_.types) {
      const auto name = Names<WorkType>::values[static_cast<std::size_t>(row.type)];
      share(fmt::format("flow.distribution.{}", name), static_cast<std::size_t>(row.finished),
            finished_.size(), "finished in the window", "no item finished in the window");
    }
    expectation();
    std::size_t tied = 0;
    for (std::size_t i = 0; i < report_.present.size(); ++i) {
      tied += report_.present[i] && report_.log.items[i].is_tied;
    }
    share("flow.purpose.share", tied, present_, "present in the window",
          "there is no work in the window");
    at("flow.purpose.share").interval.reset();  // a full count, not a sample
    ties();
    Figure& unmapped = rests_on("flow.unmapped.share", present_, "present in the window");
    if (report_.events == 0)
      return say(unmapped, Status::too_few, "there are no events in the window");
    unmapped.value =
        static_cast<double>(report_.unmapped_events) / static_cast<double>(report_.events);
    unmapped.n = report_.events;
  }

  // The records that tie work to priorities.
  void ties() {
    const Snapshot& snapshot = *report_.log.snapshot;
    for (const std::string_view type : {"priority", "initiative", "link"}) {
      const std::size_t count = snapshot.of(type).size();
      if (count > 0) also_rests_on("flow.purpose.share", type, count, "ties to a priority");
    }
  }

  void expectation() {
    std::size_t kept = 0, promised = 0;
    for (const ItemFlow* flow : finished_) {
      const auto days = promised_days(report_.log, *flow);
      if (!days) continue;
      ++promised;
      kept += days_of(cycle_at(*flow, flow->finish)) <= *days;
    }
    share("flow.expectation.share", kept, promised,
          "finished in the window, in streams with a service expectation",
          "no item of a stream with a service expectation finished in the window");
    const bool has_any = std::ranges::any_of(report_.log.streams, [](const Stream& stream) {
      return stream.expectation_days.has_value();
    });
    if (!has_any) {
      say(at("flow.expectation.share"), Status::not_measurable,
          "no value stream says yet what it promises: set its expectation in days "
          "(tiebeam record value_stream set ID expectation_days=10)");
    }
  }

  const FlowReport& report_;
  const Load& load_;
  std::vector<const ItemFlow*> finished_;
  std::size_t present_ = 0;
  bool only_lists_ = false;  // all of it comes from lists of tickets
};

}  // namespace

std::vector<Figure> figures_of(const FlowReport& report, const Load& load) {
  return Maker(report, load).all();
}

}  // namespace tiebeam::flow
