#include "rooms/risk/register_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "base/faults.h"
#include "base/json_pointer.h"
#include "base/text.h"
#include "model/json_object.h"
#include "quant/controls.h"
#include "quant/marginal.h"
#include "rooms/risk/engine/simulate.h"

namespace tiebeam::risk {
namespace {

constexpr double kMost = 1e100;
constexpr std::array<std::string_view, 6> kForms = {"productivity",         "response",
                                                    "replacement",          "competitive_advantage",
                                                    "fines_and_judgements", "reputation"};

constexpr const char* kKinds = "one of poisson, bernoulli, negative_binomial, fixed";
constexpr const char* kKindsHint =
    "use poisson (rate), bernoulli (p), negative_binomial (mean, k) or fixed (count)";

std::string item(std::string_view list, std::size_t i) { return fmt::format("/{}/{}", list, i); }

// One object of the register. Members that nobody asked for are faults when it goes.
class Entry : public JsonObject {
 public:
  Entry(const Json& json, std::string pointer, std::vector<Error>& faults)
      : JsonObject(json, std::move(pointer), faults, Null::is_a_fault),
        has_currency_(json.if_object() != nullptr && json.find("currency") != nullptr) {}
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;
  ~Entry() {
    if (has_currency_ && has("currency"))
      fault("currency", "a currency of its own", "amounts in the register's one currency",
            "convert to it first, at a dated rate");
    refuse_others();
  }

 private:
  bool has_currency_;
};

class Reading {
 public:
  std::expected<Register, std::vector<Error>> file(const Json& json) {
    top(json);
    if (!faults_.empty()) return std::unexpected(std::move(faults_));
    return std::move(out_);
  }

 private:
  void top(const Json& json) {
    JsonObject top(json, "", faults_, Null::is_a_fault);
    static_cast<void>(top.text("title"));
    currency(top);
    if (const auto trials = top.number("trials", 1, static_cast<double>(kMostTrials)))
      out_.trials = whole(top, "trials", *trials);
    const Json::Array& causes = top.list("common_causes");
    for (std::size_t i = 0; i < causes.size(); ++i)
      common_cause(causes[i], item("common_causes", i));
    const Json::Array& scenarios = top.list("scenarios");
    if (scenarios.empty() && json.if_object() != nullptr)
      add("/scenarios", "there is no scenario",
          "add at least one, with an id, a frequency and a primary_loss", "an empty list",
          "at least one scenario");
    for (std::size_t i = 0; i < scenarios.size(); ++i) scenario(scenarios[i], item("scenarios", i));
    const Json::Array& controls = top.list("controls");
    for (std::size_t i = 0; i < controls.size(); ++i) control(controls[i], item("controls", i));
    appetite(top);
    out_.control_budget = top.number("control_budget", 0, kMost);
    top.refuse_others();
  }

  // A fault at this place.
  void add(std::string pointer, std::string_view message, std::string hint, std::string found,
           std::string expected) {
    faults_.push_back({.kind = Kind::invalid,
                       .code = "risk.bad_register",
                       .message = fmt::format("{}: {}", shown_pointer(pointer), message),
                       .detail = {},
                       .hint = std::move(hint),
                       .field = pointer,
                       .found = std::move(found),
                       .expected = std::move(expected)});
  }

  void currency(JsonObject& top) {
    const std::string code = top.needed_text("currency");
    if (code.empty()) return;
    auto made = Currency::create(code);
    if (made) {
      out_.currency = *made;
    } else {
      add("/currency", made.error().message, made.error().hint, fmt::format("'{}'", shown(code)),
          "a currency code such as EUR");
    }
  }

  std::uint64_t whole(JsonObject& fields, std::string_view key, double number) {
    if (number != std::floor(number))
      add(fields.at(key), fmt::format("this is {}; it should be a whole number", number),
          "round it", shortest(number), "a whole number");
    return static_cast<std::uint64_t>(number);
  }

