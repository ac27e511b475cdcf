#include "rooms/investment/benefits.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/figure_kit.h"
#include "quant/figure_values.h"
#include "rooms/investment/engine/canonical.h"
#include "rooms/investment/engine/money.h"

namespace tiebeam::investment {
namespace {

using std::chrono::sys_days;
constexpr const char* kMethod = "docs/method/benefits.md";
constexpr std::size_t kLeastReadings = 10;  // that tell how good promises are; ours

struct Line {
  const char *name, *label, *unit, *formula;
};
constexpr Line kLines[] = {
    {"promised", "What was to come a year by now", "money",
     "sum over effects with a reading of the mean promise for that day x worth of a unit"},
    {"realised", "What has come a year", "money",
     "sum over effects of the newest reading x worth of a unit"},
    {"realised.ratio", "What has come of what is promised, by the estimates of today", "share",
     "realised / promised, for the same effects and days; promised by the estimates of today"},
    {"readings.inside", "Readings between the P10 and the P90 that were promised", "share",
     "readings between P10 and P90 of the promise for their day / readings; 0.8 if promises are "
     "well made"}};
constexpr Line kAdoption[] = {
    {"adoption.promised", "Share that is to use it, as often more as less", "share",
     "estimate of adoption at 0.5"},
    {"adoption.now", "Share that uses it now", "share",
     "active / eligible, each group by its newest count"},
    {"adoption.day30", "Share that used it after 30 days", "share",
     "active / eligible 30 days after the first count"},
    {"adoption.day90", "Share that used it after 90 days", "share",
     "active / eligible 90 days after the first count"}};

FigureSpec spec(std::string_view prefix, const Line& line) {
  return {fmt::format("investment.{}{}", prefix, line.name),
          line.label,
          line.unit,
          line.formula,
          kMethod,
          1,
          {}};
}

void set_money(Figure& figure, double amount, Currency currency) {
  if (const auto money = money_of(amount, currency)) {
    figure.value = *money;
  } else {
    say(figure, Status::not_measurable, "larger than money can be written");
  }
}

std::vector<BenefitReading> readings_of(const std::vector<BenefitReading>& all,
                                        const std::string& effect) {
  std::vector<BenefitReading> out;
  for (const BenefitReading& each : all) {
    if (each.effect.str() == effect && each.on && each.change) out.push_back(each);
  }
  std::ranges::sort(out, [](const BenefitReading& a, const BenefitReading& b) {
    return *a.on != *b.on ? *a.on < *b.on : a.id < b.id;
  });
  return out;
}

// Read once for a book: there may be many cases and many readings.
struct BenefitRecords {
  std::vector<BenefitReading> readings;
  std::vector<AdoptionGroup> groups;
  std::vector<AdoptionReading> active;
};
std::shared_ptr<const BenefitRecords> records_in(const FigureBook& book) {
  return book.once<BenefitRecords>("investment.benefit_records", [&] {
    return BenefitRecords{book.snapshot().all<BenefitReading>(),
                          book.snapshot().all<AdoptionGroup>(),
                          book.snapshot().all<AdoptionReading>()};
  });
}

class Reading {
 public:
  Reading(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one,
          const KeepPtr& keep)
      : portfolio_(portfolio),
        one_(one),
        keep_(keep),
        initiative_(portfolio.initiative(one.id)),
        all_(records_in(book)->readings) {}
  void read(CaseBenefits& out) {
    if (!one_.at) {
      out.why = "the case cannot be valued yet";
      return;
    }
    const auto& effects = portfolio_.of.cases.initiatives[*one_.at].effects;
    for (std::size_t i = 0; i < effects.size(); ++i) {
      if (!one_.effects[i].empty()) out.effects.push_back(effect(i, effects[i]));
    }
    out.total = realisation_of(out.effects);
    if (out.total.effects > 0) return;
    const bool early = std::ranges::any_of(
        out.effects, [](const EffectBenefit& each) { return each.too_early > 0; });
    const bool late = std::ranges::any_of(
        out.effects, [](const EffectBenefit& each) { return each.too_late > 0; });
    out.why = !initiative_.starts && has_readings_
                  ? "the case says no first day of work, so no reading can be held against it"
              : late  ? "all readings are of days that are still to come"
              : early ? "all readings are from before the first day of work"
                      : "nobody has read a benefit yet";
  }

