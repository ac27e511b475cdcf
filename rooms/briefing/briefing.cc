#include "rooms/briefing/briefing.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/figure_json.h"
#include "model/figure_text.h"

namespace tiebeam::briefing {
namespace {

// Shown on every brief, whether a sentence names them or not.
constexpr std::string_view kFixed[] = {
    "flow.cycle_time.km.p85", "flow.throughput.week",        "flow.arrival.week", "flow.load.now",
    "flow.efficiency",        "flow.handoffs.team.per_item", "flow.purpose.share"};

void add_figure(Brief& brief, const FigureBook& book, std::string_view key) {
  const Figure* figure = book.find(key);
  if (figure && number_of(brief, key) == 0) brief.figures.push_back(*figure);
}

}  // namespace

std::size_t number_of(const Brief& brief, std::string_view key) {
  const auto at = std::ranges::find(brief.figures, key, &Figure::key);
  return at == brief.figures.end() ? 0 : static_cast<std::size_t>(at - brief.figures.begin()) + 1;
}

Brief compute_brief(const FigureBook& book, const RuleRegistry& rules) {
  const Snapshot& snapshot = book.snapshot();
  Brief brief;
  brief.organisation = snapshot.organisation.name;
  brief.is_fictional = snapshot.organisation.fictional;
  brief.sentences = sentences_of(book);
  for (const Sentence& sentence : brief.sentences) {
    for (const std::string& key : sentence.figures()) add_figure(brief, book, key);
  }
  for (const std::string_view key : kFixed) add_figure(brief, book, key);
  if (!brief.figures.empty()) brief.as_of = brief.figures.front().as_of;
  brief.findings = rules.run(book);
  brief.sources = snapshot.imports;
  return brief;
}

std::string in_place_of_bad(const Brief& brief) {
  const auto wrong = std::ranges::count_if(
      brief.findings, [](const Finding& each) { return each.severity != Severity::info; });
  if (wrong == 0) return "Nothing stands out as wrong.";
  const std::string& worst = brief.findings.front().message;
  return wrong == 1 ? fmt::format("One thing needs a look: {}.", worst)
                    : fmt::format("{} things need a look; the first: {}.", wrong, worst);
}

Json to_json(const Brief& brief) {
  Json sentences = Json::Array{};
  for (const Sentence& sentence : brief.sentences) {
    sentences.push(Json::object({{"role", role_name(sentence.role)},
                                 {"text", sentence.plain()},
                                 {"figures", Json::array(sentence.figures())}}));
  }
  Json figures = Json::Array{};
  for (const Figure& figure : brief.figures) figures.push(tiebeam::to_json(figure));
  Json findings = Json::Array{};
  for (const Finding& finding : brief.findings) findings.push(tiebeam::to_json(finding));
  Json sources = Json::Array{};
  for (const Import& import : brief.sources) {
    sources.push(Json::object({{"import", import.id},
                               {"file", import.file},
                               {"sha256", import.sha256},
                               {"format", import.format},
                               {"rows", import.rows},
                               {"imported_at", format_instant(import.imported_at)}}));
  }
  return Json::object({{"organisation", brief.organisation},
                       {"fictional", brief.is_fictional},
                       {"as_of", format_instant(brief.as_of)},
                       {"sentences", std::move(sentences)},
                       {"figures", std::move(figures)},
                       {"findings", std::move(findings)},
                       {"sources", std::move(sources)}});
}

}  // namespace tiebeam::briefing
