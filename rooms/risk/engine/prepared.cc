#include "rooms/risk/engine/prepared.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "base/text.h"
#include "quant/marginal.h"
#include "rooms/risk/engine/block.h"

namespace tiebeam::risk {
namespace {

using quant::Draw;
using quant::Marginal;

// A table of thresholds is searched from its start: beyond this mean a Gamma rate is drawn instead.
constexpr double kMostByTable = 64;

struct PowerSums {
  double n = 0, s1 = 0, s2 = 0, s3 = 0;

  void add(const Row& x) {
    for (std::size_t t = 0; t < quant::kBlock; ++t) {
      s1 += x[t];
      s2 += x[t] * x[t];
      s3 += x[t] * x[t] * x[t];
    }
    n += quant::kBlock;
  }
  [[nodiscard]] quant::EventMoments moments() const {
    const double m = s1 / n, square = s2 / n, cube = s3 / n;
    return {m, std::max(0.0, square - m * m), cube - 3 * m * square + 2 * m * m * m};
  }
};

// "100", "15.9", "0.013": never "1e+02".
std::string in_percent(double share) {
  const double percent = 100 * share;
  return percent >= 0.1 ? fmt::format("{:.3g}", percent) : fmt::format("{:.1g}", percent);
}

class Preparing {
 public:
  Preparing(const Register& wanted, std::uint64_t seed) : wanted_(wanted), seed_(seed) {}

  Result<Prepared> all() {
    name_drivers();
    for (std::size_t i = 0; i < wanted_.scenarios.size(); ++i) scenario(i);
    sort_by_id();
    for (std::size_t i = 0; i < wanted_.controls.size(); ++i) control(i);
    if (faults_.empty()) return std::move(out_);
    Error first = std::move(faults_.front());
    for (std::size_t i = 1; i < faults_.size(); ++i)
      first.detail += (first.detail.empty() ? "" : "\n") + faults_[i].message;
    return std::unexpected(std::move(first));
  }

 private:
  void refuse(std::string code, const std::string& field, const std::string& message,
              std::string hint) {
    faults_.push_back({.kind = Kind::invalid,
                       .code = std::move(code),
                       .message = fmt::format("{}: {}", field, message),
                       .detail = {},
                       .hint = std::move(hint),
                       .field = field});
  }

  // Every driver that anything loads on, by name.
  void name_drivers() {
    const auto add = [this](const std::vector<Loading>& loadings) {
      for (const Loading& each : loadings) names_.push_back(each.driver);
    };
    for (const Scenario& each : wanted_.scenarios) {
      add(each.drivers);
      add(each.severity_drivers);
    }
    for (const CommonCause& each : wanted_.common_causes) add(each.drivers);
    std::ranges::sort(names_);
    names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
    for (const std::string& name : names_)
      out_.drivers.push_back(quant::key_of(seed_, "driver:" + name));
  }

  DrawnBy driven(const std::vector<Loading>& loadings, const std::string& field) {
    DrawnBy out;
    double squares = 0;
    for (const Loading& each : loadings) {
      const auto at = std::ranges::lower_bound(names_, each.driver) - names_.begin();
      out.weights.emplace_back(static_cast<std::size_t>(at), each.weight);
      squares += each.weight * each.weight;
    }
    std::ranges::sort(out.weights);
    if (squares > 1 + 1e-12) {
      refuse("risk.bad_loading", field,
             fmt::format("the squares of the loadings sum to {:.4g}; they may sum to 1 at most",
                         squares),
             "lower the loadings: each is a correlation with its driver");
    }
    out.own = std::sqrt(std::max(0.0, 1 - squares));
    return out;
  }

  // 0 with a fault noted, when it cannot be meant.
  std::optional<Marginal> marginal(const Estimate& estimate, const std::string& field) {
    auto made = Marginal::create(estimate);
    if (made) return *std::move(made);
    Error fault = std::move(made).error();
    fault.field = field + fault.field;
    fault.message = fmt::format("{}: {}", fault.field, fault.message);
    faults_.push_back(std::move(fault));
    return std::nullopt;
  }

