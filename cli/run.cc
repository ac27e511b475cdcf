// The door of the command line: arguments in, an answer printed, an exit status out. The only place
// here that catches what a library throws.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/shell.h"

namespace tiebeam::cli {
namespace {

void add_globals(CLI::App& app, Globals& globals) {
  const std::string group = "Everywhere";
  app.add_option("--data", globals.data,
                 "directory of the organisations (default $TIEBEAM_DATA, else ./tiebeam-data)")
      ->group(group);
  app.add_option("--org", globals.org, "which organisation, when there are several")->group(group);
  app.add_option("--as-of", globals.as_of,
                 "see only events at or before this time (a date is 00:00 UTC)")
      ->group(group);
  app.add_option("--from", globals.from, "start of the window")->group(group);
  app.add_option("--to", globals.to, "end of the window, itself outside")->group(group);
  app.add_option("--known-at", globals.known_at, "records and imports as they were at this time")
      ->group(group);
  app.add_option("--seed", globals.seed, "seed of simulations")->group(group);
  app.add_option("--trials", globals.trials, "trials of simulations")->group(group);
  app.add_option("--threads", globals.threads, "threads of simulations (default: 1)")->group(group);
  app.add_flag("--json", globals.json, "answer as JSON")->group(group);
}

std::vector<std::string> command_names(CLI::App& level) {
  std::vector<std::string> out;
  for (const CLI::App* sub : level.get_subcommands([](CLI::App* /*any*/) { return true; })) {
    out.push_back(sub->get_name());
  }
  return out;
}

// The first word that is no command where one is needed, with its neighbours; else what the library
// says.
Error usage_of(CLI::App& app, int argc, const char* const* argv, const char* otherwise) {
  Error out{.kind = Kind::invalid,
            .code = "cli.usage",
            .message = otherwise,
            .detail = {},
            .hint = "see: tiebeam --help, or tiebeam COMMAND --help",
            .field = {}};
  CLI::App* level = &app;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.starts_with('-')) {
      const CLI::Option* option = app.get_option_no_throw(word);
      if (option && option->get_items_expected_max() > 0) ++i;  // its value follows
      continue;
    }
    const std::vector<std::string> names = command_names(*level);
    if (names.empty()) return out;
    if (std::ranges::find(names, word) == names.end()) {
      const std::vector<std::string_view> views(names.begin(), names.end());
      out.message = fmt::format("there is no '{}' here{}", shown(word), did_you_mean(word, views));
      out.hint = fmt::format("choose one of {}", fmt::join(names, ", "));
      return out;
    }
    level = level->get_subcommand(word);
  }
  return out;
}

int broke(const Environment& environment, const std::exception& fault) {
  environment.err(
      render({.kind = Kind::internal,
              .code = "internal",
              .message = "something broke inside tiebeam; nothing of this command was kept",
              .detail = fault.what(),
              .hint = "please report it with the command and, if you can, the file",
              .field = {}}));
  return 3;
}

int parse_and_act(CLI::App& app, Shell& shell, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    const CLI::App* deepest = &app;
    while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().front();
    shell.environment.out(deepest->help());
    return 0;
  } catch (const CLI::CallForVersion&) {
    shell.environment.out(fmt::format("tiebeam {}\n", shell.environment.version));
    return 0;
  } catch (const CLI::ParseError& fault) {
    shell.environment.err(render(usage_of(app, argc, argv, fault.what())));
    return 2;
  }
  if (!shell.action) {
    shell.environment.out(app.help());
    return 2;
  }
  if (auto fine = shell.check_options(); !fine)
    return refuse(shell, Refusal(std::move(fine).error()));
  const Answered answered = shell.action();
  return answered ? answer(shell, *answered) : refuse(shell, answered.error());
}

}  // namespace

int refuse(const Shell& shell, const Refusal& refusal) {
  Kind worst = Kind::invalid;
  for (const Error& error : refusal.errors) {
    shell.environment.err(render(error));
    if (exit_status(error.kind) > exit_status(worst)) worst = error.kind;
  }
  return exit_status(worst);
}

int answer(const Shell& shell, const Answer& given) {
  const bool as_json = shell.globals.json && !given.json.is_null();
  shell.environment.out(as_json ? write_json(given.json) + "\n" : printable(given.text));
  return given.exit;
}

int run(const Table& table, const Environment& environment, int argc, const char* const* argv) {
  Shell shell{table, environment, {}, {}};
  try {
    CLI::App app(
        "Tiebeam ties the business and its IT: from the exports you have to a brief a CEO "
        "believes.",
        "tiebeam");
    app.set_version_flag("--version", environment.version);
    app.fallthrough();
    app.require_subcommand(0, 1);
    add_globals(app, shell.globals);
    add_serve(app, shell);
    add_demo(app, shell);
    add_import(app, shell);
    add_room_commands(app, shell);
    add_figures(app, shell);
    add_check(app, shell);
    add_record(app, shell);
    add_journal(app, shell);
    add_backup(app, shell);
    add_schema(app, shell);
    return parse_and_act(app, shell, argc, argv);
  } catch (const std::exception& fault) {
    return broke(environment, fault);
  }
}

}  // namespace tiebeam::cli
