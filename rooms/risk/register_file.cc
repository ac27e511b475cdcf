#include "rooms/risk/register_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "base/text.h"
#include "model/json.h"
#include "quant/controls.h"
#include "quant/marginal.h"
#include "rooms/risk/engine/simulate.h"
#include "rooms/risk/strict_json.h"

namespace tiebeam::risk {
namespace {

constexpr double kMost = 1e100;
constexpr std::array<std::string_view, 6> kForms = {"productivity",         "response",
                                                    "replacement",          "competitive_advantage",
                                                    "fines_and_judgements", "reputation"};

constexpr const char* kKindsHint =
    "use poisson (rate), bernoulli (p), negative_binomial (mean, k) or fixed (count)";

std::string item(std::string_view list, std::size_t i) { return fmt::format("/{}/{}", list, i); }

class Reading {
 public:
  Result<Register> file(const Json& json) {
    Fields top(json, "",
               {"title", "currency", "trials", "scenarios", "common_causes", "controls", "appetite",
                "control_budget"},
               faults_);
    top.text("title");
    currency(top);
    if (const auto trials = top.number("trials", 1, static_cast<double>(kMostTrials)))
      out_.trials = whole(top, "trials", *trials);
    const Json::Array& causes = top.list("common_causes");
    for (std::size_t i = 0; i < causes.size(); ++i)
      common_cause(causes[i], item("common_causes", i));
    const Json::Array& scenarios = top.list("scenarios");
    if (scenarios.empty() && json.if_object() != nullptr)
      faults_.add("/scenarios", "there is no scenario",
                  "add at least one, with an id, a frequency and a primary_loss");
    for (std::size_t i = 0; i < scenarios.size(); ++i) scenario(scenarios[i], item("scenarios", i));
    const Json::Array& controls = top.list("controls");
    for (std::size_t i = 0; i < controls.size(); ++i) control(controls[i], item("controls", i));
    appetite(top);
    out_.control_budget = top.number("control_budget", 0, kMost);
    if (faults_.any()) return std::unexpected(std::move(faults_).first("risk.bad_register"));
    return std::move(out_);
  }

 private:
  void currency(Fields& top) {
    const std::string code = top.needed_text("currency");
    if (code.empty()) return;
    auto made = Currency::create(code);
    if (made) {
      out_.currency = *made;
    } else {
      faults_.add("/currency", made.error().message, made.error().hint);
    }
  }

  std::uint64_t whole(Fields& fields, std::string_view key, double number) {
    if (number != std::floor(number))
      faults_.add(fields.at(key), fmt::format("this is {}; it should be a whole number", number),
                  "round it");
    return static_cast<std::uint64_t>(number);
  }

  // An id that no other of its kind has.
  std::string id_of(Fields& fields, std::set<std::string>& taken) {
    std::string id = fields.needed_text("id");
    if (!id.empty() && !taken.insert(id).second)
      faults_.add(fields.at("id"), fmt::format("'{}' is the id of two entries", shown(id)),
                  "give each an id of its own");
    return id;
  }

  void factor(Fields& fields, Frequency& out, std::string_view key, bool is_share) {
    if (const auto estimate = fields.estimate(key)) {
      out.factors.push_back(*estimate);
      out.factor_fields.push_back(fmt::format("/{}", key));
      out.shares.push_back(is_share);
    }
  }

  void poisson(Fields& fields, Frequency& out) {
    const bool rate = fields.find("rate") != nullptr, contact = fields.find("contact") != nullptr;
    if (rate == contact) {
      faults_.add(
          fields.pointer(),
          rate ? "both rate and contact are given" : "neither rate nor contact is given",
          "give the rate of events a year, or contact (a year) with action (a probability)");
    }
    if (contact && fields.find("action") == nullptr)
      fields.missing("action", "the probability of action");
    factor(fields, out, "rate", false);
    factor(fields, out, "contact", false);
    factor(fields, out, "action", true);
    vulnerability(fields, out);
  }

  // A share, or threat capability against resistance strength: how often the first is the greater.
  void vulnerability(Fields& fields, Frequency& out) {
    const Json* found = fields.find("vulnerability");
    if (found == nullptr || found->if_object() == nullptr || found->find("kind") != nullptr) {
      factor(fields, out, "vulnerability", true);
      return;
    }
    Fields both(*found, fields.at("vulnerability"), {"threat_capability", "resistance_strength"},
                faults_);
    const auto threat = both.needed_estimate("threat_capability");
    const auto resistance = both.needed_estimate("resistance_strength");
    if (!threat || !resistance) return;
    const auto capability = quant::Marginal::create(*threat),
               strength = quant::Marginal::create(*resistance);
    if (!capability || !strength) {
      faults_.add(fields.at("vulnerability"), (capability ? strength : capability).error().message,
                  (capability ? strength : capability).error().hint);
      return;
    }
    out.factors.push_back(Estimate::point(quant::vulnerability(*capability, *strength)));
    out.factor_fields.emplace_back("/vulnerability");
    out.shares.push_back(true);
  }