  std::optional<Marginal> probability(const Estimate& estimate, const std::string& field) {
    auto made = marginal(estimate, field);
    if (made && (made->least() < 0 || made->most() > 1)) {
      refuse("risk.not_a_probability", field,
             fmt::format(
                 "this is a probability, from 0 to 1; what is given goes from {:.4g} to {:.4g}",
                 made->least(), made->most()),
             "write 0.05 for 5 %; for a range use pert or beta within 0 and 1");
      return std::nullopt;
    }
    return made;
  }

  // A rate or a loss: nothing below 0.
  std::optional<Marginal> positive(const Estimate& estimate, const std::string& field,
                                   std::string_view what) {
    auto made = marginal(estimate, field);
    if (!made || made->least() >= 0 || made->cdf(0) < 1e-15) return made;
    if (const auto cut = made->cut_at_zero()) return cut;
    const std::string found = made->least() == made->most()
                                  ? fmt::format("{} is {:.6g}", what, made->least())
                                  : fmt::format("{} below 0 would come up in {} of 100 cases", what,
                                                in_percent(made->cdf(0)));
    refuse("risk.below_zero", field, found + "; it cannot be negative",
           "use lognormal (p05, p95), gamma or pert, which stay above 0");
    return std::nullopt;
  }

  EventSource source(const Frequency& from, const std::vector<Loading>& loadings, quant::Key key,
                     const std::string& field, const std::string& drivers_field) {
    EventSource out;
    out.key = key;
    out.driven = driven(loadings, drivers_field);
    switch (from.law) {
      case CountLaw::fixed:
        out.way = EventSource::Way::fixed;
        out.count = from.count;
        out.mean = from.count;
        break;
      case CountLaw::negative_binomial:
        negative_binomial(from, field, out);
        break;
      case CountLaw::poisson:
      case CountLaw::bernoulli:
        by_factors(from, field, out);
    }
    if (out.way == EventSource::Way::thresholds && out.driven.any())
      out.thresholds = quant::on_scores(std::move(out.thresholds));
    return out;
  }

  // Negative binomial = Poisson with a Gamma rate of shape `size` (Greenwood and Yule 1920).
  void negative_binomial(const Frequency& from, const std::string& field, EventSource& out) {
    out.mean = from.mean;
    if (from.mean <= kMostByTable) {
      out.way = EventSource::Way::thresholds;
      out.thresholds = quant::negative_binomial_thresholds(from.mean, from.size);
      return;
    }
    Estimate gamma;
    gamma.shape = Estimate::Shape::gamma;
    gamma.parameters = {{"shape", from.size}, {"scale", from.mean / from.size}};
    out.way = EventSource::Way::mixed;
    if (const auto made = marginal(gamma, field)) out.factors.emplace_back(*made);
  }

  void by_factors(const Frequency& from, const std::string& field, EventSource& out) {
    const bool once = from.law == CountLaw::bernoulli;
    out.mean = 1;
    for (std::size_t i = 0; i < from.factors.size(); ++i) {
      const std::string at = from.factor_fields.size() > i ? field + from.factor_fields[i] : field;
      const bool share = once || from.shares[i];
      const auto made =
          share ? probability(from.factors[i], at) : positive(from.factors[i], at, "a rate");
      if (!made) return;
      out.mean *= made->mean();
      Draw draw(*made);
      if (draw.constant()) {
        out.rate *= draw.value();
      } else {
        out.factors.push_back(std::move(draw));
      }
    }
    if (out.mean > kMostRate) {
      refuse("risk.too_many_events",
             from.factor_fields.empty() ? field : field + from.factor_fields.front(),
             fmt::format("{:.4g} events a year are more than {:.4g}", out.mean, kMostRate),
             "describe larger and rarer events");
    }
    if (!out.factors.empty()) {
      out.way = once ? EventSource::Way::mixed_once : EventSource::Way::mixed;
    } else if (once) {
      out.way = EventSource::Way::thresholds;
      out.thresholds = quant::bernoulli_thresholds(out.rate);
    } else if (out.rate <= kMostEvents) {
      out.way = EventSource::Way::thresholds;
      out.thresholds = quant::poisson_thresholds(out.rate);
    } else {
      out.way = EventSource::Way::mixed;  // each year's sum at once
    }
  }

