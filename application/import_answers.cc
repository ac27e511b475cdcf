#include "application/import_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "application/imports.h"
#include "base/faults.h"
#include "base/json_pointer.h"
#include "base/text.h"

namespace tiebeam {
namespace {

// What was read at a place and what should be there.
struct Place {
  std::string pointer, found, expected;
};

Error fault_of(std::string code, std::string message, std::string hint, Place place) {
  return {.kind = Kind::invalid,
          .code = std::move(code),
          .message = std::move(message),
          .detail = {},
          .hint = std::move(hint),
          .field = std::move(place.pointer),
          .found = std::move(place.found),
          .expected = std::move(place.expected)};
}

std::optional<StateClass> class_named(std::string_view name) {
  for (int i = 0; i < kStateClasses; ++i) {
    const auto each = static_cast<StateClass>(i);
    if (state_class_name(each) == name) return each;
  }
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  void text(std::string_view name, std::string& into) {
    const Json* held = member(name);
    if (!held) return;
    if (const std::string* said = held->if_string())
      into = *said;
    else
      wrong_kind(name, *held, "a text");
  }
  void flag(std::string_view name, bool& into) {
    const Json* held = member(name);
    if (!held) return;
    if (const bool* said = held->if_bool())
      into = *said;
    else
      wrong_kind(name, *held, "true or false");
  }
  // Calls `take` with each name and text of an object; null is "".
  template <class F>
  void texts(std::string_view name, F take) {
    const Json* held = member(name);
    if (!held) return;
    const Json::Object* all = held->if_object();
    if (!all) return wrong_kind(name, *held, "an object of texts");
    for (const auto& [key, value] : *all) {
      const std::string* said = value.if_string();
      if (said || value.is_null())
        take(key, said ? *said : std::string{});
      else
        wrong_kind(fmt::format("{}/{}", name, pointer_part(key)), value, "a text");
    }
  }
  void refuse_unknown(const std::vector<std::string_view>& names) {
    const std::string all = some_of(names);
    Suggestions suggest;
    for (const auto& [name, value] : *json_.if_object()) {
      if (std::ranges::find(names, name) != names.end()) continue;
      const std::string near = suggest(name, [&] { return names; });
      faults.push_back(fault_of(
          "import.unknown_answer", fmt::format("there is no answer '{}'{}", shown(name), near),
          fmt::format("the answers are {}", all),
          {"/" + pointer_part(name), shown(name), fmt::format("one of {}", all)}));
    }
  }

  std::vector<Error> faults;

 private:
  const Json* member(std::string_view name) const {
    const Json* held = json_.find(name);
    return held && !held->is_null() ? held : nullptr;
  }
  void wrong_kind(std::string_view name, const Json& value, std::string_view wanted) {
    faults.push_back(fault_of(
        "import.bad_answer",
        fmt::format("{} is a {}; it should be {}", shown_pointer(name), value.kind(), wanted),
        "leave it out to let the file decide",
        {fmt::format("/{}", name), shown(write_json(value)), std::string(wanted)}));
  }
  const Json& json_;
};

constexpr std::string_view kDelimiters = ",;\t|";

void read_delimiter(const std::string& said, ImportAnswers& out, std::vector<Error>& faults) {
  if (said.empty()) return;
  if (said.size() == 1 && kDelimiters.contains(said[0])) {
    out.delimiter = said[0];
    return;
  }
  faults.push_back(fault_of(
      "import.bad_delimiter", fmt::format("'{}' is no delimiter that is read", shown(said)),
      "give one of , ; | or a tab", {"/delimiter", shown(said), "one of , ; | or a tab"}));
}

void read_state(const std::string& state, const std::string& meaning, ImportAnswers& out,
                std::vector<Error>& faults) {
  if (meaning.empty()) return;
  if (const auto known = class_named(meaning)) {
    out.states.emplace(state, *known);
    return;
  }
  faults.push_back(
      fault_of("state_map.unknown_class",
               fmt::format("'{}' is no meaning of state '{}'", shown(meaning), shown(state)),
               "the meanings are backlog, wait, active, blocked, done and cancelled",
               {"/states/" + pointer_part(state), shown(meaning),
                "one of backlog, wait, active, blocked, done, cancelled"}));
}

Json texts_json(const ImportAnswers::Texts& texts) {
  Json::Object out;
  for (const auto& [name, text] : texts) out.emplace_back(name, text);
  return out;
}

}  // namespace

std::expected<ImportAnswers, std::vector<Error>> read_answers(const Json& json) {
  if (!json.if_object()) {
    return std::unexpected(
        std::vector{fault_of("json.not_an_object", fmt::format("the answers are a {}", json.kind()),
                             "send {\"date_order\": \"day-first\", ...}",
                             {{}, shown(write_json(json)), "an object of answers"})});
  }
  ImportAnswers out;
  Reader reader(json);
  std::string delimiter;
  reader.refuse_unknown({"format", "date_order", "delimiter", "encoding", "sheet", "columns",
                         "states", "parties", "value_stream", "skip_bad", "zone", "memory"});
  for (const auto& [name, into] : {std::pair{"format", &out.format},
                                   {"date_order", &out.date_order},
                                   {"delimiter", &delimiter},
                                   {"encoding", &out.encoding},
                                   {"sheet", &out.sheet},
                                   {"value_stream", &out.value_stream},
                                   {"zone", &out.zone}})
    reader.text(name, *into);
  reader.flag("skip_bad", out.skip_bad);
  reader.flag("memory", out.memory);
  reader.texts("columns", [&](const std::string& header, const std::string& role) {
    out.columns.emplace(header, role);
  });
  reader.texts("parties", [&](const std::string& state, const std::string& party) {
    out.parties.emplace(state, party);
  });
  reader.texts("states", [&](const std::string& state, const std::string& meaning) {
    read_state(state, meaning, out, reader.faults);
  });
  read_delimiter(delimiter, out, reader.faults);
  keep_first_faults(reader.faults);
  if (!reader.faults.empty()) return std::unexpected(std::move(reader.faults));
  return out;
}

Json to_json(const ImportAnswers& answers) {
  Json out = Json::Object{};
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) out.set(name, value);
  };
  text("format", answers.format);
  text("date_order", answers.date_order);
  if (answers.delimiter != 0) out.set("delimiter", std::string(1, answers.delimiter));
  text("encoding", answers.encoding);
  text("sheet", answers.sheet);
  if (!answers.columns.empty()) out.set("columns", texts_json(answers.columns));
  if (!answers.states.empty()) {
    Json::Object states;
    for (const auto& [state, meaning] : answers.states)
      states.emplace_back(state, state_class_name(meaning));
    out.set("states", std::move(states));
  }
  if (!answers.parties.empty()) out.set("parties", texts_json(answers.parties));
  text("value_stream", answers.value_stream);
  text("zone", answers.zone);
  if (answers.skip_bad) out.set("skip_bad", true);
  if (!answers.memory) out.set("memory", false);
  return out;
}