  // The text of "kind"; "" with a fault noted where there is none.
  std::string kind_of(const Json& json, const std::string& pointer) {
    const Json* kind = json.find("kind");
    if (kind != nullptr && kind->if_string() != nullptr && !kind->if_string()->empty())
      return *kind->if_string();
    faults_.add(pointer + "/kind",
                kind == nullptr
                    ? "the kind of frequency is missing"
                    : fmt::format("this is {}; it should be a kind of frequency",
                                  kind->if_string() != nullptr ? "empty" : kind->kind()),
                kKindsHint);
    return {};
  }

  Frequency frequency(const Json& json, const std::string& pointer) {
    Frequency out;
    const std::string name = kind_of(json, pointer);
    if (name.empty()) return out;
    static const std::map<std::string, std::pair<CountLaw, std::vector<std::string_view>>,
                          std::less<>>
        kLaws = {{"poisson",
                  {CountLaw::poisson, {"kind", "rate", "contact", "action", "vulnerability"}}},
                 {"bernoulli", {CountLaw::bernoulli, {"kind", "p"}}},
                 {"negative_binomial", {CountLaw::negative_binomial, {"kind", "mean", "k"}}},
                 {"fixed", {CountLaw::fixed, {"kind", "count"}}}};
    const auto law = kLaws.find(name);
    if (law == kLaws.end()) {
      faults_.add(
          pointer + "/kind",
          fmt::format("'{}' is no kind of frequency{}", shown(name),
                      did_you_mean(name, {"poisson", "bernoulli", "negative_binomial", "fixed"})),
          kKindsHint);
      return out;
    }
    out.law = law->second.first;
    Fields fields(json, pointer, law->second.second, faults_);
    switch (out.law) {
      case CountLaw::poisson:
        poisson(fields, out);
        break;
      case CountLaw::bernoulli:
        if (fields.find("p") == nullptr)
          fields.missing("p", "the probability of an event in a year");
        factor(fields, out, "p", true);
        break;
      case CountLaw::negative_binomial:
        out.mean = fields.needed_number("mean", 0, 1e12).value_or(0);
        out.size = fields.needed_number("k", 1e-3, 1e6).value_or(1);
        break;
      case CountLaw::fixed:
        out.count = static_cast<std::uint32_t>(
            whole(fields, "count", fields.needed_number("count", 0, 4e9).value_or(0)));
    }
    return out;
  }

  std::optional<Frequency> frequency_of(Fields& fields) {
    const Json* found = fields.find("frequency");
    if (found == nullptr) return std::nullopt;
    if (found->if_object() == nullptr) {
      faults_.add(fields.at("frequency"),
                  fmt::format("this is {}; it should be an object", found->kind()),
                  "write {\"kind\": \"poisson\", \"rate\": 0.1}");
      return std::nullopt;
    }
    return frequency(*found, fields.at("frequency"));
  }

  // One total, or any of the six forms of loss.
  std::vector<LossForm> loss(Fields& fields, std::string_view key) {
    const Json* found = fields.find(key);
    if (found == nullptr) return {};
    const bool forms = found->if_object() != nullptr && found->find("kind") == nullptr;
    std::vector<LossForm> out;
    if (!forms) {
      if (const auto total = fields.estimate(key)) out.push_back({"", *total});
      return out;
    }
    Fields parts(*found, fields.at(key), {kForms.begin(), kForms.end()}, faults_);
    for (const std::string_view form : kForms) {
      if (const auto part = parts.estimate(form)) out.push_back({std::string(form), *part});
    }
    if (found->if_object()->empty())
      faults_.add(fields.at(key), "no loss is given",
                  "write an estimate, or some of the six forms of loss");
    return out;
  }

  std::vector<Loading> loadings(Fields& fields, std::string_view key) {
    std::vector<Loading> out;
    const Json* found = fields.find(key);
    if (found == nullptr) return out;
    if (found->if_object() == nullptr) {
      faults_.add(fields.at(key), fmt::format("this is {}; it should be an object", found->kind()),
                  "write {\"NAME OF DRIVER\": 0.5}");
      return out;
    }
    std::vector<std::string_view> names;
    for (const auto& [name, value] : *found->if_object()) names.push_back(name);
    Fields each(*found, fields.at(key), names, faults_);
    for (const std::string_view name : names) {
      if (const auto weight = each.number(name, -1, 1)) out.push_back({std::string(name), *weight});
    }
    return out;
  }

  std::vector<InsuranceLayer> insurance(Fields& fields) {
    std::vector<InsuranceLayer> out;
    const Json::Array& layers = fields.list("insurance");
    for (std::size_t i = 0; i < layers.size(); ++i) {
      Fields layer(layers[i], fmt::format("{}/{}", fields.at("insurance"), i),
                   {"deductible", "limit"}, faults_);
      const auto deductible = layer.needed_number("deductible", 0, kMost);
      const auto limit = layer.needed_number("limit", 0, kMost);
      if (deductible && limit) out.push_back({*deductible, *limit});
    }
    return out;
  }

