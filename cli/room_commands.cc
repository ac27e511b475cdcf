// Turns the commands and writings that rooms declare into subcommands: `tiebeam ROOM NAME [FILE]`,
// `tiebeam NAME`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "application/organisations.h"
#include "application/records.h"
#include "application/small_file.h"
#include "application/source.h"
#include "application/undo.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/write_file.h"

namespace tiebeam::cli {
namespace {

// What was said for all commands, for one that takes it and was not told otherwise.
void take_global(Asking& asking, const Command& command, std::string_view name,
                 const std::string& value) {
  const bool takes =
      std::ranges::find(command.options, name, &Option::name) != command.options.end();
  if (takes && !value.empty() && !asking.has(name)) asking.options[std::string(name)] = value;
}

struct RoomOptions {
  std::string file;
  ReaderOptions reader;
  std::map<std::string, std::string> values;
  std::map<std::string, bool> switches;
};

// As a shell takes it: in quotes where it holds more than plain characters.
std::string quoted(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:+,=@%";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// " FILE --state-map MAP" as far as they were given, for commands printed for people to repeat.
std::string file_text(const RoomOptions& options) {
  if (options.file.empty()) return {};
  std::string out = " " + quoted(options.file);
  const auto add = [&out](std::string_view name, const std::string& value) {
    if (!value.empty()) out += fmt::format(" {} {}", name, quoted(value));
  };
  const ReaderOptions& reader = options.reader;
  add("--format", reader.format == "auto" ? "" : reader.format);
  add("--state-map", reader.state_map);
  add("--state-from", reader.state_from);
  add("--date-order", reader.date_order);
  add("--tz", reader.zone);
  for (const std::string& column : reader.columns) add("--column", column);
  add("--delimiter", reader.delimiter);
  add("--encoding", reader.encoding);
  add("--sheet", reader.sheet);
  return out + (reader.skip_bad ? " --skip-bad" : "");
}

Result<Asking> ask_store(const Shell& shell, Asking asking, const Asked& asked) {
  TB_TRY(const auto store, shell.open());
  TB_TRY(auto snapshot, shell.snapshot(*store));
  asking.sources = snapshot->imports;
  asking.book = std::make_shared<FigureBook>(shell.table.figures, std::move(snapshot), asked);
  return asking;
}

Result<Asking> ask_file(const Shell& shell, Asking asking, const Asked& asked,
                        const RoomOptions& options) {
  TB_TRY(const ReadRequest request, read_request(options.reader, options.file));
  auto read = read_snapshot(shell.table, request);
  if (!read) return std::unexpected(std::move(read).error().error);
  asking.warnings = std::move(read->warnings);
  asking.sources = read->snapshot->imports;
  asking.book = std::make_shared<FigureBook>(shell.table.figures, std::move(read->snapshot), asked);
  return asking;
}

Asking asking_of(const Shell& shell, const RoomOptions& options) {
  Asking asking{.table = shell.table,
                .book = nullptr,
                .options = {},
                .warnings = {},
                .sources = {},
                .recompute = {},
                .json = shell.globals.json};
  for (const auto& [name, value] : options.values) {
    if (!value.empty()) asking.options[name] = value;
  }
  for (const auto& [name, on] : options.switches) {
    if (on) asking.options[name] = "";
  }
  return asking;
}

Answered act(const Shell& shell, const Command& command, const RoomOptions& options) {
  auto asked = shell.asked();
  if (!asked) return std::unexpected(Refusal(std::move(asked).error()));
  Asking asking = asking_of(shell, options);
  take_global(asking, command, "--seed", shell.globals.seed);
  take_global(asking, command, "--trials", shell.globals.trials);
  take_global(asking, command, "--threads", shell.globals.threads);
  const std::string room = command.room.empty() ? "" : command.room + " ";
  asking.recompute =
      fmt::format("tiebeam {}{}{}{}", room, command.name, file_text(options), shell.options_text());
  if (!command.own_file.empty() && !(command.file_optional && options.file.empty())) {
    asking.options[std::string(kOwnFile)] = options.file;
    asking.progress = progress_line(shell.environment, options.file, "done");
    auto answer = command.run(asking);
    if (!answer) return std::unexpected(Refusal(std::move(answer).error()));
    return *std::move(answer);
  }
  auto ready = options.file.empty() ? ask_store(shell, std::move(asking), *asked)
                                    : ask_file(shell, std::move(asking), *asked, options);
  if (!ready) return std::unexpected(Refusal(std::move(ready).error()));
  auto answer = command.run(*ready);
  if (!answer) return std::unexpected(Refusal(std::move(answer).error()));
  if (const std::string path = ready->option(kOutputOption); !path.empty()) {
    const std::string json = shell.globals.json ? write_json(answer->json) + "\n" : "";
    if (auto done = write_file(path, json.empty() ? answer->text : json); !done) {
      return std::unexpected(Refusal(std::move(done).error()));
    }
    return Answer{
        .text = fmt::format("written to {}\n", path), .json = Json(), .exit = answer->exit};
  }
  return *std::move(answer);
}

// The options of a command or a writing, read into `options`.
void add_options(CLI::App& sub, const std::vector<Option>& declared, RoomOptions& options) {
  for (const Option& option : declared) {
    if (option.takes.empty()) {
      sub.add_flag(option.name, options.switches[option.name], option.help);
      continue;
    }
    const bool stands_alone = !option.name.starts_with('-');
    const std::string help =
        option.help + (option.many && !stands_alone ? "; may be given several times" : "");
    CLI::Option* added =
        sub.add_option(option.name, options.values[option.name], help)->type_name(option.takes);
    if (option.many) added->multi_option_policy(CLI::MultiOptionPolicy::Join);  // with line breaks
    if (option.many && stands_alone) added->expected(-1);
    if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
  }
}

void add_command(CLI::App& parent, Shell& shell, const Command& command) {
  auto options = std::make_shared<RoomOptions>();
  CLI::App* sub = parent.add_subcommand(command.name, command.help);
  if (!command.details.empty()) sub->footer(command.details);
  if (command.takes_file) {
    sub->add_option("FILE", options->file,
                    "an export to work on alone; without it, the organisation");
    add_reader_options(*sub, options->reader);
  }
  if (!command.own_file.empty()) {
    const char* otherwise = command.file_optional ? "; without it, the organisation" : "";
    sub->add_option("FILE", options->file, command.own_file + otherwise)
        ->required(!command.file_optional);
  }
  add_options(*sub, command.options, *options);
  sub->callback([options, &command, &shell] {
    shell.action = [options, &command, &shell] { return act(shell, command, *options); };
  });
}

// Nothing where nothing was written, or where a guard keeps it as it is.
std::string undo_words(const Shell& shell, const store::Store& store, const RecordPlan& plan,
                       const WrittenPlan& written) {
  if (written.first_seq == 0) return {};
  const auto is_guarded = [&](const auto& each) { return shell.table.guards.contains(each.first); };
  if (std::ranges::any_of(plan.records, is_guarded)) {
    const auto after = load_snapshot(store);
    if (!after || !undo_faults(shell.table, store, **after, written.first_seq, written.last_seq,
                               shell.environment.now())
                       .empty())
      return {};
  }
  return fmt::format("take it back with: tiebeam journal undo {} {}\n", written.first_seq,
                     written.last_seq);
}

// An option that takes a FILE: its path on a command line, its text for the room.
Result<void> read_files(const std::vector<Option>& declared, Asking& asking) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 26;
  for (const Option& option : declared) {
    if (option.takes != "FILE" || !asking.has(option.name)) continue;
    TB_TRY(asking.options[option.name], read_small_file(asking.option(option.name), kMostBytes));
  }
  return {};
}

// Plans, writes, and says what became of it and how to take it back.
Answered write(const Shell& shell, const Writing& writing, const RoomOptions& options) {
  const Writer writer{.actor = shell.environment.actor, .at = shell.environment.now()};
  auto asked = shell.asked();
  if (!asked) return std::unexpected(Refusal(std::move(asked).error()));
  auto store = shell.open();
  if (!store) return std::unexpected(Refusal(std::move(store).error()));
  auto snapshot = load_snapshot(**store);
  if (!snapshot) return std::unexpected(Refusal(std::move(snapshot).error()));
  Asking asking = asking_of(shell, options);
  asking.recompute = shell.options_text();
  if (auto read = read_files(writing.options, asking); !read)
    return std::unexpected(Refusal(std::move(read).error()));
  asking.book = std::make_shared<FigureBook>(shell.table.figures, *snapshot, *asked);
  auto plan = writing.plan(asking, writer);
  if (!plan) return std::unexpected(Refusal(std::move(plan).error()));
  auto written = write_plan(shell.table, **store, **snapshot, *plan,
                            fmt::format("{}.{}", writing.room, writing.name),
                            {.actor = writer.actor, .at = writer.at, .idempotency_key = {}});
  if (!written) return std::unexpected(Refusal(std::move(written).error()));
  Answer out = std::move(plan->answer);
  out.text += undo_words(shell, **store, *plan, *written);
  out.json.set("written", to_json(*written));
  return out;
}

void add_writing(CLI::App& parent, Shell& shell, const Writing& writing) {
  auto options = std::make_shared<RoomOptions>();
  CLI::App* sub = parent.add_subcommand(writing.name, writing.help);
  if (!writing.details.empty()) sub->footer(writing.details);
  add_options(*sub, writing.options, *options);
  sub->callback([options, &writing, &shell] {
    shell.action = [options, &writing, &shell] { return write(shell, writing, *options); };
  });
}

CLI::App* room_of(CLI::App& app, std::map<std::string, CLI::App*>& rooms, const std::string& name) {
  CLI::App*& room = rooms[name];
  if (!room) {
    room = app.add_subcommand(name, fmt::format("the {} room", name));
    room->require_subcommand(1);
  }
  return room;
}

}  // namespace

void add_room_commands(CLI::App& app, Shell& shell) {
  std::map<std::string, CLI::App*> rooms;
  for (const Command& command : shell.table.commands) {
    if (command.room.empty()) {
      add_command(app, shell, command);
      continue;
    }
    add_command(*room_of(app, rooms, command.room), shell, command);
  }
  for (const Writing& writing : shell.table.writings)
    add_writing(*room_of(app, rooms, writing.room), shell, writing);
}

}  // namespace tiebeam::cli
