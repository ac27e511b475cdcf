#include "rooms/risk/register_import.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "base/json_pointer.h"
#include "base/text.h"
#include "model/json_object.h"
#include "rooms/risk/engine/prepared.h"
#include "rooms/risk/records.h"
#include "rooms/risk/register_gone.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

class Planning {
 public:
  Planning(const Register& wanted, const Snapshot& snapshot, bool drop_unknown)
      : wanted_(wanted), snapshot_(snapshot), drop_unknown_(drop_unknown) {}

  std::expected<RegisterRecords, std::vector<Error>> all() {
    currency();
    drivers();
    for (std::size_t i = 0; i < wanted_.common_causes.size(); ++i) common_cause(i);
    for (std::size_t i = 0; i < wanted_.scenarios.size(); ++i) scenario(i);
    for (std::size_t i = 0; i < wanted_.controls.size(); ++i) control(i);
    for (std::size_t i = 0; i < wanted_.appetite.size(); ++i) appetite(i);
    if (!faults_.empty())
      return std::unexpected(all_under("risk.cannot_import", std::move(faults_)));
    remove_gone(snapshot_, out_);
    return std::move(out_);
  }

 private:
  void refuse(const std::string& pointer, std::string_view what, std::string hint,
              std::string found, std::string expected) {
    faults_.push_back({.kind = Kind::invalid,
                       .code = "risk.cannot_import",
                       .message = fmt::format("{}: {}", shown_pointer(pointer), what),
                       .detail = {},
                       .hint = std::move(hint),
                       .field = pointer,
                       .found = std::move(found),
                       .expected = std::move(expected)});
  }

  void currency() {
    if (wanted_.currency.code() == snapshot_.organisation.currency) return;
    refuse("/currency",
           fmt::format("the register is in {}, the organisation counts in {}",
                       wanted_.currency.code(), snapshot_.organisation.currency),
           "convert its amounts at a dated rate first", std::string(wanted_.currency.code()),
           snapshot_.organisation.currency);
  }

  // The id as a slug of its own among those of its type.
  std::string id_of(std::string_view type, const std::string& given, const std::string& pointer) {
    const std::string id = is_slug(given) ? given : slugify(given);
    if (id.empty()) {
      refuse(pointer + "/id", fmt::format("'{}' has no letter or digit", shown(given)),
             "give it an id of letters and digits", fmt::format("'{}'", shown(given)),
             "an id with a letter or digit");
      return id;
    }
    if (!taken_.insert(fmt::format("{}/{}", type, id)).second)
      refuse(pointer + "/id", fmt::format("'{}' becomes the id '{}' of another", shown(given), id),
             "give each an id that differs in letters or digits", fmt::format("'{}'", shown(given)),
             fmt::format("an id that does not become '{}'", id));
    return id;
  }

  // The record held under that id, else a new one.
  template <class T>
  T held(const std::string& id, const std::string& name) const {
    if (const Record* record = snapshot_.find(Describe<T>::name, id)) {
      T out = to_struct<T>(*record);
      if (!name.empty()) out.name = name;
      return out;
    }
    T out;
    out.id = id;
    out.name = name.empty() ? id : name;
    return out;
  }
  template <class T>
  void put(const T& record) {
    out_.records.emplace_back(std::string(Describe<T>::name), to_record(record));
  }

  std::optional<Money> money(double amount, const std::string& pointer) {
    const double minor = amount * std::pow(10, wanted_.currency.digits());
    if (!(std::abs(minor) < 9e15)) {
      refuse(pointer, "the amount is beyond what a record holds", "give a smaller amount",
             fmt::format("{}", amount), "an amount that money can be written in");
      return std::nullopt;
    }
    if (std::abs(minor - std::round(minor)) > 1e-4 * std::max(1.0, std::abs(minor) * 1e-9)) {
      refuse(pointer, fmt::format("{} has parts smaller than the currency", amount),
             "round it to the currency's digits", fmt::format("{}", amount),
             fmt::format("at most {} digits after the point", wanted_.currency.digits()));
      return std::nullopt;
    }
    return Money(static_cast<std::int64_t>(std::round(minor)), wanted_.currency);
  }

