// Records become a register: what is finished counts, what is not is left out and says why.
#include "rooms/risk/engine/records/register_records.h"

#include <gtest/gtest.h>

#include "model/record_csv.h"
#include "rooms/risk/org_test_support.h"
#include "rooms/risk/register_file.h"
#include "rooms/risk/register_import.h"
#include "rooms/risk/register_json.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

RecordRegister made(const Org& org) {
  auto found = register_of(*org.shared());
  EXPECT_TRUE(found.has_value()) << (found ? "" : found.error().message);
  return found ? *std::move(found) : RecordRegister{};
}
// "scenario/x: frequency: how often it happens"
std::vector<std::string> reasons(const RecordRegister& all) {
  std::vector<std::string> out;
  for (const LeftOut& left : all.left_out) {
    for (const Lack& lack : left.lacks)
      out.push_back(left.type + "/" + left.id + ": " + lack.field + ": " + lack.what);
  }
  return out;
}

TEST(RegisterOfRecords, HoldsWhatIsFinishedInOrderOfId) {
  const RecordRegister found = made(small_company());
  EXPECT_TRUE(reasons(found).empty());
  ASSERT_EQ(found.wanted.scenarios.size(), 3U);
  EXPECT_EQ(found.wanted.scenarios[1].id, "ransomware");
  EXPECT_EQ(found.wanted.scenarios[1].asset, "orders");
  ASSERT_EQ(found.wanted.controls.size(), 4U);
  EXPECT_TRUE(found.wanted.controls[0].in_place);
  EXPECT_FALSE(found.wanted.controls[2].in_place);
  EXPECT_EQ(found.wanted.appetite[0].probability, 0.1);  // the likelier one first
  EXPECT_EQ(found.appetite_ids, (std::vector<std::string>{"bad-year", "very-bad-year"}));
}

TEST(RegisterOfRecords, LeavesOutWhatLacksSomethingAndSaysWhat) {
  Org org;
  RiskScenario nothing;
  nothing.id = nothing.name = "nothing";
  RiskScenario steps = Org::sound("steps", "1", "10..20");
  steps.frequency.reset();
  steps.contact = estimate("10");
  RiskScenario half = Org::sound("half", "1", "10..20");
  half.secondary_loss = estimate("5..9");
  RiskScenario both = Org::sound("both", "1", "10..20");
  both.fines_loss = estimate("5..9");
  org.put(nothing).put(steps).put(half).put(both);
  org.scenario("sound", "0.1", "5..9").control("idle", ControlStatus::proposed);
  const RecordRegister found = made(org);
  EXPECT_EQ(found.wanted.scenarios.size(), 1U);
  EXPECT_TRUE(found.wanted.controls.empty());
  EXPECT_EQ(
      reasons(found),
      (std::vector<std::string>{
          "scenario/both: primary_loss: both what an event costs in total and parts of it are "
          "given",
          "scenario/half: secondary_probability: the chance that others react",
          "scenario/nothing: frequency: how often it happens",
          "scenario/nothing: primary_loss: what one event costs",
          "scenario/steps: action: the chance that the threat acts when it is met",
          "control/idle: : what it reduces"}));
  for (const LeftOut& left : found.left_out)
    for (const Lack& lack : left.lacks) EXPECT_FALSE(lack.hint.empty()) << lack.what;
}