  std::vector<Draw> losses(const std::vector<LossForm>& forms, const std::string& field,
                           quant::EventMoments& moments) {
    std::vector<Draw> out;
    for (const LossForm& form : forms) {
      const auto made =
          positive(form.amount, form.name.empty() ? field : field + "/" + form.name, "a loss");
      if (!made) continue;
      const double m = made->mean(), square = made->raw_moment(2), cube = made->raw_moment(3);
      moments.mean += m;
      moments.variance += square - m * m;
      moments.third += cube - 3 * m * square + 2 * m * m * m;
      out.emplace_back(*made);
    }
    return out;
  }

  void scenario(std::size_t at) {
    const Scenario& from = wanted_.scenarios[at];
    const std::string field = fmt::format("/scenarios/{}", at);
    PreparedScenario out{.id = from.id, .key = quant::key_of(seed_, "scenario:" + from.id)};
    if (from.frequency)
      out.own =
          source(*from.frequency, from.drivers, out.key, field + "/frequency", field + "/drivers");
    common_cause(from, field, out);
    out.primary = losses(from.primary, field + "/primary_loss", out.primary_moments);
    if (from.secondary_probability) {
      const auto made = probability(*from.secondary_probability, field + "/secondary_probability");
      if (made) out.secondary_probability = Draw(*made);
    }
    out.secondary = losses(from.secondary, field + "/secondary_loss", out.secondary_moments);
    out.severity = driven(from.severity_drivers, field + "/severity_drivers");
    out.insurance = from.insurance;
    if (faults_.empty()) sums_of_many(field, out);
    out_.scenarios.push_back(std::move(out));
  }

  void common_cause(const Scenario& from, const std::string& field, PreparedScenario& out) {
    if (from.common_cause.empty()) return;
    const auto& all = wanted_.common_causes;
    const auto found = std::ranges::find(all, from.common_cause, &CommonCause::id);
    if (found == all.end()) {
      std::vector<std::string_view> ids;
      for (const CommonCause& each : all) ids.push_back(each.id);
      refuse("risk.unknown_common_cause", field + "/common_cause",
             fmt::format("there is no common cause '{}'{}", shown(from.common_cause),
                         did_you_mean(from.common_cause, ids)),
             "add it to common_causes, with its own frequency");
      return;
    }
    const std::string there = fmt::format("/common_causes/{}", found - all.begin());
    out.common =
        source(found->frequency, found->drivers, quant::key_of(seed_, "common_cause:" + found->id),
               there + "/frequency", there + "/drivers");
  }

  // Where a year may hold so many events that they are drawn as one sum: moments of what one event
  // leaves after insurance, from 2^17 events of its own.
  void sums_of_many(const std::string& field, PreparedScenario& s) {
    const auto may = [](const EventSource& source) {
      if (source.way == EventSource::Way::fixed) return source.count > kMostEvents;
      return source.way == EventSource::Way::mixed && source.mean > kMostEvents / 64;
    };
    if (!may(s.own) && !may(s.common)) return;
    const double most = std::max(most_events(s.own), most_events(s.common));
    if (s.severity.any() && most > kMostEvents) {
      refuse(
          "risk.too_many_events", field + "/severity_drivers",
          fmt::format(
              "{:.4g} events in a year are drawn as one sum, which a severity driver cannot move",
              most),
          "describe larger and rarer events, or leave the severity drivers out");
    }
    if (s.insurance.empty()) return;
    PreparedScenario one = s;
    one.own = {.way = EventSource::Way::fixed, .key = s.key, .count = 1, .mean = 1};
    one.common = {};
    one.severity = {};  // of a single event a driver changes nothing
    one.insurance.clear();
    one.key = quant::key_of(seed_, "moments:" + s.id);
    s.insured_moments = measured_moments(one, s.insurance);
  }

