// Turns the commands that rooms declare into subcommands: `tiebeam ROOM NAME [FILE]`, `tiebeam
// NAME`.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "application/organisations.h"
#include "application/source.h"
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

Answered act(const Shell& shell, const Command& command, const RoomOptions& options) {
  auto asked = shell.asked();
  if (!asked) return std::unexpected(Refusal(std::move(asked).error()));
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
  take_global(asking, command, "--seed", shell.globals.seed);
  take_global(asking, command, "--trials", shell.globals.trials);
  take_global(asking, command, "--threads", shell.globals.threads);
  const std::string room = command.room.empty() ? "" : command.room + " ";
  asking.recompute =
      fmt::format("tiebeam {}{}{}{}", room, command.name, file_text(options), shell.options_text());
  if (!command.own_file.empty()) {
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

void add_command(CLI::App& parent, Shell& shell, const Command& command) {
  auto options = std::make_shared<RoomOptions>();
  CLI::App* sub = parent.add_subcommand(command.name, command.help);
  if (!command.details.empty()) sub->footer(command.details);
  if (command.takes_file) {
    sub->add_option("FILE", options->file,
                    "an export to work on alone; without it, the organisation");
    add_reader_options(*sub, options->reader);
  }
  if (!command.own_file.empty())
    sub->add_option("FILE", options->file, command.own_file)->required();
  for (const Option& option : command.options) {
    if (option.takes.empty()) {
      sub->add_flag(option.name, options->switches[option.name], option.help);
      continue;
    }
    const std::string help = option.help + (option.many ? "; may be given several times" : "");
    CLI::Option* added =
        sub->add_option(option.name, options->values[option.name], help)->type_name(option.takes);
    if (option.many) added->multi_option_policy(CLI::MultiOptionPolicy::Join);  // with line breaks
    if (!option.choices.empty()) added->check(CLI::IsMember(option.choices));
  }
  sub->callback([options, &command, &shell] {
    shell.action = [options, &command, &shell] { return act(shell, command, *options); };
  });
}

}  // namespace

void add_room_commands(CLI::App& app, Shell& shell) {
  std::map<std::string, CLI::App*> rooms;
  for (const Command& command : shell.table.commands) {
    if (command.room.empty()) {
      add_command(app, shell, command);
      continue;
    }
    CLI::App*& room = rooms[command.room];
    if (!room) {
      room = app.add_subcommand(command.room, fmt::format("the {} room", command.room));
      room->require_subcommand(1);
    }
    add_command(*room, shell, command);
  }
}

}  // namespace tiebeam::cli
