// Beginning with risk: starting points fitted to the organisation, what the chosen ones could cost
// together, and the records made of them. api/start_plans.h reads what was asked.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/figure.h"
#include "model/figures.h"
#include "model/json.h"
#include "rooms/risk/engine/simulate.h"
#include "rooms/risk/engine/start_register.h"
#include "rooms/risk/engine/starters.h"

namespace tiebeam::risk {

constexpr double kMostYears = 1000;

// A yearly loss that may happen at most once in so many years.
struct AgreedPoint {
  double years = 0;
  double loss = 0;
  std::string id = {}, by = {};  // of the point on record, and who agreed to it; else ""
};

// What was asked, understood.
struct StartWish {
  Profile profile;
  bool said_people = false, said_revenue = false;  // else the reference organisation
  std::vector<std::string> chosen;                 // ids, in the library's order
  std::vector<AgreedPoint> agreed;                 // to hold against the curve; rarer is dearer
};
// Each rarer point dearer than the one before, in whatever order they come: all faults, each with
// its place among `points` ("/1/loss"). Faults: appetite.bad_point, appetite.not_in_order.
[[nodiscard]] std::vector<Error> point_faults(const std::vector<AgreedPoint>& points);
// The first of them.
[[nodiscard]] Result<void> check_points(std::vector<AgreedPoint> points);
// The appetite on record, the rarer the later: points in this currency of 1 to 1,000 years. Empty
// where they are not in order.
[[nodiscard]] std::vector<AgreedPoint> points_on_record(const Snapshot& snapshot,
                                                        const Currency& currency);

struct StartAnswer {
  StartWish wish;
  Currency currency;
  std::vector<Suggestion> all;              // every starting point, fitted
  std::vector<std::string> held;            // ids of those that are scenarios already
  std::vector<AgreedPoint> points;          // wished for, else on record, else suggested
  bool is_suggested = false;                // the points are
  std::optional<Simulation> together = {};  // of the chosen ones, with `points`; none: none chosen
  std::vector<Figure> figures = {};         // of the chosen ones together
};
// REQUIRES: check_profile holds. Errors: those of simulate.
[[nodiscard]] Result<StartAnswer> start_answer(const Snapshot& snapshot, StartWish wish);
// `options`: " --data DIR --org ID" as printed commands need them.
[[nodiscard]] Json start_json(const StartAnswer& answer, const FigureBook& book,
                              const std::string& options);

// The records of the chosen starting points that are not scenarios yet, referred-to ones first.
struct StartRecords {
  std::vector<std::pair<std::string, Record>> records;  // type and record
  std::vector<std::string> added, held;                 // ids of starting points
};
[[nodiscard]] StartRecords start_records(const Snapshot& snapshot, const StartWish& wish,
                                         Day today);

}  // namespace tiebeam::risk