  // An id that no other of its kind has.
  std::string id_of(Entry& fields, std::set<std::string>& taken) {
    std::string id = fields.needed_text("id");
    if (!id.empty() && !taken.insert(id).second)
      add(fields.at("id"), fmt::format("'{}' is the id of two entries", shown(id)),
          "give each an id of its own", fmt::format("'{}' again", shown(id)),
          "an id that no other entry has");
    return id;
  }

  void factor(Entry& fields, Frequency& out, std::string_view key, bool is_share) {
    if (const auto estimate = fields.estimate(key)) {
      out.factors.push_back(*estimate);
      out.factor_fields.push_back(fmt::format("/{}", key));
      out.shares.push_back(is_share);
    }
  }

  void poisson(Entry& fields, Frequency& out) {
    const bool rate = fields.find("rate") != nullptr, contact = fields.find("contact") != nullptr;
    if (rate == contact) {
      add(fields.pointer(),
          rate ? "both rate and contact are given" : "neither rate nor contact is given",
          "give the rate of events a year, or contact (a year) with action (a probability)",
          rate ? "both" : "neither", "rate or contact");
    }
    if (contact && fields.find("action") == nullptr)
      fields.need("action", "the probability of action");
    factor(fields, out, "rate", false);
    factor(fields, out, "contact", false);
    factor(fields, out, "action", true);
    vulnerability(fields, out);
  }