  // What the rate rises to in 1 year of 30,000.
  static double most_events(const EventSource& source) {
    if (source.way != EventSource::Way::mixed) return source.mean;
    constexpr double kScore = 4;
    double rate = source.rate;
    for (const Draw& each : source.factors) {
      std::array<double, 1 + quant::kPad> z{kScore}, x{};
      each.map(z.data(), 1, x.data());
      rate *= x[0];
    }
    return rate;
  }

  static std::vector<quant::EventMoments> measured_moments(
      const PreparedScenario& one, const std::vector<InsuranceLayer>& insurance) {
    constexpr std::uint64_t kBlocks = 64;
    const Prepared nothing;
    auto work = std::make_unique<Workspace>(nothing);
    auto loss = std::make_unique<BlockLoss>();
    std::array<PowerSums, kSizes + 1> sums;
    Row x;
    for (std::uint64_t block = 0; block < kBlocks; ++block) {
      simulate_block(one, block, {}, *work, *loss);
      for (std::size_t size = 0; size <= kSizes; ++size) {
        const double part = static_cast<double>(size) / kSizes;
        for (std::size_t t = 0; t < quant::kBlock; ++t) x[t] = part * loss->before[t];
        for (const InsuranceLayer& layer : insurance)
          quant::insure(layer.deductible, layer.limit, quant::kBlock, x.data());
        sums[size].add(x);
      }
    }
    std::vector<quant::EventMoments> out;
    for (const PowerSums& each : sums) out.push_back(each.moments());
    return out;
  }

  void sort_by_id() {
    std::vector<std::size_t> order(out_.scenarios.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [this](std::size_t i) { return out_.scenarios[i].id; });
    std::vector<PreparedScenario> sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(out_.scenarios[i]));
    out_.scenarios = std::move(sorted);
    out_.place = std::move(order);
    out_.reductions.resize(out_.scenarios.size());
  }

  void control(std::size_t at) {
    const Control& from = wanted_.controls[at];
    const std::string field = fmt::format("/controls/{}", at);
    out_.controls.push_back(quant::key_of(seed_, "control:" + from.id));
    const auto cost = positive(from.cost_a_year, field + "/cost_a_year", "a cost");
    out_.control_costs.push_back(cost ? Draw(*cost) : Draw());
    std::map<std::string, int> times;  // that the same control takes off the same factor
    for (std::size_t i = 0; i < from.reduces.size(); ++i) {
      const Reduction& each = from.reduces[i];
      const auto by = probability(each.by, fmt::format("{}/reduces/{}/by", field, i));
      if (!by) continue;
      const auto place = std::ranges::find(out_.place, each.scenario) - out_.place.begin();
      std::string name =
          fmt::format("reduction:{}:{}:{}", from.id, wanted_.scenarios[each.scenario].id,
                      each.factor == Factor::frequency ? "frequency" : "magnitude");
      name += fmt::format(":{}", times[name]++);
      out_.reductions[static_cast<std::size_t>(place)].push_back(
          {at, each.factor, Draw(*by), quant::key_of(seed_, name)});
    }
  }

  const Register& wanted_;
  std::uint64_t seed_;
  std::vector<std::string> names_;
  std::vector<Error> faults_;
  Prepared out_;
};

}  // namespace

Result<Prepared> prepare(const Register& wanted, std::uint64_t seed) {
  return Preparing(wanted, seed).all();
}

}  // namespace tiebeam::risk