void apply(const ImportAnswers& answers, ImportRequest& request) {
  ReadRequest& read = request.read;
  if (!answers.format.empty()) read.format = answers.format;
  if (!answers.date_order.empty()) read.date_order = answers.date_order;
  if (!answers.encoding.empty()) read.encoding = answers.encoding;
  if (!answers.sheet.empty()) read.sheet = answers.sheet;
  if (!answers.zone.empty()) read.zone = answers.zone;
  if (answers.delimiter != 0)
    read.delimiter = answers.delimiter == '\t' ? "tab" : std::string(1, answers.delimiter);
  for (const auto& [header, role] : answers.columns) read.columns.insert_or_assign(header, role);
  for (const auto& [state, meaning] : answers.states)
    request.states.insert_or_assign(state, meaning);
  for (const auto& [state, party] : answers.parties) request.parties.insert_or_assign(state, party);
  if (!answers.value_stream.empty()) request.value_stream = answers.value_stream;
  read.skip_bad = read.skip_bad || answers.skip_bad;
  request.use_memory = request.use_memory && answers.memory;
}

ImportAnswers reading_answers(const ingest::Options& options) {
  ImportAnswers out;
  if (options.format != "auto") out.format = options.format;
  out.date_order = options.date_order;
  out.encoding = options.encoding;
  out.sheet = options.sheet;
  out.delimiter = options.delimiter;
  out.columns = options.columns;
  return out;
}

bool says_how_to_read(const ImportAnswers& answers) {
  return !answers.format.empty() || !answers.date_order.empty() || !answers.encoding.empty() ||
         !answers.sheet.empty() || answers.delimiter != 0 || !answers.columns.empty();
}

std::optional<ImportAnswers> remembered_answers(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto json = parse_json(text);
  if (!json) return std::nullopt;
  auto answers = read_answers(*json);
  if (!answers || !says_how_to_read(*answers)) return std::nullopt;
  return *std::move(answers);
}

}  // namespace tiebeam
