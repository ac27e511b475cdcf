// What a person said of a file before it was imported: how to read it, what its states mean, where
// it goes. As JSON it travels with the waiting file and, after the import, with the import.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/state_class.h"
#include "ingest/import.h"
#include "model/json.h"

namespace tiebeam {

struct ImportRequest;

// Empty: not said, so evidence or memory decides.
struct ImportAnswers {
  using Texts = std::map<std::string, std::string, std::less<>>;
  std::string format, date_order, encoding, sheet;
  char delimiter = 0;
  Texts columns;  // header -> role; "" leaves the column out
  std::map<std::string, StateClass, std::less<>> states;
  Texts parties;  // state -> whom it waits for; "" takes it away
  std::string value_stream;
  std::string zone;
  bool skip_bad = false;
  bool memory = true;  // what was said of an earlier file of this kind holds for the rest
};

// Members that are missing or null stay unsaid. All faults at once, each with its pointer.
// Errors: import.unknown_answer, import.bad_answer, state_map.unknown_class, import.bad_delimiter.
[[nodiscard]] std::expected<ImportAnswers, std::vector<Error>> read_answers(const Json& json);
// Only what was said.
[[nodiscard]] Json to_json(const ImportAnswers& answers);

// Puts the answers in; what they leave unsaid stays as it is.
void apply(const ImportAnswers& answers, ImportRequest& request);

// Those of them that say how the next file of the same kind is read: format, columns, dates,
// dialect.
[[nodiscard]] ImportAnswers reading_answers(const ingest::Options& options);
[[nodiscard]] bool says_how_to_read(const ImportAnswers& answers);
// The kept text of an import; nothing when it says nothing or cannot be read.
[[nodiscard]] std::optional<ImportAnswers> remembered_answers(const std::string& text);

}  // namespace tiebeam