  void drivers() {
    std::set<std::string> names;
    const auto add = [&](const std::vector<Loading>& loadings) {
      for (const Loading& each : loadings) names.insert(each.driver);
    };
    for (const Scenario& each : wanted_.scenarios) {
      add(each.drivers);
      add(each.severity_drivers);
    }
    for (const CommonCause& each : wanted_.common_causes) add(each.drivers);
    for (const std::string& name : names) {
      drivers_[name] = id_of("driver", name, "/drivers");
      put(held<Driver>(drivers_[name], drivers_[name] == name ? std::string{} : name));
    }
  }

  void loadings(const std::vector<Loading>& all, const std::string& whose, bool of_cause,
                std::string_view input) {
    for (const Loading& each : all) {
      const std::string& driver = drivers_[each.driver];
      std::string id = fmt::format("{}-{}-{}", driver, whose, input);
      for (const DriverLoading& known : snapshot_.all<DriverLoading>()) {
        const bool of_it = (of_cause ? known.common_cause.str() : known.scenario.str()) == whose;
        const std::string_view of =
            known.input.empty() ? "frequency" : std::string_view(known.input);
        if (of_it && known.driver.str() == driver && of == input) id = known.id;
      }
      DriverLoading record = held<DriverLoading>(id, fmt::format("{} on {}", each.driver, whose));
      record.driver = Id<"driver">(driver);
      if (of_cause) {
        record.common_cause = Id<"common_cause">(whose);
      } else {
        record.scenario = Id<"scenario">(whose);
      }
      record.input = input;
      record.weight = each.weight;
      put(record);
    }
  }

  // How often, into the fields of a scenario or a common cause.
  template <class T>
  static void set_law(const Frequency& from, T& record) {
    switch (from.law) {
      case CountLaw::negative_binomial:
        record.law = Law::negative_binomial;
        record.frequency = Estimate::point(from.mean);
        record.dispersion = from.size;
        return;
      case CountLaw::fixed:
        record.law = Law::fixed;
        record.frequency = Estimate::point(from.count);
        return;
      case CountLaw::bernoulli:
        record.law = Law::bernoulli;
        break;
      case CountLaw::poisson:
        record.law = Law::poisson;
    }
    for (std::size_t i = 0; i < from.factors.size(); ++i) {
      if (from.factor_fields[i] == "/rate" || from.factor_fields[i] == "/p")
        record.frequency = from.factors[i];
    }
  }

  void common_cause(std::size_t at) {
    const CommonCause& from = wanted_.common_causes[at];
    const std::string pointer = fmt::format("/common_causes/{}", at);
    SharedCause record = held<SharedCause>(id_of("common_cause", from.id, pointer), {});
    causes_[from.id] = record.id;
    for (const std::string& field : from.frequency.factor_fields) {
      if (field != "/rate" && field != "/p")
        refuse(pointer + "/frequency" + field, "a common cause on record has one rate",
               "multiply the steps into one rate", "steps", "one rate");
    }
    record.dispersion.reset();
    set_law(from.frequency, record);
    put(record);
    loadings(from.drivers, record.id, true, "frequency");
  }

  void set_frequency(const Scenario& from, RiskScenario& record) const {
    record.frequency.reset();
    record.contact.reset();
    record.action.reset();
    record.vulnerability.reset();
    record.dispersion.reset();
    if (!from.frequency) return;
    set_law(*from.frequency, record);
    for (std::size_t i = 0; i < from.frequency->factors.size(); ++i) {
      const std::string& field = from.frequency->factor_fields[i];
      const Estimate& factor = from.frequency->factors[i];
      if (field == "/contact") record.contact = factor;
      if (field == "/action") record.action = factor;
      if (field == "/vulnerability") record.vulnerability = factor;
    }
  }

