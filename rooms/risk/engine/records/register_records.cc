#include "rooms/risk/engine/records/register_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "rooms/risk/engine/records/field_faults.h"

namespace tiebeam::risk {
namespace {

class Building {
 public:
  Building(const Snapshot& snapshot, Currency currency) : snapshot_(snapshot) {
    out_.wanted.currency = currency;
  }

  RecordRegister all() {
    common_causes();
    scenarios();
    controls();
    appetite();
    for (auto& list : {&left_scenarios_, &left_controls_, &left_parts_})
      for (LeftOut& each : *list) out_.left_out.push_back(std::move(each));
    return std::move(out_);
  }

 private:
  template <class T>
  static LeftOut left(const T& record, std::vector<Lack> lacks) {
    return {std::string(Describe<T>::name), record.id, record.name, std::move(lacks)};
  }
  template <class T>
  void leave_part(const T& record, std::string field, std::string what, std::string hint) {
    left_parts_.push_back(left(record, {{std::move(field), std::move(what), std::move(hint)}}));
  }

  // A cause is a scenario without losses: the same fields say how often.
  void common_causes() {
    for (const SharedCause& record : snapshot_.all<SharedCause>()) {
      RiskScenario like;
      like.id = record.id;
      like.law = record.law;
      like.frequency = record.frequency;
      like.dispersion = record.dispersion;
      like.primary_loss = Estimate::point(0);
      ReadScenario read = scenario_of(like);
      if (!read.scenario.frequency || !read.lacks.empty()) {
        if (read.lacks.empty()) read.lacks.push_back({"frequency", "how often it happens", {}});
        left_parts_.push_back(left(record, std::move(read.lacks)));
        continue;
      }
      out_.wanted.common_causes.push_back(
          {record.id, *std::move(read.scenario.frequency), loadings(record.id, true, "frequency")});
    }
  }

  void scenarios() {
    for (const RiskScenario& record : snapshot_.all<RiskScenario>()) {
      ReadScenario read = scenario_of(record);
      Scenario& scenario = read.scenario;
      scenario.drivers = loadings(record.id, false, "frequency");
      scenario.severity_drivers = loadings(record.id, false, "loss");
      scenario.insurance = insurance(record.id);
      if (read.lacks.empty()) read.lacks = faults_of(out_.wanted, scenario);
      if (!read.lacks.empty()) {
        left_scenarios_.push_back(left(record, std::move(read.lacks)));
        continue;
      }
      places_[record.id] = out_.wanted.scenarios.size();
      out_.wanted.scenarios.push_back(std::move(scenario));
    }
  }

  // Of one scenario or common cause, for one of its estimates.
  std::vector<Loading> loadings(const std::string& id, bool of_cause, std::string_view input) {
    std::vector<Loading> out;
    for (const DriverLoading& each : all_loadings()) {
      const std::string& whose = of_cause ? each.common_cause.str() : each.scenario.str();
      const bool fits = each.input == input || (each.input.empty() && input == "frequency");
      if (whose != id || !fits) continue;
      if (std::ranges::find(out, each.driver.str(), &Loading::driver) != out.end()) {
        leave_part(each, "driver", "the same driver moves the same estimate twice",
                   "keep one of the two loadings");
        continue;
      }
      out.push_back({each.driver.str(), each.weight.value_or(0)});
    }
    return out;
  }

  // Those that are about risk, and can be meant.
  const std::vector<DriverLoading>& all_loadings() {
    if (has_loadings_) return loadings_;
    has_loadings_ = true;
    for (const DriverLoading& each : snapshot_.all<DriverLoading>()) {
      const bool scenario = !each.scenario.empty(), cause = !each.common_cause.empty();
      if (!scenario && !cause) continue;  // of an initiative or a KPI: another room's
      if (scenario && cause) {
        leave_part(each, "common_cause", "it names a scenario and a common cause",
                   "write one loading for each");
      } else if (!each.input.empty() && each.input != "frequency" &&
                 (cause || each.input != "loss")) {
        leave_part(each, "input",
                   fmt::format("'{}' is no estimate of a {}", shown(each.input),
                               cause ? "common cause" : "scenario"),
                   cause ? "write frequency" : "write frequency or loss");
      } else {
        loadings_.push_back(each);
      }
    }
    return loadings_;
  }