// spec/quant.md, section 8, edge cases 3, 5, 7, 8, 15, 19 and 24, as records.
TEST(RegisterOfRecords, LeavesOutWhatCannotBeMeant) {
  Org org;
  RiskScenario chance = Org::sound("chance", "1.7", "10..20");
  chance.law = Law::bernoulli;
  RiskScenario below = Org::sound("below", "1", "normal mean=10 sd=50");
  RiskScenario often = Org::sound("often", "1e13", "10..20");
  RiskScenario cluster = Org::sound("cluster", "2..4", "10..20");
  cluster.law = Law::negative_binomial;
  RiskScenario whole = Org::sound("whole", "2.5", "10..20");
  whole.law = Law::fixed;
  org.put(chance).put(below).put(often).put(cluster).put(whole).scenario("sound", "0.1", "5..9");
  org.control("much", ControlStatus::proposed);
  org.reduces("much", "sound", ReducedFactor::frequency, "1.2");
  Insurance dollars;
  dollars.id = dollars.name = "dollars";
  dollars.scenario = Id<"scenario">("sound");
  dollars.deductible = Money(100, *Currency::create("USD"));
  dollars.limit = Money(100, *Currency::create("USD"));
  org.put(dollars).appetite("a", 0.1, 100).appetite("b", 0.01, 50);
  const RecordRegister found = made(org);
  ASSERT_EQ(found.wanted.scenarios.size(), 1U);
  EXPECT_TRUE(found.wanted.controls.empty());
  EXPECT_EQ(found.wanted.appetite.size(), 1U);
  const auto all = reasons(found);
  const auto has = [&](std::string_view part) {
    return std::ranges::any_of(all, [&](const std::string& one) { return one.contains(part); });
  };
  EXPECT_TRUE(has("scenario/chance: frequency: this is a probability"));
  EXPECT_TRUE(has("scenario/below: primary_loss: a loss below 0"));
  EXPECT_TRUE(has("scenario/often: frequency: 1e+13 events a year"));
  EXPECT_TRUE(has("scenario/cluster: frequency: this law takes one number"));
  EXPECT_TRUE(has("scenario/whole: frequency: 2.5 is not a number of events"));
  EXPECT_TRUE(has("reduction/much-sound-fewer: by: 1.2 is not a share"));
  EXPECT_TRUE(has("insurance_layer/dollars: deductible: it is in USD"));
  EXPECT_TRUE(has("appetite/b: "));
}

// Everything a register can hold, once.
Org rich() {
  Org org = small_company();
  SharedCause cause;
  cause.id = cause.name = "storm";
  cause.frequency = estimate("0.2");
  org.put(cause);
  RiskScenario forms = Org::sound("forms", "0", "1");
  forms.frequency.reset();
  forms.primary_loss.reset();
  forms.contact = estimate("3..9");
  forms.action = estimate("pert min=0.1 mode=0.2 max=0.4");
  forms.vulnerability = estimate("0.5");
  forms.productivity_loss = estimate("1000..9000");
  forms.fines_loss = estimate("0..50..900");
  forms.common_cause = Id<"common_cause">("storm");
  forms.secondary_probability = estimate("0.1");
  forms.secondary_loss = estimate("5000..90000");
  org.put(forms);
  RiskScenario cluster = Org::sound("cluster", "2", "uniform min=5 max=80");
  cluster.law = Law::negative_binomial;
  cluster.dispersion = 0.5;
  org.put(cluster);
  RiskScenario once = Org::sound("once", "0.05..0.1..0.3", "empirical 3 5 8");
  once.law = Law::bernoulli;
  org.put(once);
  RiskScenario always = Org::sound("always", "3", "discrete 0=0.8 100=0.2");
  always.law = Law::fixed;
  org.put(always);
  for (int i = 0; i < 2; ++i) {
    Insurance layer;
    layer.id = layer.name = "layer-" + std::to_string(i);
    layer.scenario = Id<"scenario">("ransomware");
    layer.deductible = Money(1'000'000 * (i + 1), Currency{});
    layer.limit = Money(50'000'000, Currency{});
    org.put(layer);
  }
  Driver wages;
  wages.id = wages.name = "wages";
  org.put(wages);
  for (const auto& [id, input] :
       {std::pair{"vendor-failure", "frequency"}, {"ransomware", "loss"}}) {
    DriverLoading loading;
    loading.id = loading.name = std::string("wages-") + id;
    loading.driver = Id<"driver">("wages");
    loading.scenario = Id<"scenario">(id);
    loading.input = input;
    loading.weight = 0.5;
    org.put(loading);
  }
  org.control("no-price", ControlStatus::proposed, "");
  org.reduces("no-price", "once", ReducedFactor::magnitude, "0.5");
  org.put([] {
    services::Service out;
    out.id = out.name = "orders";
    return out;
  }());
  org.put([] {
    strategy::Priority out;
    out.id = out.name = "keep-customers";
    return out;
  }());
  return org;
}

