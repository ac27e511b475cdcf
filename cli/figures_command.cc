// tiebeam figures [PREFIX] and tiebeam figure KEY [--explain]
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/evidence_text.h"
#include "cli/text_table.h"
#include "model/figure_json.h"
#include "model/figure_text.h"

namespace tiebeam::cli {
namespace {

Result<std::unique_ptr<FigureBook>> open_book(const Shell& shell) {
  TB_TRY(const auto store, shell.open());
  TB_TRY(auto snapshot, shell.snapshot(*store));
  TB_TRY(const Asked asked, shell.asked());
  return std::make_unique<FigureBook>(shell.table.figures, std::move(snapshot), asked);
}

std::string figure_table(const std::vector<Figure>& figures) {
  TextTable table({"figure", ">value", "9 in 10 between", ">n", "what it says"});
  for (const Figure& figure : figures) {
    table.add({figure.key, in_words(figure), between(figure), figure.n ? counted(*figure.n) : "",
               figure.label});
  }
  return table.text();
}

Answered list_figures(const Shell& shell, const std::string& prefix) {
  auto book = open_book(shell);
  if (!book) return std::unexpected(Refusal(std::move(book).error()));
  const std::vector<Figure> figures = (*book)->all(prefix);
  Answer out;
  Json list = Json::Array{};
  for (const Figure& figure : figures) list.push(to_json(figure));
  out.json = Json::object({{"figures", std::move(list)}});
  out.text =
      figures.empty() ? fmt::format("no figure starts with '{}'\n", prefix) : figure_table(figures);
  return out;
}

struct ExplainOptions {
  std::string key;
  bool explain = false;
  std::int64_t rows = 10;
  std::int64_t offset = 0;
};

std::string input_line(const TrailInput& input) {
  if (!input.record_type.empty()) {
    const std::string count = input.count ? counted(*input.count) + " " : "";
    return fmt::format("{}{}{}", count, input.record_type,
                       input.filter.empty() ? "" : ", " + input.filter);
  }
  if (!input.figure.empty()) return fmt::format("figure {}", input.figure);
  return fmt::format("{} ({} rows), sha256 {}", input.import_file, counted(input.rows),
                     input.sha256);
}

std::string places_text(const Snapshot& snapshot, const Evidence& evidence) {
  std::vector<std::string> out;
  for (const auto& place : evidence.places) {
    const Import* import = snapshot.import(place.import_id);
    out.push_back(fmt::format("{}:{}", import ? import->file : place.import_id, place.line));
  }
  constexpr std::size_t kShown = 4;
  const bool more = out.size() > kShown;
  if (more) out.resize(kShown);
  return fmt::format("{}{}", fmt::join(out, " "), more ? " ..." : "");
}

std::string evidence_text(const FigureBook& book, const std::vector<Evidence>& rows,
                          const Figure& figure) {
  if (rows.empty()) return {};
  std::string out = "\nrows it rests on\n";
  for (const Evidence& evidence : rows) {
    const std::string value = part_in_words(evidence, figure);
    out += fmt::format("  {}{}{}\n", evidence.subject, value.empty() ? "" : "  ", value);
    if (!evidence.what.empty()) out += wrap(detail_in_words(evidence.what), kTextWidth, "    ");
    const std::string places = places_text(book.snapshot(), evidence);
    if (!places.empty()) out += fmt::format("    {}\n", places);
  }
  return out;
}

std::string explain_text(const FigureBook& book, const Figure& figure,
                         const std::vector<Evidence>& rows, const std::string& recompute) {
  std::string out = fmt::format("{}: {}\n", figure.label, in_words(figure));
  if (const std::string interval = interval_in_words(figure); !interval.empty())
    out += fmt::format("  interval  {}\n", interval);
  if (figure.n) out += fmt::format("  n         {}\n", counted(*figure.n));
  out += fmt::format("  as of     {}\n", format_instant(figure.as_of));
  if (!figure.reason.empty()) out += fmt::format("  why       {}\n", figure.reason);
  out += fmt::format("  formula   {}\n  method    {} (version {})\n", figure.trail.formula,
                     figure.trail.method, figure.trail.version);
  for (const TrailInput& input : figure.trail.inputs)
    out += wrap(input_line(input), kTextWidth, "            ").replace(2, 4, "from");
  for (const std::string& note : figure.trail.notes) out += wrap(note, kTextWidth, "  note      ");
  out += evidence_text(book, rows, figure);
  return out + fmt::format("\nrecompute\n  {}\n", recompute);
}

Answered show_figure(const Shell& shell, const ExplainOptions& options) {
  auto book = open_book(shell);
  if (!book) return std::unexpected(Refusal(std::move(book).error()));
  auto figure = (*book)->get(options.key);
  if (!figure) return std::unexpected(Refusal(std::move(figure).error()));
  Answer out;
  out.json = to_json(*figure);
  if (!options.explain) {
    out.text = figure_table({*figure});
    return out;
  }
  const auto offset = static_cast<std::size_t>(options.offset);
  const auto limit = options.rows < 0 ? std::size_t(-1) : static_cast<std::size_t>(options.rows);
  const auto rows = (*book)->evidence(options.key, offset, limit);
  const std::string recompute =
      fmt::format("tiebeam figure {} --explain{}", options.key, shell.options_text());
  out.text = explain_text(**book, *figure, rows, recompute);
  Json evidence = Json::Array{};
  for (const Evidence& row : rows) evidence.push(to_json(row, (*book)->snapshot()));
  out.json.set("rows", std::move(evidence));
  out.json.set("recompute", recompute);
  return out;
}

}  // namespace

void add_figures(CLI::App& app, Shell& shell) {
  auto prefix = std::make_shared<std::string>();
  CLI::App* list = app.add_subcommand("figures", "every number there is, with its interval");
  list->add_option("PREFIX", *prefix, "only keys that start so, such as flow.cycle_time");
  list->callback([prefix, &shell] {
    shell.action = [prefix, &shell] { return list_figures(shell, *prefix); };
  });

  auto options = std::make_shared<ExplainOptions>();
  CLI::App* one =
      app.add_subcommand("figure", "one number, and with --explain where it comes from");
  one->add_option("KEY", options->key, "such as flow.cycle_time.p85")->required();
  one->add_flag("--explain", options->explain,
                "formula, inputs, source rows and how to recompute it");
  one->add_option("--rows", options->rows, "source rows to show; -1 for all")
      ->capture_default_str();
  one->add_option("--offset", options->offset, "skip so many of them")
      ->check(CLI::NonNegativeNumber);
  one->callback([options, &shell] {
    shell.action = [options, &shell] { return show_figure(shell, *options); };
  });
}

}  // namespace tiebeam::cli
