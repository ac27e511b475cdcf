#include "rooms/partnership/cli/diagnose.h"

#include <fmt/format.h>

#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/partnership/diagnosis.h"

namespace tiebeam::partnership {
namespace {

constexpr std::string_view kIndent = "  ";

// The findings of this room; the others are `tiebeam check`.
std::vector<Finding> own_findings(const Asking& asking) {
  std::vector<Finding> all = asking.table.rules.run(*asking.book);
  std::erase_if(all, [](const Finding& each) { return !each.rule.starts_with("partnership."); });
  return all;
}

std::string line(std::string_view label, std::string_view text) {
  return cli::wrap(fmt::format("{} {}", label, text), cli::kTextWidth, kIndent);
}

std::string example_text(const Example& example) {
  const std::string& subject = example.evidence.subject;
  const std::string name = subject.substr(subject.find('/') + 1);
  return example.title.empty() ? name : fmt::format("{} \"{}\"", name, cli::fit(example.title, 40));
}

std::string examples_text(const SymptomFound& found) {
  std::vector<std::string> named;
  for (const Example& example : found.examples) named.push_back(example_text(example));
  return fmt::format("{}", fmt::join(named, "; "));
}

std::string dispute_text(const Dispute& dispute) {
  return fmt::format("{} until {}: {}", dispute.by.empty() ? "(nobody signed)" : dispute.by,
                     format_day(dispute.until), dispute.why);
}

// What is visible, in full: figure, trend, examples, what it cannot tell, what to do.
std::string visible_text(const SymptomFound& found) {
  std::string out = fmt::format("{}\n", found.what->title);
  out += line("seen by:", because(*found.what, found.proxy));
  out += line("trend:", course_words(found.change));
  if (!found.examples.empty()) out += line("such as:", examples_text(found));
  out += line("not known:", found.what->limits);
  out += line("first:", found.what->remedy);
  if (found.dispute) out += line("disputed by", dispute_text(*found.dispute));
  return out + "\n";
}

std::string table_text(const Diagnosis& found) {
  cli::TextTable table({"symptom", "verdict", ">figure", "9 in 10 between", "line"});
  for (const SymptomFound& each : found.symptoms) {
    table.add({std::string(each.what->title),
               std::string(verdict_words(each.verdict)) + (each.dispute ? ", disputed" : ""),
               each.proxy.has_value() ? in_words(each.proxy) : "", between(each.proxy),
               line_mark(*each.what)});
  }
  return table.text();
}

std::string unknown_text(const Diagnosis& found) {
  std::string out;
  for (const SymptomFound& each : found.symptoms) {
    if (each.verdict != Verdict::unknown) continue;
    out += cli::wrap(fmt::format("{}: {}. {}", each.what->title, because(*each.what, each.proxy),
                                 each.what->ask));
  }
  return out.empty() ? out : "What cannot be known, and what would tell\n" + out + "\n";
}

std::string text_of(const FigureBook& book, const std::vector<std::string>& warnings) {
  const Diagnosis found = diagnose(book);
  std::string out = cli::wrap(found.headline);
  if (found.items > 0) out += fmt::format("as of {}\n", format_day_long(day_of(found.as_of)));
  out += "\n" + table_text(found) + "\n";
  for (const SymptomFound& each : found.symptoms) {
    if (each.verdict == Verdict::present) out += visible_text(each);
  }
  out += unknown_text(found);
  out += cli::wrap(
      "A symptom is a reading of figures and not a judgement of people. Every figure: tiebeam "
      "figure partnership.symptom.ID --explain. To dispute one: tiebeam check --waive "
      "partnership.ID organisation/self --until DATE --why TEXT");
  for (const std::string& warning : warnings) out += cli::wrap("warning: " + warning);
  return out;
}

Result<Answer> run(const Asking& asking) {
  Answer answer;
  if (asking.json)
    answer.json = diagnosis_json(*asking.book, own_findings(asking), asking.warnings);
  else
    answer.text = text_of(*asking.book, asking.warnings);
  return answer;
}

Command diagnose_command() {
  return {.room = "partnership",
          .name = "diagnose",
          .help = "which symptoms of order taking the work shows, and what cannot be known",
          .details =
              "With FILE it works on that export alone, without an organisation. What each symptom "
              "means and where its line is: docs/method/diagnosis.md.",
          .takes_file = true,
          .options = {},
          .run = run};
}

Query diagnosis_query() {
  return {.room = "partnership",
          .name = "diagnosis",
          .help = "Symptoms of order taking, as `tiebeam partnership diagnose --json`",
          .options = {},
          .run = [](const Asking& asking) -> Result<Json> {
            Json json = diagnosis_json(*asking.book, own_findings(asking), asking.warnings);
            json.set("recompute",
                     fmt::format("tiebeam partnership diagnose --json{}", asking.recompute));
            return json;
          }};
}

}  // namespace

void mount_diagnosis(Table& table) {
  for (FigureFamily& family : diagnosis_families()) table.figures.add(std::move(family));
  for (Rule& rule : diagnosis_rules()) table.rules.add(std::move(rule));
  table.queries.push_back(diagnosis_query());
  table.commands.push_back(diagnose_command());
}

}  // namespace tiebeam::partnership
