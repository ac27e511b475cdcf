#include "rooms/investment/facts.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "model/figure_text.h"
#include "rooms/investment/case_words.h"
#include "rooms/investment/cases_json.h"
#include "rooms/investment/engine/money.h"

namespace tiebeam::investment {
namespace {

using std::chrono::sys_days;

std::optional<double> quantile(const std::optional<Estimate>& estimate, double p) {
  if (!estimate) return std::nullopt;
  const auto marginal = quant::Marginal::create(*estimate);
  return marginal ? std::optional(marginal->quantile(p)) : std::nullopt;
}

std::optional<Day> day_after(const std::optional<Day>& first, std::optional<double> days) {
  constexpr double kMost = 36'500;
  if (!first || !days || !(std::abs(*days) < kMost)) return std::nullopt;
  return Day{sys_days{*first} + std::chrono::days{static_cast<int>(std::ceil(*days))}};
}

class Reader {
 public:
  Reader(const FigureBook& book, const KeepPtr& keep)
      : book_(book),
        portfolio_(*portfolio_of(book, keep)),
        benefits_(*all_benefits(book, portfolio_, keep)),
        assumptions_(book.snapshot().all<Assumption>()),
        readings_(book.snapshot().all<strategy::KpiReading>()) {}
  Facts read() {
    Facts out;
    out.today = portfolio_.records.today;
    for (std::size_t i = 0; i < portfolio_.of.each.size(); ++i)
      out.cases.push_back(of_case(portfolio_.of.each[i], benefits_[i]));
    for (const strategy::Kpi& kpi : portfolio_.records.kpis) add_kpi(kpi, out);
    return out;
  }

 private:
  CaseFacts of_case(const RecordCase& one, const CaseBenefits& benefits) {
    const Initiative& record = portfolio_.initiative(one.id);
    CaseFacts out;
    out.id = one.id;
    out.name = one.name;
    out.stage = record.stage;
    out.is_mandatory = record.kind == InitiativeKind::mandatory;
    out.has_champion = !record.sponsor.empty();
    out.has_business_owner = !record.business_owner.empty();
    out.has_people_plan = !record.people_plan.empty();
    out.has_process_plan = !record.process_plan.empty();
    const Standing standing = standing_of(book_, portfolio_, one);
    out.signed_state = signed_name(standing.state);
    if (const Signature* speaks = standing.speaks()) out.signed_why = speaks->why;
    set_value(one, out);
    set_days(one, record, out);
    out.has_reading = benefits.total.readings > 0 ||
                      std::ranges::any_of(benefits.effects, [](const EffectBenefit& each) {
                        return each.too_early > 0;
                      });
    return out;
  }
  void set_value(const RecordCase& one, CaseFacts& out) const {
    const CaseValue* value = portfolio_.value_of(one);
    if (value == nullptr) return;
    out.is_valued = true;
    const BusinessCase& content = portfolio_.of.cases.initiatives[*one.at];
    out.has_benefit = !content.effects.empty() || value->do_nothing.has_value();
    out.mean = value->do_nothing ? value->do_nothing->advantage.mean : value->npv.summary.mean;
    Figure figure;
    if (const auto money = money_of(out.mean, portfolio_.of.cases.currency)) figure.value = *money;
    out.mean_words = figure.has_value() ? in_words(figure) : "less than can be told";
  }
  void set_days(const RecordCase& one, const Initiative& record, CaseFacts& out) {
    const Day today = portfolio_.records.today;
    const auto past = [&](const std::optional<Day>& day) {
      return day && sys_days{*day} < sys_days{today} ? day : std::nullopt;
    };
    out.was_due = past(day_after(record.starts, quantile(record.duration, 0.9)));
    if (one.at) {  // as it is counted: a forecast is a duration, too
      const auto& duration = portfolio_.of.cases.initiatives[*one.at].duration;
      out.benefit_due = past(day_after(record.starts, quantile(duration, 0.5).value_or(0)));
    }
    for (const Assumption& each : assumptions_) {
      if (each.initiative.str() != one.id || !is_stale(each, today)) continue;
      out.old.push_back({input_of(each), *each.given_on});
    }
    std::ranges::sort(out.old, [](const OldEstimate& a, const OldEstimate& b) {
      return a.given_on != b.given_on ? a.given_on < b.given_on : a.input < b.input;
    });
  }
  [[nodiscard]] std::string input_of(const Assumption& each) const {
    const auto& effects = portfolio_.records.effects;
    const auto effect = std::ranges::find(effects, each.effect.str(), &InitiativeEffect::id);
    const std::string input =
        effect == effects.end() ? each.input : effect->kpi.str() + "." + each.input;
    return "The estimate of " + input_label(portfolio_, input);
  }

  // Of the initiatives that are not stopped.
  void add_kpi(const strategy::Kpi& kpi, Facts& out) {
    SharedKpi shared{.id = kpi.id, .name = kpi.name, .unit = kpi.unit, .initiatives = {}};
    const double better = kpi.direction == strategy::Direction::down ? -1 : 1;
    for (const InitiativeEffect& effect : portfolio_.records.effects) {
      if (effect.kpi.str() != kpi.id) continue;
      const RecordCase* one = portfolio_.find(effect.initiative.str());
      if (one == nullptr) continue;
      const Initiative& record = portfolio_.initiative(one->id);
      if (record.stage == Stage::stopped) continue;
      shared.initiatives.push_back("\"" + one->name + "\"");
      const auto share = quantile(effect.share, 0.5);
      shared.share_sum += share.value_or(0);
      shared.promised += better * quantile(effect.change, 0.5).value_or(0) * share.value_or(1) *
                         quantile(record.adoption, 0.5).value_or(1);
    }
    if (shared.initiatives.size() < 2) return;
    const auto now = newest_of(kpi);
    if (now && kpi.target) shared.gap = std::max(0.0, better * (*kpi.target - *now));
    out.kpis.push_back(std::move(shared));
  }
  [[nodiscard]] std::optional<double> newest_of(const strategy::Kpi& kpi) const {
    std::optional<Day> newest;
    std::optional<double> out = kpi.baseline;
    for (const strategy::KpiReading& reading : readings_) {
      if (reading.kpi.str() != kpi.id || !reading.on || !reading.value) continue;
      if (newest && *reading.on < *newest) continue;
      newest = reading.on;
      out = reading.value;
    }
    return out;
  }

  const FigureBook& book_;
  const Portfolio& portfolio_;
  const std::vector<CaseBenefits>& benefits_;
  std::vector<Assumption> assumptions_;
  std::vector<strategy::KpiReading> readings_;
};

}  // namespace

bool is_stale(const Assumption& assumption, Day today) {
  return assumption.given_on &&
         (sys_days{today} - sys_days{*assumption.given_on}).count() > kStaleDays;
}

Facts facts_of(const FigureBook& book, const KeepPtr& keep) {
  return *book.once<Facts>("investment.facts", [&] { return Reader(book, keep).read(); });
}

std::vector<Rule> investment_rules(const KeepPtr& keep) {
  const ReadFacts read = [keep](const FigureBook& book) { return facts_of(book, keep); };
  return {no_champion_rule(read),     no_business_owner_rule(read), technology_only_rule(read),
          not_signed_rule(read),      signature_void_rule(read),    funded_loss_rule(read),
          no_benefit_rule(read),      stale_estimate_rule(read),    no_benefit_reading_rule(read),
          benefits_overlap_rule(read)};
}

}  // namespace tiebeam::investment
