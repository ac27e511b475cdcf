#include "rooms/risk/engine/records/field_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/figure_text.h"
#include "quant/marginal.h"

namespace tiebeam::risk {
namespace {

using quant::Marginal;

constexpr const char* kShareHint =
    "give a share from 0 to 1, such as 0.4, or the least, the likely and the most: 0.2..0.4..0.6";
constexpr const char* kAmountHint = "give 0 or more, such as 30000..60000";
constexpr const char* kOftenHint =
    "give how often a year, 0 or more: 0.05..0.5 is once in 20 years to every other year";

// "1.5", or "-3 to 2".
std::string span_words(const Marginal& of) {
  if (of.least() == of.most()) return rounded(of.least());
  return fmt::format("{} to {}", rounded(of.least()), rounded(of.most()));
}

class Checking {
 public:
  void share(const char* field, const std::optional<Estimate>& given) {
    if (given) add(field, not_a_share(*given), kShareHint);
  }
  void amount(const char* field, const std::optional<Estimate>& given,
              const char* hint = kAmountHint) {
    if (given) add(field, not_an_amount(*given), hint);
  }
  void money(const char* field, const std::optional<Money>& given, bool may_be_zero) {
    if (!given || given->minor() > 0 || (may_be_zero && given->minor() == 0)) return;
    add(field,
        fmt::format("{} {} is {}", given->currency().code(), given->amount(),
                    may_be_zero ? "below 0" : "not above 0"),
        may_be_zero ? "give 0 or more" : "give an amount above 0");
  }
  void add(const char* field, std::string what, const char* hint) {
    if (!what.empty()) out_.push_back({field, std::move(what), hint});
  }
  [[nodiscard]] bool has(const std::string& field) const {
    return std::ranges::find(out_, field, &Lack::field) != out_.end();
  }
  std::vector<Lack> take() { return std::move(out_); }

 private:
  std::vector<Lack> out_;
};

void check_frequency(const RiskScenario& record, Checking& faults) {
  if (record.law == Law::bernoulli) {
    faults.share("frequency", record.frequency);
  } else {
    faults.amount("frequency", record.frequency, kOftenHint);
  }
  faults.amount("contact", record.contact, kOftenHint);
  faults.share("action", record.action);
  faults.share("vulnerability", record.vulnerability);
}

void check_losses(const RiskScenario& record, Checking& faults) {
  const std::pair<const char*, const std::optional<Estimate>&> losses[] = {
      {"primary_loss", record.primary_loss},       {"productivity_loss", record.productivity_loss},
      {"response_loss", record.response_loss},     {"replacement_loss", record.replacement_loss},
      {"fines_loss", record.fines_loss},           {"competitive_loss", record.competitive_loss},
      {"reputation_loss", record.reputation_loss}, {"secondary_loss", record.secondary_loss}};
  for (const auto& [field, given] : losses) faults.amount(field, given);
  faults.share("secondary_probability", record.secondary_probability);
}

}  // namespace

std::string not_a_share(const Estimate& estimate) {
  const auto made = Marginal::create(estimate);
  if (!made) return made.error().message;
  if (made->least() >= 0 && made->most() <= 1) return {};
  // Two ends of nine in ten, 0.2..0.6, say nothing of the tenth.
  if (made->least() >= 0 && std::isinf(made->most()))
    return fmt::format("such a range goes above 1 in {} of 100 cases, which a share cannot",
                       rounded(100 * (1 - made->cdf(1)), 2));
  return fmt::format("{} is not a share from 0 to 1", span_words(*made));
}

std::string not_an_amount(const Estimate& estimate) {
  const auto made = Marginal::create(estimate);
  if (!made) return made.error().message;
  if (made->least() >= 0 || made->cdf(0) < 1e-15 || made->cut_at_zero()) return {};
  if (made->least() == made->most())
    return fmt::format("{} is below 0, which this cannot be", rounded(made->least()));
  return fmt::format("below 0 in {} of 100 cases, which this cannot be",
                     rounded(100 * made->cdf(0)));
}

std::vector<Lack> faults_in(const RiskScenario& record) {
  Checking faults;
  check_frequency(record, faults);
  check_losses(record, faults);
  // What follows from fields together, of a scenario that has them all.
  ReadScenario read = scenario_of(record);
  read.scenario.common_cause.clear();
  if (!read.lacks.empty() || (!read.scenario.frequency && record.common_cause.empty()))
    return faults.take();
  for (const Lack& each : faults_of({}, read.scenario)) {
    if (!each.field.empty() && !faults.has(each.field))
      faults.add(each.field.c_str(), each.what, each.hint.c_str());
  }
  return faults.take();
}

std::vector<Lack> faults_in(const SharedCause& record) {
  RiskScenario like;
  like.law = record.law;
  like.frequency = record.frequency;
  like.dispersion = record.dispersion;
  like.primary_loss = Estimate::point(0);
  return faults_in(like);
}

std::vector<Lack> faults_in(const RiskControl& record) {
  Checking faults;
  faults.amount("cost_a_year", record.cost_a_year);
  return faults.take();
}

std::vector<Lack> faults_in(const ControlEffect& record) {
  Checking faults;
  faults.share("by", record.by);
  return faults.take();
}

std::vector<Lack> faults_in(const Insurance& record) {
  Checking faults;
  faults.money("deductible", record.deductible, true);
  faults.money("limit", record.limit, true);
  return faults.take();
}

std::vector<Lack> faults_in(const Appetite& record) {
  Checking faults;
  if (record.probability && (record.probability->value() <= 0 || record.probability->value() >= 1))
    faults.add("probability",
               fmt::format("a chance of {} is no point of a curve",
                           in_words(record.probability->value(), "share")),
               "give a share of years above 0 and below 1: 10 % for once in 10 years");
  faults.money("loss", record.loss, false);
  return faults.take();
}

}  // namespace tiebeam::risk
