// Starting points as JSON. docs/method/starter-scenarios.md says what each is.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/figure_text.h"
#include "rooms/risk/exposure_json.h"
#include "rooms/risk/risk.h"
#include "rooms/risk/start_figures.h"
#include "rooms/risk/starter_library.h"

namespace tiebeam::risk {
namespace {

// A figure that the answer itself explains: its drawer asks nobody else.
Json cell(Figure figure, const FigureBook& book, const std::string& recompute) {
  figure.as_of = book.as_of();
  return cell_json(figure, recompute);
}

// The command that gives the same numbers.
std::string command_of(const StartAnswer& answer, const std::string& options) {
  const StartWish& wish = answer.wish;
  std::string out =
      fmt::format("tiebeam risk starters --people {:.17g} --revenue {:.17g} --sector {}",
                  wish.profile.people, wish.profile.revenue, wish.profile.sector);
  if (!wish.chosen.empty()) out += fmt::format(" --chosen {}", fmt::join(wish.chosen, ","));
  for (const AgreedPoint& each : wish.agreed)
    out += fmt::format(" --point {:.17g}@{:g}", each.loss, each.years);
  return out + " --json" + options;
}

class Answering {
 public:
  Answering(const StartAnswer& answer, const FigureBook& book, const std::string& options)
      : answer_(answer), book_(book), recompute_(command_of(answer, options)) {}

  Json all() {
    const StartWish& wish = answer_.wish;
    Json starters = Json::Array{};
    for (const Suggestion& each : answer_.all) starters.push(starter(each));
    return Json::object({{"profile", Json::object({{"people", wish.profile.people},
                                                   {"revenue", wish.profile.revenue},
                                                   {"sector", wish.profile.sector},
                                                   {"currency", wish.profile.currency},
                                                   {"said_people", wish.said_people},
                                                   {"said_revenue", wish.said_revenue}})},
                         {"recompute", recompute_},
                         {"sectors", sectors()},
                         {"starters", std::move(starters)},
                         {"controls", controls()},
                         {"sources", sources()},
                         {"together", together()},
                         {"appetite", appetite()}});
  }

 private:
  [[nodiscard]] Json cell_of(Figure figure) const {
    return cell(std::move(figure), book_, recompute_);
  }

  static Json sectors() {
    Json out = Json::Array{};
    for (const Sector& each : starter_library().sectors)
      out.push(Json::object({{"id", each.id}, {"name", each.name}}));
    return out;
  }

  static Json sources() {
    Json out = Json::Array{};
    for (const Source& each : starter_library().sources) {
      out.push(Json::object({{"id", each.id},
                             {"title", each.title},
                             {"year", each.year},
                             {"link", each.link},
                             {"sample", each.sample},
                             {"limits", each.limits}}));
    }
    return out;
  }

  [[nodiscard]] Json part_json(const std::string& key, const RangePart& part) const {
    Figure figure;
    figure.key = key;
    figure.label = part.what;
    figure.unit = is_money(part) ? "money" : part.unit;
    figure.trail.formula = "low and high for this size and sector: 9 of 10 cases lie between";
    figure.trail.method = "docs/method/starter-scenarios.md";
    figure.trail.notes = {std::string(evidence_words(part.evidence))};
    figure.interval = Interval{part.low, part.high, 0.9};
    const double middle = std::sqrt(part.low * part.high);
    if (is_money(part)) {
      figure.value = Money(
          static_cast<std::int64_t>(std::round(middle * std::pow(10, answer_.currency.digits()))),
          answer_.currency);
    } else {
      figure.value = middle;
    }
    return Json::object({{"what", part.what},
                         {"unit", part.unit},
                         {"figure", cell_of(std::move(figure))},
                         {"evidence", evidence_name(part.evidence)},
                         {"evidence_words", evidence_words(part.evidence)},
                         {"sources", Json::array(part.sources)},
                         {"why", part.why.empty() ? Json() : Json(part.why)}});
  }
  [[nodiscard]] bool is_money(const RangePart& part) const {
    return part.unit.starts_with(answer_.currency.code());
  }

  [[nodiscard]] Json range_json(const std::string& key, const SuggestedRange& range) const {
    Json parts = Json::Array{};
    for (std::size_t i = 0; i < range.parts.size(); ++i)
      parts.push(part_json(fmt::format("{}[{}]", key, i), range.parts[i]));
    return Json::object({{"estimate", format_estimate(estimate_of(range))},
                         {"evidence", evidence_name(range.evidence)},
                         {"evidence_words", evidence_words(range)},
                         {"sources", Json::array(range.sources)},
                         {"parts", std::move(parts)}});
  }

