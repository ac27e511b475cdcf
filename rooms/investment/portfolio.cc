#include <fmt/format.h>

#include <algorithm>

#include "model/known_until.h"
#include "rooms/investment/engine/canonical.h"
#include "rooms/investment/engine/money.h"
#include "rooms/investment/engine/sum_tree.h"
#include "rooms/investment/investment.h"

namespace tiebeam::investment {
namespace {

template <class T>
const T* by_id(const std::vector<T>& records, std::string_view id) {
  const auto found = std::ranges::find(records, id, &T::id);
  return found == records.end() ? nullptr : &*found;
}

flow::InitiativeForecasts forecasts_of(const FigureBook& book) {
  if (!book.find(flow::kInitiativeForecasts)) return {};
  return *book.once<flow::InitiativeForecasts>(std::string(flow::kInitiativeForecasts),
                                               [] { return flow::InitiativeForecasts{}; });
}

// Sums of trials in the order of ids, as `value_of` makes them.
class Valuing {
 public:
  Valuing(Portfolio& out, CaseKeep& keep) : out_(out), keep_(keep) {}
  void run() {
    std::vector<BusinessCase> wanted = std::move(out_.of.cases.initiatives);
    out_.of.cases.initiatives.clear();
    std::size_t next = 0;
    for (RecordCase& one : out_.of.each) {
      if (!one.at) continue;
      add(one, wanted[next++]);
    }
    finish();
  }

 private:
  void add(RecordCase& one, BusinessCase& with) {
    const auto value = keep_.value(out_.of.cases, with, out_.draws.seed, out_.draws.trials);
    if (!value) {
      one.missing.push_back(value.error().message);
      one.at.reset();
      return;
    }
    if (!is_money((*value)->value.npv.summary)) {
      one.missing.emplace_back(
          "what it may be worth is more than money can be written: look through its estimates");
      one.at.reset();
      return;
    }
    one.at = out_.of.cases.initiatives.size();
    out_.of.cases.initiatives.push_back(std::move(with));
    out_.valuation.initiatives.push_back((*value)->value);
    const Stage stage = out_.initiative(one.id).stage;
    if (stage == Stage::stopped) return;
    const bool says = !out_.of.cases.initiatives.back().effects.empty();
    all_.add((*value)->npv);
    ++out_.counted;
    out_.counted_saying += says ? 1 : 0;
    if (is_open(stage)) {
      open_.add((*value)->npv);
      ++out_.open_count;
      out_.open_saying += says ? 1 : 0;
    }
    if (!is_funded(stage)) return;
    funded_.add((*value)->npv);
    ++out_.funded_count;
    out_.funded_saying += says ? 1 : 0;
  }
  // Else every sum that it is in could not be told.
  [[nodiscard]] bool is_money(const MoneySummary& summary) const {
    const auto can = [&](double amount) {
      return money_of(amount, out_.of.cases.currency).has_value();
    };
    return can(summary.mean) && can(summary.p05) && can(summary.p95);
  }
  [[nodiscard]] MoneyFigures of(std::vector<double> total) const {
    if (total.empty()) return {};
    return money_figures({total.data(), out_.draws.trials});
  }
  void finish() {
    Valuation& valuation = out_.valuation;
    valuation.seed = out_.draws.seed;
    valuation.trials = out_.draws.trials;
    std::vector<double> total = all_.take();
    if (!total.empty()) valuation.portfolio_digest = digest_of({&total}, out_.draws.trials);
    valuation.portfolio = of(std::move(total));
    out_.funded = of(funded_.take());
    out_.open = of(open_.take());
    for (const CaseValue& value : valuation.initiatives) {
      valuation.digest = quant::combine(valuation.digest, value.digest);
      valuation.warnings.insert(valuation.warnings.end(), value.warnings.begin(),
                                value.warnings.end());
    }
    valuation.digest = quant::combine(valuation.digest, valuation.portfolio_digest);
  }

  Portfolio& out_;
  CaseKeep& keep_;
  PairwiseSum all_, funded_, open_;
};

}  // namespace

bool is_funded(Stage stage) {
  return stage == Stage::funded || stage == Stage::scaling || stage == Stage::done;
}

bool is_open(Stage stage) { return stage != Stage::done && stage != Stage::stopped; }

const Initiative& Portfolio::initiative(std::string_view id) const {
  const Initiative* found = by_id(records.initiatives, id);
  TB_CHECK(found != nullptr, "every case is of an initiative on record");
  return *found;
}

const RecordCase* Portfolio::find(std::string_view id) const { return by_id(of.each, id); }

const CaseValue* Portfolio::value_of(const RecordCase& one) const {
  return one.at ? &valuation.initiatives[*one.at] : nullptr;
}

Instant seen_from(const FigureBook& book) {
  return known_until(book, {"initiative", "effect", "kpi", "funding_level", "sign_off",
                            "benefit_reading", "assumption", "adoption_group", "adoption_reading",
                            "investment_policy", "driver", "driver_loading"});
}

CaseRecords case_records(const FigureBook& book) {
  const Snapshot& snapshot = book.snapshot();
  CaseRecords out;
  out.initiatives = snapshot.all<Initiative>();
  out.effects = snapshot.all<InitiativeEffect>();
  out.kpis = snapshot.all<strategy::Kpi>();
  out.drivers = snapshot.all<risk::Driver>();
  out.loadings = snapshot.all<risk::DriverLoading>();
  out.policies = snapshot.all<InvestmentPolicy>();
  out.forecasts = forecasts_of(book);
  out.currency = Currency::create(snapshot.organisation.currency).value_or(Currency{});
  out.as_of = seen_from(book);
  out.today = day_of(out.as_of, snapshot.zone(snapshot.organisation.zone));
  return out;
}

Portfolio value_records(CaseRecords records, CaseKeep& keep, Draws draws) {
  Portfolio out;
  out.draws = draws;
  out.records = std::move(records);
  out.of = cases_of_records(out.records);
  Valuing(out, keep).run();
  return out;
}

std::shared_ptr<const Portfolio> portfolio_of(const FigureBook& book, const KeepPtr& keep,
                                              Draws draws) {
  return book.once<Portfolio>(fmt::format("investment.portfolio {} {}", draws.seed, draws.trials),
                              [&] { return value_records(case_records(book), *keep, draws); });
}

std::shared_ptr<const CaseDetail> detail_of(const Portfolio& portfolio, const RecordCase& one,
                                            const std::vector<FundingLevel>& levels,
                                            const KeepPtr& keep) {
  TB_CHECK(one.at.has_value(), "the case is valued");
  const Cases& cases = portfolio.of.cases;
  const BusinessCase& with = cases.initiatives[*one.at];
  std::vector<Level> ways;
  std::string key = keep_key("detail", cases, with, portfolio.draws.seed, portfolio.draws.trials);
  for (const FundingLevel& level : levels) {
    if (level.initiative.str() != one.id || !level.cost_share || !level.benefit_share) continue;
    ways.push_back({level.id, level.name, *level.cost_share, *level.benefit_share});
    key += fmt::format(" {}={},{}", level.id, *level.cost_share, *level.benefit_share) + level.name;
  }
  constexpr std::size_t kAbout = 600'000;
  return keep->once<CaseDetail>(key, kAbout, [&] {
    const Cases alone = only_of(cases, with);
    return detail_of(alone, ways, settings_of(alone, portfolio.draws.seed, portfolio.draws.trials));
  });
}

}  // namespace tiebeam::investment
