#include <fmt/format.h>

#include "rooms/flow/engine/dora/dora.h"
#include "rooms/flow/engine/figure_set.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kMethod = "docs/method/dora.md";
constexpr const char* kNoDeployments =
    "no deployments are imported: tiebeam import FILE --format deployments (a table with "
    "deployment, service, environment, finished, result, commit_times; "
    "docs/format/deployments.md)";
constexpr const char* kNoIncidents =
    "no incidents are imported: tiebeam import FILE --format incidents (a table with incident, "
    "service, opened, restored, deployment; docs/format/incidents.md)";
constexpr const char* kNoCommits =
    "the deployments do not say when their commits were made: add the column commit_times (and "
    "commits) to the table of deployments";

struct Line {
  const char* name;
  const char* share;
  const char* words;
  double p;
};
constexpr Line kLines[] = {{"p50", "0.5", "Half", 0.5}, {"p85", "0.85", "85 of 100", 0.85}};

std::vector<FigureSpec> all_specs() {
  const auto spec = [](std::string key, std::string label, std::string unit, std::string formula) {
    return figure_spec(std::move(key), std::move(label), std::move(unit), std::move(formula),
                       kMethod);
  };
  std::vector<FigureSpec> out;
  out.push_back(spec("flow.dora.deployments.week", "Deployments a week", "deployments a week",
                     "sum of 1/K for each deployment finished in the last K full weeks, K at most "
                     "13"));
  out.push_back(spec("flow.dora.deployments.days", "Days a week with a deployment", "days a week",
                     "sum of 1/K for each day with a deployment in the last K full weeks, K at "
                     "most 13"));
  for (const Line& line : kLines) {
    out.push_back(spec(fmt::format("flow.dora.lead_time.{}", line.name),
                       fmt::format("{} of the changes are in use within", line.words), "days",
                       fmt::format("survival quantile at {} of time from commit to the end of the "
                                   "first deployment that carried it (Kaplan-Meier)",
                                   line.share)));
  }
  out.push_back(spec("flow.dora.change_failure.share", "Deployments that caused an incident",
                     "share",
                     "mean of 1 (an incident is tied to it) or 0 over deployments in the window"));
  out.push_back(spec("flow.dora.change_failure.inferred.share",
                     "Of the causes, those that are inferred", "share",
                     "mean of 1 (no source names the deployment; it was the last of the service in "
                     "the 24 hours before) or 0 over incidents tied to a deployment"));
  for (const Line& line : kLines) {
    out.push_back(
        spec(fmt::format("flow.dora.recovery.{}", line.name),
             fmt::format("{} of the incidents are over within", line.words), "days",
             fmt::format("survival quantile at {} of time from the opening of an incident "
                         "to its end (Kaplan-Meier)",
                         line.share)));
  }
  for (const Line& line : kLines) {
    out.push_back(spec(
        fmt::format("flow.dora.recovery_from_deploy.{}", line.name),
        fmt::format("{} are over within, counted from the deployment that caused them", line.words),
        "days",
        fmt::format("survival quantile at {} of time from the end of the deployment that "
                    "caused an incident to the end of the incident (Kaplan-Meier)",
                    line.share)));
  }
  out.push_back(spec("flow.dora.rework.share", "Deployments made only to mend something", "share",
                     "mean of 1 (unplanned, or made to end an incident) or 0 over deployments in "
                     "the window"));
  return out;
}

// The files that rows of these tables came in.
std::vector<TrailInput> files_of(const Snapshot& snapshot, const DeliveryLog& log) {
  std::vector<TrailInput> out;
  for (const Import& import : snapshot.imports) {
    const auto holds = [&](const EventTable* table) {
      return table && std::ranges::any_of(table->spans, [&](const ImportSpan& span) {
               return span.rows > 0 && span.import_id == import.id;
             });
    };
    if (!holds(log.deployments) && !holds(log.changes) && !holds(log.incidents)) continue;
    TrailInput input;
    input.import_id = import.id;
    input.import_file = import.file;
    input.sha256 = import.sha256;
    input.rows = import.rows;
    out.push_back(std::move(input));
  }
  return out;
}

