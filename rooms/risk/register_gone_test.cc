// A second import brings a record to what the file says, also where the file says less.
#include "rooms/risk/register_gone.h"

#include <gtest/gtest.h>

#include "rooms/risk/engine/records/register_records.h"
#include "rooms/risk/engine/simulate.h"
#include "rooms/risk/org_test_support.h"
#include "rooms/risk/register_file.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

constexpr const char* kFirst = R"({"currency":"EUR","scenarios":[{"id":"a",
  "frequency":{"kind":"poisson","rate":1},"primary_loss":"5000..90000",
  "insurance":[{"deductible":10000,"limit":50000},{"deductible":40000,"limit":90000}],
  "drivers":{"wages":0.5},"severity_drivers":{"wages":0.3}}],
  "controls":[{"id":"c","reduces":[{"scenario":"a","factor":"frequency","by":0.5}]}],
  "appetite":[{"probability":0.1,"loss":100000}]})";
constexpr const char* kSecond = R"({"currency":"EUR","scenarios":[{"id":"a",
  "frequency":{"kind":"poisson","rate":1},"primary_loss":"5000..90000",
  "insurance":[{"deductible":10000,"limit":50000}],"severity_drivers":{"wages":0.3}}],
  "controls":[{"id":"c","reduces":[{"scenario":"a","factor":"magnitude","by":0.4}]}],
  "appetite":[{"probability":0.1,"loss":900000}]})";

RegisterRecords imported(const char* text, Org& into) {
  auto planned = records_of_register(*read_register(text), *into.shared(), false);
  EXPECT_TRUE(planned.has_value()) << (planned ? "" : planned.error().front().message);
  if (!planned) return {};
  for (const auto& [type, record] : planned->records) into.put(type, record);
  for (const auto& [type, id] : planned->removed)
    std::erase_if(into.snapshot().records[type], [&](const Record& one) { return one.id() == id; });
  return *std::move(planned);
}

TEST(RegisterImport, BringsARecordToWhatTheFileSays) {
  Org org;
  EXPECT_TRUE(imported(kFirst, org).removed.empty());
  const RegisterRecords again = imported(kSecond, org);
  EXPECT_EQ(again.removed, (std::vector<std::pair<std::string, std::string>>{
                               {"insurance_layer", "a-layer-02"},
                               {"reduction", "c-a-fewer"},
                               {"driver_loading", "wages-a-frequency"}}));
  EXPECT_EQ(again.told.size(), 3U);
  const Settings few{.trials = 5'000};
  const auto there = simulate(*read_register(kSecond), few);
  const auto here = simulate(register_of(org.snapshot())->wanted, few);
  ASSERT_TRUE(there.has_value() && here.has_value());
  EXPECT_EQ(here->portfolio.ale, there->portfolio.ale);
  EXPECT_EQ(here->controls[0].reduction.value, there->controls[0].reduction.value);
  EXPECT_TRUE(imported(kSecond, org).removed.empty());
}

TEST(RegisterImport, LeavesPartsOfWhatTheFileDoesNotSpeakOf) {
  Org org;
  imported(kFirst, org);
  org.scenario("other", "1", "5..9").control("more", ControlStatus::proposed);
  org.reduces("c", "other", ReducedFactor::frequency, "0.5");
  org.reduces("more", "a", ReducedFactor::frequency, "0.5");
  EXPECT_TRUE(imported(kFirst, org).removed.empty());
}

// Who agreed to 100,000 did not agree to 900,000.
TEST(RegisterImport, TakesANameOffALossThatChanges) {
  Org org;
  org.appetite("bad-year", 0.1, 100'000);
  EXPECT_TRUE(imported(kFirst, org).told.empty());
  EXPECT_EQ(to_struct<Appetite>(*org.snapshot().find("appetite", "bad-year")).set_by.str(), "ada");
  const RegisterRecords moved = imported(kSecond, org);
  const auto now = to_struct<Appetite>(*org.snapshot().find("appetite", "bad-year"));
  EXPECT_EQ(now.loss->minor(), 90'000'000);
  EXPECT_TRUE(now.set_by.empty());
  EXPECT_FALSE(now.set_on.has_value());
  EXPECT_TRUE(std::ranges::any_of(
      moved.told, [](const std::string& one) { return one.contains("/appetite/0: ada"); }));
}

// What could not be simulated is not written over what can.
TEST(RegisterImport, RefusesWhatSimulateRefuses) {
  for (const char* part : {R"("frequency":{"kind":"poisson","rate":-1},"primary_loss":5)",
                           R"("frequency":{"kind":"poisson","rate":1},"primary_loss":-5)",
                           R"("frequency":{"kind":"bernoulli","p":1.5},"primary_loss":5)"}) {
    const std::string text =
        std::string(R"({"currency":"EUR","scenarios":[{"id":"a",)") + part + "}]}";
    const auto wanted = read_register(text);
    ASSERT_TRUE(wanted.has_value());
    const auto refused = records_of_register(*wanted, Org().snapshot(), false);
    ASSERT_FALSE(refused.has_value()) << part;
    EXPECT_TRUE(refused.error().front().field.starts_with("/scenarios/0/"))
        << refused.error().front().field;
  }
}

TEST(RegisterImport, KeepsTwoPointsApartThatRoundToTheSameWords) {
  Org org;
  const char* text = R"({"currency":"EUR","scenarios":[{"id":"a","frequency":{"kind":"poisson",
    "rate":1},"primary_loss":5}],"appetite":[{"probability":0.0334,"loss":1000},
    {"probability":0.0333,"loss":2000}]})";
  imported(text, org);
  const auto points = org.snapshot().all<Appetite>();
  ASSERT_EQ(points.size(), 2U);
  EXPECT_NE(points[0].name, points[1].name);
  imported(text, org);
  EXPECT_EQ(org.snapshot().all<Appetite>().size(), 2U);
  EXPECT_EQ(register_of(org.snapshot())->wanted.appetite.size(), 2U);
}

}  // namespace
}  // namespace tiebeam::risk
