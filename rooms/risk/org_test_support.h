// Small organisations with risk records, for tests of the room.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "model/figures.h"
#include "rooms/risk/records.h"
#include "rooms/services/records.h"
#include "rooms/strategy/records.h"

namespace tiebeam::risk::test {

inline Estimate estimate(std::string_view text) {
  auto read = parse_estimate(text);
  EXPECT_TRUE(read.has_value()) << text;
  return read.value_or(Estimate::point(0));
}
inline Day day(std::string_view text) { return *parse_day(text); }

class Org {
 public:
  Org() {
    catalog_->add(describe_record<RiskScenario>("risk"));
    catalog_->add(describe_record<RiskControl>("risk"));
    catalog_->add(describe_record<ControlEffect>("risk"));
    catalog_->add(describe_record<Appetite>("risk"));
    catalog_->add(describe_record<Insurance>("risk"));
    catalog_->add(describe_record<SharedCause>("risk"));
    catalog_->add(describe_record<Driver>("risk"));
    catalog_->add(describe_record<DriverLoading>("risk"));
    catalog_->add(describe_record<services::Service>("services"));
    catalog_->add(describe_record<strategy::Priority>("strategy"));
    catalog_->add(describe_record<Person>("kernel"));
    made_->catalog = catalog_.get();
    made_->organisation.id = "acme";
    made_->organisation.as_of = *parse_instant("2026-11-01T00:00:00Z");
  }
  template <class T>
  Org& put(const T& record) {
    auto& all = made_->records[std::string(Describe<T>::name)];
    Record made = to_record(record);
    const auto at = std::ranges::lower_bound(all, made.id(), {}, &Record::id);
    if (at != all.end() && at->id() == made.id()) {
      *at = std::move(made);
    } else {
      all.insert(at, std::move(made));
    }
    return *this;
  }
  Org& put(std::string_view type, const Record& made) {
    auto& all = made_->records[std::string(type)];
    const auto at = std::ranges::lower_bound(all, made.id(), {}, &Record::id);
    if (at != all.end() && at->id() == made.id()) {
      *at = made;
    } else {
      all.insert(at, made);
    }
    return *this;
  }
  Org& scenario(std::string id, std::string_view often, std::string_view cost,
                std::string_view service = {}, std::string_view goal = {}) {
    RiskScenario out = sound(std::move(id), often, cost);
    out.asset = Id<"service">(std::string(service));
    if (!goal.empty()) out.goals = {Id<"priority">(std::string(goal))};
    return put(out);
  }
  static RiskScenario sound(std::string id, std::string_view often, std::string_view cost) {
    RiskScenario out;
    out.name = "The " + id;
    out.id = std::move(id);
    out.owner = Id<"person">("ada");
    out.review_on = day("2027-03-01");
    out.estimated_on = day("2026-05-01");
    out.frequency = estimate(often);
    out.primary_loss = estimate(cost);
    return out;
  }
  Org& control(std::string id, ControlStatus status, std::string_view cost = "1000") {
    RiskControl out;
    out.name = "The " + id;
    out.id = std::move(id);
    out.status = status;
    if (!cost.empty()) out.cost_a_year = estimate(cost);
    out.tested_at = day("2026-06-01");
    out.test_passed = true;
    return put(out);
  }
  Org& reduces(const std::string& control, const std::string& scenario, ReducedFactor factor,
               std::string_view by) {
    ControlEffect out;
    out.id =
        control + "-" + scenario + (factor == ReducedFactor::frequency ? "-fewer" : "-smaller");
    out.name = out.id;
    out.control = Id<"control">(control);
    out.scenario = Id<"scenario">(scenario);
    out.factor = factor;
    out.by = estimate(by);
    return put(out);
  }
  Org& appetite(std::string id, double probability, std::int64_t loss) {
    Appetite out;
    out.name = "Point " + id;
    out.id = std::move(id);
    out.probability = *Fraction::create(probability);
    out.loss = Money(loss * 100, Currency{});
    out.set_by = Id<"person">("ada");
    return put(out);
  }
  Snapshot& snapshot() { return *made_; }
  // A copy that later changes leave alone.
  [[nodiscard]] SnapshotPtr shared() const { return std::make_shared<const Snapshot>(*made_); }

 private:
  std::shared_ptr<Catalog> catalog_ = std::make_shared<Catalog>();
  std::shared_ptr<Snapshot> made_ = std::make_shared<Snapshot>();
};

// Three scenarios, four controls (one in place), two points of appetite.
inline Org small_company() {
  Org org;
  org.scenario("ransomware", "0.05..0.6", "100000..2000000", "orders", "keep-customers");
  org.scenario("vendor-failure", "pert min=0.1 mode=0.2 max=0.8", "50000..400000", "orders");
  org.scenario("lost-laptop", "2..9", "500..9000", "", "keep-customers");
  org.control("backup", ControlStatus::in_place, "30000..60000");
  org.reduces("backup", "ransomware", ReducedFactor::magnitude, "0.3..0.5..0.7");
  org.control("mfa", ControlStatus::proposed, "20000");
  org.reduces("mfa", "ransomware", ReducedFactor::frequency, "pert min=0.3 mode=0.5 max=0.8");
  org.reduces("mfa", "lost-laptop", ReducedFactor::frequency, "0.2");
  org.control("second-source", ControlStatus::planned, "80000");
  org.reduces("second-source", "vendor-failure", ReducedFactor::magnitude, "0.6");
  org.control("encryption", ControlStatus::proposed, "5000");
  org.reduces("encryption", "lost-laptop", ReducedFactor::magnitude, "0.9");
  org.appetite("bad-year", 0.1, 200'000).appetite("very-bad-year", 0.01, 5'000'000);
  return org;
}

}  // namespace tiebeam::risk::test