class Maker {
 public:
  Maker(const Dora& dora, const Snapshot& snapshot)
      : dora_(dora),
        snapshot_(snapshot),
        set_(dora_specs(), dora.log.as_of, files_of(snapshot, dora.log)) {}

  std::vector<Figure> all() {
    frequency();
    lead_time();
    change_failure();
    recovery();
    rework();
    return set_.take();
  }

 private:
  // A figure over deployments; false when there are none.
  bool begin(std::string_view key, std::size_t count, std::string filter) {
    Figure& figure = set_.rests_on(key, "deployment", count, std::move(filter));
    if (!dora_.has_deployments) {
      say(figure, Status::not_measurable, kNoDeployments);
      return false;
    }
    const auto note = [&](std::size_t left_out, std::string_view what) {
      if (left_out > 0) figure.trail.notes.push_back(fmt::format("{} {}", left_out, what));
    };
    note(dora_.log.unsuccessful, "deployments did not succeed: not counted");
    note(dora_.log.unfinished, "deployments had not finished: not counted");
    note(dora_.log.elsewhere, "deployments to other environments than production: not counted");
    if (dora_.log.names_environment && !dora_.log.names_production)
      figure.trail.notes.emplace_back("no environment is called production: all of them count");
    return true;
  }

  void frequency() {
    const Zone& zone = snapshot_.zone(snapshot_.organisation.zone);
    std::vector<std::int64_t> deployments, days;
    for (const std::uint32_t index : dora_.shipped)
      deployments.push_back(dora_.log.shipments[index].finished);
    for (const DeployDay& day : deploy_days(dora_, zone))
      days.push_back(dora_.log.shipments[day.shipment].finished);
    rate("flow.dora.deployments.week", deployments, "deployment finished");
    rate("flow.dora.deployments.days", days, "day with a deployment");
  }
  void rate(std::string_view key, const std::vector<std::int64_t>& at, std::string_view what) {
    const RateWeeks& weeks = dora_.rates;
    std::vector<double> counts;
    for (const Period& week : dora_.weeks) {
      if (!week.is_full || week.from < weeks.from || week.to > weeks.to) continue;
      counts.push_back(static_cast<double>(std::ranges::count_if(
          at, [&](std::int64_t each) { return week.from <= each && each < week.to; })));
    }
    if (!begin(key, at.size(), "successful, to production, finished in the window")) return;
    Figure& figure = set_.at(key);
    if (counts.empty()) return say(figure, Status::too_few, "no full week lies in the window");
    figure.n = static_cast<std::int64_t>(counts.size());
    figure.trail.formula =
        fmt::format("sum of 1/{0} for each {1} in the last {0} full weeks", counts.size(), what);
    set_spread(figure, quant::mean_of(counts), 0, key.ends_with(".days") ? 7 : 1e300);
  }

  void lead_time() {
    for (const Line& line : kLines) {
      const std::string key = fmt::format("flow.dora.lead_time.{}", line.name);
      Figure& figure = set_.rests_on(key, "code_change", dora_.lead.size(),
                                     "committed before the end of the window");
      if (!dora_.has_deployments) {
        say(figure, Status::not_measurable, kNoDeployments);
      } else if (!dora_.has_changes) {
        say(figure, Status::not_measurable, kNoCommits);
      } else {
        watched(figure, dora_.lead_curve, line.p, "changes", "not in use yet");
        if (dora_.log.inferred_changes > 0)
          figure.trail.notes.push_back(fmt::format(
              "{} changes are named only by deployments that failed: taken as in use with the next "
              "of their service",
              dora_.log.inferred_changes));
        if (dora_.negative > 0)
          figure.trail.notes.push_back(fmt::format(
              "{} changes were committed after they were deployed: left out", dora_.negative));
      }
    }
  }
  static void watched(Figure& figure, const quant::Curve& curve, double p, std::string_view what,
                      std::string_view open) {
    if (curve.spells > curve.done)
      figure.trail.notes.push_back(
          fmt::format("{} of {} {} are {}: counted for as long as they are known",
                      curve.spells - curve.done, curve.spells, what, open));
    set_survival(figure, curve, p, what);
  }

