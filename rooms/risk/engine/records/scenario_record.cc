// One scenario's record as the register has it.
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "model/figure_text.h"
#include "rooms/risk/engine/prepared.h"
#include "rooms/risk/engine/records/register_records.h"
#include "rooms/risk/records.h"

namespace tiebeam::risk {
namespace {

constexpr double kMostCount = 4e9;

std::optional<double> one_number(const Estimate& estimate) {
  return estimate.shape == Estimate::Shape::point ? parameter_of(estimate, "value") : std::nullopt;
}

class Reading {
 public:
  explicit Reading(const RiskScenario& record) : record_(record) {}

  ReadScenario all() {
    Scenario& out = read_.scenario;
    out.id = record_.id;
    out.title = record_.name;
    out.asset = record_.asset.str();
    for (const auto& goal : record_.goals) out.goals.push_back(goal.str());
    out.common_cause = record_.common_cause.str();
    frequency();
    losses();
    secondary();
    return std::move(read_);
  }

 private:
  void lack(std::string field, std::string what, std::string hint) {
    read_.lacks.push_back({std::move(field), std::move(what), std::move(hint)});
  }

  void frequency() {
    const bool direct = record_.frequency.has_value(), in_steps = record_.contact.has_value();
    if (direct && in_steps) {
      lack("contact", "both how often it happens and how often the threat is met are given",
           "keep the one that somebody can defend");
      return;
    }
    if (!direct && !in_steps) {
      if (record_.common_cause.empty())
        lack("frequency", "how often it happens",
             "give a range a year, such as 0.05..0.5 (from once in 20 years to every other year), "
             "or "
             "a common cause");
      return;
    }
    if (record_.law == Law::poisson) {
      poisson();
      return;
    }
    for (const auto& [given, name] : {std::pair{in_steps, "contact"},
                                      {record_.action.has_value(), "action"},
                                      {record_.vulnerability.has_value(), "vulnerability"}}) {
      if (given)
        lack(name, "steps before an event go with the law poisson only",
             "choose poisson, or give how often it happens directly");
    }
    if (direct && read_.lacks.empty()) other_law(*record_.frequency);
  }

  void factor(Frequency& out, const std::optional<Estimate>& given, const char* field, bool share) {
    if (!given) return;
    out.factors.push_back(*given);
    out.factor_fields.emplace_back(field);
    out.shares.push_back(share);
  }

  void poisson() {
    if (record_.contact && !record_.action) {
      lack("action", "the chance that the threat acts when it is met",
           "give a chance from 0 to 1, such as 0.2 or 0.1..0.2..0.3");
      return;
    }
    Frequency out;
    factor(out, record_.frequency, "/rate", false);
    factor(out, record_.contact, "/contact", false);
    if (record_.contact) factor(out, record_.action, "/action", true);
    factor(out, record_.vulnerability, "/vulnerability", true);
    read_.scenario.frequency = std::move(out);
  }

  void other_law(const Estimate& often) {
    Frequency out;
    const auto number = one_number(often);
    if (record_.law == Law::bernoulli) {
      out.law = CountLaw::bernoulli;
      factor(out, often, "/p", true);
    } else if (!number) {
      lack("frequency", "this law takes one number, not a range",
           "give the mean as one number, or choose poisson");
      return;
    } else if (record_.law == Law::fixed) {
      if (*number < 0 || *number > kMostCount || *number != std::floor(*number)) {
        lack("frequency", fmt::format("{} is not a number of events", rounded(*number)),
             "give a whole number of 0 or more");
        return;
      }
      out.law = CountLaw::fixed;
      out.count = static_cast<std::uint32_t>(*number);
    } else {
      clustered(*number, out);
    }
    read_.scenario.frequency = std::move(out);
  }

  void clustered(double mean, Frequency& out) {
    out.law = CountLaw::negative_binomial;
    out.mean = mean;
    if (mean < 0 || mean > kMostRate)
      lack("frequency", fmt::format("{} events a year cannot be", rounded(mean)),
           "give a mean of 0 or more");
    if (!record_.dispersion) {
      lack("dispersion", "how much the events come in clusters",
           "give a number above 0, such as 0.5; or choose poisson");
      return;
    }
    out.size = *record_.dispersion;
    if (out.size < 1e-3 || out.size > 1e6)
      lack("dispersion", fmt::format("{} is outside 0.001 to 1,000,000", rounded(out.size)),
           "0.5 comes in strong clusters, 10 in hardly any");
  }