  [[nodiscard]] Json starter(const Suggestion& from) const {
    const Starter& named = *from.starter;
    const StarterFigures figures = figures_of(from, answer_);
    const std::string key = fmt::format("risk.starters[{}].", named.id);
    Json losses = Json::Array{}, reduced_by = Json::Array{};
    for (const SuggestedLoss& each : from.losses) {
      Json loss = range_json(key + each.field, each.range);
      loss.set("field", each.field);
      losses.push(std::move(loss));
    }
    for (const SuggestedControl& each : from.controls) reduced_by.push(each.control->id);
    const auto has = [&](const std::vector<std::string>& ids) {
      return std::ranges::find(ids, named.id) != ids.end();
    };
    Json secondary;
    if (from.secondary_loss) {
      secondary = range_json(key + "secondary_loss", *from.secondary_loss);
      secondary.set("what", named.secondary->what);
      secondary.set("probability", format_estimate(estimate_of(named.secondary->probability)));
    }
    return Json::object({{"id", named.id},
                         {"name", named.name},
                         {"kind", named.kind},
                         {"sentence", named.sentence},
                         {"threat", named.threat},
                         {"effect", named.effect},
                         {"held", has(answer_.held)},
                         {"chosen", has(answer_.wish.chosen)},
                         {"evidence", evidence_name(best_evidence(from))},
                         {"frequency", cell_of(figures.frequency)},
                         {"every", figures.every ? cell_of(*figures.every) : Json()},
                         {"loss", cell_of(figures.loss)},
                         {"mean", cell_of(figures.mean)},
                         {"how_often", range_json(key + "how_often", from.frequency)},
                         {"losses", std::move(losses)},
                         {"secondary", std::move(secondary)},
                         {"controls", std::move(reduced_by)}});
  }

  // Of the strongest part: whether anything of it rests on numbers of others.
  static Evidence best_evidence(const Suggestion& from) {
    Evidence best = Evidence::judgement;
    const auto see = [&](const SuggestedRange& range) {
      for (const RangePart& part : range.parts) best = std::min(best, part.evidence);
    };
    see(from.frequency);
    for (const SuggestedLoss& each : from.losses) see(each.range);
    if (from.secondary_loss) see(*from.secondary_loss);
    return best;
  }

  static Json controls() {
    Json out = Json::Array{};
    for (const StarterControl& each : starter_library().controls)
      out.push(Json::object({{"id", each.id}, {"name", each.name}}));
    return out;
  }

  [[nodiscard]] Json together() const {
    if (!answer_.together) return {};
    Json figures = Json::Array{}, curve = Json::Object{};
    for (const Figure& each : answer_.figures) figures.push(cell_of(each));
    Json loss = Json::Array{}, probability = Json::Array{}, low = Json::Array{},
         high = Json::Array{};
    const Simulation& all = *answer_.together;
    for (const CurvePoint& each : all.even.empty() ? all.curve : all.even) {
      loss.push(each.loss);
      probability.push(each.probability.value);
      low.push(each.probability.low);
      high.push(each.probability.high);
    }
    curve.set("loss", std::move(loss));
    curve.set("probability", std::move(probability));
    curve.set("low", std::move(low));
    curve.set("high", std::move(high));
    return Json::object({{"figures", std::move(figures)},
                         {"curve", std::move(curve)},
                         {"trials", answer_.together->trials},
                         {"seed", answer_.together->seed}});
  }

  [[nodiscard]] Json appetite() const {
    Json out = Json::Array{};
    for (std::size_t i = 0; i < answer_.points.size(); ++i) {
      const AgreedPoint& point = answer_.points[i];
      Json verdict;
      if (answer_.together) verdict = quant::verdict_name(answer_.together->appetite[i].verdict);
      out.push(Json::object({{"years", point.years},
                             {"amount", point.loss},
                             {"is_suggested", answer_.is_suggested},
                             {"id", point.id.empty() ? Json() : Json(point.id)},
                             {"by", point.by.empty() ? Json() : Json(point.by)},
                             {"loss", cell_of(agreed_loss(point, answer_))},
                             {"chance", cell_of(agreed_chance(i, answer_))},
                             {"verdict", std::move(verdict)}}));
    }
    return out;
  }

  const StartAnswer& answer_;
  const FigureBook& book_;
  std::string recompute_;
};

}  // namespace

Json start_json(const StartAnswer& answer, const FigureBook& book, const std::string& options) {
  return Answering(answer, book, options).all();
}

}  // namespace tiebeam::risk