 private:
  EffectBenefit effect(std::size_t place, const Effect& effect) {
    const Kpi& kpi = portfolio_.of.cases.kpis[effect.kpi];
    EffectBenefit out{.effect = one_.effects[place],
                      .kpi = kpi.id,
                      .worth = parameter_of(kpi.value_per_unit, "value").value_or(0),
                      .readings = {},
                      .too_early = 0};
    const auto readings = readings_of(all_, out.effect);
    has_readings_ = has_readings_ || !readings.empty();
    if (!initiative_.starts) return out;
    std::vector<double> days;
    for (const BenefitReading& reading : readings) {
      const auto day = (sys_days{*reading.on} - sys_days{*initiative_.starts}).count();
      if (day < 0) {
        ++out.too_early;
        continue;
      }
      if (*reading.on > portfolio_.records.today) {
        ++out.too_late;
        continue;
      }
      out.readings.push_back({.record = reading, .day = static_cast<double>(day), .promise = {}});
      days.push_back(static_cast<double>(day));
    }
    if (days.empty()) return out;
    const auto promises = promised(portfolio_, one_, place, days, keep_);
    for (std::size_t i = 0; i < days.size(); ++i) out.readings[i].promise = (*promises)[i];
    return out;
  }

 private:
  const Portfolio& portfolio_;
  const RecordCase& one_;
  const KeepPtr& keep_;
  const Initiative& initiative_;
  const std::vector<BenefitReading>& all_;  // of the book
  bool has_readings_ = false;
};

void read_adoption(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one,
                   CaseBenefits& out) {
  const BenefitRecords& records = *records_in(book);
  for (const AdoptionGroup& group : records.groups) {
    if (group.initiative.str() == one.id) out.groups.push_back(group);
  }
  for (const AdoptionReading& reading : records.active) {
    const auto of = [&](const AdoptionGroup& group) { return group.id == reading.group.str(); };
    if (std::ranges::any_of(out.groups, of)) out.active.push_back(reading);
  }
  const Day today = portfolio.records.today;
  out.now = adoption_after(out.groups, out.active, std::nullopt, today);
  out.day30 = adoption_after(out.groups, out.active, 30, today);
  out.day90 = adoption_after(out.groups, out.active, 90, today);
  const auto& estimate = portfolio.initiative(one.id).adoption;
  if (!estimate) return;
  if (const auto marginal = quant::Marginal::create(*estimate))
    out.adoption_p50 = marginal->quantile(0.5);
}

}  // namespace

std::vector<Figure> realised_figures(const Portfolio& portfolio, std::string_view prefix,
                                     const Realisation& of, const std::string& why) {
  std::vector<Figure> out;
  for (const Line& line : kLines) {
    Figure figure = blank_figure(spec(prefix, line), portfolio.of.cases.as_of);
    figure.trail.seed = portfolio.draws.seed;
    rest_on(figure, "benefit_reading", of.readings, "since the first day of work");
    if (of.effects == 0) {
      say(figure, Status::too_few, why);
    } else if (std::string_view(line.name) == "promised") {
      set_money(figure, of.promised, portfolio.of.cases.currency);
    } else if (std::string_view(line.name) == "realised") {
      set_money(figure, of.realised, portfolio.of.cases.currency);
    } else if (std::string_view(line.name) == "realised.ratio") {
      if (const auto ratio = of.ratio()) {
        figure.value = *ratio;
      } else {
        say(figure, Status::not_measurable, "nothing was promised for the days that were read");
      }
    } else {
      quant::set_share(figure, of.inside, of.readings, kLeastReadings,
                       fmt::format("{} readings; {} are needed", of.readings, kLeastReadings));
    }
    out.push_back(std::move(figure));
  }
  return out;
}

std::vector<Figure> adoption_figures(const Portfolio& portfolio, const RecordCase& one,
                                     const CaseBenefits& benefits) {
  const std::string prefix = one.id + ".";
  std::vector<Figure> out;
  for (const Line& line : kAdoption)
    out.push_back(blank_figure(spec(prefix, line), portfolio.of.cases.as_of));
  if (benefits.adoption_p50) {
    out[0].value = *benefits.adoption_p50;
  } else {
    say(out[0], Status::not_measurable,
        "nobody has estimated it: all who should use it are presumed to");
  }
  const AdoptionShare* shares[] = {&benefits.now, &benefits.day30, &benefits.day90};
  for (std::size_t i = 0; i < 3; ++i) {
    Figure& figure = out[i + 1];
    rest_on(figure, "adoption_group", benefits.groups.size(), "of " + one.id);
    figure.n = shares[i]->eligible;
    if (shares[i]->share) {
      figure.value = *shares[i]->share;
    } else {
      say(figure, Status::too_few, shares[i]->why);
    }
  }
  return out;
}

std::shared_ptr<const std::vector<Promise>> promised(const Portfolio& portfolio,
                                                     const RecordCase& one, std::size_t place,
                                                     const std::vector<double>& days,
                                                     const KeepPtr& keep) {
  const Cases& cases = portfolio.of.cases;
  const BusinessCase& with = cases.initiatives[*one.at];
  const std::string key =
      keep_key("promise", cases, with, portfolio.draws.seed, portfolio.draws.trials) +
      fmt::format(" {} {}", place, fmt::join(days, ","));
  return keep->once<std::vector<Promise>>(key, days.size() * sizeof(Promise) + key.size(), [&] {
    const Cases alone = only_of(cases, with);
    return promises_of(alone, settings_of(alone, portfolio.draws.seed, portfolio.draws.trials),
                       place, days);
  });
}

CaseBenefits benefits_of(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one,
                         const KeepPtr& keep) {
  CaseBenefits out;
  Reading(book, portfolio, one, keep).read(out);
  read_adoption(book, portfolio, one, out);
  return out;
}

std::shared_ptr<const std::vector<CaseBenefits>> all_benefits(const FigureBook& book,
                                                              const Portfolio& portfolio,
                                                              const KeepPtr& keep) {
  const std::string name =
      fmt::format("investment.benefits {} {}", portfolio.draws.seed, portfolio.draws.trials);
  return book.once<std::vector<CaseBenefits>>(name, [&] {
    std::vector<CaseBenefits> out;
    for (const RecordCase& one : portfolio.of.each)
      out.push_back(benefits_of(book, portfolio, one, keep));
    return out;
  });
}

std::vector<FigureSpec> benefit_specs(std::string_view initiative) {
  const std::string prefix = initiative.empty() ? "" : std::string(initiative) + ".";
  std::vector<FigureSpec> out;
  for (const Line& line : kLines) out.push_back(spec(prefix, line));
  if (prefix.empty()) return out;
  for (const Line& line : kAdoption) out.push_back(spec(prefix, line));
  return out;
}

std::vector<Figure> benefit_figures(const Portfolio& portfolio,
                                    const std::vector<CaseBenefits>& all) {
  Realisation total;
  for (const CaseBenefits& one : all) add(total, one.total);
  return realised_figures(portfolio, "", total, "nobody has read a benefit yet");
}

std::vector<Figure> benefit_figures(const Portfolio& portfolio, const RecordCase& one,
                                    const CaseBenefits& benefits) {
  auto out = realised_figures(portfolio, one.id + ".", benefits.total, benefits.why);
  std::ranges::move(adoption_figures(portfolio, one, benefits), std::back_inserter(out));
  return out;
}

}  // namespace tiebeam::investment
