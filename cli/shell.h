// What every command of the command line works with: the table, the world outside, the options that
// hold everywhere, and how an answer or an error is printed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "application/command.h"
#include "application/table.h"
#include "base/error.h"
#include "store/store.h"

namespace tiebeam::cli {

// What `tiebeam serve` asks of the program.
struct Serving {
  std::string data;     // directory of the organisations
  std::string address;  // "127.0.0.1"
  std::uint16_t port = 8460;
};

// The world outside, handed in by the program (tests hand in their own).
struct Environment {
  std::string actor = "local";
  std::string default_data = "./tiebeam-data";
  std::string version;
  std::function<Instant()> now;
  bool input_is_terminal = false;
  bool error_is_terminal = false;
  std::function<void(std::string_view)> out;  // to standard output
  std::function<void(std::string_view)> err;  // to standard error
  std::function<std::string()> ask;           // one line from standard input
  // Serves until a signal ends it. The server is not this layer's to know.
  std::function<Result<void>(const Serving&)> serve;
  std::function<std::string()> openapi;  // the document of the server's routes
};

// Options of every command.
struct Globals {
  std::string data, org, as_of, from, to, known_at;
  std::string seed, trials, threads;  // "": the command's own
  bool json = false;
};

// Why a command did not answer: one error, or all faults of what was given.
struct Refusal {
  std::vector<Error> errors;
  // NOLINTNEXTLINE(google-explicit-constructor): an Error is a Refusal of one
  Refusal(Error error) : errors{std::move(error)} {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Refusal(std::vector<Error> faults) : errors(std::move(faults)) {}
};
using Answered = std::expected<Answer, Refusal>;

struct Shell {
  const Table& table;
  const Environment& environment;
  Globals globals;
  std::function<Answered()> action;  // what the arguments asked for

  [[nodiscard]] std::string data() const {
    return globals.data.empty() ? environment.default_data : globals.data;
  }
  [[nodiscard]] Result<std::unique_ptr<store::Store>> open() const;
  // The window and as-of of the options. Errors: time.not_iso with the option's name.
  [[nodiscard]] Result<Asked> asked() const;
  // What is given everywhere can be read, whether this command uses it or not.
  [[nodiscard]] Result<void> check_options() const;
  // The organisation as the options ask for it.
  [[nodiscard]] Result<SnapshotPtr> snapshot(const store::Store& store) const;
  // " --org x --data y" as far as they were given, for commands printed for people to repeat.
  [[nodiscard]] std::string options_text() const;
};

// Runs the program. Returns its exit status.
[[nodiscard]] int run(const Table& table, const Environment& environment, int argc,
                      const char* const* argv);

// Names and titles come from files: what would move the cursor or speak to the terminal is not
// passed on. Line breaks of a mail (CR LF) are.
[[nodiscard]] std::string printable(std::string text);
// "error: ... [code]", detail, " hint: ..." as the house renders every Error.
[[nodiscard]] std::string render(const Error& error);

}  // namespace tiebeam::cli
