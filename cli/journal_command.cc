// tiebeam journal verify | log | undo ENTRY | erase PERSON
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "application/journal_json.h"
#include "application/organisations.h"
#include "application/undo.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "model/record_json.h"

namespace tiebeam::cli {
namespace {

struct JournalOptions {
  std::int64_t from = 1;
  std::int64_t limit = 50;
  std::int64_t entry = 0;
  std::int64_t last = 0;  // undo: up to this one; 0 stands for `entry`
  std::string person, subject;
  std::vector<std::string> names;
};

// A value in a journal has no field description at hand that would print it any other way.
std::string shown_value(const std::optional<Value>& value) {
  if (!value) return "nothing";
  const std::string text = format_value(FieldInfo{}, *value);
  return text.empty() ? "nothing" : shown(text, 40);
}

Answered verify(const Shell& shell, const JournalOptions& /*options*/) {
  auto store = shell.open();
  if (!store) return std::unexpected(Refusal(std::move(store).error()));
  auto fault = (*store)->verify();
  if (!fault) return std::unexpected(Refusal(std::move(fault).error()));
  auto last = (*store)->last_seq();
  if (!last) return std::unexpected(Refusal(std::move(last).error()));
  Answer out;
  out.exit = *fault ? 1 : 0;
  out.text = *fault ? fmt::format("the journal is broken at entry {}: {}\n", (*fault)->seq,
                                  (*fault)->message)
                    : fmt::format("the journal holds: {} entries verified\n", counted(*last));
  out.json = Json::object({{"entries", *last}, {"holds", !fault->has_value()}});
  if (*fault) {
    out.json.set("broken_at", (*fault)->seq);
    out.json.set("message", (*fault)->message);
  }
  return out;
}

std::string change_text(const store::FieldChange& change) {
  if (change.erased) return fmt::format("      {}: erased\n", change.field);
  return fmt::format("      {}: {} -> {}\n", change.field, shown_value(change.before),
                     shown_value(change.after));
}

Answered log(const Shell& shell, const JournalOptions& options) {
  auto store = shell.open();
  if (!store) return std::unexpected(Refusal(std::move(store).error()));
  const std::size_t slash = options.subject.find('/');
  const std::string type = options.subject.substr(0, slash);
  const std::string id = slash == std::string::npos ? "" : options.subject.substr(slash + 1);
  auto entries = (*store)->journal(options.from, static_cast<std::size_t>(options.limit), type, id);
  if (!entries) return std::unexpected(Refusal(std::move(entries).error()));
  Answer out;
  Json list = Json::Array{};
  for (const store::JournalEntry& entry : *entries) {
    out.text += fmt::format("{:>5}  {}  {}  {} {}/{}\n", entry.seq, format_instant(entry.at),
                            entry.actor, op_name(entry.op), entry.type, entry.id);
    for (const store::FieldChange& change : entry.fields) {
      const bool is_empty =
          !change.erased && shown_value(change.before) == shown_value(change.after);
      if (!is_empty) out.text += change_text(change);
    }
    list.push(to_json(entry));
  }
  if (entries->empty()) out.text = "no entries\n";
  out.json = Json::object({{"entries", std::move(list)}});
  return out;
}

Answered undo(const Shell& shell, const JournalOptions& options) {
  auto store = shell.open();
  if (!store) return std::unexpected(Refusal(std::move(store).error()));
  const std::int64_t last = options.last == 0 ? options.entry : options.last;
  if (last < options.entry) {
    return std::unexpected(
        Refusal({.kind = Kind::invalid,
                 .code = "journal.bad_range",
                 .message = fmt::format("entry {} comes before entry {}", last, options.entry),
                 .detail = {},
                 .hint = "give the first entry, then the last one",
                 .field = {}}));
  }
  auto snapshot = load_snapshot(**store);
  if (!snapshot) return std::unexpected(Refusal(std::move(snapshot).error()));
  auto written = undo_entries(
      shell.table, **store, **snapshot, options.entry, last,
      {.actor = shell.environment.actor, .at = shell.environment.now(), .idempotency_key = {}});
  if (!written) return std::unexpected(Refusal(std::move(written).error()));
  Answer out;
  out.text = last == options.entry
                 ? fmt::format("entry {} is undone by entry {}\n", last, written->last_seq)
                 : fmt::format("entries {} to {} are undone by entries {} to {}\n", options.entry,
                               last, written->first_seq, written->last_seq);
  out.json = Json::object({{"undone", options.entry}, {"to", last}, {"by", written->last_seq}});
  return out;
}

Answered erase(const Shell& shell, const JournalOptions& options) {
  auto store = shell.open();
  if (!store) return std::unexpected(Refusal(std::move(store).error()));
  auto gone = (*store)->erase_person(options.person, options.names, shell.environment.actor,
                                     shell.environment.now());
  if (!gone) return std::unexpected(Refusal(std::move(gone).error()));
  Answer out;
  out.text = fmt::format("{} values that name this person are erased; the journal still verifies\n",
                         counted(*gone));
  out.json = Json::object({{"erased", *gone}});
  return out;
}

}  // namespace

void add_journal(CLI::App& app, Shell& shell) {
  auto options = std::make_shared<JournalOptions>();
  CLI::App* journal =
      app.add_subcommand("journal", "who changed what, and whether the record of it holds");
  journal->require_subcommand(1);
  const auto act = [&shell, options](CLI::App* verb,
                                     Answered (*run)(const Shell&, const JournalOptions&)) {
    verb->callback([&shell, options, run] {
      shell.action = [&shell, options, run] { return run(shell, *options); };
    });
  };
  act(journal->add_subcommand("verify",
                              "walk every hash and name the first entry that does not hold"),
      verify);
  CLI::App* log_verb = journal->add_subcommand("log", "entries, oldest first");
  log_verb->add_option("SUBJECT", options->subject, "only one record: type/id");
  log_verb->add_option("--from-entry", options->from, "first entry to show")->capture_default_str();
  log_verb->add_option("--limit", options->limit, "how many")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  act(log_verb, log);
  CLI::App* undo_verb =
      journal->add_subcommand("undo", "write the opposite of an entry as a new one");
  undo_verb->add_option("ENTRY", options->entry, "number of the entry")
      ->required()
      ->check(CLI::PositiveNumber);
  undo_verb->add_option("LAST", options->last, "with it all entries up to this one, or none")
      ->check(CLI::PositiveNumber);
  act(undo_verb, undo);
  CLI::App* erase_verb =
      journal->add_subcommand("erase", "forget a person for good; cannot be undone");
  erase_verb->add_option("PERSON", options->person, "id of the person")->required();
  erase_verb->add_option("--also", options->names,
                         "further spellings of the name in imported files");
  act(erase_verb, erase);
}

}  // namespace tiebeam::cli
