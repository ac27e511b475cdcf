#include "rooms/governance/cli/commands.h"

#include <fmt/format.h>

#include "application/table.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/governance/governance.h"

namespace tiebeam::governance {
namespace {

constexpr std::size_t kName = 34;

std::string figure_table(const FigureBook& book, std::string_view prefix) {
  cli::TextTable table({"figure", ">value", "9 in 10 between", ">of", "what it says"});
  for (const Figure& figure : book.all(prefix)) {
    table.add({figure.key, in_words(figure), between(figure), figure.n ? counted(*figure.n) : "",
               figure.label});
  }
  return table.text();
}

std::string reasons(const FigureBook& book, std::string_view prefix) {
  std::string out;
  for (const Figure& figure : book.all(prefix)) {
    if (!figure.has_value() && !figure.reason.empty())
      out += cli::wrap(fmt::format("{}: {}", figure.key, figure.reason));
  }
  return out.empty() ? out : "\nWhat cannot be said, and why\n" + out;
}

std::string day(const std::optional<Day>& day) { return day ? format_day_long(*day) : ""; }

std::string name_of(const Snapshot& snapshot, const Id<"person">& id) {
  const Record* person = id.empty() ? nullptr : snapshot.find("person", id.str());
  return person ? person->name() : id.str();
}

std::string money(const std::optional<Money>& money) {
  if (!money) return "not said";
  Figure figure;
  figure.value = *money;
  return in_words(figure);
}

std::string heading(const FigureBook& book, std::string_view what) {
  return fmt::format("{}, as of {}\n\n", what, format_instant(seen_from(book)));
}

Result<Answer> run_say_do(const Asking& asking) {
  const FigureBook& book = *asking.book;
  const SayDo& say_do = *say_do_of(book);
  Answer answer;
  if (asking.json) {
    answer.json = say_do_json(book, asking.table.rules.run(book));
    return answer;
  }
  answer.text = heading(book, "What was said, and what was done") +
                figure_table(book, "governance.saydo.") + reasons(book, "governance.saydo.");
  cli::TextTable table({"promise", "by", "to", "due", "what became of it"});
  for (const Promise& promise : say_do.promises) {
    table.add({cli::fit(promise.record.name, kName),
               cli::fit(name_of(book.snapshot(), promise.record.owner), 16),
               cli::fit(name_of(book.snapshot(), promise.record.to), 16), day(promise.record.due),
               std::string(fate_in_words(promise.fate))});
  }
  if (!table.empty()) answer.text += "\n" + table.text();
  if (say_do.promises.empty())
    answer.text +=
        "\nNo promise is on record. Write the first one down: tiebeam record commitment "
        "add\nname=... promise=... owner=PERSON to=PERSON due=DAY confidence=80%\n";
  return answer;
}

std::string waiting_table(const FigureBook& book, const Decisions& decisions) {
  cli::TextTable table({"waiting", "decides", "needed by", ">waits", ">a week", ">so far"});
  for (const WaitingDecision& one : decisions.waiting) {
    table.add({cli::fit(one.record.name, kName),
               cli::fit(name_of(book.snapshot(), one.record.decider), 18),
               day(one.record.needed_by) + (one.is_past_needed ? " !" : ""),
               one.age_days ? in_words(static_cast<double>(*one.age_days), "days") : "",
               money(one.record.cost_of_delay_a_week), money(one.cost_so_far)});
  }
  return table.empty() ? "\nNo decision waits.\n" : "\n" + table.text();
}

std::string taken_table(const Decisions& decisions) {
  constexpr std::size_t kMost = 10;
  cli::TextTable table({"decided", ">took", "on", "what was chosen"});
  for (const TakenDecision& one : decisions.taken) {
    if (&one - decisions.taken.data() == kMost) break;
    table.add({cli::fit(one.record.name, kName),
               one.days ? in_words(static_cast<double>(*one.days), "days") : "not known",
               day(one.record.decided_at), one.record.chosen});
  }
  return table.empty() ? std::string{} : "\n" + table.text();
}

Result<Answer> run_latency(const Asking& asking) {
  const FigureBook& book = *asking.book;
  Answer answer;
  if (asking.json) {
    answer.json = decisions_json(book, asking.table.rules.run(book));
    return answer;
  }
  const Decisions& decisions = *decisions_of(book);
  answer.text = heading(book, "How long decisions take, and which wait") +
                figure_table(book, "governance.decisions.") +
                reasons(book, "governance.decisions.") + waiting_table(book, decisions) +
                taken_table(decisions);
  return answer;
}

}  // namespace

std::vector<Command> governance_commands() {
  return {{.room = "governance",
           .name = "saydo",
           .help = "what was promised, and what was kept by its day, told in time, or broken",
           .details = "Method: docs/method/say-do.md.",
           .takes_file = false,
           .options = {},
           .run = run_say_do},
          {.room = "governance",
           .name = "latency",
           .help = "how long decisions take, which wait, and what the waiting costs",
           .details = "Open decisions count for as long as they wait (Kaplan-Meier).\n"
                      "Method: docs/method/decision-latency.md.",
           .takes_file = false,
           .options = {},
           .run = run_latency}};
}

}  // namespace tiebeam::governance