  void change_failure() {
    std::size_t failed = 0;
    for (const std::uint32_t index : dora_.shipped) failed += dora_.has_failed[index] ? 1 : 0;
    std::size_t tied = 0;
    std::size_t inferred = 0;
    for (const Outage& outage : dora_.log.outages) {
      tied += is_tied(outage) ? 1 : 0;
      inferred += is_tied(outage) && outage.is_inferred ? 1 : 0;
    }
    constexpr const char* kShare = "flow.dora.change_failure.share";
    if (begin(kShare, dora_.shipped.size(), "successful, to production, finished in the window"))
      shared(set_.at(kShare), failed, dora_.shipped.size(), "no deployment finished in the window");
    constexpr const char* kInferred = "flow.dora.change_failure.inferred.share";
    Figure& figure = set_.rests_on(kInferred, "incident_event", tied,
                                   "tied to a deployment that finished in the window");
    if (!dora_.has_deployments) return say(figure, Status::not_measurable, kNoDeployments);
    shared(figure, inferred, tied, "no incident is tied to a deployment of the window");
  }
  [[nodiscard]] bool is_tied(const Outage& outage) const {
    return outage.cause != kNone && dora_.window.holds(dora_.log.shipments[outage.cause].finished);
  }
  // A share that needs incidents.
  void shared(Figure& figure, std::size_t part, std::size_t whole, std::string_view none) const {
    if (!dora_.has_incidents) return say(figure, Status::not_measurable, kNoIncidents);
    if (dora_.log.unknown_causes > 0)
      figure.trail.notes.push_back(
          fmt::format("{} incidents name a deployment that is not counted: tied to none",
                      dora_.log.unknown_causes));
    set_share(figure, part, whole, 1, std::string(none));
  }

  void recovery() {
    for (const Line& line : kLines) {
      const auto make = [&](const std::string& key, const std::vector<Watched>& all,
                            const quant::Curve& curve, std::string filter, bool needs_deployments) {
        Figure& figure = set_.rests_on(key, "incident_event", all.size(), std::move(filter));
        if (!dora_.has_incidents) return say(figure, Status::not_measurable, kNoIncidents);
        if (needs_deployments && !dora_.has_deployments)
          return say(figure, Status::not_measurable, kNoDeployments);
        watched(figure, curve, line.p, "incidents", "still open");
      };
      make(fmt::format("flow.dora.recovery.{}", line.name), dora_.recovery, dora_.recovery_curve,
           "opened before the end of the window", false);
      make(fmt::format("flow.dora.recovery_from_deploy.{}", line.name), dora_.recovery_from_deploy,
           dora_.from_deploy_curve, "tied to a deployment", true);
    }
  }

  void rework() {
    constexpr const char* kKey = "flow.dora.rework.share";
    if (!begin(kKey, dora_.shipped.size(), "successful, to production, finished in the window"))
      return;
    Figure& figure = set_.at(kKey);
    if (!dora_.shipped.empty() && !dora_.tells_rework)
      return say(figure, Status::not_measurable,
                 "the deployments do not say which were made only to mend something: add the "
                 "column is_unplanned (true or false) or fixes_incident");
    std::size_t count = 0;
    for (const std::uint32_t index : dora_.shipped)
      count += dora_.log.shipments[index].is_rework ? 1 : 0;
    set_share(figure, count, dora_.shipped.size(), 1, "no deployment finished in the window");
  }

  const Dora& dora_;
  const Snapshot& snapshot_;
  FigureSet set_;
};

}  // namespace

const std::vector<FigureSpec>& dora_specs() {
  static const std::vector<FigureSpec> all = all_specs();
  return all;
}

std::vector<Figure> dora_figures(const Dora& dora, const Snapshot& snapshot) {
  return Maker(dora, snapshot).all();
}

FigureFamily dora_family() {
  FigureFamily family;
  family.name = "flow.dora";
  family.figures = dora_specs();
  family.compute = [](const FigureBook& book) {
    return dora_figures(*dora_of(book), book.snapshot());
  };
  family.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                       std::size_t limit) {
    return dora_evidence(*dora_of(book), book.snapshot(), key, offset, limit);
  };
  return family;
}

}  // namespace tiebeam::flow
