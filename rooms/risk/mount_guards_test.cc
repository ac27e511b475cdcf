// What cannot be meant is refused beside its field, whoever writes it.
#include "rooms/risk/mount_guards.h"

#include <gtest/gtest.h>

#include "rooms/risk/room_test_support.h"

namespace tiebeam::risk {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the support of these tests

struct Guarded {
  Table table;
  Org org;
  Guarded() { mount_guards(table); }

  template <class T>
  [[nodiscard]] std::vector<std::string> fields(const T& wanted,
                                                std::vector<Record> together = {}) const {
    const FigureBook book(table.figures, org.shared(), {});
    Record record = to_record(wanted);
    const auto held = book.snapshot().find(Describe<T>::name, wanted.id);
    std::vector<std::string> out;
    for (const Error& fault : table.guards.at(std::string(Describe<T>::name))(
             {.book = book, .held = held, .record = &record, .together = together})) {
      EXPECT_FALSE(fault.message.empty() || fault.hint.empty() || fault.code.empty());
      EXPECT_FALSE(fault.found.empty() || fault.expected.empty()) << fault.message;
      out.push_back(fault.field);
    }
    return out;
  }
};
using Fields = std::vector<std::string>;

TEST(RiskGuards, RefuseWhatAnEstimateCannotBe) {
  const Guarded to;
  EXPECT_EQ(to.fields(Org::sound("s", "0.1", "5..9")), Fields{});
  EXPECT_EQ(to.fields(Org::sound("s", "-2", "5..9")), Fields{"/frequency"});
  EXPECT_EQ(to.fields(Org::sound("s", "0.1", "-5")), Fields{"/primary_loss"});
  EXPECT_EQ(to.fields(Org::sound("s", "1e13", "5")), Fields{"/frequency"});
  RiskScenario all = Org::sound("s", "1", "normal mean=10 sd=50");
  all.vulnerability = estimate("1.2");
  all.secondary_probability = estimate("-0.1");
  all.secondary_loss = estimate("-3");
  EXPECT_EQ(to.fields(all), (Fields{"/vulnerability", "/primary_loss", "/secondary_loss",
                                    "/secondary_probability"}));
  RiskScenario chance = Org::sound("s", "1.7", "5");
  EXPECT_EQ(to.fields(chance), Fields{});  // events a year
  chance.law = Law::bernoulli;
  EXPECT_EQ(to.fields(chance), Fields{"/frequency"});
}

TEST(RiskGuards, TakeWhatIsOnlyUnfinished) {
  const Guarded to;
  RiskScenario half;
  half.id = half.name = "half";
  EXPECT_EQ(to.fields(half), Fields{});
  half.contact = estimate("3..9");
  EXPECT_EQ(to.fields(half), Fields{});
  half.common_cause = Id<"common_cause">("storm");
  half.contact.reset();
  half.primary_loss = estimate("5..9");
  EXPECT_EQ(to.fields(half), Fields{});
  EXPECT_EQ(to.fields(RiskControl{}), Fields{});
}

TEST(RiskGuards, RefuseSharesCostsAndAmounts) {
  const Guarded to;
  RiskControl control;
  control.cost_a_year = estimate("-500");
  EXPECT_EQ(to.fields(control), Fields{"/cost_a_year"});
  ControlEffect effect;
  effect.by = estimate("1.5");
  EXPECT_EQ(to.fields(effect), Fields{"/by"});
  effect.by = estimate("0.2..0.6");  // nine in ten lie between: the rest may lie above 1
  EXPECT_EQ(to.fields(effect), Fields{"/by"});
  effect.by = estimate("0.2..0.4..0.6");
  EXPECT_EQ(to.fields(effect), Fields{});
  SharedCause cause;
  cause.frequency = estimate("-1");
  EXPECT_EQ(to.fields(cause), Fields{"/frequency"});
  Insurance layer;
  layer.deductible = Money(-100, Currency{});
  layer.limit = Money(-100, Currency{});
  EXPECT_EQ(to.fields(layer), (Fields{"/deductible", "/limit"}));
}

Appetite point(std::string id, double probability, std::int64_t loss) {
  Appetite out;
  out.id = out.name = std::move(id);
  out.probability = *Fraction::create(probability);
  out.loss = Money(loss * 100, Currency{});
  return out;
}

TEST(RiskGuards, KeepTheAppetiteInOrder) {
  Guarded to;
  EXPECT_EQ(to.fields(point("a", 0, -9)), (Fields{"/probability", "/loss"}));
  EXPECT_EQ(to.fields(point("a", 1, 9)), Fields{"/probability"});
  to.org.appetite("ten", 0.1, 1'000).appetite("hundred", 0.01, 5'000);
  EXPECT_EQ(to.fields(point("fifty", 0.02, 3'000)), Fields{});
  EXPECT_EQ(to.fields(point("fifty", 0.02, 900)), Fields{"/loss"});
  EXPECT_EQ(to.fields(point("fifty", 0.02, 5'000)), Fields{"/loss"});
  EXPECT_EQ(to.fields(point("again", 0.1, 2'000)), Fields{"/probability"});
  EXPECT_EQ(to.fields(point("ten", 0.1, 2'000)), Fields{});
  EXPECT_EQ(to.fields(point("ten", 0.1, 6'000)), Fields{"/loss"});
  // All of them moved in one step: only what they come to counts.
  const std::vector<Record> both = {to_record(point("ten", 0.1, 6'000)),
                                    to_record(point("hundred", 0.01, 20'000))};
  EXPECT_EQ(to.fields(point("ten", 0.1, 6'000), both), Fields{});
}

}  // namespace
}  // namespace tiebeam::risk
