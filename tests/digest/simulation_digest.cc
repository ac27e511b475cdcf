// Simulates one register that uses everything the engine has, on 1, 2 and 4 threads and with every
// kind of vectors this machine has, and prints the digest if all agree. Builds with each compiler
// must print the same (./check --all).
#include <fmt/format.h>

#include <cstdio>
#include <set>
#include <string>

#include "quant/kernels/kernels.h"
#include "rooms/risk/engine/simulate.h"

namespace tiebeam::risk {
namespace {

Estimate meant(const char* text) {
  auto made = parse_estimate(text);
  TB_CHECK(made.has_value(), text);
  return *std::move(made);
}

Frequency poisson(const char* rate) {
  return {.law = CountLaw::poisson,
          .factors = {meant(rate)},
          .factor_fields = {"/rate"},
          .shares = {false}};
}

Scenario scenario(std::string id, Frequency frequency, const char* loss) {
  Scenario out;
  out.id = std::move(id);
  out.frequency = std::move(frequency);
  out.primary = {{"", meant(loss)}};
  return out;
}

Register everything() {
  Register out;
  const auto add = [&](Scenario each) -> Scenario& {
    return out.scenarios.emplace_back(std::move(each));
  };
  add(scenario("plain", poisson("0.7"), "10000..1000000"));
  add(scenario("rare", poisson("0.001"), "pert min=1000 mode=5000 max=900000"));
  add(scenario("many", poisson("gamma shape=2 scale=30"), "gamma shape=0.5 scale=800"));
  add(scenario("sums", poisson("1500"), "uniform min=2 max=10"));
  add(scenario("burst", {.law = CountLaw::negative_binomial, .mean = 2, .size = 0.5},
               "triangular min=0 mode=1 max=400"));
  add(scenario("crowd", {.law = CountLaw::negative_binomial, .mean = 90, .size = 1.5},
               "normal mean=100 sd=50"));
  add(scenario("certain", {.law = CountLaw::fixed, .count = 3}, "beta alpha=2 beta=5"));
  add(scenario("once", {.law = CountLaw::bernoulli, .factors = {meant("0.05")}, .shares = {true}},
               "exponential mean=70000"));
  add(scenario("maybe",
               {.law = CountLaw::bernoulli,
                .factors = {meant("pert min=0.1 mode=0.2 max=0.6")},
                .shares = {true}},
               "metalog p10=10 p50=20 p90=60 min=0"));
  Scenario& full = add(scenario("full", poisson("pert min=1 mode=4 max=12"), "20000..100000"));
  full.frequency->factors.push_back(meant("pert min=0.1 mode=0.2 max=0.5"));
  full.frequency->shares.push_back(true);
  full.secondary_probability = meant("pert min=0.05 mode=0.1 max=0.3");
  full.secondary = {{"response", meant("50000..500000")}, {"reputation", meant("1000..9000")}};
  full.insurance = {{50'000, 200'000}, {300'000, 1'000'000}};
  full.drivers = {{"attackers", 0.6}};
  full.severity_drivers = {{"currency", 0.4}};
  out.common_causes = {{"vendor", poisson("0.3"), {{"attackers", -0.3}}}};
  out.scenarios[0].common_cause = out.scenarios[1].common_cause = "vendor";
  out.scenarios[0].drivers = {{"attackers", 0.5}, {"currency", 0.5}};
  out.controls = {{"fewer",
                   "",
                   meant("1000"),
                   {{9, Factor::frequency, meant("pert min=0.2 mode=0.5 max=0.7")},
                    {3, Factor::frequency, meant("0.5")}}},
                  {"smaller",
                   "",
                   meant("500..2000"),
                   {{9, Factor::magnitude, meant("0.3")}, {0, Factor::magnitude, meant("0.5")}}}};
  out.control_budget = 5000;
  return out;
}

// Everything a reader is shown, in hexadecimal digits of the doubles.
std::string digest_of(const Simulation& simulation) {
  std::string out = fmt::format("{:016x}{:016x}", simulation.digest.high, simulation.digest.low);
  for (const SetResult& each : simulation.controls)
    out += fmt::format(" {:a}", each.reduction.value);
  for (const ScenarioResult& each : simulation.scenarios) {
    out += fmt::format(" {:a}", each.measures.ale);
    for (const auto& quantile : each.measures.quantiles)
      out += fmt::format(" {:a}", quantile.value_or(-1));
  }
  return out;
}

int run() {
  const Register wanted = everything();
  std::set<std::string> digests;
  std::string last, ran;
  for (const char* vectors : {"none", "avx2", "neon", "avx512"}) {
    if (!quant::limit_vectors(vectors)) continue;
    for (const unsigned threads : {1u, 2u, 4u}) {
      const auto found = simulate(wanted, {.trials = 20'001, .seed = 7, .threads = threads});
      if (!found) {
        fmt::print(stderr, "{}\n", found.error().message);
        return 3;
      }
      last = digest_of(*found);
      digests.insert(last);
      ran += fmt::format(" {}x{}", vectors, threads);
    }
  }
  fmt::print(stderr, "vectors x threads:{}\n", ran);
  if (digests.size() != 1) {
    fmt::print(stderr, "{} different digests\n", digests.size());
    for (const std::string& each : digests) fmt::print(stderr, "{}\n", each);
    return 1;
  }
  const quant::Mix whole = [&] {
    quant::Mix mix;
    for (const char c : last) mix = quant::combine(mix, {static_cast<unsigned char>(c), 0});
    return mix;
  }();
  fmt::print("{:016x}{:016x}\n", whole.high, whole.low);
  return 0;
}

}  // namespace
}  // namespace tiebeam::risk

int main() { return tiebeam::risk::run(); }
