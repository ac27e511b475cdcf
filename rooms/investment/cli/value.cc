#include "rooms/investment/cli/value.h"

#include <fmt/format.h>

#include <filesystem>
#include <limits>

#include "application/options.h"
#include "application/small_file.h"
#include "application/table.h"
#include "base/text.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/investment/asked.h"
#include "rooms/investment/initiatives_file.h"
#include "rooms/investment/value.h"
#include "rooms/investment/value_json.h"
#include "rooms/investment/value_text.h"

namespace tiebeam::investment {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 26;

Result<Json> load_json(const std::filesystem::path& path) {
  TB_TRY(const std::string text, read_small_file(path.string(), kMostBytes));
  auto json = parse_json(text);
  if (json) return json;
  Error error = std::move(json).error();
  error.message = fmt::format("{}: {}", path.filename().string(), error.message);
  return std::unexpected(std::move(error));
}

// The first fault speaks, the others stand below it with what to do.
Error all_of(const std::string& file, std::vector<Error> faults) {
  Error out = std::move(faults.front());
  out.message = fmt::format("{}: {}", file, out.message);
  for (std::size_t i = 1; i < faults.size(); ++i) {
    out.detail += fmt::format("{}{} [{}]; {}", out.detail.empty() ? "" : "\n", faults[i].message,
                              faults[i].code, faults[i].hint);
  }
  return out;
}

std::string told(const Figure& figure) {
  if (figure.status == Status::not_reached) return "not within";
  return figure.has_value() ? in_words(figure) : "-";
}

std::string table_of(const Cases& cases, const Valuation& valuation) {
  cli::TextTable table({"initiative", ">chance of a loss", ">5 of 100 below", ">middle",
                        ">5 of 100 above", ">pays back", ">month late"});
  for (const CaseValue& value : valuation.initiatives) {
    const auto figures = case_figures(cases, valuation, value);
    const auto cell = [&](std::string_view name) { return told(figure_named(figures, name)); };
    table.add({cli::fit(value.id, 22), cell("npv.p_loss"), cell("npv.p05"), cell("npv.p50"),
               cell("npv.p95"), cell("payback_years.p50"), cell("delay_month")});
  }
  const auto all = value_figures(cases, valuation);
  const auto whole = [&](std::string_view name) {
    return told(figure_named(all, fmt::format("portfolio.npv.{}", name)));
  };
  if (valuation.initiatives.size() > 1)
    table.add({"all together", whole("p_loss"), whole("p05"), whole("p50"), whole("p95"), "", ""});
  return table.text();
}

std::string value_text(const Cases& cases, const Valuation& valuation,
                       const std::vector<std::string>& warnings) {
  std::string out = fmt::format("What {} worth over {} {}, at {} a year ({} trials)\n\n",
                                valuation.initiatives.size() == 1 ? "it is" : "they are",
                                cases.horizon_years, cases.horizon_years == 1 ? "year" : "years",
                                in_words(cases.discount_rate, "share"),
                                counted(static_cast<std::int64_t>(valuation.trials)));
  if (valuation.initiatives.empty()) return out + "The file holds no initiative.\n";
  out += table_of(cases, valuation);
  for (const CaseValue& value : valuation.initiatives) {
    const std::string name =
        value.title == value.id ? value.id : fmt::format("{} ({})", value.title, value.id);
    out += "\n" + cli::wrap(name) + cli::wrap(paragraph_of(cases, valuation, value), 98, "  ");
  }
  if (!warnings.empty()) out += "\n";
  for (const std::string& warning : warnings) out += cli::wrap("warning: " + warning);
  return out;
}

Result<Answer> value_of_file(const Asking& asking) {
  const std::filesystem::path path = asking.option(kOwnFile);
  TB_TRY(const Json file, load_json(path));
  ReadCases read = read_cases(
      file, [&](const std::string& other) { return load_json(path.parent_path() / other); });
  if (!read.faults.empty())
    return std::unexpected(all_of(path.filename().string(), std::move(read.faults)));
  ValueRequest request;
  constexpr auto kMostSeed = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  TB_TRY(request.trials, whole_option(asking, "--trials", 1, kMostTrials,
                                      read.cases.trials.value_or(request.trials)));
  TB_TRY(request.seed, whole_option(asking, "--seed", 0, kMostSeed, request.seed));
  TB_TRY(const std::uint64_t threads, whole_option(asking, "--threads", 1, 256, 1));
  request.threads = static_cast<int>(threads);
  request.progress = asking.progress;
  TB_TRY(const Valuation valuation, value_of(read.cases, request));
  std::vector<std::string> warnings = asking.warnings;
  warnings.insert(warnings.end(), read.warnings.begin(), read.warnings.end());
  Answer answer;
  if (asking.json) {
    answer.json = value_json(read.cases, valuation, warnings);
    return answer;
  }
  warnings.insert(warnings.end(), valuation.warnings.begin(), valuation.warnings.end());
  answer.text = value_text(read.cases, valuation, warnings);
  return answer;
}

// The same of the organisation's records.
Result<Answer> value_of_records(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const Draws draws, draws_of(asking.option("--trials"), asking.option("--seed")));
  const auto portfolio = portfolio_of(*asking.book, keep, draws);
  const Cases& cases = portfolio->of.cases;
  Answer answer;
  if (asking.json) {
    answer.json = value_json(cases, portfolio->valuation, asking.warnings);
    return answer;
  }
  std::vector<std::string> warnings = asking.warnings;
  const auto& more = portfolio->valuation.warnings;
  warnings.insert(warnings.end(), more.begin(), more.end());
  for (const RecordCase& one : portfolio->of.each) {
    for (const std::string& word : one.missing)
      warnings.push_back(fmt::format("{}: {}", one.id, word));
  }
  answer.text = cases.initiatives.empty()
                    ? "No initiative on record has a cost or an effect that can be counted yet.\n"
                    : value_text(cases, portfolio->valuation, warnings);
  return answer;
}

}  // namespace

Command value_command(const KeepPtr& keep) {
  return {.room = "investment",
          .name = "value",
          .help = "what initiatives are worth under uncertainty, and what a month of delay costs",
          .details =
              "FILE: initiatives with costs and effects in JSON (docs/format/initiatives.md); "
              "without it,\n"
              "those of the organisation (docs/method/case.md).\n"
              "The same file, seed and trials give the same answer to the last digit.\n"
              "Method: docs/method/initiative-value.md.",
          .takes_file = false,
          .own_file = "initiatives with their costs and effects, JSON",
          .file_optional = true,
          .options = {{.name = "--trials",
                       .takes = "N",
                       .help = "cases to simulate; 10,000 unless the file says otherwise",
                       .choices = {}},
                      {.name = "--seed",
                       .takes = "N",
                       .help = "other draws; 1 unless said otherwise",
                       .choices = {}},
                      {.name = "--threads",
                       .takes = "N",
                       .help = "threads; 1 unless said otherwise, the answer does not depend on it",
                       .choices = {}}},
          .run = [keep](const Asking& asking) {
            return asking.has(kOwnFile) ? value_of_file(asking) : value_of_records(asking, keep);
          }};
}

}  // namespace tiebeam::investment
