// A command, a question or a writing as rooms declare it: what it is called, what it takes, what it
// answers. The command line turns a command into arguments and prints the answer, the server turns
// a question into a route, both know writings; nothing here knows argv, a terminal or HTTP.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
  std::string own_file = {};   // what the FILE is that the command is given and reads itself
  bool file_optional = false;  // without FILE the command is about the organisation
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

// Who writes, and when: engines have no clock.
struct Writer {
  std::string actor;  // as the journal will name them: "person/ID" of a person on record
  Instant at{};
};

// Records that a room asks to be written together or not at all, referred-to ones first. One that
// is held already is brought to what is said here; nothing to write is no fault.
struct RecordPlan {
  std::vector<std::pair<std::string, Record>> records;  // type and record, each with its id
  Answer answer;                                        // once they are written
  std::vector<std::pair<std::string, std::string>> removed = {};  // type and id of those that go
  std::vector<Error> faults = {};  // all of what was asked at once; where there is one: no record
};

// What a room writes at once: `tiebeam ROOM NAME`, `POST /orgs/{org}/ROOM/NAME` with the options as
// members of the body. The plan is pure; the kernel checks and writes it as one transaction, whose
// journal entries are undone together.
struct Writing {
  std::string room;
  std::string name;
  std::string help;     // one line
  std::string details;  // further lines of help
  // As those of a command: "--people"; "ID" is what stands alone. One that takes "FILE" is a path
  // on the command line and the text itself in a body: what the plan gets is the text.
  std::vector<Option> options;
  std::function<Result<RecordPlan>(const Asking&, const Writer&)> plan;
};

}  // namespace tiebeam