  // A share, or threat capability against resistance strength: how often the first is the greater.
  void vulnerability(Entry& fields, Frequency& out) {
    const Json* found = fields.find("vulnerability");
    if (found == nullptr || found->if_object() == nullptr || found->find("kind") != nullptr) {
      factor(fields, out, "vulnerability", true);
      return;
    }
    Entry both(*found, fields.at("vulnerability"), faults_);
    const auto threat = both.needed_estimate("threat_capability");
    const auto resistance = both.needed_estimate("resistance_strength");
    if (!threat || !resistance) return;
    const auto capability = quant::Marginal::create(*threat),
               strength = quant::Marginal::create(*resistance);
    if (!capability || !strength) {
      const Error& fault = (capability ? strength : capability).error();
      add(fields.at("vulnerability"), fault.message, fault.hint, shown(write_json(*found)),
          "two estimates that can be drawn from");
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
    add(pointer + "/kind",
        kind == nullptr ? "the kind of frequency is missing"
                        : fmt::format("this is {}; it should be a kind of frequency",
                                      kind->if_string() != nullptr ? "empty" : kind->kind()),
        kKindsHint, kind == nullptr ? "nothing" : shown(write_json(*kind)), kKinds);
    return {};
  }

  Frequency frequency(const Json& json, const std::string& pointer) {
    Frequency out;
    const std::string name = kind_of(json, pointer);
    if (name.empty()) return out;
    static const std::map<std::string, CountLaw, std::less<>> kLaws = {
        {"poisson", CountLaw::poisson},
        {"bernoulli", CountLaw::bernoulli},
        {"negative_binomial", CountLaw::negative_binomial},
        {"fixed", CountLaw::fixed}};
    const auto law = kLaws.find(name);
    if (law == kLaws.end()) {
      add(pointer + "/kind",
          fmt::format("'{}' is no kind of frequency{}", shown(name),
                      did_you_mean(name, {"poisson", "bernoulli", "negative_binomial", "fixed"})),
          kKindsHint, fmt::format("'{}'", shown(name)), kKinds);
      return out;
    }
    out.law = law->second;
    Entry fields(json, pointer, faults_);
    fields.need("kind", kKindsHint);
    switch (out.law) {
      case CountLaw::poisson:
        poisson(fields, out);
        break;
      case CountLaw::bernoulli:
        fields.need("p", "the probability of an event in a year");
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

  std::optional<Frequency> frequency_of(Entry& fields) {
    const Json* found = fields.find("frequency");
    if (found == nullptr) return std::nullopt;
    if (found->if_object() == nullptr) {
      add(fields.at("frequency"), fmt::format("this is {}; it should be an object", found->kind()),
          "write {\"kind\": \"poisson\", \"rate\": 0.1}", shown(write_json(*found)), "an object");
      return std::nullopt;
    }
    return frequency(*found, fields.at("frequency"));
  }

  // One total, or any of the six forms of loss.
  std::vector<LossForm> loss(Entry& fields, std::string_view key) {
    const Json* found = fields.find(key);
    if (found == nullptr) return {};
    const bool forms = found->if_object() != nullptr && found->find("kind") == nullptr;
    std::vector<LossForm> out;
    if (!forms) {
      if (const auto total = fields.estimate(key)) out.push_back({"", *total});
      return out;
    }
    Entry parts(*found, fields.at(key), faults_);
    for (const std::string_view form : kForms) {
      if (const auto part = parts.estimate(form)) out.push_back({std::string(form), *part});
    }
    if (found->if_object()->empty())
      add(fields.at(key), "no loss is given", "write an estimate, or some of the six forms of loss",
          "an empty object", "an estimate or forms of loss");
    return out;
  }

  std::vector<Loading> loadings(Entry& fields, std::string_view key) {
    std::vector<Loading> out;
    const Json* found = fields.find(key);
    if (found == nullptr) return out;
    if (found->if_object() == nullptr) {
      add(fields.at(key), fmt::format("this is {}; it should be an object", found->kind()),
          "write {\"NAME OF DRIVER\": 0.5}", shown(write_json(*found)), "an object");
      return out;
    }
    std::vector<std::string_view> names;
    for (const auto& [name, value] : *found->if_object()) names.push_back(name);
    Entry each(*found, fields.at(key), faults_);
    for (const std::string_view name : names) {
      if (const auto weight = each.number(name, -1, 1)) out.push_back({std::string(name), *weight});
    }
    return out;
  }

  std::vector<InsuranceLayer> insurance(Entry& fields) {
    std::vector<InsuranceLayer> out;
    const Json::Array& layers = fields.list("insurance");
    for (std::size_t i = 0; i < layers.size(); ++i) {
      Entry layer(layers[i], fmt::format("{}/{}", fields.at("insurance"), i), faults_);
      const auto deductible = layer.needed_number("deductible", 0, kMost);
      const auto limit = layer.needed_number("limit", 0, kMost);
      if (deductible && limit) out.push_back({*deductible, *limit});
    }
    return out;
  }

  void common_cause(const Json& json, const std::string& pointer) {
    Entry fields(json, pointer, faults_);
    CommonCause out;
    out.id = id_of(fields, causes_);
    static_cast<void>(fields.text("title"));
    if (auto found = frequency_of(fields)) {
      out.frequency = *std::move(found);
    } else {
      fields.need("frequency", "how often it happens");
    }
    out.drivers = loadings(fields, "drivers");
    out_.common_causes.push_back(std::move(out));
  }

  void scenario(const Json& json, const std::string& pointer) {
    Entry fields(json, pointer, faults_);
    Scenario out;
    out.id = id_of(fields, scenarios_);
    out.title = fields.text("title");
    out.frequency = frequency_of(fields);
    out.common_cause = fields.text("common_cause");
    if (fields.find("frequency") == nullptr && out.common_cause.empty())
      fields.need("frequency", "how often it happens");
    out.primary = loss(fields, "primary_loss");
    fields.need("primary_loss", "what an event costs");
    out.secondary_probability = fields.estimate("secondary_probability");
    out.secondary = loss(fields, "secondary_loss");
    const bool chance = fields.find("secondary_probability") != nullptr;
    const bool amount = fields.find("secondary_loss") != nullptr;
    if (chance && !amount) fields.need("secondary_loss", "what a secondary loss costs");
    if (amount && !chance)
      fields.need("secondary_probability", "how often an event brings a secondary loss");
    out.insurance = insurance(fields);
    out.drivers = loadings(fields, "drivers");
    out.severity_drivers = loadings(fields, "severity_drivers");
    out.asset = fields.text("asset");
    out.goals = fields.texts("goals");
    places_[out.id] = out_.scenarios.size();
    out_.scenarios.push_back(std::move(out));
  }

  void reduction(const Json& json, const std::string& pointer, Control& control) {
    Entry fields(json, pointer, faults_);
    const std::string id = fields.needed_text("scenario");
    const std::string factor = fields.needed_text("factor");
    const auto by = fields.needed_estimate("by");
    const auto place = places_.find(id);
    if (!id.empty() && place == places_.end()) {
      const auto ids = [&] {
        std::vector<std::string_view> out;
        for (const auto& [known, at] : places_) out.push_back(known);
        return out;
      };
      add(fields.at("scenario"),
          fmt::format("there is no scenario '{}'{}", shown(id), suggest_(id, ids)),
          "name a scenario of this register by its id", fmt::format("'{}'", shown(id)),
          "the id of a scenario of this register");
    }
    if (!factor.empty() && factor != "frequency" && factor != "magnitude") {
      add(fields.at("factor"),
          fmt::format("'{}' is no factor{}", shown(factor),
                      did_you_mean(factor, {"frequency", "magnitude"})),
          "use frequency (fewer events) or magnitude (smaller losses)",
          fmt::format("'{}'", shown(factor)), "frequency or magnitude");
    }
    if (!by || place == places_.end()) return;
    control.reduces.push_back(
        {place->second, factor == "magnitude" ? Factor::magnitude : Factor::frequency, *by});
  }

  void control(const Json& json, const std::string& pointer) {
    Entry fields(json, pointer, faults_);
    Control out;
    out.id = id_of(fields, controls_);
    out.title = fields.text("title");
    out.has_no_price = fields.find("cost_a_year") == nullptr;
    out.cost_a_year = fields.estimate("cost_a_year").value_or(Estimate::point(0));
    const Json::Array& all = fields.list("reduces");
    for (std::size_t i = 0; i < all.size(); ++i)
      reduction(all[i], fmt::format("{}/{}", fields.at("reduces"), i), out);
    if (all.empty()) fields.fault("reduces", "nothing", "what it reduces");
    out.in_place = fields.flag("in_place", false);
    out_.controls.push_back(std::move(out));
  }

  void appetite(JsonObject& top) {
    const Json::Array& points = top.list("appetite");
    for (std::size_t i = 0; i < points.size(); ++i) {
      Entry fields(points[i], item("appetite", i), faults_);
      const auto probability = fields.needed_number("probability", 0, 1);
      const auto loss = fields.needed_number("loss", 0, kMost);
      if (!probability || !loss) continue;
      out_.appetite.push_back({*probability, *loss});
    }
    if (out_.appetite.size() < points.size()) return;
    for (const Error& fault : quant::appetite_faults(out_.appetite))
      add("/appetite" + fault.field, fault.message, fault.hint, fault.found, fault.expected);
  }

  std::vector<Error> faults_;
  Suggestions suggest_;
  Register out_;
  std::set<std::string> scenarios_, causes_, controls_;
  std::map<std::string, std::size_t, std::less<>> places_;
};

}  // namespace

Result<Register> read_register(std::string_view text) {
  TB_TRY(const Json json, parse_json(text));
  auto read = Reading().file(json);
  if (!read) return std::unexpected(all_as_one("risk.bad_register", std::move(read).error()));
  return *std::move(read);
}

std::expected<Register, std::vector<Error>> read_whole_register(std::string_view text) {
  auto json = parse_json(text);
  if (!json) return std::unexpected(std::vector{std::move(json).error()});
  auto read = Reading().file(*json);
  if (!read) return std::unexpected(all_under("risk.bad_register", std::move(read).error()));
  return read;
}

}  // namespace tiebeam::risk
