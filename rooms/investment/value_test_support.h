// Cases from JSON text, for tests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "rooms/investment/engine/value.h"
#include "rooms/investment/initiatives_file.h"

namespace tiebeam::investment {

inline Result<Json> no_other_file(const std::string& path) {
  return invalid("file.unreadable", path + " is not there", "write it");
}
inline ReadCases read_text(const std::string& text, const LoadJson& load = no_other_file) {
  const auto json = parse_json(text);
  EXPECT_TRUE(json) << (json ? "" : json.error().message);
  return read_cases(json ? *json : Json(), load);
}
// The text of a file with these KPIs and initiatives; `settings` as `"trials":7`.
inline std::string file_of(const std::string& kpis, const std::string& initiatives,
                           const std::string& settings = {}) {
  return R"({"currency":"EUR","discount_rate":0.08,"horizon_years":5,"drivers":["demand","wages"])" +
         (settings.empty() ? "" : "," + settings) + R"(,"kpis":[)" + kpis + R"(],"initiatives":[)" +
         initiatives + "]}";
}
inline Cases cases_of(const std::string& text) {
  ReadCases read = read_text(text);
  for (const Error& fault : read.faults) ADD_FAILURE() << fault.message;
  return read.cases;
}
inline Valuation value(const Cases& cases, ValueRequest request = {}) {
  auto out = value_of(cases, request);
  EXPECT_TRUE(out) << (out ? "" : out.error().message);
  return out ? *std::move(out) : Valuation{};
}
inline const CaseValue& only(const Valuation& valuation) { return valuation.initiatives.front(); }

// Three initiatives that use all there is.
inline const std::string kThreeKpis =
    R"({"id":"calls","value_per_unit":{"kind":"pert","min":-9,"mode":-6,"max":-4}},
       {"id":"orders","value_per_unit":{"kind":"lognormal","p05":14,"p95":30},"drivers":{"demand":0.5}})";
inline const std::vector<std::string> kThree = {
    R"({"id":"self-service","one_off_cost":{"kind":"lognormal","p05":300000,"p95":700000},
        "run_cost_a_year":{"kind":"pert","min":60000,"mode":80000,"max":140000},
        "duration":{"kind":"lognormal","p05":120,"p95":400},"p_success":0.85,
        "adoption":{"kind":"pert","min":0.2,"mode":0.5,"max":0.8},"adoption_ramp":365,
        "effects":[{"kpi":"calls","change":{"kind":"pert","min":-90000,"mode":-60000,"max":-30000},
                    "share":0.8},
                   {"kpi":"orders","change":{"kind":"lognormal","p05":1000,"p95":9000},"delay":180}],
        "drivers":{"run_cost_a_year":{"wages":0.6},"adoption":{"demand":0.4}}})",
    R"({"id":"exit","one_off_cost":{"kind":"lognormal","p05":150000,"p95":400000},
        "run_cost_a_year":25000,"exit_cost":50000,"duration":{"kind":"lognormal","p05":400,"p95":1100},
        "p_success":0.7,"do_nothing_cost_a_year":{"kind":"pert","min":9000,"mode":11000,"max":16000},
        "effects":[{"kpi":"orders","change":4000}],
        "correlations":[{"inputs":["one_off_cost","duration"],"rank":0.6}]})",
    R"({"id":"rules","kind":"mandatory","one_off_cost":{"kind":"uniform","min":1000,"max":4000},
        "run_cost_a_year":400,"duration":200})"};
inline std::string three(const std::vector<std::size_t>& order, const std::string& settings = {}) {
  std::string list;
  for (const std::size_t i : order) list += (list.empty() ? "" : ",") + kThree[i];
  return file_of(kThreeKpis, list, settings);
}

}  // namespace tiebeam::investment