TEST(RegisterOfRecords, IsTheSameAgainFromItsFile) {
  const RecordRegister found = made(rich());
  EXPECT_TRUE(reasons(found).empty()) << reasons(found).front();
  const std::string text = write_json(register_json(found.wanted));
  const auto back = read_register(text);
  ASSERT_TRUE(back.has_value()) << back.error().message << "\n" << back.error().detail;
  EXPECT_EQ(write_json(register_json(*back)), text);
  for (std::size_t i = 0; i < found.wanted.controls.size(); ++i) {
    EXPECT_EQ(back->controls[i].in_place, found.wanted.controls[i].in_place);
    EXPECT_EQ(back->controls[i].has_no_price, found.wanted.controls[i].has_no_price);
  }
}

TEST(RegisterImport, GivesBackTheRecordsAndNothingTwice) {
  const Org from = rich();
  const std::string text = write_json(register_json(made(from).wanted));
  const Register wanted = *read_register(text);
  Org into;  // with what the register points to
  for (const char* type : {"service", "priority"})
    for (const Record& record : from.shared()->of(type)) into.put(type, record);
  for (int round = 0; round < 2; ++round) {
    auto planned = records_of_register(wanted, *into.shared(), false);
    ASSERT_TRUE(planned.has_value()) << planned.error().front().message;
    for (const auto& [type, record] : planned->records) {
      const SnapshotPtr now = into.shared();
      const Record* held = now->find(type, record.id());
      if (round == 1) {
        ASSERT_NE(held, nullptr) << type << "/" << record.id();
        EXPECT_EQ(*held, record) << type << "/" << record.id();
      }
      into.put(type, record);
    }
    EXPECT_EQ(write_json(register_json(made(into).wanted)), text);
  }
}

TEST(RegisterImport, KeepsWhatTheFileDoesNotSpeakOf) {
  Org org = rich();
  const Register wanted = *read_register(write_json(register_json(made(org).wanted)));
  RiskScenario owned = to_struct<RiskScenario>(*org.shared()->find("scenario", "ransomware"));
  owned.basis = "three incidents";
  owned.frequency = estimate("7");
  org.put(owned);
  const auto planned = records_of_register(wanted, *org.shared(), false);
  ASSERT_TRUE(planned.has_value()) << planned.error().front().message;
  for (const auto& [type, record] : planned->records) {
    if (type != "scenario" || record.id() != "ransomware") continue;
    const auto now = to_struct<RiskScenario>(record);
    EXPECT_EQ(now.basis, "three incidents");
    EXPECT_EQ(now.frequency, estimate("0.05..0.6"));
  }
}

TEST(RegisterImport, RefusesWhatRecordsCannotHoldByPointer) {
  const char* text = R"({"currency":"USD","scenarios":[{"id":"a","asset":"nowhere",
    "frequency":{"kind":"poisson","rate":1},"primary_loss":5,"secondary_probability":0.1,
    "secondary_loss":{"response":5,"reputation":9}},
    {"id":"A!","frequency":{"kind":"poisson","rate":1},"primary_loss":5}]})";
  const auto refused = records_of_register(*read_register(text), *Org().shared(), false);
  ASSERT_FALSE(refused.has_value());
  std::string said;
  for (const Error& each : refused.error()) {
    said += each.message + "\n";
    EXPECT_FALSE(each.found.empty() || each.expected.empty()) << each.message;
  }
  for (const char* pointer :
       {"/currency", "/scenarios/0/asset", "/scenarios/0/secondary_loss", "/scenarios/1/id"})
    EXPECT_NE(said.find(pointer), std::string::npos) << said;
}

TEST(RiskRecords, KeepEveryFieldThroughCsv) {
  const Org org = rich();
  for (const char* type : {"scenario", "control", "reduction", "appetite", "insurance_layer",
                           "common_cause", "driver", "driver_loading"}) {
    const SnapshotPtr now = org.shared();
    const RecordType& described = *now->catalog->find(type);
    ReadRecords back = read_csv(described, to_csv(described, now->of(type)));
    EXPECT_TRUE(back.faults.empty()) << type << ": " << back.faults.front().message;
    ASSERT_EQ(back.records.size(), now->of(type).size()) << type;
    for (std::size_t i = 0; i < back.records.size(); ++i) {
      Record held = now->of(type)[i];
      for (const std::size_t kept : {kCreatedField, kUpdatedField, kVersionField})
        held.values[kept] = back.records[i].values[kept];
      EXPECT_EQ(back.records[i], held) << type << "/" << held.id();
    }
  }
}

}  // namespace
}  // namespace tiebeam::risk
