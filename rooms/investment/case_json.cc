// One case as JSON.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "model/figure_json.h"
#include "model/figure_kit.h"
#include "model/record_json.h"
#include "rooms/investment/benefits.h"
#include "rooms/investment/case_parts.h"
#include "rooms/investment/case_words.h"
#include "rooms/investment/cases_json.h"
#include "rooms/investment/engine/case_value.h"
#include "rooms/investment/engine/figures.h"
#include "rooms/investment/engine/money.h"

namespace tiebeam::investment {
namespace {

constexpr const char* kCase = "docs/method/case.md";
constexpr const char* kValue = "docs/method/initiative-value.md";
constexpr const char* kInformation = "docs/method/value-of-information.md";

class Maker {
 public:
  // `book` null: of a case that is not on record.
  Maker(const FigureBook* book, const Portfolio& portfolio, const RecordCase& one,
        const std::string& recompute)
      : book_(book), portfolio_(portfolio), one_(one), recompute_(recompute) {}

  [[nodiscard]] Json tornado() const;
  [[nodiscard]] Json levels(const CaseDetail& detail) const;
  [[nodiscard]] Json delay() const;
  [[nodiscard]] Json draws(const CaseDetail& detail) const;
  [[nodiscard]] Json middle() const {
    return told(money("tornado_middle", "Worth with every estimate at its middle", value().middle,
                      "net present value, all inputs at their median", kValue));
  }
  [[nodiscard]] Json evpi(double amount) const {
    return told(money(std::string("evpi"), "What it is worth to know everything before deciding",
                      amount, "mean of the best way in each case - the best mean of one way",
                      kInformation));
  }

 private:
  [[nodiscard]] Figure money(std::string name, std::string label, double amount,
                             std::string formula, std::string method) const {
    return money_cell(portfolio_, one_, std::move(name), std::move(label), amount,
                      std::move(formula), std::move(method));
  }
  [[nodiscard]] Figure number(std::string name, std::string label, std::string unit, double value,
                              std::string formula) const {
    Figure out = cell(portfolio_, one_, std::move(name), std::move(label), std::move(unit),
                      std::move(formula), kValue);
    out.value = value;
    return out;
  }
  [[nodiscard]] Json input_figure(const std::string& key, std::string_view input,
                                  double value) const {
    const std::string unit = unit_of(portfolio_, input);
    const std::string label = input_label(portfolio_, input);
    if (unit == "money") return told(money(key, label, value, "point of its estimate", kValue));
    return told(number(key, label, unit, value, "point of its estimate"));
  }
  [[nodiscard]] const BusinessCase& content() const {
    return portfolio_.of.cases.initiatives[*one_.at];
  }
  [[nodiscard]] const CaseValue& value() const { return *portfolio_.value_of(one_); }

  [[nodiscard]] Json told(const Figure& figure) const { return cell_json(figure, recompute_); }

