// A command as rooms declare it: what it is called, what it takes, what it answers. The command
// line turns it into arguments and prints the answer; nothing here knows argv or a terminal.
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
};

// A command that declares this option may have its answer written to a file instead of printed.
constexpr std::string_view kOutputOption = "-o,--output";

// What a person asked for, resolved: the book is about a file or about an organisation.
struct Asking {
  const Table& table;
  std::shared_ptr<const FigureBook> book;
  std::map<std::string, std::string, std::less<>> options;  // "--format" -> "html"; switches -> ""
  std::vector<std::string> warnings;                        // from reading the file
  std::vector<Import> sources;                              // what the book rests on
  std::string recompute;  // the command line that gives the same answer, without --json
  bool json = false;

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
  std::vector<Option> options;
  std::function<Result<Answer>(const Asking&)> run;
};

}  // namespace tiebeam