  // An amount in the organisation's currency; nothing with the fault said.
  template <class T>
  std::optional<double> amount(const T& record, const char* field,
                               const std::optional<Money>& money) {
    if (!money) {
      leave_part(record, field, "the amount is missing", "give it");
      return std::nullopt;
    }
    const Currency& own = out_.wanted.currency;
    if (money->currency() != own) {
      leave_part(record, field,
                 fmt::format("it is in {}, the organisation counts in {}", money->currency().code(),
                             own.code()),
                 "convert it at a dated rate and write the amount in the organisation's currency");
      return std::nullopt;
    }
    if (money->minor() < 0) {
      leave_part(record, field, "the amount is below 0", "give an amount of 0 or more");
      return std::nullopt;
    }
    return static_cast<double>(money->minor()) / std::pow(10, own.digits());
  }

  // Layers in order of id.
  std::vector<InsuranceLayer> insurance(const std::string& scenario) {
    std::vector<InsuranceLayer> out;
    for (const Insurance& each : snapshot_.all<Insurance>()) {
      if (each.scenario.str() != scenario) continue;
      const auto deductible = amount(each, "deductible", each.deductible);
      if (!deductible) continue;
      const auto limit = amount(each, "limit", each.limit);
      if (limit) out.push_back({*deductible, *limit});
    }
    return out;
  }

  void controls() {
    const std::vector<ControlEffect> effects = snapshot_.all<ControlEffect>();
    for (const RiskControl& record : snapshot_.all<RiskControl>()) {
      if (record.status == ControlStatus::retired) continue;
      Control control{.id = record.id,
                      .title = record.name,
                      .cost_a_year = record.cost_a_year.value_or(Estimate::point(0)),
                      .reduces = reductions(record.id, effects),
                      .in_place = record.status == ControlStatus::in_place,
                      .has_no_price = !record.cost_a_year.has_value()};
      std::vector<Lack> lacks;
      if (const std::string fault = not_an_amount(control.cost_a_year); !fault.empty())
        lacks.push_back({"cost_a_year", fault, "give a range above 0, such as 30000..60000"});
      if (control.reduces.empty())
        lacks.push_back({"", "what it reduces",
                         "say which scenario it makes rarer or smaller, and by which share"});
      if (!lacks.empty()) {
        left_controls_.push_back(left(record, std::move(lacks)));
        continue;
      }
      out_.wanted.controls.push_back(std::move(control));
    }
  }

  std::vector<Reduction> reductions(const std::string& control,
                                    const std::vector<ControlEffect>& effects) {
    std::vector<Reduction> out;
    for (const ControlEffect& each : effects) {
      const auto place = places_.find(each.scenario.str());
      if (each.control.str() != control || place == places_.end()) continue;
      const std::string fault = each.by ? not_a_share(*each.by) : "the share is missing";
      if (!fault.empty()) {
        leave_part(each, "by", fault,
                   "give the share taken away, such as 0.4, or the least, the likely and the most: "
                   "0.2..0.4..0.6");
        continue;
      }
      out.push_back(
          {place->second,
           each.factor == ReducedFactor::frequency ? Factor::frequency : Factor::magnitude,
           *each.by});
    }
    return out;
  }

  void appetite() {
    struct Point {
      quant::AppetitePoint at;
      Appetite record;
    };
    std::vector<Point> points;
    for (const Appetite& each : snapshot_.all<Appetite>()) {
      const auto loss = amount(each, "loss", each.loss);
      if (loss) points.push_back({{each.probability ? each.probability->value() : 0, *loss}, each});
    }
    std::ranges::sort(points, [](const Point& a, const Point& b) {
      return std::tuple(-a.at.probability, a.at.loss, a.record.id) <
             std::tuple(-b.at.probability, b.at.loss, b.record.id);
    });
    for (Point& point : points) {
      auto wider = out_.wanted.appetite;
      wider.push_back(point.at);
      if (const auto faults = quant::appetite_faults(wider); !faults.empty()) {
        leave_part(point.record, faults.front().field.ends_with("loss") ? "loss" : "probability",
                   faults.front().message, faults.front().hint);
        continue;
      }
      out_.wanted.appetite = std::move(wider);
      out_.appetite_ids.push_back(point.record.id);
    }
  }

  const Snapshot& snapshot_;
  RecordRegister out_;
  std::map<std::string, std::size_t, std::less<>> places_;  // of finished scenarios
  std::vector<DriverLoading> loadings_;
  bool has_loadings_ = false;
  std::vector<LeftOut> left_scenarios_, left_controls_, left_parts_;
};

}  // namespace

Result<RecordRegister> register_of(const Snapshot& snapshot) {
  TB_TRY(const Currency currency, Currency::create(snapshot.organisation.currency));
  return Building(snapshot, currency).all();
}

}  // namespace tiebeam::risk
