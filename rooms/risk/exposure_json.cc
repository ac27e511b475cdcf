#include "rooms/risk/exposure_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/figure_json.h"
#include "model/figure_text.h"
#include "model/json_parts.h"
#include "rooms/risk/exposure_figures.h"
#include "rooms/risk/exposure_rows.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

Json head(const FigureBook& book, const Exposed& found, const std::string& recompute) {
  const char* status = found.simulation                  ? "ok"
                       : found.records->left_out.empty() ? "empty"
                                                         : "unfinished";
  const Instant at = seen_from(book);
  Json out = Json::object({{"as_of", format_instant(at)},
                           {"currency", found.records->wanted.currency.code()},
                           {"trials", static_cast<std::int64_t>(found.trials)},
                           {"seed", static_cast<std::int64_t>(found.seed)},
                           {"recompute", recompute},
                           {"status", status}});
  out.set("figures",
          each(loss_figures(found, at), [](const Figure& figure) { return to_json(figure); }));
  return out;
}

// Places of the named controls, rising.
Result<ControlSet> places_of(const Register& wanted, const std::vector<std::string>& ids) {
  ControlSet out;
  for (const std::string& id : ids) {
    const auto found = std::ranges::find(wanted.controls, id, &Control::id);
    if (found == wanted.controls.end()) {
      std::vector<std::string_view> known;
      for (const Control& each : wanted.controls) known.push_back(each.id);
      return fail(Kind::not_found, "risk.no_such_control",
                  fmt::format("there is no control '{}' that can be switched{}", shown(id),
                              did_you_mean(id, known)),
                  "name controls by their ids, separated by commas; retired ones and those that "
                  "reduce nothing cannot be switched");
    }
    out.push_back(static_cast<std::size_t>(found - wanted.controls.begin()));
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// "1 year in 10 costs more than EUR 520,000"
std::string chance_words(const Measures& measures, const Currency& currency) {
  if (const auto level = chance_level(measures))
    return fmt::format("{} costs more than {}", years_words(level->chance),
                       money_words(level->loss, currency));
  if (measures.p_zero >= 1) return "No simulated year has a loss";
  return fmt::format("{} has a loss", years_words(1 - measures.p_zero));
}

std::string title_sentence(const Exposed& found, const std::vector<AppetiteResult>& appetite) {
  if (!found.simulation) return {};
  const Currency& currency = found.records->wanted.currency;
  const AppetiteResult* worst = most_pressing(appetite);
  if (!worst)
    return chance_words(found.simulation->portfolio, currency) +
           "; nobody has agreed yet how much is tolerated.";
  const std::string loss = money_words(worst->point.loss, currency);
  if (worst->verdict == quant::Verdict::within)
    return fmt::format(
        "Losses stay within what was agreed: more than {} comes in {}, agreed is {}.", loss,
        years_words(worst->probability.value), years_words(worst->point.probability));
  if (worst->verdict == quant::Verdict::undecided)
    return fmt::format("A loss above {} comes about as often as you agreed to accept.", loss);
  const double times = factor_of(*worst);
  return times >= 1.95
             ? fmt::format("A loss above {} is {} times as likely as you agreed to accept.", loss,
                           rounded(times, 2))
             : fmt::format("A loss above {} is {} % more likely than you agreed to accept.", loss,
                           rounded(100 * (times - 1), 2));
}

}  // namespace

Result<ExposureWish> exposure_wish(const Options& options, std::string_view dashes,
                                   std::string recompute) {
  const auto said = [&](std::string_view name) -> std::optional<std::string> {
    const auto found = options.find(std::string(dashes) + std::string(name));
    return found == options.end() ? std::nullopt : std::optional(found->second);
  };
  const auto bad = [&](std::string_view name, std::string_view expected, std::string hint) {
    return invalid(
        "command.bad_option",
        fmt::format("{}{} {}: {} is expected", dashes, name, shown(*said(name)), expected),
        std::move(hint));
  };
  ExposureWish out;
  const auto whole = [&](std::string_view name, double least, double most, std::uint64_t& into) {
    if (!said(name)) return true;
    const auto number = parse_number(*said(name));
    if (!number || *number != std::floor(*number) || *number < least || *number > most)
      return false;
    into = static_cast<std::uint64_t>(*number);
    return true;
  };
  if (!whole("trials", 1, static_cast<double>(kMostAsked), out.wish.trials))
    return bad("trials", "a whole number from 1 to 1,000,000", "write 100000");
  if (!whole("seed", 0, 9e15, out.wish.seed))
    return bad("seed", "a whole number of 0 or more", "write 1");
  if (said("budget")) {
    const auto budget = parse_number(*said("budget"));
    if (!budget || *budget < 0)
      return bad("budget", "an amount", "write 50000, in the organisation's currency");
    out.wish.budget = *budget;
  }
  if (said("controls")) {
    out.controls.emplace();
    const std::string listed = *said("controls");
    for (const std::string_view id : split_at(listed, ','))
      if (!trim(id).empty()) out.controls->emplace_back(trim(id));
  }
  out.recompute = std::move(recompute);
  return out;
}

std::string recompute_of(std::string_view command, const ExposureWish& wanted) {
  std::string out(command);
  // A command line says itself, with where its data lie; a request only the latter.
  const std::size_t own = wanted.recompute.find(" --");
  const bool is_whole = wanted.recompute.starts_with("tiebeam ");
  if (wanted.wish.trials != kUsualTrials) out += fmt::format(" --trials {}", wanted.wish.trials);
  if (wanted.wish.seed != 1) out += fmt::format(" --seed {}", wanted.wish.seed);
  if (wanted.controls)
    out += fmt::format(
        " --controls '{}'",
        wanted.controls->empty() ? "," : fmt::format("{}", fmt::join(*wanted.controls, ",")));
  if (wanted.wish.budget) out += fmt::format(" --budget {}", *wanted.wish.budget);
  if (!is_whole) return out + wanted.recompute;
  return own == std::string::npos ? out : out + wanted.recompute.substr(own);
}

Json cell_json(const Figure& figure, const std::string& recompute) {
  Json out = to_json(figure);
  out.set("cell", Json::object({{"recompute", recompute}}));
  return out;
}

Json curve_json(std::string_view id, std::string_view label,
                const std::vector<CurvePoint>& points) {
  Json loss = Json::Array{}, probability = Json::Array{}, low = Json::Array{}, high = Json::Array{};
  for (const CurvePoint& point : points) {
    loss.push(point.loss);
    probability.push(point.probability.value);
    low.push(point.probability.low);
    high.push(point.probability.high);
  }
  return Json::object({{"id", id},
                       {"label", label},
                       {"loss", std::move(loss)},
                       {"probability", std::move(probability)},
                       {"low", std::move(low)},
                       {"high", std::move(high)}});
}

Json named_json(const Snapshot& snapshot, std::string_view type, const std::string& id) {
  if (id.empty()) return {};
  const Record* record = snapshot.find(type, id);
  return Json::object({{"id", id}, {"name", record ? record->name() : id}});
}

Json left_out_json(const LeftOut& left) {
  Json missing = Json::Array{}, lacks = Json::Array{};
  for (const Lack& lack : left.lacks) {
    missing.push(lack.what);
    lacks.push(Json::object({{"field", lack.field}, {"what", lack.what}, {"hint", lack.hint}}));
  }
  return Json::object({{"type", left.type},
                       {"id", left.id},
                       {"name", left.name},
                       {"missing", std::move(missing)},
                       {"lacks", std::move(lacks)}});
}

std::optional<ChanceLevel> chance_level(const Measures& measures) {
  for (std::size_t at = 2; at < kShares.size(); ++at) {
    const auto& value = measures.quantiles[at];
    if (value && *value > 0) return ChanceLevel{1 - kShares[at], *value};
  }
  return std::nullopt;
}

std::string chance_sentence(const Measures& measures, const Currency& currency) {
  if (const auto level = chance_level(measures))
    return fmt::format("{} % chance of losing more than {} in a year.",
                       rounded(100 * level->chance), money_words(level->loss, currency));
  if (measures.p_zero >= 1) return "No loss in any simulated year.";
  return fmt::format("{} % chance of any loss in a year.", rounded(100 * (1 - measures.p_zero)));
}

Result<Json> exposure_json(const FigureBook& book, SimulationKeep& keep, const ExposureWish& wanted,
                           const std::vector<Finding>& findings) {
  TB_TRY(const Exposed found, exposed(book, keep, wanted.wish));
  const Register& of = found.records->wanted;
  const std::string recompute = recompute_of("tiebeam risk exposure --json", wanted);
  const ExposureRows rows(book, found, recompute);
  Json out = head(book, found, recompute);
  std::optional<Chosen> chosen;
  ControlSet on;
  if (found.simulation) {
    on = found.simulation->in_place;
    if (wanted.controls) {
      TB_TRY(on, places_of(of, *wanted.controls));
      if (on != found.simulation->in_place)
        chosen = with_controls(of, *found.simulation, on, keep.threads());
    }
  }
  std::vector<AppetiteResult> appetite;
  if (found.simulation) appetite = chosen ? chosen->appetite : found.simulation->appetite;
  out.set("sentence", title_sentence(found, appetite));
  Json curves = Json::Array{};
  if (found.simulation) {
    const Simulation& all = *found.simulation;
    curves.push(curve_json("today", "Today", all.even));
    if (!all.in_place.empty())
      curves.push(curve_json("bare", "Without any control", all.even_without));
    if (chosen) {
      curves.push(curve_json("chosen", "With the chosen controls", chosen->even));
      out.set("chosen", rows.chosen(*chosen));
    }
  }
  out.set("curves", std::move(curves));
  out.set("appetite", rows.appetite(appetite));
  out.set("scenarios", found.simulation ? rows.scenarios() : Json(Json::Array{}));
  out.set("controls", found.simulation ? rows.controls(on) : Json(Json::Array{}));
  Json best = found.simulation ? rows.best() : Json();
  if (!best.is_null()) best.set("budget", *wanted.wish.budget);
  out.set("best", std::move(best));
  out.set("by_service", found.simulation ? rows.groups("service") : Json(Json::Array{}));
  out.set("by_priority", found.simulation ? rows.groups("priority") : Json(Json::Array{}));
  out.set("unfinished", each(found.records->left_out, left_out_json));
  Json noticed = Json::Array{};
  for (const Finding& finding : findings) {
    if (finding.rule.starts_with("risk.")) noticed.push(to_json(finding));
  }
  out.set("findings", std::move(noticed));
  out.set("warnings", Json::Array{});
  return out;
}

}  // namespace tiebeam::risk
