// The commands that need no room, each in its own file, and the adapter for those that rooms
// declare.
#pragma once

#include "application/source.h"
#include "cli/shell.h"

namespace CLI {
class App;
}

namespace tiebeam::cli {

void add_import(CLI::App& app, Shell& shell);
void add_record(CLI::App& app, Shell& shell);
void add_figures(CLI::App& app, Shell& shell);
void add_check(CLI::App& app, Shell& shell);
void add_journal(CLI::App& app, Shell& shell);
void add_backup(CLI::App& app, Shell& shell);
void add_serve(CLI::App& app, Shell& shell);
void add_demo(CLI::App& app, Shell& shell);
void add_schema(CLI::App& app, Shell& shell);
void add_room_commands(CLI::App& app, Shell& shell);

// Print what a command gave, or why it did not; the exit status. The program does so itself, but
// for a command that has to tell both.
int answer(const Shell& shell, const Answer& given);
int refuse(const Shell& shell, const Refusal& refusal);

// The options of a reader, shared by `import` and by every command that takes a FILE.
struct ReaderOptions {
  std::string format = "auto", state_map, state_from, date_order, zone;
  std::string encoding, delimiter, sheet;
  std::vector<std::string> columns;  // NAME=ROLE
  bool skip_bad = false;
};
// What they ask for. Errors: ingest.bad_option.
[[nodiscard]] Result<ReadRequest> read_request(const ReaderOptions& options,
                                               const std::string& path);
void add_reader_options(CLI::App& command, ReaderOptions& options);

}  // namespace tiebeam::cli