  void losses() {
    const std::pair<const std::optional<Estimate>&, const char*> forms[] = {
        {record_.productivity_loss, "productivity"},
        {record_.response_loss, "response"},
        {record_.replacement_loss, "replacement"},
        {record_.competitive_loss, "competitive_advantage"},
        {record_.fines_loss, "fines_and_judgements"},
        {record_.reputation_loss, "reputation"}};
    std::vector<LossForm>& out = read_.scenario.primary;
    for (const auto& [given, name] : forms) {
      if (given) out.push_back({name, *given});
    }
    if (record_.primary_loss && !out.empty()) {
      lack("primary_loss", "both what an event costs in total and parts of it are given",
           "keep the total or the parts");
    } else if (record_.primary_loss) {
      out.push_back({"", *record_.primary_loss});
    } else if (out.empty()) {
      lack("primary_loss", "what one event costs",
           "give a range, such as 20000..400000: nine in ten events cost something in between");
    }
  }

  void secondary() {
    const bool chance = record_.secondary_probability.has_value();
    const bool amount = record_.secondary_loss.has_value();
    if (chance && !amount)
      lack("secondary_loss", "what the reaction of others costs",
           "give a range, or no chance of it");
    if (amount && !chance)
      lack("secondary_probability", "the chance that others react",
           "give a chance from 0 to 1, such as 0.2 or 0.1..0.2..0.4");
    if (!chance || !amount) return;
    read_.scenario.secondary_probability = record_.secondary_probability;
    read_.scenario.secondary.push_back({"", *record_.secondary_loss});
  }

  const RiskScenario& record_;
  ReadScenario read_;
};

// "/scenarios/0/frequency/rate/min" -> "frequency".
std::string field_of(std::string_view pointer) {
  constexpr std::pair<std::string_view, const char*> kFields[] = {
      {"/common_causes/", "common_cause"},
      {"/primary_loss/productivity", "productivity_loss"},
      {"/primary_loss/response", "response_loss"},
      {"/primary_loss/replacement", "replacement_loss"},
      {"/primary_loss/competitive_advantage", "competitive_loss"},
      {"/primary_loss/fines_and_judgements", "fines_loss"},
      {"/primary_loss/reputation", "reputation_loss"},
      {"/primary_loss", "primary_loss"},
      {"/secondary_probability", "secondary_probability"},
      {"/secondary_loss", "secondary_loss"},
      {"/frequency/contact", "contact"},
      {"/frequency/action", "action"},
      {"/frequency/vulnerability", "vulnerability"},
      {"/frequency", "frequency"},
      {"/common_cause", "common_cause"}};
  for (const auto& [part, field] : kFields) {
    if (pointer.find(part) != std::string_view::npos) return field;
  }
  return {};
}

// "/scenarios/0/frequency: this is ..." without the pointer.
std::string without_pointer(const Error& error) {
  const std::string head = error.field + ": ";
  return error.message.starts_with(head) ? error.message.substr(head.size()) : error.message;
}

}  // namespace

ReadScenario scenario_of(const RiskScenario& record) { return Reading(record).all(); }

std::vector<Lack> faults_of(const Register& all, const Scenario& scenario) {
  Register one;
  one.currency = all.currency;
  one.scenarios = {scenario};
  for (const CommonCause& each : all.common_causes) {
    if (each.id == scenario.common_cause) one.common_causes.push_back(each);
  }
  const auto made = prepare(one, 1);
  if (made) return {};
  std::vector<Lack> out{
      {field_of(made.error().field), without_pointer(made.error()), made.error().hint}};
  // The others, of which only messages are kept: "/scenarios/0/primary_loss: ...".
  for (const std::string_view line : split_at(made.error().detail, '\n')) {
    const std::size_t end = line.find(": ");
    if (!line.starts_with('/') || end == std::string_view::npos) continue;
    out.push_back({field_of(line.substr(0, end)), std::string(line.substr(end + 2)), {}});
  }
  return out;
}

}  // namespace tiebeam::risk
