#include "rooms/investment/cli/case_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/investment/benefits.h"
#include "rooms/investment/case_parts.h"
#include "rooms/investment/case_words.h"
#include "rooms/investment/cases_json.h"
#include "rooms/investment/value.h"

namespace tiebeam::investment {
namespace {

std::string told(const Figure& figure) {
  if (figure.status == Status::not_reached) return "not within";
  return figure.has_value() ? in_words(figure) : "-";
}

std::string table_of(const std::vector<Figure>& figures) {
  cli::TextTable table({"figure", ">value", "9 in 10 between", "what it says"});
  for (const Figure& figure : figures)
    table.add({figure.key, told(figure), between(figure), figure.label});
  return table.text();
}

// Each reason once, with the first that it holds for.
std::string reasons_of(const std::vector<Figure>& figures) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_reason;
  for (const Figure& figure : figures) {
    if (figure.has_value() || figure.reason.empty()) continue;
    auto held = std::ranges::find(by_reason, figure.reason, [](const auto& e) { return e.first; });
    if (held == by_reason.end()) held = by_reason.insert(by_reason.end(), {figure.reason, {}});
    held->second.push_back(figure.key);
  }
  std::string out;
  for (const auto& [reason, keys] : by_reason) {
    const std::string more =
        keys.size() > 1 ? fmt::format(" and {} more", keys.size() - 1) : std::string();
    out += cli::wrap(fmt::format("{}{}: {}", keys.front(), more, reason), 98, "  ");
  }
  return out.empty() ? out : "\nWhat cannot be said, and why\n" + out;
}

std::string money_text(const Portfolio& portfolio, const RecordCase& one, double amount) {
  return told(money_cell(portfolio, one, "x", "", amount, "", ""));
}

std::string moves_text(const Portfolio& portfolio, const RecordCase& one,
                       const CaseDetail& detail) {
  cli::TextTable table({"what moves it", ">10 % point", ">90 % point", ">worth knowing first"});
  for (const TornadoRow& row : portfolio.value_of(one)->tornado) {
    const auto worth = std::ranges::find(detail.evppi, row.input, &InputWorth::input);
    table.add({cli::fit(input_label(portfolio, row.input), 44), money_text(portfolio, one, row.low),
               money_text(portfolio, one, row.high),
               worth == detail.evppi.end() ? "-" : money_text(portfolio, one, worth->evppi)});
  }
  if (table.empty()) return {};
  std::string out = "\n" + table.text();
  if (!detail.evppi.empty() && detail.evppi.front().evppi > 0) {
    out += cli::wrap(fmt::format("Most worth knowing before deciding: {}.",
                                 input_label(portfolio, detail.evppi.front().input)));
  }
  return out;
}

std::string levels_text(const Portfolio& portfolio, const RecordCase& one,
                        const CaseDetail& detail) {
  cli::TextTable table({"ways to do it", ">one-off cost", ">5 of 100 below", ">middle",
                        ">5 of 100 above", ">chance of a loss"});
  for (const LevelValue& each : detail.levels) {
    const MoneySummary& s = each.npv.summary;
    table.add({cli::fit(each.level.name, 30), money_text(portfolio, one, each.one_off_p50),
               money_text(portfolio, one, s.p05), money_text(portfolio, one, s.p50),
               money_text(portfolio, one, s.p95), in_words(s.p_loss, "share")});
  }
  return "\n" + table.text();
}

std::string signed_text(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one) {
  const Standing standing = standing_of(book, portfolio, one);
  const Signature* speaks = standing.speaks();
  if (speaks == nullptr) return "\nNobody has signed it.\n";
  const Record* person = book.snapshot().find("person", speaks->record.by.str());
  std::string out =
      fmt::format("Signed by {} (identity not verified){}: {}",
                  person ? person->name() : speaks->record.by.str(),
                  speaks->record.at ? " on " + format_day_long(day_of(*speaks->record.at)) : "",
                  signed_name(speaks->state));
  if (!speaks->why.empty()) out += ", as " + speaks->why;
  return "\n" + cli::wrap(out + ".");
}

}  // namespace