  const FigureBook* book_;
  const Portfolio& portfolio_;
  const RecordCase& one_;
  const std::string& recompute_;
};

Json Maker::tornado() const {
  Json out = Json::Array{};
  for (const TornadoRow& row : value().tornado) {
    const std::string key = fmt::format("tornado[{}]", row.input);
    const std::string label = input_label(portfolio_, row.input);
    const auto end = [&](const char* name, const char* words, double input, double npv) {
      return Json::object(
          {{"input", input_figure(fmt::format("{}.{}_input", key, name), row.input, input)},
           {"npv", told(money(fmt::format("{}.{}", key, name),
                              fmt::format("Worth with {} {}", label, words), npv,
                              "net present value, all other inputs at their median", kValue))}});
    };
    const bool works = row.input == "p_success";
    out.push(Json::object(
        {{"input", row.input},
         {"label", label},
         {"low", end("low", works ? "failing" : "at its 10 % point", row.low_input, row.low)},
         {"high", end("high", works ? "working" : "at its 90 % point", row.high_input, row.high)},
         {"swing", told(money(key + ".swing", fmt::format("What hangs on {}", label),
                              std::abs(row.high - row.low), "high end - low end", kValue))}}));
  }
  return out;
}

Json Maker::levels(const CaseDetail& detail) const {
  Json out = Json::Array{};
  for (const LevelValue& each : detail.levels) {
    const std::string key = fmt::format("level[{}]", each.level.id);
    const MoneySummary& summary = each.npv.summary;
    Figure npv =
        money(key + ".npv", fmt::format("Net present value: {}", each.level.name), summary.p50,
              "costs x cost share, benefits x benefit share, same draws", kCase);
    npv.interval = Interval{summary.p05, summary.p95, 0.9};
    Figure loss = number(key + ".p_loss", fmt::format("Chance of a loss: {}", each.level.name),
                         "share", summary.p_loss, "share of trials below 0");
    if (auto few = too_few_for(0.05, portfolio_.draws.trials); !few.empty()) {
      npv.interval.reset();
      npv.trail.notes.push_back(few);
    }
    out.push(Json::object(
        {{"id", each.level.id},
         {"name", each.level.name},
         {"cost_share", each.level.cost_share},
         {"benefit_share", each.level.benefit_share},
         {"npv", told(npv)},
         {"loss", told(loss)},
         {"cost", told(money(key + ".one_off_cost", "One-off cost, as often more as less",
                             each.one_off_p50, "estimate at 0.5 x cost share", kCase))}}));
  }
  return out;
}

Json Maker::delay() const {
  Json forecast;
  if (one_.forecast) {
    const flow::InitiativeForecast& f = *one_.forecast;
    const auto at = [&](const char* name, double sure, int of_100) {
      Figure out =
          cell(portfolio_, one_, fmt::format("forecast.{}", name),
               fmt::format("Its open work is done within, in {} of 100 cases", of_100), "days",
               fmt::format("first week by which the chance of being done is {}", sure),
               "docs/method/forecast.md");
      out.n.reset();
      out.trail.seed.reset();
      TrailInput input;
      input.figure = flow::kInitiativeForecasts;
      out.trail.inputs.push_back(std::move(input));
      const auto week = std::ranges::find_if(f.done_by_week, [&](double p) { return p >= sure; });
      if (f.open == 0 && f.status == Status::ok) {
        out.value = 0.0;
      } else if (f.status != Status::ok) {
        say(out, f.status, f.reason);
      } else if (week == f.done_by_week.end()) {
        say(out, Status::not_reached,
            f.reason.empty() ? "further than the forecast looks" : f.reason);
        out.low = 7.0 * static_cast<double>(f.done_by_week.size());
      } else {
        out.value = 7.0 * static_cast<double>(week - f.done_by_week.begin() + 1);
      }
      return told(out);
    };
    Json streams = Json::Array{};
    for (const std::string& id : f.streams)
      streams.push(book_ ? named_json(book_->snapshot(), "value_stream", id) : Json());
    forecast = Json::object({{"streams", std::move(streams)},
                             {"has_own_items", f.has_own_items},
                             {"items", f.open},
                             {"finished", f.finished},
                             {"scope", f.scope},
                             {"own_share", f.own_share},
                             {"is_used", one_.delay == Delay::forecast},
                             {"is_over", f.is_over},
                             {"finished_on", day_json(f.finished_on)},
                             {"status", status_name(f.status)},
                             {"reason", text_json(f.reason)},
                             {"p50", at("p50", 0.5, 50)},
                             {"p85", at("p85", 0.85, 85)},
                             {"p95", at("p95", 0.95, 95)}});
  }
  constexpr std::string_view kFrom[] = {"given", "forecast", "unknown"};
  Json out = Json::object(
      {{"from", kFrom[static_cast<std::size_t>(one_.delay)]}, {"forecast", std::move(forecast)}});
  const auto& duration = one_.at ? content().duration : std::optional<Estimate>{};
  out.set("duration", duration && one_.delay == Delay::given
                          ? Json(estimate_in_words(*duration, false))
                          : Json());
  if (one_.at) {
    const auto figures = figures_of(portfolio_, one_);
    out.set("cost_of_delay_a_month", to_json(figure_named(figures, "delay_month")));
  }
  return out;
}

Json numbers(const std::vector<double>& values) { return Json::array(values); }

// Inputs of one group multiply each other; "*" multiplies every KPI's group.
std::string group_of(const std::string& input) {
  if (input == "adoption") return "*";
  const std::size_t dot = input.rfind('.');
  return dot == std::string::npos ? input : input.substr(0, dot);
}

Json Maker::draws(const CaseDetail& detail) const {
  Json inputs = Json::Array{};
  for (const InputPart& part : detail.parts) {
    Json row = Json::object({{"input", part.input},
                             {"label", input_label(portfolio_, part.input)},
                             {"linear", part.is_straight},
                             {"group", group_of(part.input)},
                             {"most", part.most > 0 ? Json(part.most) : Json()}});
    if (part.is_straight) {
      row.set("part", numbers(part.part));
    } else {
      row.set("factors", numbers(part.factors));
      Json at = Json::Array{};
      for (const auto& values : part.at) at.push(numbers(values));
      row.set("at", std::move(at));
    }
    inputs.push(std::move(row));
  }
  return Json::object(
      {{"n", detail.npv.size()}, {"npv", numbers(detail.npv)}, {"inputs", std::move(inputs)}});
}

void add_head(const Portfolio& portfolio, const RecordCase& one, const std::vector<Figure>& figures,
              Json& out) {
  const auto pieces = sentence_of(portfolio, one, figures);
  Json parts = Json::Array{};
  for (const CasePiece& piece : pieces)
    parts.push(Json::object({{"text", piece.text}, {"figure", text_json(piece.figure)}}));
  out.set("sentence", plain_text(pieces));
  out.set("pieces", std::move(parts));
  const Instant as_of = portfolio.of.cases.as_of;
  out.set("as_of", format_instant(as_of));
  out.set("currency", portfolio.of.cases.currency.code());
  out.set("trials", static_cast<std::int64_t>(portfolio.draws.trials));
  out.set("seed", static_cast<std::int64_t>(portfolio.draws.seed));
  const Policy& policy = portfolio.of.policy;
  out.set("policy", Json::object({{"id", text_json(policy.id)},
                                  {"discount_rate", policy.discount_rate},
                                  {"horizon_years", policy.horizon_years},
                                  {"mid_year", policy.mid_year},
                                  {"presumed", Json::array(policy.presumed)}}));
}

Json density_json(const std::vector<double>& x, const std::vector<double>& y) {
  return Json::object({{"x", numbers(x)}, {"y", numbers(y)}});
}

void add_columns(Json& out) {
  const auto column = [](const char* label, const char* unit, const char* formula,
                         const char* method) {
    return Json::object(
        {{"label", label}, {"unit", unit}, {"formula", formula}, {"method", method}});
  };
  const auto array = [](const char* row, Json columns) {
    return Json::object({{"row", row}, {"columns", std::move(columns)}});
  };
  out.set(
      "columns",
      Json::object(
          {{"dots", array("dot", Json::object({{"npv", column("Net present value", "money",
                                                              "middle of each of 50 groups of "
                                                              "as many trials, rising",
                                                              kCase)}}))},
           {"density",
            array("x", Json::object({{"y", column("Share of cases for each unit of money", "share",
                                                  "trials in the step / all / width", kCase)}}))},
           {"draws",
            array("draw",
                  Json::object({{"npv", column("Net present value of the draw", "money",
                                               "the first trials of the simulation", kCase)}}))}}));
}

void add_valued(const FigureBook* book, const Portfolio& portfolio, const RecordCase& one,
                const CaseDetail* detail, const std::string& recompute, Json& out) {
  const Maker make(book, portfolio, one, recompute);
  out.set("delay", make.delay());
  if (!detail) {
    for (const char* array : {"dots", "tornado", "assumptions", "levels"})
      out.set(array, Json::Array{});
    for (const char* none : {"density", "most_worth", "evpi", "draws", "tornado_middle"})
      out.set(none, Json());
    return;
  }
  out.set("dots", numbers(detail->dots));
  out.set("density", density_json(detail->density_x, detail->density));
  out.set("tornado", make.tornado());
  out.set("tornado_middle", make.middle());
  out.set("assumptions", assumptions_json(book, portfolio, one, *detail, recompute));
  const bool worth = !detail->evppi.empty() && detail->evppi.front().evppi > 0;
  out.set("most_worth", worth ? Json(detail->evppi.front().input) : Json());
  out.set("evpi", make.evpi(detail->evpi));
  out.set("levels", make.levels(*detail));
  out.set("draws", make.draws(*detail));
}

}  // namespace

Json case_json(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one,
               const KeepPtr& keep, const std::vector<Finding>& findings,
               const std::string& recompute) {
  const Snapshot& snapshot = book.snapshot();
  auto figures = figures_of(portfolio, one);
  const CaseBenefits benefits = benefits_of(book, portfolio, one, keep);
  std::ranges::move(benefit_figures(portfolio, one, benefits), std::back_inserter(figures));
  const auto levels = snapshot.all<FundingLevel>();
  const auto detail = one.at ? detail_of(portfolio, one, levels, keep) : nullptr;
  Json out = Json::Object{};
  const RecordType* type = snapshot.catalog ? snapshot.catalog->find("initiative") : nullptr;
  const Record* record = snapshot.find("initiative", one.id);
  out.set("initiative", type && record ? to_json(*type, *record) : Json());
  add_head(portfolio, one, figures, out);
  // A signature is for the draws that everybody sees, whatever was asked for here.
  const auto usual = portfolio_of(book, keep);
  const RecordCase& same = *usual->find(one.id);
  out.set("case_hash", text_json(hash_of(*usual, same)));
  out.set("figures", figures_json(figures));
  add_valued(&book, portfolio, one, detail.get(), recompute, out);
  out.set("recompute", recompute);
  add_sign_off(book, *usual, same, out);
  out.set("benefits", benefits_json(book, portfolio, one, benefits, keep));
  out.set("adoption", adoption_json(portfolio, one, benefits));
  out.set("missing", Json::array(one.missing));
  Json found = Json::Array{};
  for (const Finding& finding : findings) {
    if (finding.subject.type == "initiative" && finding.subject.id == one.id)
      found.push(to_json(finding));
  }
  out.set("findings", std::move(found));
  const CaseValue* value = portfolio.value_of(one);
  out.set("warnings", value ? Json::array(value->warnings) : Json(Json::Array{}));
  add_columns(out);
  return out;
}

Json unsaved_json(const Portfolio& portfolio, const RecordCase& one, const CaseDetail* detail,
                  const std::string& recompute) {
  Json out = Json::Object{};
  const auto figures = figures_of(portfolio, one);
  add_head(portfolio, one, figures, out);
  Json told = Json::Array{};
  for (const Figure& figure : figures) told.push(cell_json(figure, recompute));
  out.set("figures", std::move(told));
  add_valued(nullptr, portfolio, one, detail, recompute, out);
  out.set("recompute", recompute);
  out.set("missing", Json::array(one.missing));
  add_columns(out);
  return out;
}

Json scaled_json(const Portfolio& portfolio, const RecordCase& one, const ScaledCase& scaled,
                 const std::string& recompute) {
  Json out = Json::Object{};
  Valuation valuation;
  valuation.seed = portfolio.draws.seed;
  valuation.trials = portfolio.draws.trials;
  auto figures = set_figures(portfolio.of.cases, valuation, one.id + ".whatif", 1, scaled.npv);
  const Figure delay =
      money_cell(portfolio, one, "whatif.delay_month", "Cost of one month's delay, mean",
                 scaled.month_late.mean, "as the case's own, with the inputs asked for", kValue);
  figures.push_back(delay);
  Figure payback =
      cell(portfolio, one, "whatif.payback_years.p50", "Years to pay back, middle case", "years",
           "median of the first crossing of 0", kValue);
  if (scaled.payback.p50) {
    payback.value = *scaled.payback.p50;
  } else {
    say(payback, Status::not_reached, "not within the years counted in half of the cases");
    payback.low = portfolio.of.policy.horizon_years;
  }
  figures.push_back(std::move(payback));
  Json told = Json::Array{};
  for (const Figure& figure : figures) told.push(cell_json(figure, recompute));
  out.set("figures", std::move(told));
  out.set("dots", numbers(scaled.dots));
  out.set("density", density_json(scaled.density_x, scaled.density));
  out.set("recompute", recompute);
  return out;
}

}  // namespace tiebeam::investment
