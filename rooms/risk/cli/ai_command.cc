#include "rooms/risk/cli/ai_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "application/table.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/risk/ai.h"

namespace tiebeam::risk {
namespace {

constexpr std::size_t kRows = 20, kName = 34;

std::string day(const std::optional<Day>& day) { return day ? format_day(*day) : ""; }

std::string money(const std::optional<Money>& money) {
  if (!money) return "not said";
  Figure figure;
  figure.value = *money;
  return in_words(figure);
}

template <class E>
std::string choice(const std::optional<E>& value) {
  if (!value) return "not said";
  std::string out(Names<E>::values[static_cast<std::size_t>(*value)]);
  std::ranges::replace(out, '_', ' ');
  return out;
}

std::string count(std::size_t number) { return counted(static_cast<std::int64_t>(number)); }

std::string more(std::size_t all) {
  return all > kRows ? fmt::format("... and {} more, all of them in --json\n", count(all - kRows))
                     : std::string();
}

std::string figure_table(const FigureBook& book) {
  cli::TextTable table({"figure", ">value", "9 in 10 between", ">of", "what it says"});
  std::string reasons;
  for (const Figure& figure : book.all("risk.ai.")) {
    const bool says = figure.has_value();
    table.add({figure.key, says ? in_words(figure) : "-", between(figure),
               figure.n ? counted(*figure.n) : "", figure.label});
    if (!says) reasons += cli::wrap(fmt::format("{}: {}", figure.key, figure.reason));
  }
  return table.text() + (reasons.empty() ? "" : "\nWhat cannot be said, and why\n" + reasons);
}

std::string register_table(const Snapshot& snapshot, const AiRegister& ai) {
  cli::TextTable table({"tool", "department", "owner", "data", "evaluation", "decision", "review"});
  std::size_t live = 0;
  for (const std::size_t at : by_need(ai)) {
    const JudgedTool& one = ai.tools[at];
    if (!one.is_in_use || ++live > kRows) continue;
    const AiTool& tool = one.record();
    const Record* owner = snapshot.find("person", tool.owner.str());
    const auto decision =
        one.listed.decision_is_known ? std::optional(tool.decision) : std::nullopt;
    table.add(
        {cli::fit(tool.name, kName), cli::fit(tool.department, 16),
         owner ? cli::fit(owner->name(), 16) : "nobody", choice(tool.data_class),
         tool.evaluation == Evaluation::not_begun ? "none" : choice(std::optional(tool.evaluation)),
         choice(decision), day(tool.review_on)});
  }
  return table.empty() ? "\nNo AI tool is in use.\n"
                       : "\nIn use, those that need most first\n" + table.text() + more(live);
}

std::string months_table(const AiRegister& ai) {
  cli::TextTable table({"first used", ">tools", ">approved", ">half approved within"});
  const std::size_t first = ai.months.size() > 12 ? ai.months.size() - 12 : 0;
  for (std::size_t i = first; i < ai.months.size(); ++i) {
    const LagMonth& month = ai.months[i];
    const auto days = [](std::int64_t n) { return in_words(static_cast<double>(n), "days"); };
    const std::string lag = month.curve.spells < kLeastInMonth ? "too few to say"
                            : month.p50                        ? days(*month.p50)
                                        : "more than " + days(month.curve.longest);
    table.add({fmt::format("{:04}-{:02}", static_cast<int>(month.month.year()),
                           static_cast<unsigned>(month.month.month())),
               count(month.curve.spells), count(month.curve.done), lag});
  }
  return table.empty() ? std::string() : "\nHow far approval lags behind use\n" + table.text();
}

std::string departments_table(const AiRegister& ai) {
  cli::TextTable table(
      {"department", ">tools", ">in use", ">used before approval", ">one purpose", ">a year"});
  std::vector<const DepartmentUse*> rows;
  for (const DepartmentUse& use : ai.departments) rows.push_back(&use);
  std::ranges::sort(rows, [](const DepartmentUse* a, const DepartmentUse* b) {
    return std::tuple(b->in_use, a->name) < std::tuple(a->in_use, b->name);
  });
  for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) {
    const DepartmentUse& use = *rows[i];
    table.add({use.name.empty() ? "not given" : cli::fit(use.name, kName), count(use.tools),
               count(use.in_use), count(use.before_approval), count(use.duplicates),
               money(use.spend)});
  }
  return table.empty() ? std::string()
                       : "\nBy department\n" + table.text() + more(ai.departments.size());
}

std::string duplicates_text(const AiRegister& ai) {
  if (ai.duplicates.empty()) return {};
  std::string out = "\nTools that seem to serve one purpose\n";
  for (std::size_t i = 0; i < std::min(ai.duplicates.size(), kRows); ++i) {
    const DuplicateGroup& group = ai.duplicates[i];
    std::string names;
    for (const std::size_t at : group.tools)
      names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", ai.tools[at].record().name,
                           ai.tools[at].record().department);
    out += cli::wrap(
        fmt::format("{}: {}; a year {}", count(group.tools.size()), names, money(group.spend)));
  }
  return out + more(ai.duplicates.size());
}

std::string blocked_text(const AiRegister& ai) {
  cli::TextTable table({"blocked", "department", "since", "use instead"});
  const auto name_of = [&](const std::string& id) {
    const auto found =
        std::ranges::find(ai.tools, id, [](const JudgedTool& one) { return one.record().id; });
    return found == ai.tools.end() ? id : found->record().name;
  };
  for (const JudgedTool& one : ai.tools) {
    if (!one.is_blocked) continue;
    const AiTool& tool = one.record();
    const auto near = ai.suggested.find(tool.id);
    const std::string instead = !tool.alternative.empty() ? name_of(tool.alternative.str())
                                : near == ai.suggested.end()
                                    ? "nothing named"
                                    : fmt::format(
                                          "nothing named; {} is approved for something "
                                          "alike",
                                          name_of(near->second));
    table.add(
        {cli::fit(tool.name, kName), cli::fit(tool.department, 16), day(tool.decided_on), instead});
  }
  return table.empty() ? std::string() : "\nBlocked\n" + table.text();
}

Result<Answer> run(const Asking& asking) {
  const FigureBook& book = *asking.book;
  Answer answer;
  if (asking.json) {
    answer.json = ai_json(book, asking.table.rules.run(book));
    return answer;
  }
  const auto ai = ai_register_of(book);
  answer.text = fmt::format("AI tools, as of {}\n\n", format_instant(ai_seen_from(book)));
  if (ai->tools.empty()) {
    answer.text +=
        "No AI tool is on the register. Bring in an inventory with: tiebeam import FILE.csv\n"
        "or write the first one down: tiebeam record ai_tool add name=... purpose=... "
        "department=...\n";
    return answer;
  }
  answer.text += figure_table(book) + register_table(book.snapshot(), *ai) +
                 departments_table(*ai) + months_table(*ai) + duplicates_text(*ai) +
                 blocked_text(*ai);
  return answer;
}

}  // namespace

Command ai_command() {
  return {
      .room = "risk",
      .name = "ai",
      .help = "AI tools: which are in use, approved how long after, alike, blocked or unexamined",
      .details = "Method: docs/method/ai-tools.md. Import: docs/format/ai-inventory.md.",
      .takes_file = false,
      .options = {},
      .run = run};
}

}  // namespace tiebeam::risk
