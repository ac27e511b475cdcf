// A command or a question as rooms declare it: what it is called, what it takes, what it answers.
// The command line turns a command into arguments and prints the answer, the server turns a
// question into a route; nothing here knows argv, a terminal or HTTP.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/figures.h"
#include "model/json.h"

namespace tiebeam {

struct Table;

struct Option {
  std::string name;   // "--format"
  std::string takes;  // "FORMAT"; empty: a switch
  std::string help;
  std::vector<std::string> choices;  // empty: anything
  bool many = false;                 // may be given several times: the values, one a line
};

// The FILE of a command that reads it itself, among its options.
constexpr std::string_view kOwnFile = "FILE";

// A command that declares this option may have its answer written to a file instead of printed.
constexpr std::string_view kOutputOption = "-o,--output";

// What a person asked for, resolved: the book is about a file or about an organisation.
struct Asking {
  const Table& table;
  std::shared_ptr<const FigureBook> book;                   // null for a command with its own file
  std::map<std::string, std::string, std::less<>> options;  // "--format" -> "html"; switches -> ""
  std::vector<std::string> warnings;                        // from reading the file
  std::vector<Import> sources;                              // what the book rests on
  std::string recompute;  // the command line that gives the same answer, without --json
  bool json = false;
  // Told now and then how much of long work is done, a share from 0 to 1. May be empty.
  std::function<void(double share)> progress = {};

  [[nodiscard]] std::string option(std::string_view name, std::string_view otherwise = {}) const;
  [[nodiscard]] bool has(std::string_view name) const;
};

struct Answer {
  std::string text;  // for people, ends in a line break
  Json json;         // for programs; null when `text` is all there is
  int exit = 0;      // 0 done, 1 the answer is "no"
};

// A room's command: `tiebeam ROOM NAME [FILE]`; with an empty room `tiebeam NAME`.
struct Command {
  std::string room;
  std::string name;
  std::string help;     // one line
  std::string details;  // further lines of help
  bool takes_file = false;
  std::string own_file = {};  // what the FILE is that the command must be given and reads itself
  std::vector<Option> options;
  std::function<Result<Answer>(const Asking&)> run;
};

// What a page asks of a room, answered as JSON: `GET /orgs/{org}/ROOM/NAME`. Pure: it follows from
// the book and the options alone.
struct Query {
  std::string room;
  std::string name;
  std::string help;             // one line
  std::vector<Option> options;  // named as in the address: "key"
  std::function<Result<Json>(const Asking&)> run;
};

}  // namespace tiebeam