std::string cases_text(const FigureBook& book, const Portfolio& portfolio, const KeepPtr& keep) {
  std::string out = fmt::format("Cases, as of {}\n\n", format_instant(portfolio.of.cases.as_of));
  cli::TextTable table({"initiative", "stage", ">5 of 100 below", ">middle", ">5 of 100 above",
                        ">loss", ">pays back", "signed"});
  for (const RecordCase& one : portfolio.of.each) {
    const auto figures = figures_of(portfolio, one);
    const auto said = [&](std::string_view name) {
      return figures.empty() ? std::string("-") : told(figure_named(figures, name));
    };
    table.add(
        {cli::fit(one.id, 22),
         std::string(
             Names<Stage>::values[static_cast<std::size_t>(portfolio.initiative(one.id).stage)]),
         said("npv.p05"), said("npv.p50"), said("npv.p95"), said("npv.p_loss"),
         said("payback_years.p50"),
         std::string(signed_name(standing_of(book, portfolio, one).state))});
  }
  if (table.empty()) {
    return out +
           "No initiative is on record. Write the first one down: tiebeam record initiative "
           "add\nname=... one_off_cost=40..120 benefit_a_year=20..40..90 duration=60..180\n";
  }
  out += table.text();
  const auto figures = room_figures(book, portfolio, keep);
  out += "\n" + table_of(figures) + reasons_of(figures);
  std::string missing;
  for (const RecordCase& one : portfolio.of.each) {
    for (const std::string& word : one.missing)
      missing += cli::wrap(fmt::format("{}: {}", one.id, word), 98, "  ");
  }
  return out + (missing.empty() ? "" : "\nWhat cases lack\n" + missing);
}

std::string case_text(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one,
                      const KeepPtr& keep) {
  auto figures = figures_of(portfolio, one);
  std::string out = fmt::format("{} ({}), as of {}\n\n", one.name, one.id,
                                format_instant(portfolio.of.cases.as_of)) +
                    cli::wrap(plain_text(sentence_of(portfolio, one, figures)));
  const auto benefits = benefits_of(book, portfolio, one, keep);
  std::ranges::move(benefit_figures(portfolio, one, benefits), std::back_inserter(figures));
  out += "\n" + table_of(figures);
  if (one.at) {
    const auto detail = detail_of(portfolio, one, book.snapshot().all<FundingLevel>(), keep);
    out += moves_text(portfolio, one, *detail) + levels_text(portfolio, one, *detail);
  }
  out += signed_text(book, portfolio, one) + reasons_of(figures);
  std::string missing;
  for (const std::string& word : one.missing) missing += cli::wrap(word, 98, "  ");
  return out + (missing.empty() ? "" : "\nWhat it lacks\n" + missing);
}

std::string figures_text(const Json& answer) {
  std::string out;
  if (const Json* sentence = answer.find("sentence"))
    out += cli::wrap(*sentence->if_string()) + "\n";
  cli::TextTable table({"figure", ">value", "what it says"});
  for (const Json& each : *answer.find("figures")->if_array()) {
    Figure figure;
    const Json& value = *each.find("value");
    figure.unit = *each.find("unit")->if_string();
    if (value.number()) figure.value = *value.number();
    if (const Json* amount = value.find("amount")) {
      const auto currency = Currency::create(*value.find("currency")->if_string());
      const auto money = Money::parse(*amount->if_string(), currency.value_or(Currency{}));
      if (money) figure.value = *money;
    }
    table.add({*each.find("key")->if_string(), figure.has_value() ? in_words(figure) : "-",
               *each.find("label")->if_string()});
  }
  return out + table.text();
}

}  // namespace tiebeam::investment