  void common_cause(const Json& json, const std::string& pointer) {
    Fields fields(json, pointer, {"id", "title", "frequency", "drivers"}, faults_);
    CommonCause out;
    out.id = id_of(fields, causes_);
    fields.text("title");
    if (auto found = frequency_of(fields)) {
      out.frequency = *std::move(found);
    } else if (fields.find("frequency") == nullptr) {
      fields.missing("frequency", "how often it happens");
    }
    out.drivers = loadings(fields, "drivers");
    out_.common_causes.push_back(std::move(out));
  }

  void scenario(const Json& json, const std::string& pointer) {
    Fields fields(
        json, pointer,
        {"id", "title", "frequency", "primary_loss", "secondary_probability", "secondary_loss",
         "insurance", "common_cause", "drivers", "severity_drivers", "asset", "goals"},
        faults_);
    Scenario out;
    out.id = id_of(fields, scenarios_);
    out.title = fields.text("title");
    out.frequency = frequency_of(fields);
    out.common_cause = fields.text("common_cause");
    if (fields.find("frequency") == nullptr && out.common_cause.empty())
      fields.missing("frequency", "how often it happens");
    out.primary = loss(fields, "primary_loss");
    if (fields.find("primary_loss") == nullptr)
      fields.missing("primary_loss", "what an event costs");
    out.secondary_probability = fields.estimate("secondary_probability");
    out.secondary = loss(fields, "secondary_loss");
    const bool chance = fields.find("secondary_probability") != nullptr;
    const bool amount = fields.find("secondary_loss") != nullptr;
    if (chance && !amount) fields.missing("secondary_loss", "what a secondary loss costs");
    if (amount && !chance)
      fields.missing("secondary_probability", "how often an event brings a secondary loss");
    out.insurance = insurance(fields);
    out.drivers = loadings(fields, "drivers");
    out.severity_drivers = loadings(fields, "severity_drivers");
    out.asset = fields.text("asset");
    out.goals = fields.texts("goals");
    places_[out.id] = out_.scenarios.size();
    out_.scenarios.push_back(std::move(out));
  }

  void reduction(const Json& json, const std::string& pointer, Control& control) {
    Fields fields(json, pointer, {"scenario", "factor", "by"}, faults_);
    const std::string id = fields.needed_text("scenario");
    const std::string factor = fields.needed_text("factor");
    const auto by = fields.needed_estimate("by");
    const auto place = places_.find(id);
    if (!id.empty() && place == places_.end()) {
      std::vector<std::string_view> ids;
      for (const auto& [known, at] : places_) ids.push_back(known);
      faults_.add(fields.at("scenario"),
                  fmt::format("there is no scenario '{}'{}", shown(id), did_you_mean(id, ids)),
                  "name a scenario of this register by its id");
    }
    if (!factor.empty() && factor != "frequency" && factor != "magnitude") {
      faults_.add(fields.at("factor"),
                  fmt::format("'{}' is no factor{}", shown(factor),
                              did_you_mean(factor, {"frequency", "magnitude"})),
                  "use frequency (fewer events) or magnitude (smaller losses)");
    }
    if (!by || place == places_.end()) return;
    control.reduces.push_back(
        {place->second, factor == "magnitude" ? Factor::magnitude : Factor::frequency, *by});
  }

  void control(const Json& json, const std::string& pointer) {
    Fields fields(json, pointer, {"id", "title", "cost_a_year", "reduces"}, faults_);
    Control out;
    out.id = id_of(fields, controls_);
    out.title = fields.text("title");
    out.cost_a_year = fields.estimate("cost_a_year").value_or(Estimate::point(0));
    const Json::Array& all = fields.list("reduces");
    for (std::size_t i = 0; i < all.size(); ++i)
      reduction(all[i], fmt::format("{}/{}", fields.at("reduces"), i), out);
    if (all.empty()) fields.missing("reduces", "what it reduces");
    out_.controls.push_back(std::move(out));
  }

  void appetite(Fields& top) {
    const Json::Array& points = top.list("appetite");
    for (std::size_t i = 0; i < points.size(); ++i) {
      Fields fields(points[i], item("appetite", i), {"probability", "loss"}, faults_);
      const auto probability = fields.needed_number("probability", 0, 1);
      const auto loss = fields.needed_number("loss", 0, kMost);
      if (!probability || !loss) continue;
      out_.appetite.push_back({*probability, *loss});
    }
    if (out_.appetite.size() < points.size()) return;
    for (const Error& fault : quant::appetite_faults(out_.appetite))
      faults_.add("/appetite" + fault.field, fault.message, fault.hint);
  }

  Faults faults_;
  Register out_;
  std::set<std::string> scenarios_, causes_, controls_;
  std::map<std::string, std::size_t, std::less<>> places_;
};

}  // namespace

Result<Register> read_register(std::string_view text) {
  TB_TRY(const Json json, parse_json(text));
  return Reading().file(json);
}

}  // namespace tiebeam::risk