  void set_losses(const Scenario& from, const std::string& pointer, RiskScenario& record) {
    const std::pair<std::string_view, std::optional<Estimate>&> forms[] = {
        {"", record.primary_loss},
        {"productivity", record.productivity_loss},
        {"response", record.response_loss},
        {"replacement", record.replacement_loss},
        {"competitive_advantage", record.competitive_loss},
        {"fines_and_judgements", record.fines_loss},
        {"reputation", record.reputation_loss}};
    for (const auto& [name, field] : forms) {
      const auto found = std::ranges::find(from.primary, name, &LossForm::name);
      field = found == from.primary.end() ? std::nullopt : std::optional(found->amount);
    }
    record.secondary_probability = from.secondary_probability;
    record.secondary_loss.reset();
    if (from.secondary.empty()) return;
    if (from.secondary.size() > 1 || !from.secondary.front().name.empty()) {
      refuse(pointer + "/secondary_loss", "a scenario on record has one secondary loss",
             "give its total as one estimate",
             fmt::format("{} forms of loss", from.secondary.size()), "one estimate");
      return;
    }
    record.secondary_loss = from.secondary.front().amount;
  }

  // The id of a record that is there already; nothing where it may be left out.
  std::string known(std::string_view type, const std::string& given, const std::string& pointer) {
    for (const std::string& id : {given, slugify(given)}) {
      if (!id.empty() && snapshot_.find(type, id)) return id;
    }
    const std::string what = fmt::format("there is no {} '{}' here", type, shown(given));
    if (drop_unknown_) {
      out_.left_out.push_back(fmt::format("{}: {}", shown_pointer(pointer), what));
    } else {
      refuse(
          pointer, what,
          fmt::format("add it first: tiebeam record {} add id=... name=...; or leave such out with "
                      "--drop-unknown",
                      type),
          fmt::format("'{}'", shown(given)),
          fmt::format("the id of a {} of this organisation", type));
    }
    return {};
  }

  void scenario(std::size_t at) {
    const Scenario& from = wanted_.scenarios[at];
    const std::string pointer = fmt::format("/scenarios/{}", at);
    RiskScenario record = held<RiskScenario>(id_of("scenario", from.id, pointer), from.title);
    scenarios_.push_back(record.id);
    set_frequency(from, record);
    set_losses(from, pointer, record);
    record.common_cause =
        Id<"common_cause">(from.common_cause.empty() ? std::string{} : causes_[from.common_cause]);
    if (!from.asset.empty())
      record.asset = Id<"service">(known("service", from.asset, pointer + "/asset"));
    if (!from.goals.empty()) record.goals.clear();
    for (std::size_t g = 0; g < from.goals.size(); ++g) {
      const std::string goal =
          known("priority", from.goals[g], fmt::format("{}/goals/{}", pointer, g));
      if (!goal.empty()) record.goals.emplace_back(goal);
    }
    put(record);
    insurance(from, record.id, pointer);
    loadings(from.drivers, record.id, false, "frequency");
    loadings(from.severity_drivers, record.id, false, "loss");
  }

  void insurance(const Scenario& from, const std::string& scenario, const std::string& pointer) {
    // Layers on record that come first in their order keep their ids.
    std::vector<std::string> ids;
    for (const Insurance& each : snapshot_.all<Insurance>()) {
      if (each.scenario.str() == scenario && counts(each, snapshot_)) ids.push_back(each.id);
    }
    for (std::size_t i = 0; i < from.insurance.size(); ++i) {
      const std::string at = fmt::format("{}/insurance/{}", pointer, i);
      const std::string id =
          i < ids.size() ? ids[i] : fmt::format("{}-layer-{:02}", scenario, i + 1);
      Insurance record = held<Insurance>(id, fmt::format("Layer {} of {}", i + 1, scenario));
      record.scenario = Id<"scenario">(scenario);
      record.deductible = money(from.insurance[i].deductible, at + "/deductible");
      record.limit = money(from.insurance[i].limit, at + "/limit");
      put(record);
    }
  }

