#include <fmt/format.h>

#include "rooms/flow/engine/figures.h"
#include "rooms/flow/records.h"

namespace tiebeam::flow {
namespace {

constexpr const char* kTime = "docs/method/flow-time.md";
constexpr const char* kRatio = "docs/method/flow-efficiency.md";
constexpr const char* kLittle = "docs/method/little.md";

FigureSpec spec(std::string key, std::string label, std::string unit, std::string formula,
                std::string method = kTime) {
  return {std::move(key),
          std::move(label),
          std::move(unit),
          std::move(formula),
          std::move(method),
          1,
          {}};
}

void add_counts(std::vector<FigureSpec>& out) {
  out.push_back(
      spec("flow.items", "Pieces of work", "items", "count of items present in the window"));
  out.push_back(spec("flow.events", "Events they are known by", "events",
                     "sum of events per item over items, those in the window"));
  out.push_back(spec("flow.finished", "Finished", "items",
                     "count of items whose last finish lies in the window"));
  out.push_back(spec("flow.open", "Not finished yet", "items",
                     "count of items neither finished nor cancelled at the end of the window"));
  out.push_back(
      spec("flow.cancelled", "Given up", "items", "count of items cancelled in the window"));
  out.push_back(spec("flow.cancelled.share", "Share of begun work that is given up", "share",
                     "competing-risk share of cancelled over ages since commit (Aalen-Johansen)"));
}

struct Line {
  const char* name;
  const char* share;
  const char* words;
};
constexpr Line kLines[] = {{"p50", "0.5", "Half finish within"},
                           {"p85", "0.85", "85 of 100 finish within"},
                           {"p95", "0.95", "95 of 100 finish within"}};

void add_times(std::vector<FigureSpec>& out) {
  for (const Line& line : kLines) {
    out.push_back(
        spec(fmt::format("flow.cycle_time.{}", line.name), line.words, "days",
             fmt::format("inverse ECDF at {} of finish - commit over finished items", line.share)));
  }
  out.push_back(spec("flow.cycle_time.mean", "Finished work took on average", "days",
                     "mean of finish - commit over finished items"));
  for (const Line& line : kLines) {
    out.push_back(spec(
        fmt::format("flow.lead_time.{}", line.name),
        fmt::format("{}, counted from the request", line.words), "days",
        fmt::format("inverse ECDF at {} of finish - created over finished items", line.share)));
  }
  for (const Line& line : kLines) {
    out.push_back(
        spec(fmt::format("flow.cycle_time.km.{}", line.name),
             fmt::format("{}, unfinished work counted", line.words), "days",
             fmt::format("survival quantile at {} of ages since commit (Kaplan-Meier with delayed "
                         "entry; cancellation competes)",
                         line.share)));
  }
  for (const Line& line : {kLines[0], kLines[1]}) {
    out.push_back(
        spec(fmt::format("flow.cycle_time.working.{}", line.name),
             fmt::format("{}, in working time", line.words), "working hours",
             fmt::format("inverse ECDF at {} of working time between commit and finish over "
                         "finished items",
                         line.share)));
  }
  for (const Line& line : {kLines[0], kLines[1]}) {
    out.push_back(spec(
        fmt::format("flow.age.{}", line.name),
        line.name[1] == '5' ? "Half of the open work is at most this old"
                            : "85 of 100 open items are at most this old",
        "days",
        fmt::format("inverse ECDF at {} of age since commit over items in progress", line.share)));
  }
}

void add_rates(std::vector<FigureSpec>& out) {
  out.push_back(spec("flow.throughput.week", "Finished a week", "items a week",
                     "sum of 1/K for each item finished in the last K full weeks, K at most 13",
                     kLittle));
  out.push_back(spec("flow.arrival.week", "Begun a week", "items a week",
                     "sum of 1/K for each item begun in the last K full weeks, K at most 13",
                     kLittle));
  out.push_back(
      spec("flow.net_flow.week", "Begun less finished, a week", "items a week",
           "sum of 1/K for each item begun and -1/K for each finished in the last K full weeks",
           kLittle));
  out.push_back(spec("flow.backlog.months", "Months of work waiting", "months",
                     "flow.open / flow.throughput.week / (365.25 / 12 / 7)", kLittle));
  out.back().reads = {"flow.open", "flow.throughput.week"};
  out.push_back(spec("flow.load", "Work in progress, on average", "items",
                     "sum of time in progress within the window / length of the window, over items",
                     kLittle));
  out.push_back(spec("flow.load.now", "Work in progress now", "items",
                     "count of items in progress at the end of the window", kLittle));
  out.push_back(spec("flow.little.residual",
                     "Audit: what entered, stayed and left does not add up by", "share",
                     "max of |T x L - (cycle times + ages at cancellation + change of age)| / "
                     "max(T x L, 1 s) over the window, its weeks and its states",
                     kLittle));
}

void add_shares(std::vector<FigureSpec>& out) {
  out.push_back(spec("flow.efficiency", "Share of the time in which work was worked on", "share",
                     "ratio of sums of active time / (active + waiting time) over finished items",
                     kRatio));
  out.push_back(spec(
      "flow.efficiency.p50", "The same for the item in the middle", "share",
      "inverse ECDF at 0.5 of active time / (active + waiting time) over finished items", kRatio));
  out.push_back(
      spec("flow.efficiency.band", "The same under three readings of the events", "share",
           "lowest and highest ratio of sums over finished items: the map as declared; states that "
           "are mostly left to another owner as waiting; stays without any touch as waiting",
           kRatio));
  out.push_back(spec("flow.handoffs.team", "Handoffs between teams", "handoffs",
                     "sum of changes of the known team over items"));
  out.push_back(spec("flow.handoffs.team.per_item", "Handoffs between teams, each item",
                     "handoffs an item", "mean of changes of the known team over items present"));
  out.push_back(spec(
      "flow.handoffs.team.wait", "Wait after a handoff between teams", "days",
      "mean of time from a handoff to the next event of the item, at most 3 days, over handoffs"));
  out.push_back(spec("flow.handoffs.person", "Handoffs between people", "handoffs",
                     "sum of changes of the known person over items"));
  out.push_back(spec("flow.handoffs.person.per_item", "Handoffs between people, each item",
                     "handoffs an item", "mean of changes of the known person over items present"));
  out.push_back(
      spec("flow.pingpong.share", "Share of handed-on work that came back", "share",
           "mean of 1 (a team got it back from the team it gave it to) or 0 over items with at "
           "least 2 handoffs between teams"));
  out.push_back(
      spec("flow.rework.share", "Share of finished work that went back a step", "share",
           "mean of 1 (moved back a stage, or came back after it was finished) or 0 over finished "
           "items"));
  for (const std::string_view type : Names<WorkType>::values) {
    out.push_back(spec(fmt::format("flow.distribution.{}", type),
                       type == "unmapped" ? std::string("Share of finished work of no known type")
                                          : fmt::format("Share of finished work that is {}", type),
                       "share",
                       fmt::format("mean of 1 (type is {}) or 0 over finished items", type)));
  }
  out.push_back(spec(
      "flow.expectation.share", "Share finished within what was promised", "share",
      "mean of 1 (finish - commit is at most the service expectation of its value stream) or 0 "
      "over finished items of streams that have one"));
  out.push_back(
      spec("flow.purpose.share", "Share of work tied to a priority", "share",
           "mean of 1 (a path of ties leads to a priority) or 0 over items open or finished in the "
           "window"));
  out.push_back(spec("flow.unmapped.share", "Share of events in states nobody has explained",
                     "share", "ratio of sums of events in unmapped states / events over items",
                     kRatio));
}

}  // namespace

const std::vector<FigureSpec>& figure_specs() {
  static const std::vector<FigureSpec> all = [] {
    std::vector<FigureSpec> out;
    add_counts(out);
    add_times(out);
    add_rates(out);
    add_shares(out);
    return out;
  }();
  return all;
}

}  // namespace tiebeam::flow
