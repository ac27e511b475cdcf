// The brief for a terminal: at most 100 columns, every number with its mark, every mark with its
// key.
#include <fmt/format.h>

#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/briefing/briefing.h"

namespace tiebeam::briefing {
namespace {

constexpr std::string_view kRule =
    "----------------------------------------------------------------------------------------------"
    "------";

std::string marked(const Brief& brief, const Sentence& sentence) {
  std::string out;
  for (const Piece& piece : sentence.pieces) {
    out += piece.text;
    if (!piece.figure.empty()) out += fmt::format(" [{}]", number_of(brief, piece.figure));
  }
  return out;
}

std::string heading(const Brief& brief) {
  const std::string name =
      brief.is_fictional ? brief.organisation + " (demonstration)" : brief.organisation;
  const std::string right = fmt::format("as of {}", format_day_long(day_of(brief.as_of)));
  const std::size_t width = kRule.size();
  const std::size_t taken = cli::display_width(name) + cli::display_width(right);
  return name + std::string(width > taken ? width - taken : 1, ' ') + right + "\n" +
         std::string(kRule) + "\n";
}

std::string_view label(Role role) {
  switch (role) {
    case Role::good:
      return "Good   ";
    case Role::bad:
      return "Bad    ";
    case Role::ask:
      return "Ask    ";
    case Role::value:
      return "Value  ";
    default:
      return "       ";
  }
}

std::string said(const Brief& brief) {
  std::string out;
  bool anything_wrong = false;
  for (const Sentence& sentence : brief.sentences) {
    const std::string text = cli::wrap(marked(brief, sentence), cli::kTextWidth, "       ");
    const bool is_lead = sentence.role == Role::answer || sentence.role == Role::volume;
    if (sentence.role == Role::good || (sentence.role == Role::bad && !anything_wrong) ||
        sentence.role == Role::ask || sentence.role == Role::value)
      out += "\n";
    anything_wrong |= sentence.role == Role::bad;
    out += is_lead ? text : std::string(label(sentence.role)) + text.substr(7);
  }
  if (!anything_wrong)
    out += "\n" + cli::wrap("       " + in_place_of_bad(brief), cli::kTextWidth, "       ");
  return out;
}

std::string figure_rows(const Brief& brief) {
  constexpr std::size_t kLabel = 52;
  cli::TextTable table({">", "the figures behind it", ">now", "9 in 10 between"});
  for (std::size_t i = 0; i < brief.figures.size(); ++i) {
    const Figure& figure = brief.figures[i];
    table.add({fmt::format("[{}]", i + 1), cli::fit(figure.label, kLabel), in_words(figure),
               between(figure)});
    table.add({"", figure.key, "", ""});
  }
  return table.text();
}

std::string source_rows(const Brief& brief) {
  std::string out;
  for (const Import& import : brief.sources) {
    out += fmt::format("  {} ({} events, {}, sha256 {}...)\n", import.file, counted(import.rows),
                       import.format, import.sha256.substr(0, 12));
  }
  return out;
}

}  // namespace

std::string to_text(const Brief& brief) {
  std::string out =
      heading(brief) + said(brief) + "\n" + std::string(kRule) + "\n" + figure_rows(brief);
  if (!brief.sources.empty()) out += "\nMade from\n" + source_rows(brief);
  const std::string key = brief.figures.empty() ? "flow.items" : brief.figures.front().key;
  out += fmt::format("\nWhere a number comes from:  tiebeam figure {} --explain\n", key);
  if (!brief.findings.empty()) {
    out += fmt::format("{:<28}tiebeam check\n",
                       brief.findings.size() == 1
                           ? "One thing to know:"
                           : fmt::format("{} things to know:", brief.findings.size()));
  }
  return out;
}

}  // namespace tiebeam::briefing