  void control(std::size_t at) {
    const Control& from = wanted_.controls[at];
    const std::string pointer = fmt::format("/controls/{}", at);
    RiskControl record = held<RiskControl>(id_of("control", from.id, pointer), from.title);
    if (from.in_place) {
      record.status = ControlStatus::in_place;
    } else if (record.status == ControlStatus::in_place) {
      record.status = ControlStatus::planned;
    }
    if (from.has_no_price) {
      record.cost_a_year.reset();
    } else {
      record.cost_a_year = from.cost_a_year;
    }
    put(record);
    std::map<std::string, int> times;
    for (const Reduction& each : from.reduces) reduction(each, record.id, times);
  }

  // One on record for the same control, scenario and factor keeps its id.
  void reduction(const Reduction& from, const std::string& control,
                 std::map<std::string, int>& times) {
    const std::string& scenario = scenarios_[from.scenario];
    const ReducedFactor factor =
        from.factor == Factor::frequency ? ReducedFactor::frequency : ReducedFactor::magnitude;
    const std::string key = fmt::format("{}-{}-{}", control, scenario,
                                        factor == ReducedFactor::frequency ? "fewer" : "smaller");
    const int nth = times[key]++;
    std::string id = nth == 0 ? key : fmt::format("{}-{}", key, nth + 1);
    int found = 0;
    for (const ControlEffect& each : snapshot_.all<ControlEffect>()) {
      const bool same =
          each.control.str() == control && each.scenario.str() == scenario && each.factor == factor;
      if (same && found++ == nth) id = each.id;
    }
    ControlEffect record = held<ControlEffect>(id, fmt::format("{} on {}", control, scenario));
    record.control = Id<"control">(control);
    record.scenario = Id<"scenario">(scenario);
    record.factor = factor;
    record.by = from.by;
    put(record);
  }

  // A point on record with the same probability is moved.
  void appetite(std::size_t at) {
    const quant::AppetitePoint& from = wanted_.appetite[at];
    const std::string pointer = fmt::format("/appetite/{}", at);
    const std::string words = years_words(from.probability), stem = slugify(words);
    std::string id = stem;
    for (const Appetite& each : snapshot_.all<Appetite>()) {
      if (each.probability && each.probability->value() == from.probability) id = each.id;
    }
    id = free_point(id, from.probability);
    Appetite record = held<Appetite>(id, {});
    if (record.name == id)
      record.name =
          id == stem ? words : fmt::format("{} ({:.4g} %)", words, 100 * from.probability);
    record.probability = *Fraction::create(from.probability);
    const auto loss = money(from.loss, pointer + "/loss");
    if (record.loss && record.loss != loss && !record.set_by.empty()) {
      out_.told.push_back(
          fmt::format("{}: {} agreed to another loss, so nobody stands behind this "
                      "one yet",
                      pointer, record.set_by.str()));
      record.set_by = {};
      record.set_on.reset();
    }
    record.loss = loss;
    put(record);
  }

  // An id for a point that no other one has, in the file or on record.
  std::string free_point(const std::string& stem, double probability) {
    std::string id = stem;
    const auto is_taken = [&] {
      const Record* record = snapshot_.find("appetite", id);
      const auto held = record ? to_struct<Appetite>(*record).probability : std::nullopt;
      return taken_.contains("appetite/" + id) || (held && held->value() != probability);
    };
    for (int n = 2; is_taken(); ++n) id = fmt::format("{}-{}", stem, n);
    taken_.insert("appetite/" + id);
    return id;
  }

  const Register& wanted_;
  const Snapshot& snapshot_;
  const bool drop_unknown_;
  std::vector<Error> faults_;
  RegisterRecords out_;
  std::set<std::string> taken_;
  std::map<std::string, std::string> drivers_, causes_;
  std::vector<std::string> scenarios_;  // ids, by place in the register
};

}  // namespace

std::expected<RegisterRecords, std::vector<Error>> records_of_register(const Register& wanted,
                                                                       const Snapshot& snapshot,
                                                                       bool drop_unknown) {
  // What could not be simulated is not written.
  if (auto fit = prepare(wanted, 1); !fit)
    return std::unexpected(std::vector{std::move(fit).error()});
  return Planning(wanted, snapshot, drop_unknown).all();
}

}  // namespace tiebeam::risk
